package telegram

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits of the Bot API as its guide names them.
const (
	perSecond      = 30 // messages in all
	perGroupMinute = 20 // messages in one group
)

// The gate counts in tenths of a message: at 29.4 messages a second and half a
// message saved up, no second sees more than 30, and a timer that is a little
// late costs nothing.
const (
	tenths = 10
	saved  = 15
	margin = .6 // messages a second below the limit
)

// below is the rate in tenths a second that keeps a limit of n a second.
func below(n int) rate.Limit { return rate.Limit(max(float64(n)-margin, float64(n)/2) * tenths) }

// class orders those who wait at the gate.
type class int

const (
	answers class = iota // to people who wait, always first
	digests
	classes
)

// gate lets sends pass at the rates that Telegram allows. All who wait are in
// one of two queues; a pause holds everybody.
type gate struct {
	mu       sync.Mutex
	all      *rate.Limiter
	chats    map[int64]*chatGate
	paused   time.Time
	waiting  [classes][]*waiter
	timer    *time.Timer
	unpaced  bool // no limits, for load tests against a local server
	length   func(n int)
	longWait func(d time.Duration)
}

type waiter struct {
	chat  int64
	group bool
	free  bool // a call that only pauses hold
	pass  chan struct{}
}

// chatGate is one chat's part: a message a second, and in groups twenty a minute.
type chatGate struct {
	second *rate.Limiter
	minute []time.Time // sends of the last minute, groups only
	used   time.Time
}

func newGate() *gate {
	return &gate{all: rate.NewLimiter(below(perSecond), saved), chats: map[int64]*chatGate{}}
}

// setRate changes how many messages a second may pass.
func (g *gate) setRate(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all.SetLimit(below(max(n, 0)))
	g.admit()
}

// pause holds everything for d. A pause that ends later stays.
func (g *gate) pause(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(d); until.After(g.paused) {
		g.paused = until
		if g.longWait != nil {
			g.longWait(d)
		}
	}
	g.admit()
}

// wait returns when a message to the chat may be sent.
func (g *gate) wait(ctx context.Context, c class, chat int64) error {
	return g.queue(ctx, c, &waiter{chat: chat, group: chat < 0})
}

// rest returns when no pause holds; it takes nothing of the rates.
func (g *gate) rest(ctx context.Context) error { return g.queue(ctx, answers, &waiter{free: true}) }

func (g *gate) queue(ctx context.Context, c class, w *waiter) error {
	w.pass = make(chan struct{})
	g.mu.Lock()
	g.waiting[c] = append(g.waiting[c], w)
	g.admit()
	g.mu.Unlock()
	select {
	case <-w.pass:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-w.pass: // too late to leave
		return nil
	default:
		g.remove(c, w)
		return ctx.Err()
	}
}

func (g *gate) remove(c class, w *waiter) {
	for i, x := range g.waiting[c] {
		if x == w {
			g.waiting[c] = append(g.waiting[c][:i], g.waiting[c][i+1:]...)
			return
		}
	}
}

// admit lets everybody through whose time has come, answers first, and sets
// the timer for the next. mu is held.
func (g *gate) admit() {
	now := time.Now()
	next := time.Time{}
	if now.Before(g.paused) {
		next = g.paused
	} else {
		for c := range g.waiting {
			next = sooner(next, g.admitClass(class(c), now))
		}
	}
	if g.length != nil {
		g.length(len(g.waiting[answers]) + len(g.waiting[digests]))
	}
	if g.timer != nil {
		g.timer.Stop()
	}
	if !next.IsZero() {
		g.timer = time.AfterFunc(next.Sub(now), func() {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.admit()
		})
	}
}

// admitClass goes through one queue in order and returns when to look again;
// the zero time if nobody waits.
func (g *gate) admitClass(c class, now time.Time) (next time.Time) {
	left := g.waiting[c][:0]
	for _, w := range g.waiting[c] {
		at := g.ready(w, now)
		if at.After(now) {
			next = sooner(next, at)
			left = append(left, w)
			continue
		}
		close(w.pass)
	}
	clear(g.waiting[c][len(left):])
	g.waiting[c] = left
	return next
}

// ready takes the allowance and returns now, or returns when to ask again.
func (g *gate) ready(w *waiter, now time.Time) time.Time {
	if w.free || g.unpaced {
		return now
	}
	chat := g.chat(w.chat, now)
	if at := chat.ready(w.group, now); at.After(now) {
		return at
	}
	if !g.all.AllowN(now, tenths) {
		if g.all.Limit() == 0 {
			return now.Add(time.Second)
		}
		missing := tenths - g.all.TokensAt(now)
		return now.Add(max(time.Duration(missing/float64(g.all.Limit())*float64(time.Second)), time.Millisecond))
	}
	chat.take(w.group, now)
	return now
}

// forget is when a chat that was silent is dropped from memory.
const forget = 2 * time.Minute

func (g *gate) chat(id int64, now time.Time) *chatGate {
	c := g.chats[id]
	if c == nil {
		if len(g.chats) > 20000 {
			for k, old := range g.chats {
				if now.Sub(old.used) > forget {
					delete(g.chats, k)
				}
			}
		}
		c = &chatGate{second: rate.NewLimiter(rate.Every(1010*time.Millisecond), 1)}
		g.chats[id] = c
	}
	c.used = now
	return c
}

func (c *chatGate) ready(group bool, now time.Time) time.Time {
	if missing := 1 - c.second.TokensAt(now); missing > 0 {
		return now.Add(max(time.Duration(missing/float64(c.second.Limit())*float64(time.Second)), time.Millisecond))
	}
	if group && len(c.minute) >= perGroupMinute {
		if at := c.minute[len(c.minute)-perGroupMinute].Add(time.Minute + 10*time.Millisecond); at.After(now) {
			return at
		}
	}
	return now
}

func (c *chatGate) take(group bool, now time.Time) {
	c.second.AllowN(now, 1)
	if group {
		c.minute = append(c.minute, now)
		if len(c.minute) > perGroupMinute {
			c.minute = c.minute[1:]
		}
	}
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
