package ingest

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"
)

func allowAll(string, string, syscall.RawConn) error { return nil }

func TestFetch(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(sample(t, "harbour.html"))
	})
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=windows-1256")
		w.Write(sample(t, "harbour-1256.html"))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://10.0.0.1/secret", http.StatusFound)
	})
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	mux.HandleFunc("/huge", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "2147483648") })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/busy", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	mux.HandleFunc("/pdf", func(w http.ResponseWriter, r *http.Request) { w.Write(sample(t, "libreoffice.pdf")) })
	s := httptest.NewServer(mux)
	defer s.Close()
	guarded := &Fetcher{Allow: func(network, address string, c syscall.RawConn) error {
		if strings.HasPrefix(address, "127.0.0.1:") {
			return nil
		}
		return ErrPrivateAddress
	}, Limits: testLimits(t)}
	defer guarded.Close()
	for _, c := range []struct {
		path string
		want error
	}{
		{"/page", nil}, {"/moved", nil}, {"/old", nil}, {"/pdf", nil},
		{"/missing", ErrStatus}, {"/loop", ErrRedirects}, {"/file", ErrBadURL}, {"/inside", ErrPrivateAddress},
		{"/huge", ErrTooLarge}, {"/endless", ErrTooLarge}, {"/busy", ErrStatus},
	} {
		d, err := guarded.Fetch(t.Context(), s.URL+c.path)
		if !errors.Is(err, c.want) || c.want == nil && d.Document.Title != "ميناء الصيد في صور يستعيد نشاطه بعد عام من الإغلاق" {
			t.Errorf("%s: %q, %v; want %v", c.path, d.Document.Title, err, c.want)
		}
		if c.path == "/moved" && !strings.HasSuffix(d.Document.URL, "/page") {
			t.Errorf("link %q", d.Document.URL)
		}
	}
	var status *StatusError
	if _, err := guarded.Fetch(t.Context(), s.URL+"/busy"); !errors.As(err, &status) || status.RetryAfter != 2*time.Minute {
		t.Errorf("busy: %v", err)
	}
}

// TestGuard asks for special addresses by every spelling, directly and through
// a redirect, and must never connect.
func TestGuard(t *testing.T) {
	f := &Fetcher{}
	defer f.Close()
	for _, link := range []string{
		"http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.1.2.3/", "http://172.16.0.1/",
		"http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://100.64.0.1/", "http://[::ffff:127.0.0.1]/",
		"http://[fd00::1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://198.18.0.1/", "http://224.0.0.1/", "http://240.0.0.1/",
		"http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://8.8.8.8:22/",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		_, err := f.Fetch(ctx, link)
		cancel()
		if !errors.Is(err, ErrPrivateAddress) && !errors.Is(err, ErrUnreachable) && !errors.Is(err, ErrBadURL) {
			t.Errorf("%s: %v", link, err)
		}
	}
	for _, link := range []string{"", "nonsense", "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://user:pass@example.org/", "//example.org"} {
		if _, err := f.Fetch(t.Context(), link); !errors.Is(err, ErrBadURL) {
			t.Errorf("%q: %v", link, err)
		}
	}
}

func TestServerThatNeverAnswers(t *testing.T) {
	release := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-release }))
	defer s.Close()
	defer close(release)
	f := &Fetcher{Allow: allowAll}
	defer f.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := f.Fetch(ctx, s.URL); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if f.http().Timeout != 0 || fetchTimeout > 30*time.Second {
		t.Error("the limit of a fetch is over 30 s")
	}
}
