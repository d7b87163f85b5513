package sandbox

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestPageIsClosedToOthers(t *testing.T) {
	s := New(Options{Cast: true})
	t.Cleanup(s.Close)
	for _, c := range []struct {
		method, path, kind, body string
		want                     int
	}{
		{"GET", "/", "", "", 200},
		{"GET", "/app.js", "", "", 200},
		{"GET", "/page.go", "", "", 404},
		{"GET", "/../page.go", "", "", 404},
		{"GET", "/file?id=none", "", "", 404},
		{"POST", "/send", "application/json", `{"as":1001,"chat":1001,"text":"x"}`, 200},
		{"POST", "/send", "text/plain", `{"as":1001,"chat":1001,"text":"x"}`, 415},
		{"POST", "/send", "application/json", `nonsense`, 400},
		{"POST", "/send", "application/json", `{"as":1000000001,"chat":1001,"text":"x"}`, 400},
		{"POST", "/nothing", "application/json", `{}`, 404},
		{"GET", "/send", "", "", 404},
		{"POST", "/upload?as=5&chat=5&name=x", "application/octet-stream", "x", 400},
		{"POST", "/upload?as=1001&chat=1001&name=x.txt", "application/octet-stream", "x", 204},
	} {
		r := httptest.NewRequest(c.method, "http://127.0.0.1:8080"+c.path, strings.NewReader(c.body))
		if c.kind != "" {
			r.Header.Set("Content-Type", c.kind)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s %s %q: %d, want %d", c.method, c.path, c.body, w.Code, c.want)
		}
		if h := w.Header(); h.Get("Content-Security-Policy") != contentPolicy || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s: headers %v", c.method, c.path, h)
		}
	}
	if strings.Contains(contentPolicy, "unsafe") || strings.Contains(contentPolicy, "http") {
		t.Errorf("the policy lets something in: %s", contentPolicy)
	}
}

// TestPageLoadsNothingFromElsewhere reads the page's files for addresses.
func TestPageLoadsNothingFromElsewhere(t *testing.T) {
	files, err := pageFiles.ReadDir("page")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		data, err := pageFiles.ReadFile("page/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"src=\"http", "href=\"http", "url(", "@import", "innerHTML", "eval("} {
			if strings.Contains(string(data), word) {
				t.Errorf("%s holds %q", f.Name(), word)
			}
		}
	}
}

func TestNextFreePort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	s := New(Options{})
	url, err := s.Start(t.Context(), taken.Addr().String())
	if err != nil || url == "http://"+taken.Addr().String() || !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Errorf("%s, %v", url, err)
	}
	s.Close()
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.com:0", "127.0.0.1", "127.0.0.1:x"} {
		if url, err := s.Start(t.Context(), addr); err == nil {
			t.Errorf("%s: it listens at %s", addr, url)
		}
	}
}

func TestLiveEvents(t *testing.T) {
	s := Serve(t, Options{Cast: true})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.URL()+"/events?after=0", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer answer.Body.Close()
	s.SendText(ReaderID, ReaderID, "مباشر")
	for in := bufio.NewScanner(answer.Body); in.Scan(); {
		if strings.Contains(in.Text(), `"kind":"posted"`) && strings.Contains(in.Text(), "مباشر") {
			return
		}
	}
	t.Error("the message did not arrive")
}

func TestClock(t *testing.T) {
	riyadh := time.FixedZone("", 3*3600)
	c := FrozenClock(time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC)) // the 2nd in Riyadh
	s := Serve(t, Options{Cast: true, Clock: c, Location: riyadh})
	moved := c.Moved()
	answer, err := http.Post(s.URL()+"/clock", "application/json", strings.NewReader(`{"as":1001,"days":1,"time":"08:00"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || !strings.Contains(string(body), "2026-03-03T08:00") {
		t.Errorf("%s %v", body, err)
	}
	<-moved
	if m := s.SendText(ReaderID, ReaderID, "x"); m.Date != time.Date(2026, 3, 3, 5, 0, 0, 0, time.UTC).Unix() {
		t.Errorf("a message is dated %v", m.Time())
	}
	running := NewClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	if running.Advance(time.Hour); running.Now().Before(time.Date(2030, 1, 1, 1, 0, 0, 0, time.UTC)) {
		t.Errorf("a running clock shows %v", running.Now())
	}
}
