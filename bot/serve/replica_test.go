package serve

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"mujaz/corpus/store"
)

// scripted is a fleet that answers as told.
type scripted struct {
	allowance store.Allowance
	err       error
	paused    []time.Duration
	released  int
}

func (s *scripted) Shared() bool { return true }
func (s *scripted) Heartbeat(context.Context, string, int) (store.Allowance, error) {
	return s.allowance, s.err
}
func (s *scripted) ReleaseDead(context.Context, ...string) (int, error) {
	s.released++
	return 0, s.err
}
func (s *scripted) Pause(_ context.Context, d time.Duration) error {
	s.paused = append(s.paused, d)
	return nil
}
func (s *scripted) Leave(context.Context, string) error { return nil }

// recorder is a sender that remembers what it was told.
type recorder struct {
	rate   int
	pauses []time.Duration
}

func (r *recorder) SetRate(n int)         { r.rate = n }
func (r *recorder) Pause(d time.Duration) { r.pauses = append(r.pauses, d) }

func TestReplicaSteersTheSender(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	f, s := &scripted{}, &recorder{}
	r := newReplica(f, s, slog.New(slog.DiscardHandler))
	r.now = func() time.Time { return now }
	step := func(a store.Allowance, err error, want int) {
		t.Helper()
		a.Valid = now.Add(4 * time.Second)
		f.allowance, f.err = a, err
		r.step(t.Context())
		if s.rate != want {
			t.Errorf("rate %d, want %d", s.rate, want)
		}
	}
	step(store.Allowance{PerSecond: 30, Replicas: 1}, nil, 30)
	step(store.Allowance{PerSecond: 10, Replicas: 3}, nil, 9)
	step(store.Allowance{Replicas: 4}, nil, 0)
	step(store.Allowance{PerSecond: 15, Replicas: 2}, nil, 14)
	gone := errors.New("away")
	step(store.Allowance{}, gone, 14)
	now = now.Add(5 * time.Second)
	step(store.Allowance{}, gone, outageRate)
	step(store.Allowance{PerSecond: 15, Replicas: 2}, nil, 14)
}

func TestPauseIsToldOnceAndNotEchoed(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	f, s := &scripted{}, &recorder{}
	r := newReplica(f, s, slog.New(slog.DiscardHandler))
	r.now = func() time.Time { return now }
	r.share(t.Context(), 30*time.Second)
	r.share(t.Context(), 30*time.Second)
	f.allowance.Pause = now.Add(30*time.Second + 40*time.Millisecond) // as the others' clocks see it
	r.step(t.Context())
	if len(f.paused) != 1 || len(s.pauses) != 0 {
		t.Errorf("told %v, heard %v", f.paused, s.pauses)
	}
	f.allowance.Pause = now.Add(90 * time.Second)
	r.step(t.Context())
	r.step(t.Context())
	if len(s.pauses) != 1 || s.pauses[0] != 90*time.Second {
		t.Errorf("heard %v", s.pauses)
	}
}
