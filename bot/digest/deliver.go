package digest

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/corpus/store"
)

const (
	// attemptsMost is after how many sends a delivery is given up: with the
	// pauses below that is most of a day.
	attemptsMost = 12
	pauseFirst   = 15 * time.Second
	pauseLongest = 3 * time.Hour
	// pauseOutage is the rest between sends while nobody is served: short, to
	// be back soon. The send itself waits longer and longer, and the gate keeps
	// what was held up from becoming a flood. After outageMost a digest is news
	// no more.
	pauseOutage = 8 * time.Second
	outageMost  = 20 * time.Hour
	// pauseUnknown is how long after a send of unknown outcome it is repeated,
	// once.
	pauseUnknown = time.Minute
	// pauseAway is the pause between attempts to reach a database that is away.
	pauseAway = time.Second
	// recordTimeout bounds the writing of an outcome when the program stops.
	recordTimeout = 5 * time.Second
)

// reserver is a messenger that can wait for its limits before the send, so that
// a crash leaves only those messages in doubt that were under way.
type reserver interface {
	Reserve(ctx context.Context, chat int64) (context.Context, error)
}

// errNothing says that there is nothing to send.
var errNothing = errors.New("nothing new")

// deliver composes, sends and records one delivery. A panic fails this one
// alone.
func (e *Engine) deliver(ctx context.Context, to bot.Messenger, d store.Delivery) {
	ctx = bot.Named(ctx, "delivery", d.ID)
	defer func() {
		if p := recover(); p != nil {
			e.o.Log.ErrorContext(ctx, "a delivery panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			e.record(ctx, d, store.Outcome{State: store.Failed, Error: "panic"})
		}
	}()
	outcome := store.Outcome{State: store.Pending, Retry: e.o.Now()} // given back when the program stops
	if ctx.Err() == nil {
		outcome = e.attempt(ctx, to, d)
	}
	e.record(ctx, d, outcome)
}

func (e *Engine) attempt(ctx context.Context, to bot.Messenger, d store.Delivery) store.Outcome {
	target, m, upTo, err := e.messageOf(ctx, d)
	if errors.Is(err, errNothing) {
		return store.Outcome{State: store.Skipped, Seq: upTo}
	}
	if err != nil {
		return e.again(d, err)
	}
	sending, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if r, ok := to.(reserver); ok {
		if sending, err = r.Reserve(sending, target.Chat); err != nil {
			return e.again(d, err)
		}
	}
	if err := e.o.Store.BeginSend(ctx, d.ID, e.o.Worker); err != nil {
		return e.again(d, err)
	}
	posted, err := to.Send(sending, target, m)
	if err == nil {
		return store.Outcome{State: store.Sent, Message: posted.MessageID, Seq: upTo}
	}
	return e.failed(ctx, d, err)
}

// failed decides what a failed send means for the delivery and for the chat.
func (e *Engine) failed(ctx context.Context, d store.Delivery, err error) store.Outcome {
	var moved *bot.MigratedError
	switch {
	case errors.As(err, &moved):
		if err := e.o.Store.MoveChat(ctx, d.Chat, moved.To); err != nil {
			return e.again(d, err)
		}
		return store.Outcome{State: store.Pending, Retry: e.o.Now(), Error: "the group moved"}
	case errors.Is(err, bot.ErrBlocked):
		return e.asleep(ctx, d, store.ChatBlocked, err)
	case errors.Is(err, bot.ErrGone):
		return e.asleep(ctx, d, store.ChatGone, err)
	case errors.Is(err, bot.ErrUnknown):
		return store.Outcome{State: store.Unknown, Retry: e.o.Now().Add(pauseUnknown), Error: "sent, the reply was lost"}
	}
	return e.again(d, err)
}

// asleep keeps the subscription until the person comes back.
func (e *Engine) asleep(ctx context.Context, d store.Delivery, state store.ChatState, err error) store.Outcome {
	if err := e.o.Store.SetChatState(ctx, d.Chat, state); err != nil {
		return e.again(d, err)
	}
	return store.Outcome{State: store.Failed, Error: err.Error()}
}

// again tries later, each time after twice the pause, and gives up at last.
func (e *Engine) again(d store.Delivery, err error) store.Outcome {
	if errors.Is(err, bot.ErrOutage) && e.o.Now().Sub(d.Due) < outageMost {
		return store.Outcome{State: store.Pending, Retry: e.o.Now().Add(pauseOutage), Error: err.Error()}
	}
	if d.Attempts+1 >= attemptsMost {
		return store.Outcome{State: store.Failed, Error: err.Error()}
	}
	pause := min(pauseFirst<<min(d.Attempts, 16), pauseLongest)
	if errors.Is(err, store.ErrUnavailable) {
		pause = pauseAway
	}
	return store.Outcome{State: store.Pending, Retry: e.o.Now().Add(pause), Error: err.Error()}
}

// record writes the outcome, also when the program is being stopped: what was
// sent must not be sent again. While the database is away it waits for it, as
// nothing can be sent anyway.
func (e *Engine) record(ctx context.Context, d store.Delivery, o store.Outcome) {
	last, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(recordTimeout, cancel) })
	defer stop()
	for {
		err := e.o.Store.Finish(last, d.ID, e.o.Worker, o)
		if errors.Is(err, store.ErrUnavailable) && pause(last, pauseAway) {
			continue
		}
		if err != nil && !errors.Is(err, store.ErrLost) {
			e.o.Log.WarnContext(ctx, "the outcome of a delivery was not recorded", "error", err)
		}
		return
	}
}

// pause waits; false when ctx ended before.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// messageOf composes what a delivery carries.
func (e *Engine) messageOf(ctx context.Context, d store.Delivery) (bot.Target, message.Message, int64, error) {
	if d.Kind == store.AlertDelivery {
		return e.alertMessage(ctx, d)
	}
	sub, err := e.o.Store.Subscription(ctx, d.Chat)
	if errors.Is(err, store.ErrNotFound) || err == nil && !sub.Active {
		return bot.Target{}, message.Message{}, 0, errNothing
	}
	if err != nil {
		return bot.Target{}, message.Message{}, 0, err
	}
	m, upTo, err := e.compose(ctx, sub, e.o.Now()) // a digest that catches up carries the day it comes
	if err == nil && m == nil {
		err = errNothing
	}
	if err != nil {
		return bot.Target{}, message.Message{}, upTo, err
	}
	return bot.Target{Chat: sub.Chat, Thread: sub.Thread, Silent: sub.Silent}, *m, upTo, nil
}
