package bot

import (
	"context"
	"errors"

	"mujaz/corpus/store"
)

// onAbsence sums up messages that came while the service was away.
func (b *Bot) onAbsence(ctx context.Context, t *Talk) error {
	if t.Request.Chat.Kind != Private && !t.forUs() {
		return nil
	}
	return t.Say(ctx, "absence", t.P.Count("count.messages", t.Missed))
}

// onBusy tells in one line that too much is waiting. In groups nothing is said
// to messages that may not be meant for the bot.
func (b *Bot) onBusy(ctx context.Context, t *Talk) error {
	switch {
	case t.Kind == Press, t.Kind == Text && (t.Request.Chat.Kind == Private || t.forUs()):
		return t.Notice(ctx, "busy")
	case t.Kind == InlineAsk:
		return t.Out.AnswerInline(ctx, t.InlineID, InlineResults{Personal: true})
	}
	return nil
}

// settle turns what went wrong into words, once, and decides whether the
// request is done with.
func (b *Bot) settle(ctx context.Context, t *Talk, err error) error {
	if err == nil {
		return t.answer(ctx, "", false)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrBlocked):
		return b.o.Store.SetChatState(ctx, t.Request.Chat.ID, store.ChatBlocked)
	case errors.Is(err, ErrGone), errors.Is(err, ErrTooOld), errors.Is(err, ErrUnknown):
		return nil
	case errors.Is(err, ErrOutage):
		return err
	}
	b.o.Log.ErrorContext(ctx, "request failed", "kind", int(t.Kind), "error", err)
	if t.Kind == InlineAsk {
		return t.Out.AnswerInline(ctx, t.InlineID, InlineResults{Personal: true})
	}
	if told := t.Notice(ctx, errorKey(err)); told != nil {
		b.o.Log.WarnContext(ctx, "the failure could not be told", "error", told)
	}
	return nil
}

// errorKey is the phrase for what went wrong. The error's own text never
// reaches a chat.
func errorKey(err error) string {
	switch {
	case errors.Is(err, store.ErrFull), errors.Is(err, store.ErrReadOnly):
		return "error.storage"
	case errors.Is(err, store.ErrUnavailable):
		return "error.later"
	case errors.Is(err, ErrTooLarge):
		return "error.too_large"
	default:
		return "error.internal"
	}
}

// outage answers when not even the chat's settings could be read.
func (b *Bot) outage(ctx context.Context, r Request, out Transport, err error) error {
	t := &Talk{Request: r, Chat: store.Chat{ID: r.Chat.ID}, Out: out, bot: b}
	t.P = b.phrases(t.Chat, r.User.Language)
	if r.Chat.Kind != Private && r.Kind != Press {
		b.o.Log.ErrorContext(ctx, "request failed", "error", err)
		return ctx.Err()
	}
	return b.settle(ctx, t, err)
}
