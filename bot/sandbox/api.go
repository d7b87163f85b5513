package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
)

// method answers one Bot API method; mu is held while it runs.
type method func(s *Server, p params) (any, error)

// methods are the Bot API methods that are served, by lower-case name.
// getUpdates and setWebhook are apart: they wait, or ask another server.
var methods = map[string]method{
	"getme":                   func(s *Server, _ params) (any, error) { return s.bot, nil },
	"logout":                  ok,
	"close":                   ok,
	"sendmessage":             (*Server).sendMessage,
	"senddocument":            (*Server).sendDocument,
	"sendchataction":          (*Server).sendChatAction,
	"editmessagetext":         (*Server).editMessageText,
	"editmessagecaption":      (*Server).editMessageCaption,
	"editmessagereplymarkup":  (*Server).editMessageReplyMarkup,
	"deletemessage":           (*Server).deleteMessage,
	"deletemessages":          (*Server).deleteMessages,
	"setmessagereaction":      (*Server).setMessageReaction,
	"answercallbackquery":     (*Server).answerCallbackQuery,
	"answerinlinequery":       (*Server).answerInlineQuery,
	"getfile":                 (*Server).getFile,
	"setmycommands":           (*Server).setMyCommands,
	"getmycommands":           (*Server).getMyCommands,
	"deletemycommands":        (*Server).deleteMyCommands,
	"setmydescription":        (*Server).setDescription,
	"getmydescription":        (*Server).getDescription,
	"setmyshortdescription":   (*Server).setShortDescription,
	"getmyshortdescription":   (*Server).getShortDescription,
	"setmyname":               (*Server).setMyName,
	"getmyname":               (*Server).getMyName,
	"setchatmenubutton":       (*Server).setMenuButton,
	"getchatmenubutton":       (*Server).getMenuButton,
	"deletewebhook":           (*Server).deleteWebhook,
	"getwebhookinfo":          (*Server).getWebhookInfo,
	"getchat":                 (*Server).getChat,
	"getchatmember":           (*Server).getChatMember,
	"getchatadministrators":   (*Server).getChatAdministrators,
	"getchatmembercount":      (*Server).getChatMemberCount,
	"leavechat":               (*Server).leaveChat,
	"pinchatmessage":          ok,
	"unpinchatmessage":        ok,
	"setmydefaultadminrights": ok,
}

func ok(*Server, params) (any, error) { return true, nil }

// serveAPI handles /bot<token>/<method>.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	token, name, found := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if err := s.checkToken(token); err != nil {
		reply(w, nil, err)
		return
	}
	if !found || name == "" {
		reply(w, nil, errNotFound)
		return
	}
	read := bounded(w, r, maxBody)
	p, err := readParams(r)
	read()
	if err != nil {
		reply(w, nil, err)
		return
	}
	fault := s.takeFault(name, p.int("chat_id"))
	if stop := fault.before(r.Context(), w); stop {
		s.record(name, p, fault.status(), fault.text())
		return
	}
	result, err := s.call(r.Context(), name, p)
	code, text := outcome(err)
	s.record(name, p, code, text)
	if r.Context().Err() != nil {
		return
	}
	if stop := fault.after(w, result); stop {
		return
	}
	reply(w, result, err)
}

func (s *Server) checkToken(token string) error {
	id, secret, ok := strings.Cut(token, ":")
	if !ok || id == "" || secret == "" || strings.Trim(id, "0123456789") != "" {
		return errInvalidToken
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if token != s.token || s.revoked {
		return errUnauthorized
	}
	return nil
}

func (s *Server) call(ctx context.Context, name string, p params) (any, error) {
	switch name = strings.ToLower(name); name {
	case "getupdates":
		return s.getUpdates(ctx, p)
	case "setwebhook":
		return s.setWebhook(p)
	}
	do := methods[name]
	if do == nil {
		return nil, errNoMethod
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	result, err := do(s, p)
	if err == nil {
		result = snapshot(result)
	}
	return result, err
}

// snapshot copies what a later change could alter while it is being written.
func snapshot(result any) any {
	if m, ok := result.(*Message); ok {
		copied := *m
		return &copied
	}
	return result
}

// Call is one request of the bot.
type Call struct {
	Method string
	Params map[string]string
	Status int    // HTTP status answered; 0 when the connection was cut
	Error  string // description of a refusal
	At     time.Time
}

func (s *Server) record(name string, p params, status int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Call{Method: name, Params: p.values, Status: status, Error: text, At: time.Now()}
	if len(s.calls) >= 2*s.keep {
		s.calls = append([]Call(nil), s.calls[len(s.calls)-s.keep:]...)
	}
	s.calls = append(s.calls, c)
	s.counters.count(c)
	s.touch()
}

func outcome(err error) (int, string) {
	if err == nil {
		return http.StatusOK, ""
	}
	var api *APIError
	if errors.As(err, &api) {
		return api.Code, api.Description
	}
	return http.StatusInternalServerError, "Internal Server Error"
}

func reply(w http.ResponseWriter, result any, err error) {
	type parameters struct {
		RetryAfter int   `json:"retry_after,omitempty"`
		MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	}
	var body struct {
		OK          bool        `json:"ok"`
		Result      any         `json:"result,omitempty"`
		Code        int         `json:"error_code,omitempty"`
		Description string      `json:"description,omitempty"`
		Parameters  *parameters `json:"parameters,omitempty"`
	}
	w.Header().Set("Content-Type", "application/json")
	body.OK, body.Result = err == nil, result
	if err != nil {
		body.Code, body.Description = outcome(err)
		var api *APIError
		if errors.As(err, &api) && (api.RetryAfter > 0 || api.MigrateTo != 0) {
			body.Parameters = &parameters{api.RetryAfter, api.MigrateTo}
		}
		if body.Parameters != nil && api.RetryAfter > 0 {
			w.Header().Set("Retry-After", itoa(int64(api.RetryAfter)))
		}
		body.Result = nil
		w.WriteHeader(body.Code)
	}
	json.NewEncoder(w).Encode(body)
}
