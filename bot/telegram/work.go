package telegram

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"mujaz/bot"
	"mujaz/corpus/store"
)

const (
	// lease is how long a claimed update is ours, handling ends before.
	lease    = 10 * time.Minute
	patience = 9 * time.Minute
	// look is how often the inbox is asked without a reason: for what a dead
	// replica left, and for what was put off.
	look = time.Second
	// attempts is how often an update is handled that fails for another
	// reason than an outage.
	attempts = 5
)

// work takes updates in, and hands them to the conversation.
type work struct {
	c    *Client
	wake chan struct{}
	bell chan struct{} // somebody is to be told to wait
	wait sync.WaitGroup

	mu      sync.Mutex
	left    chan struct{}   // closed and replaced when an update leaves
	waiting map[int64]int64 // update → order key, of those accepted here and not finished
	perChat map[int64]int
	senders map[int64]*rate.Limiter
	notices []bot.Request        // people to be told to wait, in order
	told    map[person]time.Time // when they were told; zero: they are to be
	since   time.Time            // what was sent before was held up by an outage
	missed  map[int64]*absence
	running int
}

func newWork(c *Client) *work {
	return &work{c: c, wake: make(chan struct{}, 1), bell: make(chan struct{}, 1), left: make(chan struct{}), waiting: map[int64]int64{},
		perChat: map[int64]int{}, senders: map[int64]*rate.Limiter{}, told: map[person]time.Time{}, missed: map[int64]*absence{}}
}

func (w *work) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *work) leave(id int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key, known := w.waiting[id]
	if !known {
		return
	}
	delete(w.waiting, id)
	close(w.left)
	w.left = make(chan struct{})
	if w.perChat[key]--; w.perChat[key] <= 0 {
		delete(w.perChat, key)
	}
	w.c.metrics.queue.Set(float64(len(w.waiting)))
}

// pending counts what was accepted and is not finished.
func (w *work) pending() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.waiting)
}

// settle waits until no update below next is waiting, d at most, and not while
// there is a crowd.
func (w *work) settle(ctx context.Context, next int64, d time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	for {
		w.mu.Lock()
		left, settled := w.left, true
		for id := range w.waiting {
			settled = settled && id >= next
		}
		crowded := len(w.waiting) >= crowd
		w.mu.Unlock()
		if settled || crowded {
			return
		}
		select {
		case <-left:
		case <-ctx.Done():
			return
		}
	}
}

// run claims and handles until claiming ends, then waits for what is in
// flight; working ends what does not finish in time.
func (w *work) run(claiming, working context.Context) {
	for range tellers {
		w.wait.Go(func() { w.tell(claiming, working) })
	}
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		w.claim(claiming, working)
		w.sumUp(claiming, working)
		select {
		case <-claiming.Done():
			w.wait.Wait()
			return
		case <-w.wake:
		case <-ticker.C:
			w.recount(claiming)
		}
	}
}

func (w *work) claim(claiming, working context.Context) {
	free := w.free()
	if free <= 0 || claiming.Err() != nil {
		return
	}
	claimed, err := w.c.o.Inbox.ClaimUpdates(claiming, w.c.o.Worker, free, lease)
	if err != nil {
		if claiming.Err() == nil {
			w.c.log.Error("updates cannot be claimed", "error", err)
		}
		return
	}
	for _, u := range claimed {
		w.spawn(func() { w.handle(claiming, working, u) })
	}
}

// recount forgets those that wait here no more because another replica dealt
// with them.
func (w *work) recount(ctx context.Context) {
	inbox, ok := w.c.o.Inbox.(interface {
		StillOpen(ctx context.Context, ids []int64) ([]int64, error)
	})
	w.mu.Lock()
	ids := slices.Sorted(maps.Keys(w.waiting))
	w.mu.Unlock()
	if !ok || len(ids) == 0 {
		return
	}
	open, err := inbox.StillOpen(ctx, ids)
	if err != nil {
		return // asked again in a second
	}
	slices.Sort(open)
	for _, id := range ids {
		if _, still := slices.BinarySearch(open, id); !still {
			w.leave(id)
		}
	}
}

func (w *work) free() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.c.o.Workers - w.running
}

func (w *work) spawn(f func()) {
	w.mu.Lock()
	w.running++
	w.mu.Unlock()
	w.wait.Go(func() {
		defer func() {
			w.mu.Lock()
			w.running--
			w.mu.Unlock()
			w.signal()
		}()
		f()
	})
}

// handle deals with one claimed update and marks it as done, or puts it back.
func (w *work) handle(claiming, working context.Context, u store.Update) {
	working = bot.Named(working, "update", u.ID)
	r, ours, err := decode(u.Payload, *w.c.me.Load())
	if err == nil && ours {
		if w.old(r) && w.setAside(working, r) {
			return
		}
		err = w.answer(working, r)
	}
	if err == nil || final(err) || errors.Is(err, errUpdate) || errors.Is(err, errPanic) {
		w.finish(u.ID)
		return
	}
	outage := errors.Is(err, bot.ErrOutage) || working.Err() != nil
	if !outage && u.Attempts >= attempts {
		w.c.log.ErrorContext(working, "an update was given up", "attempts", u.Attempts, "error", err)
		w.c.metrics.updates.WithLabelValues("given_up").Inc()
		w.finish(u.ID)
		return
	}
	w.c.log.WarnContext(working, "an update is put back", "attempts", u.Attempts, "error", err)
	pause := min(time.Second<<min(u.Attempts, 5), 10*time.Second)
	if claiming.Err() != nil {
		pause = 0
	}
	w.putBack(working, u.ID, pause)
}

func (w *work) putBack(working context.Context, id int64, pause time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(working), 5*time.Second)
	defer cancel()
	if err := w.c.o.Inbox.ReleaseUpdate(ctx, id, time.Now().Add(pause)); err != nil {
		w.c.log.ErrorContext(ctx, "an update could not be put back; it comes again when its lease ends", "error", err)
	}
}

func (w *work) finish(id int64) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := w.c.o.Inbox.FinishUpdate(ctx, id); err != nil {
		w.c.log.Error("an update could not be marked as done", "update", id, "error", err)
	}
	w.leave(id)
}

// errPanic is a handler that panicked: the same update would panic again.
var errPanic = errors.New("the handler panicked")

// answer hands the request over; a panic ends with it.
func (w *work) answer(ctx context.Context, r bot.Request) (err error) {
	ctx, cancel := context.WithTimeout(bot.Named(ctx, "update", r.UpdateID), patience)
	defer cancel()
	start := time.Now()
	defer func() {
		if p := recover(); p != nil {
			w.c.log.ErrorContext(ctx, "a request panicked", "panic", w.c.redact(panicText(p)), "stack", string(debug.Stack()))
			err = errPanic
		}
		w.c.metrics.handled(time.Since(start), err)
		w.c.log.DebugContext(ctx, "request", "kind", int(r.Kind), "took", time.Since(start), "error", err)
	}()
	return w.c.o.Handler.Handle(ctx, r, w.c)
}

// panicText is what a panic says. A value that is neither an error nor a text is
// named by its type alone: printing it would read memory that others write.
func panicText(p any) string {
	switch p := p.(type) {
	case error:
		return p.Error()
	case string:
		return p
	}
	return fmt.Sprintf("%T", p)
}
