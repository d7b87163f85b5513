package telegram

import (
	"context"
	"time"

	"mujaz/bot"
)

const (
	// quiet is how long no further old message of a chat must come before they
	// are summed up.
	quiet = 2 * time.Second
	// absencePause is the rest after which a summing up that failed is repeated.
	absencePause = 5 * time.Second
)

// absence is the old messages of one chat, to be summed up.
type absence struct {
	last bot.Request
	ids  []int64 // stay in the inbox until the chat is told
	at   time.Time
}

// old reports that a message came so long ago that it is only summed up.
func (w *work) old(r bot.Request) bool {
	return (r.Kind == bot.Text || r.Kind == bot.EditedText) && w.c.o.Now().Sub(r.Date) > w.c.o.Stale
}

// setAside notes an old message; false when the inbox cannot keep it so, and it
// is to be dealt with like any other.
func (w *work) setAside(ctx context.Context, r bot.Request) bool {
	if err := w.c.o.Inbox.SetAside(ctx, r.UpdateID); err != nil {
		w.c.log.WarnContext(ctx, "an old message could not be set aside", "error", err)
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.missed[r.Chat.ID]
	if a == nil {
		a = &absence{}
		w.missed[r.Chat.ID] = a
	}
	a.last, a.at = r, time.Now()
	a.ids = append(a.ids, r.UpdateID)
	return true
}

// sumUp tells chats about their old messages when no more of them come.
func (w *work) sumUp(claiming, working context.Context) {
	w.mu.Lock()
	var ready []*absence
	for id, a := range w.missed {
		if time.Since(a.at) >= quiet || claiming.Err() != nil {
			ready = append(ready, a)
			delete(w.missed, id)
		}
	}
	w.mu.Unlock()
	for _, a := range ready {
		w.spawn(func() { w.tellAbsence(working, a) })
	}
}

func (w *work) tellAbsence(working context.Context, a *absence) {
	r := a.last
	r.Kind, r.Missed = bot.Absence, len(a.ids)
	err := w.answer(working, r)
	if err != nil {
		w.c.log.WarnContext(working, "old messages could not be summed up", "chat_messages", len(a.ids), "error", err)
	}
	for _, id := range a.ids {
		if err == nil || final(err) {
			w.finish(id)
		} else {
			w.putBack(working, id, absencePause)
		}
	}
}
