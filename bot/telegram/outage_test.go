package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
)

// island is a Bot API without a network, for a test in which time jumps.
type island struct {
	mu      sync.Mutex
	down    bool
	pending []string // updates, the number of the first is first
	first   int
	calls   int
	began   time.Time
	sent    []time.Duration // since began
	texts   []string
}

// RoundTrip implements http.RoundTripper.
func (i *island) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	time.Sleep(20 * time.Millisecond)
	i.mu.Lock()
	i.calls++
	down := i.down
	i.mu.Unlock()
	if down {
		return nil, errors.New("no route")
	}
	result := "true"
	switch method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]; method {
	case "getMe":
		result = `{"id":1,"username":"b"}`
	case "getWebhookInfo":
		result = `{"url":""}`
	case "getUpdates":
		result = i.updates(body)
	case "sendMessage":
		result = i.send(body)
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, Body: io.NopCloser(bytes.NewReader([]byte(`{"ok":true,"result":` + result + `}`)))}, nil
}

func (i *island) updates(body []byte) string {
	var p struct{ Offset int }
	if err := json.Unmarshal(body, &p); err != nil {
		return "[]"
	}
	for range 50 {
		i.mu.Lock()
		for len(i.pending) > 0 && i.first < p.Offset {
			i.pending, i.first = i.pending[1:], i.first+1
		}
		out := i.pending[:min(100, len(i.pending))]
		down := i.down
		i.mu.Unlock()
		if len(out) > 0 || down {
			return "[" + strings.Join(out, ",") + "]"
		}
		time.Sleep(100 * time.Millisecond)
	}
	return "[]"
}

func (i *island) send(body []byte) string {
	var p struct{ Text string }
	json.Unmarshal(body, &p)
	i.mu.Lock()
	defer i.mu.Unlock()
	i.sent = append(i.sent, time.Since(i.began))
	i.texts = append(i.texts, p.Text)
	return `{"message_id":9}`
}

// ask lets n people write.
func (i *island) ask(text string, from, n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for k := range n {
		id := i.first + len(i.pending)
		i.pending = append(i.pending, fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"from":{"id":%d,"first_name":"x"},"text":%q}}`,
			id, id, time.Now().Unix(), from+k, from+k, text))
	}
}

func (i *island) cut(down bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.down = down
}

// count is how many of the texts sent hold a part.
func (i *island) count(part string) (n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, text := range i.texts {
		if strings.Contains(text, part) {
			n++
		}
	}
	return n
}

// TestAnHourWithoutTelegram cuts the line for more than an hour, while answers
// are on their way. There is no hot loop meanwhile. Ten seconds after its end
// everybody who asked within the last hour has the answer, the others are told
// that their question is too old, and nothing leaves faster than Telegram
// allows.
func TestAnHourWithoutTelegram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &island{first: 1, began: time.Now()}
		c, err := New(Options{Token: "1:x", HTTP: line, Handler: handlerFunc(func(ctx context.Context, r bot.Request, tr bot.Transport) error {
			text := "جواب: " + r.Text
			if r.Kind == bot.Absence {
				text = "غياب"
			}
			_, err := tr.Send(ctx, bot.Target{Chat: r.Chat.ID}, reply(text))
			return err
		})})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx) }()
		time.Sleep(time.Second)
		line.ask("قبل", 100, 5)
		time.Sleep(5 * time.Second)
		line.ask("أثناء", 200, 20) // taken, and not answered before the line is cut
		time.Sleep(90 * time.Millisecond)
		line.cut(true)
		line.ask("قديم", 300, 40)
		time.Sleep(40 * time.Minute)
		line.ask("حديث", 400, 40)
		time.Sleep(22 * time.Minute)
		line.mu.Lock()
		calls, sent := line.calls, len(line.sent)
		line.mu.Unlock()
		if calls > 9000 {
			t.Errorf("%d calls in an hour: a hot loop", calls)
		}
		line.cut(false)
		time.Sleep(10 * time.Second)
		if n := line.count("حديث"); n != 40 {
			t.Errorf("%d of 40 have their answer ten seconds after the outage", n)
		}
		time.Sleep(20 * time.Second)
		if line.count("قبل") != 5 || line.count("حديث") != 40 || line.count("أثناء")+line.count("غياب") < 60 {
			t.Errorf("answers: %d before, %d at its beginning, %d late; %d told of their absence", line.count("قبل"), line.count("أثناء"), line.count("حديث"), line.count("غياب"))
		}
		line.mu.Lock()
		after := slices.Clone(line.sent[sent:])
		line.mu.Unlock()
		if n := most(after, time.Second); n > 30 {
			t.Errorf("%d messages in a second", n)
		}
		t.Logf("%d calls during the outage, %d messages after it", calls, len(after))
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// TestEveryMethodWaitsAsToldTo refuses one call of each method with 429.
func TestEveryMethodWaitsAsToldTo(t *testing.T) {
	r := start(t, echo, func(o *Options) { o.Unpaced = true })
	first := r.answer(r.ask("قبل"), 5*time.Second)
	posted := bot.Posted{Chat: r.reader.ID, MessageID: first.ID}
	target := bot.Target{Chat: r.reader.ID}
	file := reply("ملف")
	file.File = fileOf("x")
	for method, do := range map[string]func(ctx context.Context) error{
		"sendMessage":     func(ctx context.Context) error { _, err := r.client.Send(ctx, target, reply("س")); return err },
		"editMessageText": func(ctx context.Context) error { return r.client.Edit(ctx, posted, reply("ع")) },
		"sendDocument":    func(ctx context.Context) error { _, err := r.client.Send(ctx, target, file); return err },
		"getChatMember": func(ctx context.Context) error {
			_, err := r.client.IsChatAdmin(ctx, r.reader.ID, r.reader.ID)
			return err
		},
		"answerCallbackQuery": func(ctx context.Context) error { return tooOld(r.client.AnswerPress(ctx, "1", "", false)) },
		"answerInlineQuery":   func(ctx context.Context) error { return tooOld(r.client.AnswerInline(ctx, "1", bot.InlineResults{})) },
		"setMyCommands": func(ctx context.Context) error {
			return r.client.SetMenu(ctx, Menu{Commands: []CommandSet{{Scope: "default", Commands: []Command{{"ask", "x"}}}}})
		},
	} {
		remove := r.Inject(sandbox.Fault{Method: method, RetryAfter: 1, Times: 1})
		began := time.Now()
		if err := do(within(t, 10*time.Second)); err != nil {
			t.Errorf("%s: %v", method, err)
		}
		if took := time.Since(began); took < 900*time.Millisecond {
			t.Errorf("%s was repeated after %v", method, took)
		}
		remove()
	}
}

// tooOld is no error: the queries of this test never were.
func tooOld(err error) error {
	if errors.Is(err, bot.ErrTooOld) {
		return nil
	}
	return err
}
