package serve

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"mujaz/corpus/store"
)

// shaky is a real store behind a line that can be cut.
type shaky struct {
	*store.Store
	away bool
}

func (s *shaky) down() error {
	if s.away {
		return fmt.Errorf("%w: cut", store.ErrUnavailable)
	}
	return nil
}

func (s *shaky) AddUpdates(ctx context.Context, us []store.Update) (map[int64]bool, error) {
	if err := s.down(); err != nil {
		return nil, err
	}
	return s.Store.AddUpdates(ctx, us)
}

func (s *shaky) ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) ([]store.Update, error) {
	if err := s.down(); err != nil {
		return nil, err
	}
	return s.Store.ClaimUpdates(ctx, worker, limit, lease)
}

func (s *shaky) FinishUpdate(ctx context.Context, id int64) error {
	if err := s.down(); err != nil {
		return err
	}
	return s.Store.FinishUpdate(ctx, id)
}

func TestInboxWorksThroughAnOutage(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	truth, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	line := &shaky{Store: truth}
	x := newInbox(line)
	now := time.Now()
	x.now = func() time.Time { return now }
	add := func(id, chat int64, want bool) {
		t.Helper()
		if added, err := x.AddUpdates(ctx, []store.Update{{ID: id, Chat: chat, Payload: []byte("{}")}}); err != nil || added[id] != want {
			t.Errorf("add %d: %v %v", id, added, err)
		}
	}
	claim := func(want ...int64) {
		t.Helper()
		us, err := x.ClaimUpdates(ctx, "w", 10, time.Minute)
		var got []int64
		for _, u := range us {
			got = append(got, u.ID)
		}
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("claimed %v %v, want %v", got, err, want)
		}
	}
	finish := func(id int64) {
		t.Helper()
		if err := x.FinishUpdate(ctx, id); err != nil {
			t.Error(err)
		}
	}
	add(1, 7, true)
	claim(1)
	line.away = true
	finish(1) // was claimed before the outage
	if _, err := x.AddUpdates(ctx, []store.Update{{ID: 2, Chat: 7}}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("held at once: %v", err)
	}
	now = now.Add(holdAfter)
	add(2, 7, true)
	add(3, 7, true)
	add(4, 0, true)
	add(5, 0, true)
	add(2, 7, false)
	if id, any := x.Lowest(); id != 2 || !any || !x.Holds(5) || x.Holds(1) {
		t.Errorf("Telegram may forget all below %d, %v", id, any)
	}
	claim(2, 4, 5)
	claim()
	finish(2)
	add(2, 7, false)
	claim(3)
	if err := x.ReleaseUpdate(ctx, 3, x.now().Add(-time.Second)); err != nil {
		t.Error(err)
	}
	claim(3)
	finish(3)
	finish(4)
	add(8, 7, true)
	line.away = false
	add(6, 7, true)
	claim(6) // the lower number comes first, whenever it was added
	finish(6)
	if id, any := x.Lowest(); any {
		t.Errorf("%d is held though the store is back", id)
	}
	claim(8) // was handed over: another process could have it as well
	if open, err := truth.StillOpen(ctx, []int64{5, 8}); err != nil || fmt.Sprint(open) != "[5 8]" {
		t.Errorf("in the store: %v %v", open, err)
	}
	finish(8)
	for id, want := range map[int64]bool{1: true, 2: true, 3: true, 4: true, 5: false, 6: true} {
		if done, err := truth.UpdateDone(ctx, id); err != nil || done != want {
			t.Errorf("update %d done: %v %v", id, done, err)
		}
	}
	add(2, 7, false) // brought again after the outage: no second effect
	claim()
	truth.Close() // 5 is in work here, which the store knows by now
	open, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	if _, err := open.ReleaseDead(ctx, "next"); err != nil {
		t.Fatal(err)
	}
	if us, err := open.ClaimUpdates(ctx, "next", 10, time.Minute); err != nil || len(us) != 1 || us[0].ID != 5 {
		t.Errorf("after a death: %v %v", us, err)
	}
}
