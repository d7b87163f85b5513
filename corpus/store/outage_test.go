package store

import (
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

func contains(s, sub string) bool { return strings.Contains(s, sub) }

// cutter is a TCP proxy whose line can be cut and mended.
type cutter struct {
	net.Listener
	target string
	mu     sync.Mutex
	cut    bool
	lines  map[net.Conn]bool
	all    sync.WaitGroup
}

func newCutter(t *testing.T, target string) *cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	c := &cutter{Listener: l, target: target, lines: map[net.Conn]bool{}}
	c.all.Go(c.serve)
	t.Cleanup(func() {
		l.Close()
		c.set(true)
		c.all.Wait()
	})
	return c
}

func (c *cutter) serve() {
	for {
		in, err := c.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", c.target)
		if err != nil || !c.add(in, out) {
			in.Close()
			continue
		}
		c.all.Go(func() { io.Copy(out, in); out.Close() })
		c.all.Go(func() { io.Copy(in, out); in.Close() })
	}
}

func (c *cutter) add(conns ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, x := range conns {
		if c.cut {
			x.Close()
		} else {
			c.lines[x] = true
		}
	}
	return !c.cut
}

func (c *cutter) set(cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cut = cut; cut {
		for x := range c.lines {
			x.Close()
		}
		clear(c.lines)
	}
}

func TestLostConnectionIsNamedAndMended(t *testing.T) {
	direct := postgresURL(t)
	u, err := url.Parse(direct)
	check(t, err)
	line := newCutter(t, u.Host)
	u.Host = line.Addr().String()
	s := mustOpen(t, Options{URL: u.String(), Poll: 20 * time.Millisecond})
	other := mustOpen(t, Options{URL: direct})
	check(t, put(s, "a"))
	for round := range 3 {
		line.set(true)
		for range 5 {
			start := time.Now()
			if err := put(s, "lost"); !errors.Is(err, ErrUnavailable) {
				t.Fatal("while cut:", err)
			}
			if took := time.Since(start); took > dialTime+time.Second {
				t.Error("refusal took", took)
			}
		}
		if _, err := other.Get(t.Context(), "lost"); !errors.Is(err, ErrNotFound) {
			t.Error("half an effect:", err)
		}
		line.set(false)
		deadline := time.Now().Add(10 * time.Second)
		for put(s, "back"+itoa(round)) != nil {
			if time.Now().After(deadline) {
				t.Fatal("did not come back")
			}
			time.Sleep(10 * time.Millisecond)
		}
		_, err := other.Get(t.Context(), "back"+itoa(round))
		check(t, err)
	}
	ch := s.Watch(t.Context())
	check(t, put(other, "c"))
	wait(t, ch)
}
