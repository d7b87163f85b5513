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
	AddUpdates(ctx context.Context, us []store.Update) (added map[int64]bool, err error)
	ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) ([]store.Update, error)
	SetAside(ctx context.Context, id int64) error
	FinishUpdate(ctx context.Context, id int64) error
	ReleaseUpdate(ctx context.Context, id int64, after time.Time) error
	StillOpen(ctx context.Context, ids []int64) ([]int64, error)
	AddClaimed(ctx context.Context, us []store.Update, worker string, lease time.Duration) error
}

// holdAtMost bounds the updates in memory: more are refused, and Telegram
// brings them again.
const holdAtMost = 1000

// holdAfter is how long the server must have been away before updates are
// held: within a shorter time Telegram brings them again, perhaps to a replica
// that still reaches the server, and nothing can be lost.
const holdAfter = 3 * time.Second

// inbox keeps updates in the store. While the database server is away it
// takes them into memory, so that questions, which only read the index, go on
// being answered; what was dealt with meanwhile is recorded when the server is
// back. Telegram is not told that it may forget what is held: if the process
// dies, it brings them again.
type inbox struct {
	queue
	now func() time.Time

	mu     sync.Mutex
	away   time.Time // since when the server is away; zero while it answers
	worker string    // who claims here, and for how long
	lease  time.Duration
	held   map[int64]*heldUpdate
	done   map[int64]bool // dealt with, not recorded yet
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

// AddUpdates stores updates, or holds them while the store is away.
func (x *inbox) AddUpdates(ctx context.Context, us []store.Update) (map[int64]bool, error) {
	added, err := x.queue.AddUpdates(ctx, us)
	gone := x.note(err)
	if !errors.Is(err, store.ErrUnavailable) {
		return added, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if gone < holdAfter || len(x.held)+len(us) > holdAtMost {
		return nil, err
	}
	added = map[int64]bool{}
	for _, u := range us {
		if x.held[u.ID] == nil && !x.done[u.ID] {
			u.Received = x.now()
			x.held[u.ID] = &heldUpdate{Update: u}
			added[u.ID] = true
		}
	}
	return added, nil
}

// Holds tells that an update is in memory only, and not dealt with.
func (x *inbox) Holds(id int64) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.held[id] != nil
}

// Lowest is the lowest number that Holds is true for.
func (x *inbox) Lowest() (id int64, any bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for n := range x.held {
		if !any || n < id {
			id, any = n, true
		}
	}
	return id, any
}

// note remembers since when the server is away, and tells how long that is.
func (x *inbox) note(err error) time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case !errors.Is(err, store.ErrUnavailable):
		x.away = time.Time{}
		return 0
	case x.away.IsZero():
		x.away = x.now()
	}
	return x.now().Sub(x.away)
}

// ClaimUpdates gives held updates first, then those of the store. As soon as
// the store is back, what waits is handed over to it.
func (x *inbox) ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) ([]store.Update, error) {
	x.mu.Lock()
	x.worker, x.lease = worker, lease
	x.mu.Unlock()
	x.record(ctx)
	ours := x.claimHeld(limit)
	if len(ours) >= limit {
		return ours, nil
	}
	theirs, err := x.queue.ClaimUpdates(ctx, worker, limit-len(ours), lease)
	x.note(err)
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

// SetAside lets a claimed update wait beside those of its chat.
func (x *inbox) SetAside(ctx context.Context, id int64) error {
	x.mu.Lock()
	h := x.held[id]
	if h != nil {
		h.Chat = 0
	}
	x.mu.Unlock()
	if h != nil {
		return nil
	}
	return x.queue.SetAside(ctx, id)
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
	x.record(ctx)
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
// with, and what still waits or is in work, which is safe there.
func (x *inbox) record(ctx context.Context) {
	done, held := x.unrecorded()
	for _, id := range done {
		if x.queue.FinishUpdate(ctx, id) != nil {
			return // tried again in a second
		}
		x.mu.Lock()
		delete(x.done, id)
		x.mu.Unlock()
	}
	for _, id := range held {
		if x.handOver(ctx, id) != nil {
			return
		}
	}
}

func (x *inbox) unrecorded() (done, held []int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Sorted(maps.Keys(x.done)), slices.Sorted(maps.Keys(x.held))
}

// handOver moves a held update into the store, as it is: waiting or in work.
func (x *inbox) handOver(ctx context.Context, id int64) (err error) {
	x.mu.Lock()
	h := x.held[id]
	if h == nil { // dealt with meanwhile
		x.mu.Unlock()
		return nil
	}
	inWork := h.inWork
	h.inWork = true // nobody begins with it now
	x.mu.Unlock()
	if inWork {
		err = x.queue.AddClaimed(ctx, []store.Update{h.Update}, x.worker, x.lease)
	} else {
		_, err = x.queue.AddUpdates(ctx, []store.Update{h.Update})
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if h.inWork = inWork; err == nil {
		if x.held[id] == nil {
			x.done[id] = true // finished while it was handed over
		}
		delete(x.held, id)
	}
	return err
}
