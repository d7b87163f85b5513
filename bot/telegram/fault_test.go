package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
)

// TestFaults injects each fault into one method for a while: the answer comes
// within ten seconds of the end of it, at most twice, and without a hot loop.
func TestFaults(t *testing.T) {
	const html = "<html><body>502 Bad Gateway</body></html>"
	for _, tt := range []struct {
		name  string
		fault sandbox.Fault
		most  int // messages that may arrive
	}{
		{"429", sandbox.Fault{Method: "sendMessage", RetryAfter: 2, Times: 2}, 1},
		{"500 with HTML", sandbox.Fault{Method: "sendMessage", Status: 500, Times: 3}, 1},
		{"502 with HTML", sandbox.Fault{Method: "sendMessage", Status: 502, Times: 3}, 1},
		{"504 with HTML", sandbox.Fault{Method: "sendMessage", Status: 504, Times: 1}, 2},
		{"500 as JSON", sandbox.Fault{Method: "sendMessage", Err: &sandbox.APIError{Code: 500, Description: "Internal Server Error: restart"}, Times: 2}, 1},
		{"success with HTML", sandbox.Fault{Method: "sendMessage", Garbage: html, Times: 1}, 2},
		{"half of the JSON", sandbox.Fault{Method: "sendMessage", Truncate: true, Times: 1}, 2},
		{"the reply is lost", sandbox.Fault{Method: "sendMessage", Lost: true, Times: 1}, 2},
		{"network down", sandbox.Fault{Method: "sendMessage", Down: true, Times: 1}, 1},
		{"slow network", sandbox.Fault{Delay: 100 * time.Millisecond, Times: 20}, 1},
		{"getUpdates: 502", sandbox.Fault{Method: "getUpdates", Status: 502, Times: 3}, 1},
		{"getUpdates: garbage", sandbox.Fault{Method: "getUpdates", Garbage: html, Times: 2}, 1},
		{"getUpdates: truncated", sandbox.Fault{Method: "getUpdates", Truncate: true, Times: 2}, 1},
		{"getUpdates: lost", sandbox.Fault{Method: "getUpdates", Lost: true, Times: 2}, 1},
		{"getUpdates: 429", sandbox.Fault{Method: "getUpdates", RetryAfter: 1, Times: 1}, 1},
		{"getUpdates: network down", sandbox.Fault{Method: "getUpdates", Down: true, Times: 3}, 1},
		{"everything down", sandbox.Fault{Down: true, Times: 4}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, echo, nil)
			r.answer(r.ask("قبل"), 5*time.Second)
			before := r.Counters()
			r.Inject(tt.fault)
			r.answer(r.ask("سؤال"), 12*time.Second)
			r.settle(10 * time.Second)
			n := 0
			for _, m := range r.BotMessages(r.reader.ID) {
				if strings.Contains(m.Text, "سؤال") {
					n++
				}
			}
			if n < 1 || n > tt.most {
				t.Errorf("%d answers, want at most %d", n, tt.most)
			}
			calls := 0
			for method, k := range r.Counters().Calls {
				calls += k - before.Calls[method]
			}
			if calls > 45 {
				t.Errorf("%d calls: a hot loop", calls)
			}
		})
	}
}

func TestRetryAfterHoldsEverySend(t *testing.T) {
	t.Parallel()
	var told atomic.Int64
	r := start(t, echo, func(o *Options) { o.Paused = func(d time.Duration) { told.Store(int64(d)) } })
	other := r.AddUser(sandbox.User{FirstName: "هند"})
	r.answer(r.ask("قبل"), 5*time.Second)
	r.answer(r.SendText(other.ID, other.ID, "قبل"), 5*time.Second)
	time.Sleep(time.Second) // the limit of a message a second in a chat
	r.Inject(sandbox.Fault{Method: "sendMessage", RetryAfter: 2, Times: 1})
	asked := r.ask("سؤال")
	if err := r.WaitFor(within(t, 5*time.Second), func() bool { return r.Counters().Refused[429] == 1 }); err != nil {
		t.Fatal(err)
	}
	refused := time.Now()
	second := r.SendText(other.ID, other.ID, "سؤال")
	r.answer(asked, 5*time.Second)
	r.answer(second, 5*time.Second)
	if d := time.Duration(told.Load()); d != 2*time.Second {
		t.Errorf("others were told to wait %v", d)
	}
	for _, c := range r.Calls("sendMessage") {
		if d := c.At.Sub(refused); d > 0 && d < 1900*time.Millisecond {
			t.Errorf("a call %v after the refusal", d)
		}
	}
}

func TestConflictIsSaidAndTriedSlowly(t *testing.T) {
	t.Parallel()
	r := start(t, echo, nil)
	r.answer(r.ask("قبل"), 5*time.Second)
	remove := r.Inject(sandbox.Fault{Method: "getUpdates", Err: &sandbox.APIError{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}})
	asked := r.ask("سؤال")
	time.Sleep(2 * time.Second)
	if n := r.Counters().Refused[409]; n > 2 {
		t.Errorf("%d tries in two seconds", n)
	}
	remove()
	r.answer(asked, 10*time.Second)
	if n := strings.Count(r.logs.String(), "another program takes this bot's updates"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestARevokedTokenEndsRun(t *testing.T) {
	r := start(t, echo, nil)
	r.answer(r.ask("قبل"), 5*time.Second)
	r.Revoke()
	r.ask("سؤال")
	done := make(chan error, 1)
	go func() { done <- r.client.Run(context.Background()) }()
	select {
	case err := <-done:
		if !errors.Is(err, ErrTokenRevoked) || strings.Contains(err.Error(), r.Token()) {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Run goes on")
	}
}

func TestOneBadUpdateHidesNoOther(t *testing.T) {
	good := `{"update_id":12,"message":{"message_id":3,"date":` + itoa(time.Now().Unix()) + `,"chat":{"id":5,"type":"private"},"from":{"id":5,"first_name":"x"},"text":"س"}}`
	updates := `{"ok":true,"result":[{"update_id":10,"message":{"message_id":"no number"}},{"update_id":11,"message":7},` + good + `]}`
	var offsets sync.Map
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch {
		case strings.HasSuffix(r.URL.Path, "getMe"):
			io.WriteString(w, `{"ok":true,"result":{"id":1,"username":"b"}}`)
		case strings.HasSuffix(r.URL.Path, "getUpdates"):
			var p struct{ Offset int64 }
			json.Unmarshal(body, &p)
			if _, again := offsets.LoadOrStore(p.Offset, true); !again && p.Offset == 0 {
				io.WriteString(w, updates)
				return
			}
			select {
			case <-r.Context().Done():
			case <-time.After(100 * time.Millisecond):
			}
			io.WriteString(w, `{"ok":true,"result":[]}`)
		default:
			io.WriteString(w, `{"ok":true,"result":{"url":""}}`)
		}
	}))
	defer s.Close()
	got := make(chan bot.Request, 3)
	c, err := New(Options{Token: "1:x", APIURL: s.URL, Handler: handlerFunc(func(_ context.Context, r bot.Request, _ bot.Transport) error {
		got <- r
		return nil
	})})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	if r := <-got; r.UpdateID != 12 {
		t.Errorf("got %+v", r)
	}
	for end := time.Now().Add(5 * time.Second); ; {
		if _, confirmed := offsets.Load(int64(13)); confirmed {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the bad updates were not confirmed")
		}
		time.Sleep(5 * time.Millisecond)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func itoa(n int64) string { b, _ := json.Marshal(n); return string(b) }

func TestDigestsAreNotRepeatedWhenTheOutcomeIsUnknown(t *testing.T) {
	t.Parallel()
	r := start(t, echo, nil)
	r.ask("س")
	r.Idle(within(t, 5*time.Second))
	r.Inject(sandbox.Fault{Method: "sendMessage", Lost: true, Times: 1})
	_, err := r.client.Bulk().Send(within(t, 10*time.Second), bot.Target{Chat: r.reader.ID}, reply("موجز"))
	if !errors.Is(err, bot.ErrUnknown) {
		t.Errorf("got %v", err)
	}
	n := 0
	for _, m := range r.BotMessages(r.reader.ID) {
		if m.Text == "موجز" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d messages", n)
	}
	r.Inject(sandbox.Fault{Method: "sendMessage", Status: 502})
	_, err = r.client.Bulk().Send(within(t, time.Second), bot.Target{Chat: r.reader.ID}, reply("موجز"))
	if !errors.Is(err, bot.ErrOutage) {
		t.Errorf("an outage: %v", err)
	}
}

// TestTheTokenStaysSecret runs everything that can fail and looks for the
// token in whatever comes out.
func TestTheTokenStaysSecret(t *testing.T) {
	t.Parallel()
	var returned strings.Builder
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		if r.Text == "panic" {
			panic(tr)
		}
		return echo(ctx, r, tr)
	}, func(o *Options) { o.Unpaced = true })
	r.answer(r.ask("قبل"), 5*time.Second)
	note := func(err error) {
		if err != nil {
			returned.WriteString(err.Error() + "\n")
		}
	}
	for _, f := range []sandbox.Fault{{Down: true}, {Lost: true}, {Status: 502}, {Garbage: "x"}, {Truncate: true}, {RetryAfter: 1},
		{Err: &sandbox.APIError{Code: 400, Description: "Bad Request: strange"}}, {Delay: time.Second}} {
		remove := r.Inject(f)
		ctx := within(t, 400*time.Millisecond)
		_, err := r.client.Send(ctx, bot.Target{Chat: r.reader.ID}, reply("س"))
		note(err)
		m := reply("س")
		m.File = fileOf("x")
		_, err = r.client.Send(ctx, bot.Target{Chat: r.reader.ID}, m)
		note(err)
		_, err = r.client.Download(ctx, bot.Attachment{FileID: "nothing"}, 10)
		note(err)
		note(r.client.Typing(ctx, bot.Target{Chat: r.reader.ID}))
		remove()
	}
	r.ask("panic")
	r.settle(10 * time.Second)
	r.Revoke()
	note(r.client.Run(context.Background()))
	families, err := r.metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		returned.WriteString(f.String())
	}
	if returned.Len() < 1000 || !strings.Contains(r.logs.String(), "panicked") {
		t.Error("too little failed for this to show anything")
	}
	secret := r.Token()[strings.Index(r.Token(), ":")+1:]
	if s := returned.String() + r.logs.String(); strings.Contains(s, secret) {
		t.Errorf("the token is in %q", around(s, secret))
	}
}

func around(s, what string) string {
	i := strings.Index(s, what)
	return s[max(0, i-100):min(len(s), i+len(what))]
}

func TestAWrongTokenIsRefusedBeforeAnyCall(t *testing.T) {
	for _, token := range []string{"", "abc", "1:", ":x", "1:a/b", "1:a b"} {
		if _, err := New(Options{Token: token, Handler: handlerFunc(echo)}); !errors.Is(err, ErrTokenRevoked) {
			t.Errorf("%q: %v", token, err)
		}
	}
}

func TestLongPollingRefusesBesideAWebhook(t *testing.T) {
	s := sandbox.Serve(t, sandbox.Options{})
	post(t, s, "setWebhook", `{"url":"https://127.0.0.1:8443/x"}`)
	c, err := New(Options{Token: s.Token(), APIURL: s.URL(), Handler: handlerFunc(echo)})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Run(within(t, 5*time.Second)); !errors.Is(err, ErrWebhookSet) {
		t.Errorf("Run: %v", err)
	}
}

func post(t *testing.T, s *sandbox.Server, method, body string) {
	t.Helper()
	res, err := http.Post(s.URL()+"/bot"+s.Token()+"/"+method, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	defer http.DefaultClient.CloseIdleConnections()
	if res.StatusCode != 200 {
		b, _ := io.ReadAll(res.Body)
		t.Fatalf("%s: %s", method, b)
	}
}

func TestWebhook(t *testing.T) {
	var handled atomic.Int32
	s := sandbox.Serve(t, sandbox.Options{})
	hook := &Webhook{URL: "https://127.0.0.1:8443/hook", Secret: "s3cret"}
	r := startOn(t, s, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		handled.Add(1)
		return nil
	}, func(o *Options) { o.Webhook = hook })
	if err := r.WaitFor(within(t, 5*time.Second), func() bool { return len(r.Calls("setWebhook")) == 1 }); err != nil {
		t.Fatal(err)
	}
	h := r.client.WebhookHandler()
	update := `{"update_id":77,"message":{"message_id":3,"date":` + itoa(time.Now().Unix()) + `,"chat":{"id":5,"type":"private"},"from":{"id":5,"first_name":"x"},"text":"س"}}`
	for _, tt := range []struct {
		name, secret, method, body string
		want                       int
	}{
		{"no secret", "", "POST", update, 401},
		{"wrong secret", "s3cre", "POST", update, 401},
		{"not POST", "s3cret", "GET", "", 405},
		{"too large", "s3cret", "POST", strings.Repeat("x", 2<<20), 413},
		{"good", "s3cret", "POST", update, 200},
		{"again", "s3cret", "POST", update, 200},
		{"unreadable is not sent for ever", "s3cret", "POST", `{"update_id":78,"message":7}`, 200},
	} {
		q := httptest.NewRequest(tt.method, "/hook", strings.NewReader(tt.body))
		q.Header.Set(secretHeader, tt.secret)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, q)
		if w.Code != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, w.Code, tt.want)
		}
	}
	r.settle(5 * time.Second)
	if n := handled.Load(); n != 1 {
		t.Errorf("handled %d times\n%s", n, r.logs)
	}
	if err := r.client.setWebhook(within(t, 5*time.Second)); err != nil || len(r.Calls("setWebhook")) != 1 {
		t.Errorf("set again: %v, %d calls", err, len(r.Calls("setWebhook")))
	}
}

// TestWebhookFromEndToEnd lets the server call the client's own listener, then
// starts a client with another secret: it notices and sets the webhook anew.
func TestWebhookFromEndToEnd(t *testing.T) {
	s := sandbox.Serve(t, sandbox.Options{})
	addr := sandbox.FreeAddress(t)
	with := func(secret string) func(*Options) {
		return func(o *Options) {
			o.Webhook = &Webhook{URL: "http://" + addr + "/hook", Secret: secret, Listen: addr}
			o.Unpaced = true
		}
	}
	r := startOn(t, s, echo, with("first"))
	r.answer(r.ask("سؤال"), 10*time.Second)
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	r = startOn(t, s, echo, with("first"))
	r.answer(r.ask("سؤال"), 10*time.Second)
	if n := len(r.Calls("setWebhook")); n != 1 {
		t.Errorf("the webhook was set %d times", n)
	}
	r.Revoke()
	r.client.Send(within(t, 5*time.Second), bot.Target{Chat: r.reader.ID}, reply("س"))
	r.until(5*time.Second, func() bool {
		select {
		case <-r.client.revoked:
			return true
		default:
			return false
		}
	})
	if err := r.stop(); !errors.Is(err, ErrTokenRevoked) {
		t.Errorf("Run: %v", err)
	}
}

func TestAnotherSecretSetsTheWebhookAnew(t *testing.T) {
	t.Parallel()
	s := sandbox.Serve(t, sandbox.Options{})
	addr := sandbox.FreeAddress(t)
	post(t, s, "setWebhook", `{"url":"http://`+addr+`/hook","secret_token":"old"}`)
	time.Sleep(1100 * time.Millisecond) // setWebhook is refused more than once a second
	hook := &Webhook{URL: "http://" + addr + "/hook", Secret: "new", Listen: addr}
	first := startOn(t, s, echo, func(o *Options) { o.Webhook = hook })
	first.ask("سؤال") // is refused with 401, which Telegram remembers
	first.until(10*time.Second, func() bool { return strings.Contains(gathered(t, first), "forged") })
	first.stop()
	second := startOn(t, s, echo, func(o *Options) { o.Webhook = hook })
	second.until(10*time.Second, func() bool { return len(second.BotMessages(first.reader.ID)) == 1 })
}

func gathered(t *testing.T, r *rig) string {
	families, err := r.metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range families {
		b.WriteString(f.String())
	}
	return b.String()
}

func TestWebhookListensByItself(t *testing.T) {
	hook := &Webhook{URL: "https://127.0.0.1:8443/hook", Secret: "s3cret", Listen: "127.0.0.1:0"}
	r := start(t, echo, func(o *Options) { o.Webhook = hook })
	r.until(5*time.Second, func() bool { return strings.Contains(r.logs.String(), "webhook set") })
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	for _, bad := range []Webhook{{URL: "http://x.org", Secret: "a"}, {URL: "https://x.org"}, {URL: "https://x.org", Secret: "ا"}} {
		if _, err := New(Options{Token: "1:x", Handler: handlerFunc(echo), Webhook: &bad}); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
}
