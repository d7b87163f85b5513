package telegram

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/sandbox"
)

// handlerFunc makes a conversation of a function.
type handlerFunc func(ctx context.Context, r bot.Request, t bot.Transport) error

func (f handlerFunc) Handle(ctx context.Context, r bot.Request, t bot.Transport) error {
	return f(ctx, r, t)
}

// echo answers every message with its own text, as a reply.
func echo(ctx context.Context, r bot.Request, t bot.Transport) error {
	if r.Kind != bot.Text {
		return nil
	}
	_, err := t.Send(ctx, bot.Target{Chat: r.Chat.ID, Thread: r.Chat.Thread, ReplyTo: r.MessageID}, reply("صدى: "+r.Text))
	return err
}

func reply(text string) message.Message {
	return message.Message{Language: "ar", Blocks: []message.Block{message.Text(text)}}
}

// logbook keeps what was logged.
type logbook struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// rig is a running client against a local Bot API server.
type rig struct {
	*sandbox.Server
	t       *testing.T
	client  *Client
	reader  sandbox.User
	logs    *logbook
	metrics *prometheus.Registry
	stop    func() error // ends Run and returns what it returned
}

// start runs a client until the test ends.
func start(t *testing.T, handler handlerFunc, change func(*Options)) *rig {
	t.Helper()
	return startOn(t, sandbox.Serve(t, sandbox.Options{}), handler, change)
}

func startOn(t *testing.T, s *sandbox.Server, handler handlerFunc, change func(*Options)) *rig {
	t.Helper()
	r := &rig{Server: s, t: t, logs: &logbook{}, metrics: prometheus.NewRegistry()}
	r.reader = s.AddUser(sandbox.User{FirstName: "ريم", LanguageCode: "ar"})
	o := Options{Token: s.Token(), APIURL: s.URL(), Handler: handler, PollTimeout: 5 * time.Second, Metrics: r.metrics,
		Log: slog.New(slog.NewTextHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	r.client = c
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	r.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := r.stop(); err != nil && !t.Failed() && err != ErrTokenRevoked {
			t.Errorf("Run: %v", err)
		}
	})
	return r
}

// within is a context for one wait of a test.
func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

// answer waits for the bot's reply to a message.
func (r *rig) answer(m sandbox.Message, patience time.Duration) sandbox.Message {
	r.t.Helper()
	got, err := r.Reply(within(r.t, patience), m)
	if err != nil {
		r.t.Fatalf("no answer to %q: %v\n%s", m.Text, err, r.logs)
	}
	return got
}

func (r *rig) ask(text string) sandbox.Message { return r.SendText(r.reader.ID, r.reader.ID, text) }

// until waits for a condition of the client, which tells nobody of its changes.
func (r *rig) until(patience time.Duration, cond func() bool) {
	r.t.Helper()
	ctx := within(r.t, patience)
	for !cond() {
		if !sleep(ctx, 2*time.Millisecond) {
			r.t.Fatalf("waited in vain\n%s", r.logs)
		}
	}
}

// settle waits until every update is dealt with.
func (r *rig) settle(patience time.Duration) {
	r.t.Helper()
	r.until(patience, func() bool { return r.client.work.pending() == 0 && r.Pending() == 0 })
}

func TestMain(m *testing.M) {
	// bleve starts its analysis workers when it is imported, for the whole process.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}
