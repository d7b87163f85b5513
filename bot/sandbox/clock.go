package sandbox

import (
	"sync"
	"time"
)

// Clock is a clock that a person can move. It runs on from where it was set,
// unless it was made frozen. The zero value shows the real time.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration
	frozen *time.Time
	moved  chan struct{}
}

// NewClock returns a running clock that shows start now; the zero time means
// the real time.
func NewClock(start time.Time) *Clock {
	c := &Clock{}
	if !start.IsZero() {
		c.offset = time.Until(start)
	}
	return c
}

// FrozenClock returns a clock that shows at until it is set or advanced.
func FrozenClock(at time.Time) *Clock { return &Clock{frozen: &at} }

// Now is the time shown.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen != nil {
		return *c.frozen
	}
	return time.Now().Add(c.offset)
}

// Set moves the clock to t, forwards or backwards.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen != nil {
		c.frozen = &t
	} else {
		c.offset = time.Until(t)
	}
	if c.moved != nil {
		close(c.moved)
		c.moved = nil
	}
}

// Advance moves the clock by d.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }

// Moved is closed when the clock is moved next: a scheduler that sleeps until
// a time selects on it as well.
func (c *Clock) Moved() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moved == nil {
		c.moved = make(chan struct{})
	}
	return c.moved
}
