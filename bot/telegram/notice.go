package telegram

import (
	"context"
	"fmt"
	"maps"
	"time"

	"mujaz/bot"
	"mujaz/corpus/store"
)

const (
	// noticeEvery is how often one person is told in a chat that too much is
	// waiting.
	noticeEvery = time.Minute
	// tellers tell people to wait. Waiting at the gate beside twice as many
	// workers, they get a third of the messages while answers wait, too, and
	// all of them when none does.
	tellers = 16
	// noticesMost is how many people may be waiting to be told. When there are
	// more, updates are not taken at all: nobody is passed over in silence.
	noticesMost = 10000
	// noticeLease is how long another process leaves an untold person to us.
	noticeLease = time.Hour
)

// person is who is told, once in each chat.
type person struct{ chat, user int64 }

func (a arrival) person() person { return person{a.key, a.r.User.ID} }

// refuse lets the conversation say to people that too much waits. Their updates
// stay in the inbox until that is said: a process that starts after a crash
// answers them.
func (w *work) refuse(ctx context.Context, list []arrival) error {
	if len(list) == 0 {
		return nil
	}
	us := make([]store.Update, len(list))
	for i, a := range list { // in no chat's order: what is admitted later does not wait for them
		us[i] = store.Update{ID: a.id, Payload: a.data, Attempts: 1}
	}
	if err := w.c.o.Inbox.AddClaimed(ctx, us, w.c.o.Worker, noticeLease); err != nil {
		return fmt.Errorf("refusing updates: %w", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range list {
		a.r.Busy = true
		w.notices = append(w.notices, a.r)
		w.c.metrics.notices.Inc()
	}
	w.ring()
	return nil
}

// owe reports that a person is to be told: once a minute in a chat.
func (w *work) owe(who person) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if at, told := w.told[who]; told && (at.IsZero() || now.Sub(at) < noticeEvery) {
		return false
	}
	if len(w.told) >= 2*noticesMost {
		maps.DeleteFunc(w.told, func(_ person, at time.Time) bool { return !at.IsZero() && now.Sub(at) >= noticeEvery })
	}
	w.told[who] = time.Time{}
	return true
}

// forgive takes owe back.
func (w *work) forgive(who person) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.told, who)
}

// ring wakes a teller; mu is held.
func (w *work) ring() {
	select {
	case w.bell <- struct{}{}:
	default:
	}
}

func (w *work) nextNotice() (r bot.Request, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.notices) == 0 {
		return r, false
	}
	r = w.notices[0]
	w.notices = w.notices[1:]
	if len(w.notices) > 0 {
		w.ring()
	}
	return r, true
}

// tell tells people to wait until claiming ends. Who is not told by then is
// answered after the next start.
func (w *work) tell(claiming, working context.Context) {
	for {
		select {
		case <-claiming.Done():
			return
		case <-w.bell:
		}
		r, ok := w.nextNotice()
		if !ok {
			continue
		}
		if err := w.answer(working, r); err != nil && !final(err) {
			w.c.log.WarnContext(working, "a person could not be told to wait", "update", r.UpdateID, "error", err)
		}
		w.mu.Lock()
		w.told[person{orderKey(r), r.User.ID}] = time.Now()
		w.mu.Unlock()
		w.finish(r.UpdateID)
		w.c.metrics.notices.Dec()
	}
}
