package sandbox

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

func poll(t *testing.T, s *Server, body object) []Update {
	t.Helper()
	a := ask(t, s, "getUpdates", body)
	if !a.OK {
		t.Fatal(a.Description)
	}
	var all []Update
	if err := json.Unmarshal(a.Result, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestOffsets(t *testing.T) {
	s, u := started(t, Options{})
	for _, text := range []string{"one", "two", "three"} {
		s.SendText(u.ID, u.ID, text)
	}
	ids := func(us []Update) (all []int) {
		for _, u := range us {
			all = append(all, u.ID)
		}
		return all
	}
	for _, c := range []struct {
		body object
		want []int
	}{
		{object{}, []int{1, 2, 3, 4}},
		{object{"limit": 2}, []int{1, 2}},
		{object{"offset": "3", "limit": "0"}, []int{3, 4}},
		{object{"offset": 1}, []int{3, 4}},
		{object{"offset": -1}, []int{4}},
		{object{"offset": 0}, []int{4}},
		{object{"offset": 99, "timeout": 0}, nil},
	} {
		if got := ids(poll(t, s, c.body)); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.body, got, c.want)
		}
	}
}

func TestAllowedUpdates(t *testing.T) {
	s, u := started(t, Options{})
	poll(t, s, object{"offset": -1, "allowed_updates": `["callback_query"]`})
	poll(t, s, object{"offset": 2})
	s.SendText(u.ID, u.ID, "unseen")
	if got := poll(t, s, object{"allowed_updates": "null"}); len(got) != 0 {
		t.Errorf(`"null" changed the setting: %v`, got)
	}
	poll(t, s, object{"allowed_updates": []string{}})
	s.SendText(u.ID, u.ID, "seen")
	if got := poll(t, s, object{}); len(got) != 1 || got[0].Message.Text != "seen" {
		t.Errorf("%v", got)
	}
}

func TestSecondPollerEndsTheFirst(t *testing.T) {
	s, u := started(t, Options{})
	poll(t, s, object{"offset": 2})
	first := make(chan answer)
	go func() { first <- ask(t, s, "getUpdates", object{"timeout": 50, "offset": 2}) }()
	if err := s.WaitFor(t.Context(), func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.queue.poller == 2 }); err != nil {
		t.Fatal(err)
	}
	second := make(chan answer)
	go func() { second <- ask(t, s, "getUpdates", object{"timeout": 50, "offset": 2}) }()
	if a := <-first; a.Status != 409 || a.Description != "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" {
		t.Errorf("first: %+v", a)
	}
	s.SendText(u.ID, u.ID, "wake")
	if a := <-second; !a.OK || !strings.Contains(string(a.Result), "wake") {
		t.Errorf("second: %+v", a)
	}
}

func TestWebhook(t *testing.T) {
	s, u := started(t, Options{})
	type delivery struct {
		secret string
		update Update
	}
	got := make(chan delivery, 8)
	fail := true
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if fail {
			fail = false
			w.WriteHeader(500)
			return
		}
		var d delivery
		body, _ := io.ReadAll(r.Body)
		json.Unmarshal(body, &d.update)
		d.secret = r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
		got <- d
	}))
	defer target.Close()
	for _, c := range []struct {
		body object
		want string
	}{
		{object{"url": "http://example.com/x"}, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"},
		{object{"url": "https://example.com:1234/x"}, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"},
		{object{"url": target.URL, "secret_token": "a b"}, "Bad Request: secret token contains unallowed characters"},
		{object{"url": target.URL, "secret_token": strings.Repeat("a", 257)}, "Bad Request: secret token is too long"},
		{object{"url": target.URL, "secret_token": "S-3_x", "drop_pending_updates": true}, ""},
		{object{"url": target.URL}, "Too Many Requests: retry after 1"},
	} {
		if a := ask(t, s, "setWebhook", c.body); a.Description != c.want {
			t.Errorf("setWebhook %.80v: %q, want %q", c.body, a.Description, c.want)
		}
	}
	if a := ask(t, s, "getUpdates", object{}); a.Description != errWebhookActive.Description || a.Status != 409 {
		t.Errorf("%+v", a)
	}
	s.SendText(u.ID, u.ID, "hook")
	if d := <-got; d.secret != "S-3_x" || d.update.Message.Text != "hook" {
		t.Errorf("%+v", d)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := s.Idle(ctx); err != nil {
		t.Error(err)
	}
	if a := ask(t, s, "getWebhookInfo", object{}); !strings.Contains(string(a.Result), "500") {
		t.Errorf("the failure is not reported: %s", a.Result)
	}
	if a := ask(t, s, "deleteWebhook", object{}); !a.OK {
		t.Error(a.Description)
	}
	if got := poll(t, s, object{}); len(got) != 0 {
		t.Errorf("delivered twice: %v", got)
	}
}

func TestFaults(t *testing.T) {
	s := Serve(t, Options{})
	u := s.AddUser(User{})
	s.SendText(u.ID, u.ID, "/start")
	send := func() (int, string) {
		r, err := http.Post(s.URL()+"/bot"+s.Token()+"/sendMessage", "application/json", strings.NewReader(`{"chat_id":`+itoa(u.ID)+`,"text":"x"}`))
		if err != nil {
			return 0, ""
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		return r.StatusCode, string(body)
	}
	for _, c := range []struct {
		fault  Fault
		status int
		body   string // a part
		posted bool
	}{
		{Fault{Method: "sendMessage", RetryAfter: 7, Times: 1}, 429, `"parameters":{"retry_after":7}`, false},
		{Fault{Status: 502, Times: 1}, 502, "<h1>502 Bad Gateway</h1>", false},
		{Fault{Err: errBlocked, Times: 1}, 403, "bot was blocked by the user", false},
		{Fault{Lost: true, Times: 1}, 0, "", true},
		{Fault{Down: true, Times: 1}, 0, "", false},
		{Fault{Garbage: "{nonsense", Times: 1}, 200, "{nonsense", true},
		{Fault{Truncate: true, Times: 1}, 200, `"ok":true`, true},
		{Fault{Method: "getMe", Down: true}, 200, `"message_id"`, true},
		{Fault{Chat: u.ID + 1, Down: true}, 200, `"message_id"`, true},
	} {
		s.ClearFaults()
		s.Inject(c.fault)
		before := len(s.BotMessages(u.ID))
		status, body := send()
		posted := len(s.BotMessages(u.ID)) > before
		if status != c.status || !strings.Contains(body, c.body) || posted != c.posted {
			t.Errorf("%+v: %d %q posted %v", c.fault, status, body, posted)
		}
		if c.fault.Times == 1 {
			if status, _ := send(); status != 200 {
				t.Errorf("%+v hit twice", c.fault)
			}
		}
	}
	if n := s.Counters(); n.Faults != 7 || n.Refused[0] != 1 || n.Refused[429] != 1 {
		t.Errorf("%+v", n)
	}
}

func TestLimits(t *testing.T) {
	s, u := started(t, Options{Limits: TelegramLimits})
	body := object{"chat_id": u.ID, "text": "x"}
	if a := ask(t, s, "sendMessage", body); !a.OK {
		t.Fatal(a.Description)
	}
	if a := ask(t, s, "sendMessage", body); a.Status != 429 || a.Parameters.RetryAfter != 1 {
		t.Errorf("%+v", a)
	}
	if n := s.Counters(); n.OverLimit != 1 {
		t.Errorf("%+v", n)
	}
}

func TestPrivacyMode(t *testing.T) {
	s, u := started(t, Options{})
	g := s.AddSupergroup("g", true, u.ID)
	ask(t, s, "sendMessage", object{"chat_id": g.ID, "text": "bot"})
	bot := s.BotMessages(g.ID)[0]
	topic := s.AddTopic(g.ID, u.ID, "topic")
	poll(t, s, object{"offset": -1})
	poll(t, s, object{"offset": s.queue.lastID + 1})
	for _, c := range []struct {
		post Post
		want bool
	}{
		{Post{Text: "chatter"}, false},
		{Post{Text: "/ask x"}, true},
		{Post{Text: "/ask@mujaz_bot x"}, true},
		{Post{Text: "/ask@other_bot x"}, false},
		{Post{Text: "@Mujaz_Bot x"}, true},
		{Post{Text: "reply", ReplyTo: bot.ID}, true},
		{Post{Text: "in a topic", Thread: topic}, false},
	} {
		c.post.From, c.post.Chat = u.ID, g.ID
		before := s.Pending()
		m := s.Post(c.post)
		if got := s.Pending() > before; got != c.want {
			t.Errorf("%+v: seen %v", c.post, got)
		}
		if c.post.Thread != 0 && (m.ThreadID != topic || !m.TopicMessage || m.ReplyTo.TopicCreated == nil) {
			t.Errorf("in a topic: %+v", m)
		}
	}
	s.SetMember(g.ID, s.Bot().ID, "administrator")
	before := s.Pending()
	if s.SendText(u.ID, g.ID, "chatter"); s.Pending() != before+1 {
		t.Error("an administrator does not see everything")
	}
}
