package sandbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"
)

const (
	usualAddress = "127.0.0.1:8080"
	portsTried   = 50
)

// ErrNotLoopback is returned for an address that other machines could reach.
var ErrNotLoopback = errors.New("the sandbox listens only on this machine")

// Start listens on addr ("" means 127.0.0.1:8080; the next free port is taken
// when that one is in use) until ctx ends, and returns the address to open.
func (s *Server) Start(ctx context.Context, addr string) (baseURL string, err error) {
	if addr == "" {
		addr = usualAddress
	}
	l, err := listen(ctx, addr)
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 1 << 16}
	done := make(chan struct{})
	s.mu.Lock()
	s.baseURL = "http://" + l.Addr().String()
	s.shut = func() { server.Close(); <-done }
	s.mu.Unlock()
	go func() {
		defer close(done)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the sandbox stopped", "error", err)
		}
	}()
	context.AfterFunc(ctx, s.Close)
	return s.URL(), nil
}

// bodyTime bounds the reading of a request's body; what follows may last as long
// as a long poll.
const bodyTime = time.Minute

// bounded limits a request's body in size and time, until read is called.
func bounded(w http.ResponseWriter, r *http.Request, most int64) (read func()) {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	c := http.NewResponseController(w)
	// A recorder of a test has no deadlines, and needs none.
	_ = c.SetReadDeadline(time.Now().Add(bodyTime))
	return func() { _ = c.SetReadDeadline(time.Time{}) }
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("sandbox address %q: %w", addr, err)
	}
	if !isLoopback(host) {
		return nil, fmt.Errorf("%w, not on %q", ErrNotLoopback, host)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("sandbox address %q: %w", addr, err)
	}
	var config net.ListenConfig
	for i := range portsTried {
		l, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(number+i)))
		if err == nil || number == 0 || !errors.Is(err, syscall.EADDRINUSE) {
			return l, err
		}
	}
	return nil, fmt.Errorf("no free port from %d to %d on %s", number, number+portsTried-1, host)
}

// URL is the address that was given to Start, for TELEGRAM_API_URL and for a
// browser; empty before.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.baseURL
}

// Close ends long polls, webhooks and live pages, and stops listening.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.stopWebhook()
	s.touch()
	shut := s.shut
	s.shut = nil
	s.mu.Unlock()
	if shut != nil {
		shut()
	}
}

// TB is what Serve needs of a test.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// Serve starts a server for a test on a free port and closes it with the test.
func Serve(t TB, o Options) *Server {
	t.Helper()
	s := New(o)
	if _, err := s.Start(context.Background(), "127.0.0.1:0"); err != nil {
		t.Fatalf("sandbox: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

// localRequest refuses names that are not this machine's (a page of another
// site whose name was pointed here) and requests made by other sites' pages.
func localRequest(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if !isLoopback(trimBrackets(host)) {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		site := r.Header.Get("Sec-Fetch-Site")
		return site == "" || site == "none" || site == "same-origin" || r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host
}

func trimBrackets(host string) string {
	if len(host) > 2 && host[0] == '[' && host[len(host)-1] == ']' {
		return host[1 : len(host)-1]
	}
	return host
}

// FreeAddress is an address on this machine that nobody listens on.
func FreeAddress(t TB) string {
	t.Helper()
	for {
		// Below the ports that the system hands out by itself, which another test
		// may get before this one listens.
		l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", 12000+rand.IntN(18000)))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			t.Fatalf("sandbox: %v", err)
		}
	}
}
