package store

import (
	"context"
	"database/sql/driver"
	"sync"
	"time"
)

// Pauses between attempts to reach a server that is down.
const (
	firstPause = 50 * time.Millisecond
	longPause  = time.Second
)

// pacer opens connections, and after a failure refuses at once until a pause
// is over that doubles each time: callers learn quickly that the server is
// away, and the server that comes back is not stormed.
type pacer struct {
	inner driver.Connector
	now   func() time.Time

	mu    sync.Mutex
	pause time.Duration
	until time.Time
	cause error
}

// Connect implements driver.Connector.
func (p *pacer) Connect(ctx context.Context) (driver.Conn, error) {
	if err := p.refusal(); err != nil {
		return nil, err
	}
	c, err := p.inner.Connect(ctx)
	if ctx.Err() == nil || err == nil {
		p.note(err)
	}
	return c, err
}

// Driver implements driver.Connector.
func (p *pacer) Driver() driver.Driver { return p.inner.Driver() }

func (p *pacer) refusal() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now().Before(p.until) {
		return p.cause
	}
	return nil
}

func (p *pacer) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		p.pause, p.until = 0, time.Time{}
		return
	}
	p.pause = min(max(2*p.pause, firstPause), longPause)
	p.until, p.cause = p.now().Add(p.pause), err
}
