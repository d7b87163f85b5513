package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/time/rate"

	"mujaz/bot"
	"mujaz/corpus/store"
)

// Pace at the door: what one person sends faster costs nothing but its reading.
// Telegram lets us answer a chat once a second anyway; the burst is more than
// the parts of any text or album that a person sends at once.
const (
	senderBurst = 60
	senderPace  = time.Second
	sendersMost = 20000 // remembered; above, those who were silent are forgotten
)

// arrival is an update that was read.
type arrival struct {
	id, key int64
	r       bot.Request
	data    []byte
}

// sender is whose pace an update counts in.
func (a arrival) sender() int64 {
	if a.r.User.ID != 0 {
		return a.r.User.ID
	}
	return a.key
}

// verdict is what becomes of an arrival.
type verdict int

const (
	admitted verdict = iota // takes a place
	known                   // has its place already
	refused                 // too much waits: its sender is told
	outside                 // there is no place, but it may wait where it is
)

// acceptAll takes updates in, in order. Telegram may forget those below next:
// they are stored, or nothing is to be done about them.
func (w *work) acceptAll(ctx context.Context, updates []json.RawMessage) (next int64, err error) {
	in := intake{w: w}
	for _, data := range updates {
		a, ours := w.read(data)
		if ours {
			v, err := w.admitWhenRoom(ctx, a, &in)
			if err != nil {
				in.drop()
				return in.next, err
			}
			in.add(a, v)
		}
		in.upTo = max(in.upTo, a.id+1)
	}
	err = in.store(ctx)
	return in.next, err
}

// accept takes one update in.
func (w *work) accept(ctx context.Context, data []byte) error {
	_, err := w.acceptAll(ctx, []json.RawMessage{data})
	return err
}

// read takes an update apart; of one that is not ours, or cannot be read, only
// the number is known, and not always.
func (w *work) read(data []byte) (a arrival, ours bool) {
	id, err := updateID(data)
	if err != nil {
		w.c.metrics.updates.WithLabelValues("unreadable").Inc()
		w.c.log.Warn("an update without a number was skipped")
		return arrival{id: -1}, false
	}
	r, ours, err := decode(data, *w.c.me.Load())
	if err != nil || !ours {
		what := "ignored"
		if err != nil {
			what = "unreadable"
			w.c.log.Warn("an update was skipped", "update", id, "error", err)
		}
		w.c.metrics.updates.WithLabelValues(what).Inc()
		return arrival{id: id}, false
	}
	return arrival{id, orderKey(r), r, data}, true
}

// admitWhenRoom admits, after a while where the update may wait outside. What
// is in hand is stored before, or no place would ever become free.
func (w *work) admitWhenRoom(ctx context.Context, a arrival, in *intake) (v verdict, err error) {
	for v = w.admit(a); v == outside; v = w.admit(a) {
		if err := in.store(ctx); err != nil {
			return v, err
		}
		if err := w.turn(ctx); err != nil {
			return v, err
		}
	}
	return v, nil
}

// admit gives an arrival a place, unless it has one, or its sender is too
// fast, or too much waits.
func (w *work) admit(a arrival) verdict {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, has := w.waiting[a.id]; has {
		return known
	}
	room := w.c.o.Queue
	if heldUp := a.r.Date.Before(w.since) && !a.r.Date.IsZero(); heldUp { // by an outage of ours: nobody crowds
		room = w.c.o.Backlog
	}
	full := len(w.waiting) >= room
	switch {
	case a.r.Kind == bot.Membership || a.r.Kind == bot.Migrated: // where we may write must be known
	case w.perChat[a.key] >= w.c.o.PerChat:
		return refused
	case full && room > w.c.o.Queue, len(w.notices) >= noticesMost:
		return outside
	case full || !w.inPace(a.sender()):
		return refused
	}
	w.waiting[a.id] = a.key
	w.perChat[a.key]++
	w.c.metrics.queue.Set(float64(len(w.waiting)))
	return admitted
}

// mended says that an outage ends now: what was sent before is a backlog, which
// has room of its own.
func (w *work) mended() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.since = w.c.o.Now().Truncate(time.Second) // as dates of messages are
}

// inPace counts an update of a sender; mu is held.
func (w *work) inPace(sender int64) bool {
	now := time.Now()
	if len(w.senders) >= sendersMost {
		for id, s := range w.senders {
			if s.TokensAt(now) >= senderBurst {
				delete(w.senders, id)
			}
		}
	}
	s := w.senders[sender]
	if s == nil {
		s = rate.NewLimiter(rate.Every(senderPace), senderBurst)
		w.senders[sender] = s
	}
	return s.AllowN(now, 1)
}

// turn waits until an update leaves, or for a moment.
func (w *work) turn(ctx context.Context) error {
	w.mu.Lock()
	left := w.left
	w.mu.Unlock()
	moment := time.NewTimer(look)
	defer moment.Stop()
	select {
	case <-left:
		return nil
	case <-moment.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// intake is admitted updates that are about to be stored together.
type intake struct {
	w          *work
	updates    []store.Update
	admitted   []int64
	refused    []arrival // whose senders are to be told
	upTo, next int64     // all below upTo were looked at, all below next are safe
}

func (in *intake) add(a arrival, v verdict) {
	if v == refused {
		in.w.c.metrics.updates.WithLabelValues("refused").Inc()
		if in.w.owe(a.person()) {
			in.refused = append(in.refused, a)
		}
		return
	}
	in.updates = append(in.updates, store.Update{ID: a.id, Chat: a.key, Payload: a.data})
	if v == admitted {
		in.admitted = append(in.admitted, a.id)
	}
}

// drop gives back the places of what could not be stored.
func (in *intake) drop() {
	for _, id := range in.admitted {
		in.w.leave(id)
	}
	for _, a := range in.refused {
		in.w.forgive(a.person())
	}
}

func (in *intake) store(ctx context.Context) error {
	if len(in.updates) > 0 {
		added, err := in.w.c.o.Inbox.AddUpdates(ctx, in.updates)
		if err != nil {
			in.drop()
			return fmt.Errorf("storing updates: %w", err)
		}
		for _, id := range in.admitted {
			if !added[id] {
				in.w.leave(id) // dealt with before, or elsewhere
			}
		}
		in.w.c.metrics.updates.WithLabelValues("accepted").Add(float64(len(added)))
		in.w.c.metrics.updates.WithLabelValues("repeated").Add(float64(len(in.updates) - len(added)))
		in.w.signal()
	}
	in.updates, in.admitted = nil, nil
	if err := in.w.refuse(ctx, in.refused); err != nil {
		in.drop()
		return err
	}
	in.refused, in.next = nil, max(in.next, in.upTo)
	return nil
}
