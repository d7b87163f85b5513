package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// TestSharedCommitsKeepChangesApart runs many changes at once, of which some
// fail, panic or give up, and looks that each had its own fate.
func TestSharedCommitsKeepChangesApart(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		const each = 40
		bad := errors.New("bad")
		var all sync.WaitGroup
		for i := range each {
			all.Go(func() {
				if err := put(b.Store, "good"+itoa(i)); err != nil {
					t.Error(err)
				}
			})
			all.Go(func() {
				err := b.change(context.Background(), func(c conn) error {
					if _, err := c.publish(doc("bad"+itoa(i), "نص"), editor); err != nil {
						return err
					}
					return bad
				})
				if !errors.Is(err, bad) {
					t.Error(err)
				}
			})
			all.Go(func() {
				defer func() {
					if p := recover(); p != "oops" {
						t.Error("panic:", p)
					}
				}()
				_, _ = b.UpdateChat(context.Background(), int64(i), func(*Chat) { panic("oops") })
			})
			all.Go(func() {
				ctx, cancel := context.WithCancel(context.Background())
				cancel()
				if _, err := b.Put(ctx, doc("late"+itoa(i), "نص"), editor); err == nil {
					t.Error("a cancelled change was made")
				}
			})
		}
		all.Wait()
		n, _, err := b.Count(t.Context())
		check(t, err)
		equal(t, "documents", n, each)
		equal(t, "sequence", b.lastSeq(t), each)
		r, err := b.Check(t.Context(), nil)
		check(t, err)
		equal(t, "sound", r.Sound(), true)
	})
}

func TestGivenUpChangeIsNotMade(t *testing.T) {
	b := openBench(t, Options{Dir: t.TempDir()})
	begun, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- b.change(context.Background(), func(conn) error { close(begun); <-release; return nil })
	}()
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := b.Put(ctx, doc("a", "نص"), editor); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	close(release)
	check(t, <-first)
	check(t, put(b.Store, "b"))
	if _, err := b.Get(t.Context(), "a"); !errors.Is(err, ErrNotFound) {
		t.Error("made after it was given up:", err)
	}
}
