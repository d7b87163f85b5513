package store

import (
	"context"
	"sync"
	"time"
)

// broadcast wakes all watchers of this process.
type broadcast struct {
	mu  sync.Mutex
	all map[chan struct{}]bool
}

func (b *broadcast) add() chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all == nil {
		b.all = map[chan struct{}]bool{}
	}
	ch := make(chan struct{}, 1)
	b.all[ch] = true
	return ch
}

func (b *broadcast) remove(ch chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.all, ch)
}

func (b *broadcast) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ch := range b.all {
		nudge(ch)
	}
}

// nudge wakes a reader that has not been woken yet.
func nudge(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// announce wakes watchers after a committed change; 0 is no change.
func (s *Store) announce(seq int64) {
	if seq != 0 {
		s.watchers.wake()
		s.notify()
	}
}

// Watch wakes its reader after changes of documents or synonyms, by this
// process at once, by others within the poll interval at the latest. Wake-ups
// are coalesced; read LastSeq to learn more. The channel is closed when ctx
// ends or the store closes.
func (s *Store) Watch(ctx context.Context) <-chan struct{} {
	in, out := s.watchers.add(), make(chan struct{}, 1)
	ctx, cancel := context.WithCancel(ctx)
	stopped := context.AfterFunc(s.life, cancel)
	s.background.Go(func() {
		defer close(out)
		defer cancel()
		defer stopped()
		defer s.watchers.remove(in)
		s.follow(ctx, in, out)
	})
	return out
}

// follow passes wake-ups on and looks by itself at every tick: the safety net
// for lost notifications and for other processes.
func (s *Store) follow(ctx context.Context, in <-chan struct{}, out chan struct{}) {
	tick := time.NewTicker(s.o.Poll)
	defer tick.Stop()
	seen := s.revision(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-in:
			nudge(out)
		case <-tick.C:
			if now := s.revision(ctx); now != seen && now >= 0 {
				seen = now
				nudge(out)
			}
		}
	}
}

// revision changes with every change of what watchers care for; -1 when the
// store does not answer now.
func (s *Store) revision(ctx context.Context) (n int64) {
	err := s.view(ctx, func(c conn) (err error) {
		n, err = c.number(`SELECT CAST(SUM(value) AS BIGINT) FROM counters WHERE name IN ('documents', 'synonyms')`)
		return err
	})
	if err != nil {
		return -1
	}
	return n
}
