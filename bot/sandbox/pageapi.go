package sandbox

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

const answerWait = 20 * time.Second // how long the page waits for the bot

// pageRequest is what the page may ask; each action reads its own fields.
type pageRequest struct {
	As       int64  `json:"as"` // who plays
	Chat     int64  `json:"chat"`
	Message  int    `json:"message"`
	Text     string `json:"text"`
	ReplyTo  int    `json:"reply_to"`
	Data     string `json:"data"`
	Offset   string `json:"offset"`
	Query    string `json:"query"`
	Result   string `json:"result"`
	Language string `json:"language"`
	Days     int    `json:"days"`  // clock: this many days from today
	Time     string `json:"time"`  // clock: at this time of day, "08:00"
	Hours    int    `json:"hours"` // clock: this many hours on
	On       bool   `json:"on"`
}

// pageMessage is a message with what the page shows beside the wire form.
type pageMessage struct {
	Message
	Deleted   bool     `json:"deleted,omitempty"`
	Silent    bool     `json:"silent,omitempty"`
	Reactions []string `json:"reactions,omitempty"`
}

func forPage(m Message) pageMessage {
	m.ForwardFrom, m.ForwardFromChat = nil, nil
	return pageMessage{m, m.Deleted, m.Silent, m.Reactions}
}

type pageEvent struct {
	Kind    EventKind    `json:"kind"`
	Chat    int64        `json:"chat,omitempty"`
	Text    string       `json:"text,omitempty"`
	Now     string       `json:"now,omitempty"`
	Message *pageMessage `json:"message,omitempty"`
}

func (s *Server) pageEvent(e Event) pageEvent {
	out := pageEvent{Kind: e.Kind, Chat: e.Chat, Text: e.Text, Now: s.pageNow()}
	if e.Message != nil {
		m := forPage(*e.Message)
		out.Message = &m
	}
	return out
}

// pageNow is the clock's time in the place of the server.
func (s *Server) pageNow() string { return s.now().In(s.place).Format("2006-01-02T15:04") }

// pageState is everything that the page shows for one person.
func (s *Server) pageState(_ *http.Request, q pageRequest) (any, error) {
	type shownChat struct {
		Chat
		Messages []pageMessage `json:"messages"`
		Commands []Command     `json:"commands"`
	}
	var chats []shownChat
	for _, c := range []struct{ id, as int64 }{{ReaderID, ReaderID}, {AdminID, AdminID}, {GroupID, ReaderID}} {
		shown := shownChat{Messages: []pageMessage{}, Commands: s.Commands(c.id, c.as)}
		for _, m := range s.Messages(c.id) {
			shown.Messages = append(shown.Messages, forPage(m))
		}
		s.mu.Lock()
		if known := s.chats[c.id]; known != nil {
			shown.Chat = known.Chat
		}
		s.mu.Unlock()
		chats = append(chats, shown)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]any{"bot": s.bot, "chats": chats, "now": s.now().In(s.place).Format("2006-01-02T15:04"),
		"last": s.lastAny, "language": s.users[q.As].LanguageCode, "description": s.menu.descriptions}, nil
}

func (s *Server) pageSend(_ *http.Request, q pageRequest) (any, error) {
	m := s.Post(Post{From: q.As, Chat: q.Chat, Text: q.Text, ReplyTo: q.ReplyTo})
	return forPage(m), nil
}

func (s *Server) pageEdit(_ *http.Request, q pageRequest) (any, error) {
	if m, ok := s.Message(q.Chat, q.Message); !ok || m.From == nil || m.From.ID != q.As {
		return nil, errCannotEdit
	}
	return forPage(s.EditText(q.Chat, q.Message, q.Text)), nil
}

// pagePress presses a button and waits for the notice that follows.
func (s *Server) pagePress(r *http.Request, q pageRequest) (any, error) {
	m, ok := s.Message(q.Chat, q.Message)
	if !ok {
		return nil, errEditNotFound
	}
	ctx, cancel := context.WithTimeout(r.Context(), answerWait)
	defer cancel()
	a, err := s.PressAnswer(ctx, s.Press(q.As, m, q.Data))
	return map[string]any{"text": a.Text, "alert": a.Alert, "url": a.URL}, err
}

// pageInline types "@bot …" and waits for the offers.
func (s *Server) pageInline(r *http.Request, q pageRequest) (any, error) {
	kind := "sender"
	if q.Chat == GroupID {
		kind = "supergroup"
	}
	ctx, cancel := context.WithTimeout(r.Context(), answerWait)
	defer cancel()
	id := s.Inline(InlineQuery{From: User{ID: q.As}, Query: q.Query, Offset: q.Offset, ChatType: kind})
	a, err := s.InlineAnswer(ctx, id)
	results := []map[string]string{}
	for _, one := range a.Results {
		results = append(results, map[string]string{"id": one.ID, "title": one.Title, "description": one.Description})
	}
	return map[string]any{"query": id, "results": results, "next": a.NextOffset}, err
}

func (s *Server) pageChoose(_ *http.Request, q pageRequest) (any, error) {
	return forPage(s.Choose(q.Chat, q.Query, q.Result)), nil
}

// pageLanguage sets the language of everybody's client.
func (s *Server) pageLanguage(_ *http.Request, q pageRequest) (any, error) {
	if q.Language != "ar" && q.Language != "en" {
		q.Language = "ar"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range []int64{ReaderID, AdminID} {
		if old := s.users[id]; old != nil {
			changed := *old // messages point at the old value
			changed.LanguageCode = q.Language
			s.users[id] = &changed
		}
	}
	return true, nil
}

// pageClock moves the clock.
func (s *Server) pageClock(_ *http.Request, q pageRequest) (any, error) {
	now := s.now().In(s.place)
	to := now.Add(time.Duration(q.Hours) * time.Hour)
	if t, err := time.Parse("15:04", q.Time); err == nil {
		to = time.Date(now.Year(), now.Month(), now.Day()+q.Days, t.Hour(), t.Minute(), 0, 0, s.place)
	}
	s.clock.Set(to)
	s.mu.Lock()
	s.emit(Event{Kind: Changed})
	s.mu.Unlock()
	return map[string]string{"now": s.pageNow()}, nil
}

func (s *Server) pageBlock(_ *http.Request, q pageRequest) (any, error) {
	if q.On {
		s.Block(q.As)
	} else {
		s.Unblock(q.As)
	}
	return true, nil
}

// serveUpload takes a file as the request's body.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	as, _ := strconv.ParseInt(v.Get("as"), 10, 64)
	chatID, _ := strconv.ParseInt(v.Get("chat"), 10, 64)
	if !s.cast(as) || r.Header.Get("Content-Type") != "application/octet-stream" {
		http.Error(w, "a file is expected", http.StatusBadRequest)
		return
	}
	read := bounded(w, r, maxUpload)
	data, err := io.ReadAll(r.Body)
	if read(); err != nil {
		http.Error(w, "the file is too large", http.StatusRequestEntityTooLarge)
		return
	}
	s.SendFile(as, chatID, File{Name: v.Get("name"), MIME: v.Get("mime"), Data: data}, v.Get("caption"))
	w.WriteHeader(http.StatusNoContent)
}

// servePageFile lets the page save a file; it is never shown in place.
func (s *Server) servePageFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.URL.Query().Get("id")]
	s.mu.Unlock()
	if f == nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.FileName}))
	w.Write(f.data)
}
