package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

type object = map[string]any

type answer struct {
	Status      int `json:"-"`
	OK          bool
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
}

// ask calls a method with a JSON body, without a network.
func ask(t *testing.T, s *Server, method string, body object) answer {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return askWith(t, s, method, "application/json", bytes.NewReader(data))
}

func askWith(t *testing.T, s *Server, method, kind string, body io.Reader) answer {
	t.Helper()
	r := httptest.NewRequest("POST", "http://127.0.0.1/bot"+s.Token()+"/"+method, body)
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s: %v in %q", method, err, w.Body)
	}
	a.Status = w.Code
	return a
}

// started is a server with a person who has written to the bot.
func started(t *testing.T, o Options) (*Server, User) {
	t.Helper()
	s := New(o)
	t.Cleanup(s.Close)
	u := s.AddUser(User{FirstName: `Ali <x> & "y"`, LanguageCode: "ar"})
	s.SendText(u.ID, u.ID, "/start")
	return s, u
}

func TestSendRules(t *testing.T) {
	s, u := started(t, Options{})
	stranger := s.AddUser(User{FirstName: "B"})
	markup := func(buttons string) string { return `{"inline_keyboard":[[` + buttons + `]]}` }
	button := func(data string) string { return `{"text":"b","callback_data":"` + data + `"}` }
	for _, c := range []struct {
		body object
		want string // description, "" for success
	}{
		{object{"text": "x"}, ""},
		{object{"text": ""}, "Bad Request: message text is empty"},
		{object{}, "Bad Request: message text is empty"},
		{object{"text": " \n\u200f "}, "Bad Request: text must be non-empty"},
		{object{"text": strings.Repeat("ا", 4096)}, ""},
		{object{"text": strings.Repeat("😀", 4096)}, ""},
		{object{"text": strings.Repeat("ا", 4097)}, "Bad Request: message is too long"},
		{object{"text": "<b>" + strings.Repeat("x", 4096) + "</b>", "parse_mode": "HTML"}, ""},
		{object{"text": strings.Repeat("x", 32769)}, "Bad Request: text is too long"},
		{object{"text": "<b>x", "parse_mode": "HTML"}, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{object{"text": "x", "parse_mode": "bbcode"}, "Bad Request: unsupported parse_mode"},
		{object{"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"},
		{object{"text": "x", "chat_id": 42}, "Bad Request: chat not found"},
		{object{"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"},
		{object{"text": "x", "chat_id": stranger.ID}, "Forbidden: bot can't initiate conversation with a user"},
		{object{"text": "x", "message_thread_id": 77}, "Bad Request: message thread not found"},
		{object{"text": "x", "reply_to_message_id": 99}, "Bad Request: message to be replied not found"},
		{object{"text": "x", "reply_to_message_id": 99, "allow_sending_without_reply": true}, ""},
		{object{"text": "x", "reply_parameters": object{"message_id": 1}, "reply_to_message_id": 99}, ""},
		{object{"text": "x", "reply_parameters": object{"message_id": 98}}, "Bad Request: message to be replied not found"},
		{object{"text": "x", "reply_markup": markup(button(strings.Repeat("d", 64)))}, ""},
		{object{"text": "x", "reply_markup": markup(button(strings.Repeat("d", 65)))}, "Bad Request: BUTTON_DATA_INVALID"},
		{object{"text": "x", "reply_markup": markup(button(strings.Repeat("د", 33)))}, "Bad Request: BUTTON_DATA_INVALID"},
		{object{"text": "x", "reply_markup": markup(button(""))}, "Bad Request: BUTTON_DATA_INVALID"},
		{object{"text": "x", "reply_markup": markup(`{"text":"b"}`)}, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{object{"text": "x", "reply_markup": markup(`{"text":"b","url":"nonsense"}`)}, "Bad Request: inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL"},
		{object{"text": "x", "reply_markup": markup(`{"text":"b","url":"https://t.me/x"}`)}, ""},
		{object{"text": "x", "reply_markup": markup(`{"text":"b","callback_data":"d","style":"pink"}`)}, "Bad Request: can't parse inline keyboard button: invalid button style specified"},
		{object{"text": "x", "reply_markup": markup(`{"text":"b","copy_text":{"text":""}}`)}, "Bad Request: BUTTON_COPY_TEXT_INVALID"},
		{object{"text": "x", "reply_markup": "nonsense"}, "Bad Request: can't parse reply keyboard markup JSON object"},
		{object{"text": "x", "reply_markup": markup(strings.TrimSuffix(strings.Repeat(button(strings.Repeat("d", 64))+",", 160), ","))}, ""},
	} {
		if _, ok := c.body["chat_id"]; !ok {
			c.body["chat_id"] = u.ID
		}
		if a := ask(t, s, "sendMessage", c.body); a.Description != c.want || a.OK != (c.want == "") {
			t.Errorf("sendMessage %.120v: %q, want %q", c.body, a.Description, c.want)
		}
	}
}

func TestKeyboardIsCutSilently(t *testing.T) {
	s, u := started(t, Options{})
	row := strings.TrimSuffix(strings.Repeat(`{"text":"b","callback_data":"d"},`, 14), ",")
	ask(t, s, "sendMessage", object{"chat_id": u.ID, "text": "x", "reply_markup": `{"inline_keyboard":[[` + row + `],[],[{"text":"","callback_data":"d"}]]}`})
	m := s.BotMessages(u.ID)[0]
	if len(m.ReplyMarkup.Rows) != 1 || len(m.ReplyMarkup.Rows[0]) != 12 {
		t.Errorf("rows: %v", m.ReplyMarkup.Rows)
	}
}

func TestEditRules(t *testing.T) {
	s, u := started(t, Options{})
	theirs := s.SendText(u.ID, u.ID, "mine")
	ask(t, s, "sendMessage", object{"chat_id": u.ID, "text": "<b>one</b>", "parse_mode": "HTML"})
	m := s.BotMessages(u.ID)[0]
	for _, c := range []struct {
		method string
		body   object
		want   string
	}{
		{"editMessageText", object{"text": "<strong>one</strong>", "parse_mode": "HTML"}, errNotModified.Description},
		{"editMessageText", object{"text": "two"}, ""},
		{"editMessageText", object{"text": "two", "reply_markup": `{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}`}, ""},
		{"editMessageText", object{"text": "two", "reply_markup": `{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}`}, errNotModified.Description},
		{"editMessageText", object{"text": "two", "reply_markup": `{"keyboard":[["b"]]}`}, "Bad Request: inline keyboard expected"},
		{"editMessageReplyMarkup", object{}, ""},
		{"editMessageReplyMarkup", object{}, errNotModified.Description},
		{"editMessageText", object{"text": "x", "message_id": 999}, "Bad Request: message to edit not found"},
		{"editMessageText", object{"text": "x", "message_id": theirs.ID}, "Bad Request: message can't be edited"},
		{"editMessageCaption", object{"caption": "x"}, "Bad Request: there is no caption in the message to edit"},
		{"editMessageText", object{"text": ""}, "Bad Request: message text is empty"},
		{"setMessageReaction", object{"reaction": `[{"type":"emoji","emoji":"👍"}]`}, ""},
		{"setMessageReaction", object{"message_id": 999}, "Bad Request: message to react not found"},
		{"deleteMessage", object{"message_id": 999}, "Bad Request: message to delete not found"},
		{"deleteMessage", object{"message_id": theirs.ID}, "Bad Request: message can't be deleted"},
		{"deleteMessage", object{}, ""},
		{"editMessageText", object{"text": "x"}, "Bad Request: message to edit not found"},
	} {
		c.body["chat_id"] = u.ID
		if _, ok := c.body["message_id"]; !ok {
			c.body["message_id"] = m.ID
		}
		if a := ask(t, s, c.method, c.body); a.Description != c.want {
			t.Errorf("%s %v: %q, want %q", c.method, c.body, a.Description, c.want)
		}
	}
	if now, _ := s.Message(u.ID, m.ID); now.Edits != 3 || now.Text != "two" || !now.Deleted || len(s.BotMessages(u.ID)) != 0 {
		t.Errorf("after the edits: %+v", now)
	}
}

func TestQueries(t *testing.T) {
	s, u := started(t, Options{})
	article := func(id, text string) object {
		return object{"type": "article", "id": id, "title": "t", "input_message_content": object{"message_text": text, "parse_mode": "HTML"}}
	}
	many := func(n int) (all []object) {
		for i := range n {
			all = append(all, article(itoa(int64(i+1)), "x"))
		}
		return all
	}
	for _, c := range []struct {
		results any
		want    string
	}{
		{many(50), ""},
		{many(51), "Bad Request: too many inline query results specified"},
		{nil, ""},
		{[]object{article("1", "x"), article("1", "y")}, "Bad Request: RESULT_ID_DUPLICATE"},
		{[]object{article("", "x")}, "Bad Request: RESULT_ID_INVALID"},
		{[]object{article(strings.Repeat("i", 65), "x")}, "Bad Request: RESULT_ID_INVALID"},
		{[]object{article("1", "<b>x")}, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{[]object{article("1", "")}, "Bad Request: input message content is not specified"},
		{"nonsense", "Bad Request: expected an Array of inline query results"},
	} {
		id := s.Inline(InlineQuery{From: u, Query: "q"})
		if a := ask(t, s, "answerInlineQuery", object{"inline_query_id": id, "results": c.results}); a.Description != c.want {
			t.Errorf("answerInlineQuery %.80v: %q, want %q", c.results, a.Description, c.want)
		}
	}
	late := errQueryTooOld.Description
	ask(t, s, "sendMessage", object{"chat_id": u.ID, "text": "x"})
	id := s.Press(u.ID, s.BotMessages(u.ID)[0], "forged")
	for i, want := range []string{"Bad Request: MESSAGE_TOO_LONG", "", late} {
		text := strings.Repeat("x", 201-min(i, 1))
		if a := ask(t, s, "answerCallbackQuery", object{"callback_query_id": id, "text": text}); a.Description != want {
			t.Errorf("press %d: %q, want %q", i, a.Description, want)
		}
	}
	id = s.Press(u.ID, s.BotMessages(u.ID)[0], "forged")
	s.ExpireQueries()
	if a := ask(t, s, "answerCallbackQuery", object{"callback_query_id": id}); a.Description != late {
		t.Errorf("expired press: %q", a.Description)
	}
}

func TestCommandRules(t *testing.T) {
	s, u := started(t, Options{})
	one := func(name, text string) []object { return []object{{"command": name, "description": text}} }
	for _, c := range []struct {
		body object
		want string
	}{
		{object{"commands": one("/ask", "x")}, ""},
		{object{"commands": one("Ask", "x")}, "Bad Request: BOT_COMMAND_INVALID"},
		{object{"commands": one("اسأل", "x")}, "Bad Request: BOT_COMMAND_INVALID"},
		{object{"commands": one(strings.Repeat("a", 33), "x")}, "Bad Request: command length must not exceed 32"},
		{object{"commands": one("ask", "")}, "Bad Request: command description must be non-empty"},
		{object{"commands": one("ask", strings.Repeat("x", 257))}, "Bad Request: command description length must not exceed 256"},
		{object{"commands": one("ask", "س"), "language_code": "ar"}, ""},
		{object{"commands": one("add", "ض"), "language_code": "ar", "scope": object{"type": "chat", "chat_id": u.ID}}, ""},
		{object{"commands": one("add", "x"), "scope": object{"type": "chat", "chat_id": 5}}, "Bad Request: chat not found"},
		{object{"commands": one("add", "x"), "scope": object{"type": "moon"}}, "Bad Request: can't parse BotCommandScope: Unsupported type specified"},
		{object{"commands": one("add", "x"), "language_code": "ara"}, "Bad Request: LANG_CODE_INVALID"},
	} {
		if a := ask(t, s, "setMyCommands", c.body); a.Description != c.want {
			t.Errorf("setMyCommands %v: %q, want %q", c.body, a.Description, c.want)
		}
	}
	other := s.AddUser(User{LanguageCode: "fr"})
	if got := s.Commands(u.ID, u.ID); len(got) != 1 || got[0].Command != "add" {
		t.Errorf("narrowest scope: %v", got)
	}
	if got := s.Commands(other.ID, other.ID); len(got) != 1 || got[0].Description != "x" {
		t.Errorf("default scope: %v", got)
	}
}

func TestDocumentsGoUpAndDown(t *testing.T) {
	s, u := started(t, Options{})
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("chat_id", itoa(u.ID))
	form.WriteField("caption", "<b>c</b>")
	form.WriteField("parse_mode", "HTML")
	part, _ := form.CreateFormFile("document", "../تقرير.txt")
	part.Write([]byte("سلام"))
	form.Close()
	if a := askWith(t, s, "sendDocument", form.FormDataContentType(), &body); !a.OK {
		t.Fatal(a.Description)
	}
	m := s.BotMessages(u.ID)[0]
	if m.Document.FileName != "تقرير.txt" || m.Document.MIMEType != "text/plain" || m.HTML() != "<b>c</b>" {
		t.Errorf("%+v %s", m.Document, m.HTML())
	}
	a := ask(t, s, "getFile", object{"file_id": m.Document.FileID})
	var file struct {
		Path string `json:"file_path"`
	}
	json.Unmarshal(a.Result, &file)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/file/bot"+s.Token()+"/"+file.Path, nil))
	if w.Code != 200 || w.Body.String() != "سلام" {
		t.Errorf("download: %d %q", w.Code, w.Body)
	}
	big := s.SendFile(u.ID, u.ID, File{Name: "big.pdf", Data: make([]byte, maxDownload+1)}, "")
	if a := ask(t, s, "getFile", object{"file_id": big.Document.FileID}); a.Description != "Bad Request: file is too big" {
		t.Error(a.Description)
	}
	long := object{"chat_id": u.ID, "document": m.Document.FileID, "caption": strings.Repeat("x", 1025)}
	if a := ask(t, s, "sendDocument", long); a.Description != "Bad Request: message caption is too long" {
		t.Error(a.Description)
	}
}

func TestWhoMayNotBeWrittenTo(t *testing.T) {
	s, u := started(t, Options{})
	send := func(chat int64) answer { return ask(t, s, "sendMessage", object{"chat_id": chat, "text": "x"}) }
	want := func(chat int64, status int, text string) {
		t.Helper()
		if a := send(chat); a.Description != text || a.Status != status || a.Code != status && status != 200 {
			t.Errorf("%d %q, want %d %q", a.Status, a.Description, status, text)
		}
	}
	s.Block(u.ID)
	want(u.ID, 403, "Forbidden: bot was blocked by the user")
	s.SendText(u.ID, u.ID, "back")
	want(u.ID, 200, "")
	s.Deactivate(u.ID)
	want(u.ID, 403, "Forbidden: user is deactivated")
	for _, c := range []Chat{s.AddGroup("g", u.ID), s.AddSupergroup("g", false, u.ID), s.AddChannel("c", "news", u.ID)} {
		want(c.ID, 200, "")
		s.SetMember(c.ID, s.Bot().ID, "left")
		want(c.ID, 403, "Forbidden: bot is not a member of the "+c.Type+" chat")
		s.Kick(c.ID)
		want(c.ID, 403, "Forbidden: bot was kicked from the "+c.Type+" chat")
	}
	gone := s.AddGroup("g", u.ID)
	s.DeleteGroup(gone.ID)
	want(gone.ID, 403, "Forbidden: the group chat was deleted")
	old := s.AddGroup("g", u.ID)
	moved := s.Migrate(old.ID)
	a := send(old.ID)
	if a.Status != 400 || a.Description != "Bad Request: group chat was upgraded to a supergroup chat" || a.Parameters.MigrateTo != moved.ID || moved.ID > -1000000000000 {
		t.Errorf("migration: %+v to %d", a, moved.ID)
	}
	want(moved.ID, 200, "")
}

func TestTokensAndMethods(t *testing.T) {
	s, _ := started(t, Options{})
	for path, want := range map[string]string{
		"/bot" + s.Token() + "/getme":    "",
		"/bot" + s.Token() + "/GETME":    "",
		"/bot" + s.Token() + "/sendPoll": "Not Found: method not found",
		"/bot" + s.Token() + "/":         "Not Found",
		"/botnonsense/getMe":             "Unauthorized: invalid token specified",
		"/bot1:wrong/getMe":              "Unauthorized",
		"/file/bot1:wrong/x":             "Unauthorized",
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
		var a answer
		json.Unmarshal(w.Body.Bytes(), &a)
		if a.Description != want || a.OK != (want == "") {
			t.Errorf("%s: %q, want %q", path, w.Body, want)
		}
	}
	s.Revoke()
	if a := ask(t, s, "getMe", nil); a.Status != 401 || a.Description != "Unauthorized" {
		t.Errorf("after revoking: %+v", a)
	}
}

func TestFormBody(t *testing.T) {
	s, u := started(t, Options{})
	form := url.Values{"chat_id": {itoa(u.ID)}, "text": {"مرحبا & أهلا"}}.Encode()
	if a := askWith(t, s, "sendMessage", "application/x-www-form-urlencoded", strings.NewReader(form)); !a.OK || s.BotMessages(u.ID)[0].Text != "مرحبا & أهلا" {
		t.Error(a.Description)
	}
	if a := askWith(t, s, "sendMessage", "application/x-www-form-urlencoded", strings.NewReader("chat_id="+itoa(u.ID)+"&text=%ff")); a.Description != "Bad Request: strings must be encoded in UTF-8" {
		t.Error(a.Description)
	}
}

func TestOnlyThisMachineIsServed(t *testing.T) {
	s, _ := started(t, Options{})
	for _, c := range []struct {
		host, origin, site string
		want               int
	}{
		{"127.0.0.1:8080", "", "", 200},
		{"localhost:8080", "http://localhost:8080", "same-origin", 200},
		{"[::1]:8080", "", "", 200},
		{"evil.example:8080", "", "", 403},
		{"127.0.0.1.evil.example", "", "", 403},
		{"127.0.0.1:8080", "http://evil.example", "cross-site", 403},
		{"127.0.0.1:8080", "null", "cross-site", 403},
		{"127.0.0.1:8080", "http://127.0.0.1:9999", "same-site", 403},
		{"127.0.0.1:8080", "", "cross-site", 403},
	} {
		r := httptest.NewRequest("GET", "http://127.0.0.1/bot"+s.Token()+"/getMe", nil)
		r.Host = c.host
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		r.Header.Set("Sec-Fetch-Site", c.site)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%+v: %d", c, w.Code)
		}
	}
	if _, err := s.Start(t.Context(), "0.0.0.0:0"); err == nil {
		t.Error("it listened on every address")
	}
}
