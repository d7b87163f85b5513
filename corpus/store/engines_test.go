package store

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"mujaz/corpus"
)

// bench is a store under test, with its own clock.
type bench struct {
	*Store
	o     Options
	clock *clock
}

// clock is a time that tests move by hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// engines runs the contract on SQLite and, where a server is given, on
// PostgreSQL.
func engines(t *testing.T, f func(t *testing.T, b bench)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, openBench(t, Options{Dir: t.TempDir()})) })
	t.Run("postgres", func(t *testing.T) { f(t, openBench(t, Options{URL: postgresURL(t)})) })
}

func openBench(t *testing.T, o Options) bench {
	t.Helper()
	b := bench{o: o, clock: newClock()}
	b.o.Now = b.clock.now
	b.o.Poll = 20 * time.Millisecond
	b.Store = mustOpen(t, b.o)
	return b
}

func mustOpen(t *testing.T, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return s
}

// again closes the store and opens it anew, as a restart does.
func (b *bench) again(t *testing.T) {
	t.Helper()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b.Store = mustOpen(t, b.o)
}

var databases atomic.Int64

// postgresURL makes an empty database on the server of MUJAZ_TEST_POSTGRES.
func postgresURL(t *testing.T) string {
	t.Helper()
	server := os.Getenv("MUJAZ_TEST_POSTGRES")
	if server == "" {
		t.Skip("MUJAZ_TEST_POSTGRES is not set: no PostgreSQL to test with, see .ci/postgres.sh")
	}
	name := fmt.Sprintf("t%d_%d", os.Getpid(), databases.Add(1))
	onServer(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { onServer(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func onServer(t *testing.T, server, statement string) {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

func doc(id, text string) corpus.Document {
	return corpus.Document{ID: id, Title: "عنوان " + id, Text: text, Source: "وكالة", Date: "2026-02-03", URL: "https://example.org/" + id}
}

var editor = Actor{ID: 7, Name: "محررة"}

// must stops the test at an error.
func must[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func ids(ds []Stored) string {
	var out []string
	for _, d := range ds {
		out = append(out, d.ID)
	}
	return strings.Join(out, " ")
}
