package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"
)

// batch is how many updates one call may bring, the Bot API's largest.
const batch = 100

// webhookInfo is what getWebhookInfo tells.
type webhookInfo struct {
	URL       string   `json:"url"`
	Allowed   []string `json:"allowed_updates"`
	LastError string   `json:"last_error_message"`
}

// The next call waits a moment for the updates of the last one, so that what is
// dealt with quickly is confirmed afterwards. What takes longer, being stored,
// holds nobody up; nor does a crowd.
const (
	courtesy = 100 * time.Millisecond
	crowd    = 5
)

// poll receives updates by long polling until ctx ends. It asks for the next
// updates, and so confirms those before, only when they are stored.
func (c *Client) poll(ctx context.Context) error {
	var info webhookInfo
	if err := c.ask(ctx, "getWebhookInfo", struct{}{}, &info); err != nil {
		return err
	}
	if info.URL != "" {
		return ErrWebhookSet
	}
	var p pauses
	var offset int64
	conflict, away := false, true
	for ctx.Err() == nil {
		safe := c.work.safe(offset)
		updates, err := c.getUpdates(ctx, safe)
		if err == nil {
			if away {
				c.work.mended()
			}
			updates = notBelow(updates, offset)
			var next int64
			next, err = c.takeIn(ctx, updates)
			offset = max(offset, next)
		}
		var refused *apiError
		switch {
		case err == nil:
			p, conflict, away = pauses{}, false, false
			if safe < offset && len(updates) == 0 { // only those came that are in hand
				_ = c.work.turn(ctx) // the loop sees that ctx ended
			}
			continue
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &refused) && refused.code == http.StatusUnauthorized, errors.As(err, &refused) && refused.code == http.StatusNotFound:
			return ErrTokenRevoked
		case errors.As(err, &refused) && refused.code == http.StatusConflict:
			if !conflict {
				c.log.Error("another program takes this bot's updates; stop it, or this one; trying on slowly", "error", err)
			}
			conflict = true
			p.last = longPause
		default:
			c.log.Warn("updates cannot be received", "error", err)
		}
		away = true
		pause := p.next()
		if refused != nil && refused.retryAfter > pause {
			pause = refused.retryAfter
		}
		sleep(ctx, pause)
	}
	return nil
}

func (c *Client) getUpdates(ctx context.Context, offset int64) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, c.o.PollTimeout+15*time.Second)
	defer cancel()
	client, err := c.wire.client(ctx, c.o.APIURL)
	if err != nil {
		return nil, err
	}
	data, err := client.Raw("getUpdates", map[string]any{"offset": offset, "limit": batch,
		"timeout": int(c.o.PollTimeout / time.Second), "allowed_updates": allowedUpdates})
	if err != nil {
		return nil, plain(err)
	}
	var updates []json.RawMessage
	if err := decodeResult(data, &updates); err != nil {
		return nil, err
	}
	c.seen()
	return updates, nil
}

// notBelow leaves out updates that came before and were not confirmed.
func notBelow(updates []json.RawMessage, offset int64) []json.RawMessage {
	return slices.DeleteFunc(updates, func(u json.RawMessage) bool {
		id, err := updateID(u)
		return err == nil && id < offset
	})
}

// takeIn stores updates and returns the offset that confirms those that are
// stored.
func (c *Client) takeIn(ctx context.Context, updates []json.RawMessage) (next int64, err error) {
	next, err = c.work.acceptAll(ctx, updates)
	if err != nil {
		return next, err
	}
	if len(updates) > 0 && next == 0 {
		return 0, errUpdate
	}
	c.work.settle(ctx, next, courtesy)
	return next, nil
}
