package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mujaz/bot/sandbox"
)

// Secrets that the program is given in its settings.
const (
	hookSecret     = "hook-secret-91d2c4"
	databaseSecret = "database-secret-77ab"
)

// TestSecretsStaySecret runs every command, well and badly set, with a Telegram
// that works, fails and refuses, and looks for each secret in everything that
// is printed, logged, served and, but for the settings, stored.
func TestSecretsStaySecret(t *testing.T) {
	server := sandbox.Serve(t, sandbox.Options{})
	var seen bytes.Buffer
	base := []string{"TELEGRAM_BOT_TOKEN=" + server.Token(), "TELEGRAM_API_URL=" + server.URL(), "LOG_LEVEL=debug", "WEBHOOK_SECRET=" + hookSecret, "ADMIN_IDS=1"}
	h := newHouse(t, base...)
	file, _ := h.edition("0", 5)
	away := newHouse(t, append(base, "DATABASE_URL=postgres://mujaz:"+databaseSecret+"@127.0.0.1:1/mujaz?connect_timeout=1")...)
	wrong := newHouse(t, append(base, "DATABASE_URL=postgres://mujaz:"+databaseSecret+"@[::bad/mujaz")...)
	misset := newHouse(t, append(base, "WEBHOOK_URL=ftp://x")...)
	for _, args := range [][]string{
		{"version"}, {"import", file}, {"docs"}, {"docs", "nothing"}, {"ask", "ماذا عن الهدنة؟"}, {"ask", "-json", "سؤال"}, {"export"}, {"digest"},
		{"remove", "doc1"}, {"remove", "nothing"}, {"add", "-yes", file}, {"add", "http://127.0.0.1:1/" + hookSecret[:4]}, {"reindex"}, {"check"},
		{"backup", filepath.Join(t.TempDir(), "b")}, {"restore", "nothing"}, {"eval", "nothing"},
		{"migrate-to", "postgres://mujaz:" + databaseSecret + "@127.0.0.1:1/x"}, {"migrate-to", databaseSecret + "://"}, {"help"}, {"nonsense"},
	} {
		for _, at := range []*house{h, away, wrong, misset} {
			cmd := at.command(args...)
			cmd.Stdout, cmd.Stderr = &seen, &seen
			_ = cmd.Run() // many must fail: what they say is looked at
		}
	}
	seen.WriteString(serveBadly(t, server, h, away, wrong))
	_, token, _ := strings.Cut(server.Token(), ":")
	for what, secret := range map[string]string{"token": token, "webhook's secret": hookSecret, "database's password": databaseSecret} {
		if i := strings.Index(seen.String(), secret); i >= 0 {
			t.Errorf("the %s was told: …%s", what, seen.String()[max(0, i-300):i+len(secret)])
		}
		if name := holding(t, secret, h.data); name != "" {
			t.Errorf("the %s is in %s", what, name)
		}
	}
	if seen.Len() < 5000 {
		t.Errorf("only %d bytes were said: too little for this to show anything", seen.Len())
	}
}

// serveBadly lets the bot serve through faults, and returns what it said.
func serveBadly(t *testing.T, server *sandbox.Server, houses ...*house) string {
	t.Helper()
	var seen bytes.Buffer
	reader := server.AddUser(sandbox.User{FirstName: "قارئة", LanguageCode: "ar"})
	for i, h := range houses {
		listen := sandbox.FreeAddress(t)
		cmd := h.command("serve")
		cmd.Env = append(cmd.Env, "LISTEN_ADDR="+listen)
		cmd.Stdout, cmd.Stderr = &seen, &seen
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var served bytes.Buffer
		deadline := time.Now().Add(3 * time.Second)
		for _, f := range []sandbox.Fault{{}, {Status: 502}, {Garbage: "x"}, {Down: true}, {Lost: true}, {RetryAfter: 1}} {
			f.Times = 3
			server.Inject(f)
			server.SendText(reader.ID, 0, "ماذا عن الهدنة؟")
			for _, path := range []string{"/healthz", "/readyz", "/metrics", "/debug/pprof/", "/debug/vars", "/", "/telegram"} {
				if r, err := http.Get("http://" + listen + path); err == nil {
					io.Copy(&served, r.Body)
					r.Body.Close()
				}
			}
			time.Sleep(max(time.Until(deadline)/6, 0))
		}
		http.DefaultClient.CloseIdleConnections()
		if i == 0 {
			server.Revoke() // the program ends by itself, with a sentence
		} else {
			cmd.Process.Signal(os.Interrupt)
		}
		done := make(chan struct{})
		go func() { cmd.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(30 * time.Second):
			cmd.Process.Kill()
			<-done
			t.Error("the bot did not end")
		}
		if i == 0 && served.Len() < 1000 {
			t.Errorf("only %d bytes were served", served.Len())
		}
		fmt.Fprintln(&seen, served.String())
		server.ClearFaults()
	}
	return seen.String()
}

// holding is a file that holds the text; empty when none does.
func holding(t *testing.T, text, dir string) (name string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			name = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return name
}
