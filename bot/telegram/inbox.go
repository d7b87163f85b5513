package telegram

import (
	"context"
	"slices"
	"sync"
	"time"

	"mujaz/corpus/store"
)

// Inbox keeps updates from their receipt until they are dealt with, and their
// numbers for longer; *store.Store is one. Claims of one chat are handed out
// one at a time, in order.
type Inbox interface {
	// AddUpdates stores updates together and tells which were not known.
	AddUpdates(ctx context.Context, us []store.Update) (added map[int64]bool, err error)
	// AddClaimed stores updates that the worker is dealing with.
	AddClaimed(ctx context.Context, us []store.Update, worker string, lease time.Duration) error
	ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) ([]store.Update, error)
	// SetAside keeps a claimed update without holding up those that follow it in
	// its chat.
	SetAside(ctx context.Context, id int64) error
	FinishUpdate(ctx context.Context, id int64) error
	ReleaseUpdate(ctx context.Context, id int64, after time.Time) error
}

// holder is an inbox that keeps updates in memory while its store is away.
// Telegram must not forget those: they would end with the process.
type holder interface {
	Holds(id int64) bool
	// Lowest is the lowest number of those held; false when none is.
	Lowest() (id int64, any bool)
}

// safe is the number up to which Telegram may forget updates of which all below
// next were taken in.
func (w *work) safe(next int64) int64 {
	if h, ok := w.c.o.Inbox.(holder); ok {
		if id, any := h.Lowest(); any {
			return min(id, next)
		}
	}
	return next
}

// awaitSafe waits until an update is stored or dealt with.
func (w *work) awaitSafe(ctx context.Context, id int64) error {
	h, ok := w.c.o.Inbox.(holder)
	for ok && h.Holds(id) {
		if err := w.turn(ctx); err != nil {
			return err
		}
	}
	return nil
}

// memory is an inbox that ends with the process.
type memory struct {
	mu    sync.Mutex
	known map[int64]bool
	open  []*held // by number
}

type held struct {
	store.Update
	working bool
	after   time.Time
}

func newMemory() *memory { return &memory{known: map[int64]bool{}} }

// AddUpdates implements Inbox.
func (m *memory) AddUpdates(_ context.Context, us []store.Update) (map[int64]bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	added := map[int64]bool{}
	for _, u := range us {
		if !m.known[u.ID] {
			m.known[u.ID], added[u.ID] = true, true
			m.open = append(m.open, &held{Update: u})
		}
	}
	return added, nil
}

// AddClaimed implements Inbox.
func (m *memory) AddClaimed(_ context.Context, us []store.Update, _ string, _ time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, u := range us {
		if !m.known[u.ID] {
			m.known[u.ID] = true
			m.open = append(m.open, &held{Update: u, working: true})
		}
	}
	return nil
}

// ClaimUpdates implements Inbox; its leases last as long as the process.
func (m *memory) ClaimUpdates(_ context.Context, _ string, limit int, _ time.Duration) (us []store.Update, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now, before := time.Now(), map[int64]bool{}
	for _, h := range m.open {
		if len(us) == limit {
			break
		}
		if free := !before[h.Chat] && !h.working && !now.Before(h.after); free {
			h.working = true
			h.Attempts++
			us = append(us, h.Update)
		}
		before[h.Chat] = h.Chat != 0
	}
	return us, nil
}

// SetAside implements Inbox.
func (m *memory) SetAside(_ context.Context, id int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range m.open {
		if h.ID == id {
			h.Chat = 0
		}
	}
	return nil
}

// FinishUpdate implements Inbox.
func (m *memory) FinishUpdate(_ context.Context, id int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[id] = true
	m.open = slices.DeleteFunc(m.open, func(h *held) bool { return h.ID == id })
	return nil
}

// ReleaseUpdate implements Inbox.
func (m *memory) ReleaseUpdate(_ context.Context, id int64, after time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range m.open {
		if h.ID == id {
			h.working, h.after = false, after
		}
	}
	return nil
}
