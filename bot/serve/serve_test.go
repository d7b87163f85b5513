package serve

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/config"
	"mujaz/bot/sandbox"
	"mujaz/bot/terminal"
	"mujaz/index/answer"
)

// buffer may be written by many goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// running starts the whole program against a local Bot API server.
func running(t *testing.T, s *sandbox.Server, more map[string]string) (log *buffer, stop func() error) {
	t.Helper()
	vars := map[string]string{"TELEGRAM_BOT_TOKEN": s.Token(), "TELEGRAM_API_URL": s.URL(), "DATA_DIR": t.TempDir(), "ADMIN_IDS": "77", "LOG_LEVEL": "debug"}
	for name, value := range more {
		vars[name] = value
	}
	c, err := config.FromMap(vars)
	if err != nil {
		t.Fatal(err)
	}
	log = &buffer{}
	p := &terminal.Program{Streams: terminal.Streams{In: strings.NewReader(""), Out: log, Err: log}, Config: c,
		Log: slog.New(bot.NameLines(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, p, nil) }()
	var once sync.Once
	var ended error
	stop = func() error {
		once.Do(func() { cancel(); ended = <-done })
		return ended
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return log, stop
}

func TestServeAnswersAndKeepsItsSecrets(t *testing.T) {
	s := sandbox.Serve(t, sandbox.Options{})
	addr := sandbox.FreeAddress(t)
	log, stop := running(t, s, map[string]string{"LISTEN_ADDR": addr})
	reader := s.AddUser(sandbox.User{FirstName: "ريم", LanguageCode: "ar"})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	reply, err := s.Reply(ctx, s.SendText(reader.ID, reader.ID, "ما موقف إيران من تخصيب اليورانيوم؟"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(reply.Text, "استبعدت بشكل قاطع") {
		t.Errorf("the reply: %s", reply.Text)
	}
	metrics := get(t, "http://"+addr+"/metrics", http.StatusOK)
	for _, line := range []string{`mujaz_answers_total{kind="answer"} 1`, "mujaz_documents 1", "mujaz_index_lag 0", "mujaz_digest_lag_seconds 0"} {
		if !strings.Contains(metrics, line) {
			t.Errorf("the metrics lack %q", line)
		}
	}
	ready := get(t, "http://"+addr+"/readyz", http.StatusOK)
	get(t, "http://"+addr+"/debug/vars", http.StatusNotFound)
	if err := stop(); err != nil {
		t.Error(err)
	}
	_, secret, _ := strings.Cut(s.Token(), ":")
	for name, text := range map[string]string{"log": log.String(), "metrics": metrics, "readyz": ready} {
		if strings.Contains(text, secret) {
			t.Errorf("the token stands in the %s", name)
		}
	}
}

func get(t *testing.T, url string, code int) string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if r.StatusCode != code {
		t.Errorf("%s: status %d, want %d: %s", url, r.StatusCode, code, body)
	}
	return string(body)
}

// stubborn answers that there is nothing.
type stubborn struct{ kind answer.Kind }

func (s stubborn) Ask(_ context.Context, text string, _ answer.Ask) (answer.Answer, error) {
	return answer.Answer{Question: text, Language: "ar", Kind: s.kind}, nil
}

func TestNothingIsDeniedWhileTheIndexIsMade(t *testing.T) {
	f := &follower{}
	for kind, want := range map[answer.Kind]answer.Courtesy{answer.Answered: "", answer.NoAnswer: answer.Warming, answer.OffTopic: answer.Warming} {
		f.reached.Store(false)
		if a, _ := (warming{stubborn{kind}, f}).Ask(t.Context(), "سؤال", answer.Ask{}); a.Courtesy != want {
			t.Errorf("%s while warming up: courtesy %q, want %q", kind, a.Courtesy, want)
		}
		f.reached.Store(true)
		if a, _ := (warming{stubborn{kind}, f}).Ask(t.Context(), "سؤال", answer.Ask{}); a.Courtesy != "" || a.Kind != kind {
			t.Errorf("%s when ready: %+v", kind, a)
		}
	}
}

func TestMenuOfAdminsFollowsTheirRights(t *testing.T) {
	s := sandbox.Serve(t, sandbox.Options{})
	owner := s.AddUser(sandbox.User{ID: 77, FirstName: "ليلى", LanguageCode: "en"})
	editor := s.AddUser(sandbox.User{FirstName: "سلمى", LanguageCode: "ar"})
	running(t, s, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	says := func(u sandbox.User, text string) {
		if _, err := s.Reply(ctx, s.SendText(u.ID, u.ID, text)); err != nil {
			t.Fatal(text, err)
		}
	}
	adds := func() bool {
		return slices.ContainsFunc(s.Commands(editor.ID, editor.ID), func(c sandbox.Command) bool { return c.Command == "add" })
	}
	says(editor, "/start")
	id := strconv.FormatInt(editor.ID, 10)
	for _, step := range []struct {
		text string
		want bool
	}{{"/admin", false}, {"/admin add " + id, true}, {"/admin remove " + id, false}} {
		if says(owner, step.text); adds() != step.want {
			t.Errorf("after %s the menu has /add: %v", step.text, adds())
		}
	}
}
