package serve

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"mujaz/corpus/store"
)

// queue is the durable inbox: the store.
type queue interface {
	AddUpdate(ctx context.Context, u store.Update) (added bool, err error)
	ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) ([]store.Update, error)
	FinishUpdate(ctx context.Context, id int64) error
	ReleaseUpdate(ctx context.Context, id int64, after time.Time) error
	StillOpen(ctx context.Context, ids []int64) ([]int64, error)
}

// holdAtMost bounds the updates in memory: more are refused, and Telegram
// brings them again.
const holdAtMost = 1000

// inbox keeps updates in the store. While the database server is away it
// takes them into memory, so that questions, which only read the index, go on
// being answered; what was dealt with meanwhile is recorded when the server is
// back. A process that dies during an outage loses what it held.
type inbox struct {
	queue
	now func() time.Time

	mu   sync.Mutex
	held map[int64]*heldUpdate
	done map[int64]bool // dealt with, not recorded yet
}

// heldUpdate is an update in memory.
type heldUpdate struct {
	store.Update
	inWork bool
	after  time.Time
}

func newInbox(q queue) *inbox {
	return &inbox{queue: q, now: time.Now, held: map[int64]*heldUpdate{}, done: map[int64]bool{}}
}

// AddUpdate stores an update, or holds it while the store is away.
func (x *inbox) AddUpdate(ctx context.Context, u store.Update) (bool, error) {
	added, err := x.queue.AddUpdate(ctx, u)
	if !errors.Is(err, store.ErrUnavailable) {
		return added, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.held[u.ID] != nil || x.done[u.ID] {
		return false, nil
	}
	if len(x.held) >= holdAtMost {
		return false, err
	}
	u.Received = x.now()
	x.held[u.ID] = &heldUpdate{Update: u}
	return true, nil
}

// ClaimUpdates gives held updates first, then those of the store. As soon as
// the store is back, what waits is handed over to it.
func (x *inbox) ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) ([]store.Update, error) {
	x.record(ctx)
	ours := x.claimHeld(limit)
	if len(ours) >= limit {
		return ours, nil
	}
	theirs, err := x.queue.ClaimUpdates(ctx, worker, limit-len(ours), lease)
	if errors.Is(err, store.ErrUnavailable) || len(ours) > 0 {
		err = nil // the next claim tells again
	}
	return append(ours, theirs...), err
}

// claimHeld takes the oldest of each chat, never one of a chat in work.
func (x *inbox) claimHeld(limit int) (out []store.Update) {
	x.mu.Lock()
	defer x.mu.Unlock()
	busy := map[int64]bool{}
	for _, h := range x.held {
		if h.inWork && h.Chat != 0 {
			busy[h.Chat] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(x.held)) {
		h := x.held[id]
		if h.inWork || busy[h.Chat] || len(out) >= limit {
			continue
		}
		busy[h.Chat] = h.Chat != 0
		if x.now().Before(h.after) {
			continue
		}
		h.inWork = true
		h.Attempts++
		out = append(out, h.Update)
	}
	return out
}

// FinishUpdate records that an update was dealt with, later if need be.
func (x *inbox) FinishUpdate(ctx context.Context, id int64) error {
	x.mu.Lock()
	delete(x.held, id)
	x.mu.Unlock()
	err := x.queue.FinishUpdate(ctx, id)
	if !errors.Is(err, store.ErrUnavailable) {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.done[id] = true
	return nil
}

// ReleaseUpdate puts an update back.
func (x *inbox) ReleaseUpdate(ctx context.Context, id int64, after time.Time) error {
	x.mu.Lock()
	h := x.held[id]
	if h != nil {
		h.inWork, h.after = false, after
	}
	x.mu.Unlock()
	if h != nil {
		return nil
	}
	return x.queue.ReleaseUpdate(ctx, id, after)
}

// StillOpen tells which updates are not dealt with yet, here or elsewhere.
func (x *inbox) StillOpen(ctx context.Context, ids []int64) ([]int64, error) {
	open, err := x.queue.StillOpen(ctx, ids)
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range ids {
		if x.held[id] != nil {
			open = append(open, id)
		}
	}
	return open, err
}

// record tells the store what happened while it was away: what was dealt
// with, and what still waits, which is safe there.
func (x *inbox) record(ctx context.Context) {
	for _, id := range x.settled() {
		if err := x.queue.FinishUpdate(ctx, id); err != nil {
			return // tried again at the next claim
		}
		x.mu.Lock()
		delete(x.done, id)
		x.mu.Unlock()
	}
	for {
		h := x.waiting()
		if h == nil {
			return
		}
		_, err := x.queue.AddUpdate(ctx, h.Update)
		x.mu.Lock()
		if h.inWork = false; err == nil {
			delete(x.held, h.ID)
		}
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (x *inbox) settled() []int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Sorted(maps.Keys(x.done))
}

// waiting takes the oldest held update that nobody works on.
func (x *inbox) waiting() *heldUpdate {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(x.held)) {
		if h := x.held[id]; !h.inWork {
			h.inWork = true
			return h
		}
	}
	return nil
}
