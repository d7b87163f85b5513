package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	tele "gopkg.in/telebot.v3"

	"mujaz/bot"
)

// Pauses between attempts: short enough to be back within ten seconds of an
// outage's end, long enough not to storm.
const (
	firstPause = 200 * time.Millisecond
	longPause  = 7 * time.Second
)

// callTimeout bounds one attempt of an ordinary call, fileTimeout one that
// carries a file.
const (
	callTimeout = 30 * time.Second
	fileTimeout = 2 * time.Minute
)

// pauses grow from firstPause to longPause, with a fifth of chance in them so
// that many that failed together do not come back together.
type pauses struct{ last time.Duration }

func (p *pauses) next() time.Duration {
	p.last = min(max(2*p.last, firstPause), longPause)
	return p.last*4/5 + rand.N(p.last*2/5)
}

// sleep waits for d or until ctx ends, and reports whether d passed.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// call is one call of the Bot API and how it behaves when it fails.
type call struct {
	method string
	do     func(*tele.Bot) ([]byte, error)
	chat   int64 // of a message that passes the gate; 0 for other calls
	class  class
	repeat bool // doing it twice is as good as once
	once   bool // not worth a second attempt
	file   bool // carries a file: may take longer
}

func raw(method string, payload any) func(*tele.Bot) ([]byte, error) {
	return func(b *tele.Bot) ([]byte, error) { return b.Raw(method, payload) }
}

// ask calls a method that has no lasting effect, or the same one when repeated,
// and decodes its result.
func (c *Client) ask(ctx context.Context, method string, payload, result any) error {
	data, err := c.perform(ctx, call{method: method, do: raw(method, payload), repeat: true})
	if err != nil {
		return err
	}
	return decodeResult(data, result)
}

func decodeResult(data []byte, result any) error {
	if result == nil {
		return nil
	}
	reply := struct {
		Result any `json:"result"`
	}{result}
	if err := json.Unmarshal(data, &reply); err != nil {
		return &wireError{sent: true, what: "the result has another form than expected"}
	}
	return nil
}

// resends is how often an answer is sent again whose outcome is not known, each
// time after a longer pause. With three, one answer in a thousand was lost on a
// line on which every call failed in some way.
const resends = 6

// perform makes a call until it succeeds, is refused, or ctx ends. A message
// whose outcome is not known is sent again only if a person waits for it, and
// only when the service answers again: no answer is worse than one that comes
// twice.
func (c *Client) perform(ctx context.Context, k call) ([]byte, error) {
	var p pauses
	unknowns := 0
	if k.chat != 0 {
		defer c.stage("send", time.Now())
	}
	for {
		if err := c.enter(ctx, k); err != nil {
			return nil, fmt.Errorf("%w: waiting to send: %w", bot.ErrOutage, err)
		}
		data, err := c.attempt(ctx, k)
		var refused *apiError
		var lost *wireError
		switch {
		case err == nil:
			return data, nil
		case errors.As(err, &refused) && refused.code == 429:
			c.pause(max(refused.retryAfter, time.Second))
		case errors.As(err, &refused) && refused.code < 500:
			err := refused.meaning()
			if errors.Is(err, ErrTokenRevoked) {
				c.revoke()
			}
			return nil, err
		case errors.As(err, &lost) && lost.sent && !k.repeat:
			unknowns++
			if k.class == digests || unknowns > resends || !c.answering(ctx) {
				return nil, fmt.Errorf("%w: %w", bot.ErrUnknown, err)
			}
			c.log.WarnContext(ctx, "a message is sent again: no reply came", "method", k.method)
			if !sleep(ctx, p.next()) {
				return nil, fmt.Errorf("%w: %w", bot.ErrUnknown, err)
			}
			continue
		}
		if k.once {
			return nil, fmt.Errorf("%w: %w", bot.ErrOutage, err)
		}
		if refused == nil || refused.code != 429 {
			c.log.DebugContext(ctx, "call failed", "method", k.method, "error", err)
			if !sleep(ctx, p.next()) {
				return nil, fmt.Errorf("%w: %w", bot.ErrOutage, err)
			}
		}
	}
}

// stage tells how long a stage took that began then.
func (c *Client) stage(name string, began time.Time) {
	if c.o.Stage != nil {
		c.o.Stage(name, time.Since(began))
	}
}

// pause holds everything, here and where other replicas send.
func (c *Client) pause(d time.Duration) {
	c.gate.pause(d)
	if c.o.Paused != nil {
		c.o.Paused(d)
	}
}

func (c *Client) enter(ctx context.Context, k call) error {
	start := time.Now()
	defer func() { c.metrics.waited.Observe(time.Since(start).Seconds()) }()
	if k.chat != 0 && !reserved(ctx, k.chat) {
		return c.gate.wait(ctx, k.class, k.chat)
	}
	return c.gate.rest(ctx)
}

// attempt makes the call once.
func (c *Client) attempt(ctx context.Context, k call) ([]byte, error) {
	limit := callTimeout
	if k.file {
		limit = fileTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	client, err := c.wire.client(ctx, c.o.APIURL)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	data, err := k.do(client)
	c.metrics.called(k.method, time.Since(start), err)
	return data, plain(err)
}

// plain takes the wrapping of telebot and net/http off: what they add is an
// address.
func plain(err error) error {
	var refused *apiError
	var lost *wireError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused):
		return refused
	case errors.As(err, &lost):
		return lost
	}
	return &wireError{sent: true, what: "the client failed"}
}

// answering waits until the service answers a harmless call.
func (c *Client) answering(ctx context.Context) bool {
	_, err := c.perform(ctx, call{method: "getMe", do: raw("getMe", struct{}{}), repeat: true})
	return err == nil
}
