package digest

import (
	"context"
	"sync"
	"time"

	"mujaz/bot"
	"mujaz/corpus/store"
)

const (
	// tick is the longest rest between two looks at the store: alerts are to
	// arrive within a minute, and another replica may have moved a due time.
	tick = 5 * time.Second
	// batch is how many subscriptions or deliveries are taken at once.
	batch = 200
	// senders is how many deliveries are under way side by side: enough to fill
	// Telegram's 30 a second at replies of half a second.
	senders = 16
	// sendTimeout bounds one send, waiting at the gate included; lease is far
	// above it, so that no delivery is taken from a living sender.
	sendTimeout = 2 * time.Minute
	lease       = 10 * time.Minute
)

// Run makes deliveries of what is due and sends them until ctx ends; it returns
// when no send is under way any more. to gives way to answers.
func (e *Engine) Run(ctx context.Context, to bot.Messenger) {
	for {
		busy := e.Step(ctx, to)
		if ctx.Err() != nil {
			return
		}
		if !busy && !e.rest(ctx) {
			return
		}
	}
}

// rest waits until the next digest is due, a tick has passed or the clock was
// moved; false when ctx ended.
func (e *Engine) rest(ctx context.Context) bool {
	wait := tick
	if at, err := e.o.Store.NextDue(ctx); err == nil && !at.IsZero() {
		wait = min(max(at.Sub(e.o.Now()), 10*time.Millisecond), tick)
	}
	var moved <-chan struct{}
	if e.o.Moved != nil {
		moved = e.o.Moved()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-moved:
	}
	return true
}

// Step does what is due now: digests and alerts become deliveries, and
// deliveries are sent. It reports whether there may be more to do at once.
func (e *Engine) Step(ctx context.Context, to bot.Messenger) (busy bool) {
	e.warn(ctx, "digests were not scheduled", e.schedule(ctx))
	more, err := e.watch(ctx)
	e.warn(ctx, "alerts were not looked at", err)
	e.warn(ctx, "alerts were not bundled", e.bundle(ctx))
	claimed, err := e.o.Store.Claim(ctx, e.o.Worker, batch, lease)
	e.warn(ctx, "deliveries were not claimed", err)
	e.sendAll(ctx, to, claimed)
	return len(claimed) > 0 || more
}

func (e *Engine) warn(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		e.o.Log.Warn(what, "error", err)
	}
}

// schedule turns due subscriptions into deliveries.
func (e *Engine) schedule(ctx context.Context) error {
	for {
		now := e.o.Now()
		due, err := e.o.Store.Due(ctx, now, batch)
		if err != nil || len(due) == 0 {
			return err
		}
		slots := make([]store.Slot, len(due))
		for i, sub := range due {
			slots[i] = Latest(now, sub)
		}
		if _, err := e.o.Store.EnqueueDigests(ctx, slots); err != nil {
			return err
		}
	}
}

func (e *Engine) sendAll(ctx context.Context, to bot.Messenger, list []store.Delivery) {
	queue := make(chan store.Delivery)
	var wait sync.WaitGroup
	for range min(senders, len(list)) {
		wait.Go(func() {
			for d := range queue {
				e.deliver(ctx, to, d)
			}
		})
	}
	for _, d := range list {
		queue <- d
	}
	close(queue)
	wait.Wait()
}
