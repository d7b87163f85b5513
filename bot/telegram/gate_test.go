package telegram

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// passes runs the sends through the gate, all at once, and returns when each
// passed, ascending.
func passes(g *gate, sends map[int64]int, c class) []time.Duration {
	start := time.Now()
	var mu sync.Mutex
	var at []time.Duration
	var wait sync.WaitGroup
	for chat, n := range sends {
		for range n {
			wait.Go(func() {
				if g.wait(context.Background(), c, chat) == nil {
					mu.Lock()
					at = append(at, time.Since(start))
					mu.Unlock()
				}
			})
		}
	}
	wait.Wait()
	slices.Sort(at)
	return at
}

// most is the largest number of passes in any window.
func most(at []time.Duration, window time.Duration) (n int) {
	for i := range at {
		j, _ := slices.BinarySearch(at, at[i]+window)
		n = max(n, j-i)
	}
	return n
}

func TestGateKeepsTheLimits(t *testing.T) {
	many := map[int64]int{}
	for i := range 900 {
		many[int64(i+1)] = 1
	}
	for _, tt := range []struct {
		name   string
		sends  map[int64]int
		window time.Duration
		limit  int
		least  time.Duration
		last   time.Duration
	}{
		{"30 a second in all, and hardly less", many, time.Second, 30, 30 * time.Second, 32 * time.Second},
		{"one a second in a chat", map[int64]int{5: 10}, time.Second, 1, 9 * time.Second, 10 * time.Second},
		{"twenty a minute in a group", map[int64]int{-5: 50}, time.Minute, 20, 2 * time.Minute, 140 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				at := passes(newGate(), tt.sends, digests)
				if n := most(at, tt.window); n > tt.limit {
					t.Errorf("%d in %v", n, tt.window)
				}
				if last := at[len(at)-1]; last < tt.least || last > tt.last {
					t.Errorf("the last of %d after %v", len(at), last)
				}
			})
		})
	}
}

func TestAnswersGoBeforeDigests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		for i := range 3000 {
			go g.wait(t.Context(), digests, int64(i+1))
		}
		synctest.Wait()
		for i := range 100 {
			time.Sleep(317 * time.Millisecond)
			start := time.Now()
			if err := g.wait(t.Context(), answers, int64(100000+i)); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 40*time.Millisecond {
				t.Fatalf("answer %d waited %v", i, took)
			}
		}
	})
}

func TestNothingPassesDuringAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		g.pause(7 * time.Second)
		g.pause(2 * time.Second) // does not shorten it
		go func() {
			time.Sleep(time.Second)
			g.rest(context.Background())
		}()
		if at := passes(g, map[int64]int{1: 1, 2: 1, -3: 1}, answers); at[0] < 7*time.Second {
			t.Errorf("one passed after %v", at[0])
		}
	})
}

func TestGateForgetsThoseWhoLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		g.pause(time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := g.wait(ctx, answers, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if n := len(g.waiting[answers]); n != 0 {
			t.Errorf("%d still wait", n)
		}
		g.timer.Stop()
	})
}

func TestShareOfTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		g.setRate(10)
		many := map[int64]int{}
		for i := range 100 {
			many[int64(i+1)] = 1
		}
		at := passes(g, many, answers)
		if n := most(at, time.Second); n > 11 || at[99] < 9*time.Second || at[99] > 11*time.Second {
			t.Errorf("%d in a second, the last after %v", n, at[99])
		}
	})
}

func TestAReservedSendDoesNotWaitAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Options{Token: "1:x", Handler: handlerFunc(echo)})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		for i := range 3 {
			ctx, err := bulk{c}.Reserve(t.Context(), 5)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.enter(ctx, call{chat: 5, class: digests}); err != nil {
				t.Fatal(err)
			}
			if took, want := time.Since(start), time.Duration(i)*time.Second; took < want || took > want+100*time.Millisecond {
				t.Errorf("send %d after %v", i, took)
			}
			if i == 2 {
				if err := c.enter(ctx, call{chat: 5, class: digests}); err != nil || time.Since(start) < 3*time.Second {
					t.Errorf("a place was used twice: %v after %v", err, time.Since(start))
				}
			}
		}
	})
}
