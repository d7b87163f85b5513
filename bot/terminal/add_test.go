package terminal

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mujaz/bot/config"
)

// session runs commands of the program on one data folder.
type session struct {
	t        *testing.T
	dir      string
	typed    bool
	out, err bytes.Buffer
}

func (s *session) run(in, command string, args ...string) int {
	s.t.Helper()
	s.out.Reset()
	s.err.Reset()
	p := &Program{
		Streams: Streams{In: strings.NewReader(in), Out: &s.out, Err: &s.err, Typed: s.typed},
		Config:  config.Config{DataDir: s.dir, Language: "en", Location: time.UTC},
		Log:     slog.New(slog.DiscardHandler),
	}
	return Run(s.t.Context(), p, Commands(), command, args)
}

const news = "استئناف محادثات الصيد في ميناء صور\nقال نقيب الصيادين إن المحادثات مع البلدية ستستأنف الأسبوع المقبل بعد توقف دام شهرين.\nوأضاف أن الطرفين اتفقا على تجديد الرخص.\n"

func TestAddFile(t *testing.T) {
	s := &session{t: t, dir: t.TempDir()}
	file := filepath.Join(t.TempDir(), "news.txt")
	if err := os.WriteFile(file, []byte(news), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := s.run("", "add", "-yes", "-title", "عنوان آخر", "-date", "18/3/2025", file); code != OK || !strings.Contains(s.out.String(), "created") {
		t.Fatalf("%d\n%s\n%s", code, &s.out, &s.err)
	}
	if code := s.run("", "docs"); code != OK || !strings.Contains(s.out.String(), "عنوان آخر") || !strings.Contains(s.out.String(), "2025-03-18") {
		t.Fatalf("docs:\n%s", &s.out)
	}
	if code := s.run("", "ask", "متى تستأنف المحادثات مع البلدية؟"); code != OK || !strings.Contains(s.out.String(), "الأسبوع المقبل") {
		t.Fatalf("ask:\n%s", &s.out)
	}
	if code := s.run("", "add", "-yes", "-title", "عنوان آخر", "-date", "18/3/2025", file); code != OK || !strings.Contains(s.out.String(), "unchanged") {
		t.Fatalf("again: %d\n%s", code, &s.out)
	}
}

func TestAddInAScript(t *testing.T) {
	s := &session{t: t, dir: t.TempDir()}
	file := filepath.Join(t.TempDir(), "news.txt")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(news)
	if code := s.run("", "add", file); code != OK || !strings.Contains(s.out.String(), "استئناف محادثات") || !strings.Contains(s.out.String(), "created") {
		t.Fatalf("without warnings: %d\n%s\n%s", code, &s.out, &s.err)
	}
	write(news + "وينتظر الصيادون القرار.\n") // nearly the same text
	if code := s.run("", "add", file); code != Failed || !strings.Contains(s.err.String(), "Not published") {
		t.Fatalf("with a warning: %d\n%s\n%s", code, &s.out, &s.err)
	}
	if code := s.run("", "docs"); code != OK || strings.Count(s.out.String(), "استئناف محادثات") != 1 {
		t.Fatalf("docs:\n%s", &s.out)
	}
}

func TestAddFromStandardInputAndAfterAQuestion(t *testing.T) {
	s := &session{t: t, dir: t.TempDir()}
	if code := s.run(news, "add", "-yes", "-"); code != OK || !strings.Contains(s.out.String(), "created") {
		t.Fatalf("%d\n%s\n%s", code, &s.out, &s.err)
	}
	file := filepath.Join(t.TempDir(), "news.md")
	if err := os.WriteFile(file, []byte("# عنوان\n\nنص قصير عن اجتماع البلدية مع الصيادين."), 0o600); err != nil {
		t.Fatal(err)
	}
	s.typed = true
	if code := s.run("n\n", "add", file); code != OK || strings.Contains(s.out.String(), "created") {
		t.Fatalf("published against the answer: %d\n%s", code, &s.out)
	}
	if code := s.run("y\n", "add", file); code != OK || !strings.Contains(s.out.String(), "created") {
		t.Fatalf("%d\n%s\n%s", code, &s.out, &s.err)
	}
}

func TestAddRefusesInOneSentence(t *testing.T) {
	site := httptest.NewServer(http.NotFoundHandler())
	defer site.Close()
	s := &session{t: t, dir: t.TempDir()}
	bad := filepath.Join(t.TempDir(), "bad.txt")
	if err := os.WriteFile(bad, []byte{0, 1, 2, 3}, 0o600); err != nil {
		t.Fatal(err)
	}
	for input, want := range map[string]string{bad: "not a text", site.URL: "internal address"} {
		if code := s.run("", "add", "-yes", input); code != Failed || !strings.Contains(s.err.String(), want) {
			t.Errorf("%s: %d\n%s", input, code, &s.err)
		}
	}
	if code := s.run("", "add", "-yes", filepath.Join(t.TempDir(), "missing.txt")); code != Failed || strings.Contains(s.err.String(), "goroutine") {
		t.Errorf("missing file: %d\n%s", code, &s.err)
	}
	if code := s.run("", "add"); code != Usage {
		t.Errorf("without an input: %d", code)
	}
	if code := s.run("", "add", "-date", "غدا", bad); code != Usage {
		t.Errorf("bad date: %d", code)
	}
}
