package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mujaz/corpus/store"
)

// Handle implements Handler. Whatever goes wrong is told in the reader's
// language; the error that is returned only says that the request must be
// tried again.
func (b *Bot) Handle(ctx context.Context, r Request, out Transport) error {
	if r.User.IsBot {
		return nil
	}
	r.Text = strings.ToValidUTF8(r.Text, "")
	t, err := b.newTalk(ctx, r, out)
	if err != nil {
		return b.outage(ctx, r, out, err)
	}
	err = b.dispatch(ctx, t)
	if moved := new(MigratedError); errors.As(err, &moved) && moved.To != r.Chat.ID {
		return b.follow(ctx, r, out, moved.To)
	}
	return b.settle(ctx, t, err)
}

// follow takes a group's settings to its new number and deals with the request
// there.
func (b *Bot) follow(ctx context.Context, r Request, out Transport, to int64) error {
	if err := b.o.Store.MoveChat(ctx, r.Chat.ID, to); err != nil {
		return b.outage(ctx, r, out, err)
	}
	r.Chat.ID, r.Chat.Kind = to, Supergroup
	t, err := b.newTalk(ctx, r, out)
	if err != nil {
		return b.outage(ctx, r, out, err)
	}
	return b.settle(ctx, t, b.dispatch(ctx, t))
}

func (b *Bot) dispatch(ctx context.Context, t *Talk) error {
	if t.Busy {
		return b.onBusy(ctx, t)
	}
	switch t.Kind {
	case Absence:
		return b.onAbsence(ctx, t)
	case Text:
		return b.onText(ctx, t)
	case EditedText:
		return b.onEdited(ctx, t)
	case Press:
		return b.onPress(ctx, t)
	case InlineAsk:
		return b.onInline(ctx, t)
	case Membership:
		return b.onMembership(ctx, t)
	case Migrated:
		return b.o.Store.MoveChat(ctx, t.Request.Chat.ID, t.NewChatID)
	case ChannelPost:
		return b.onChannelPost(ctx, t)
	}
	return nil
}

// onText is a new message: a command, a step of a conversation, or a question.
func (b *Bot) onText(ctx context.Context, t *Talk) error {
	if c, ok := parseCommand(t.Text, b.Username()); ok && !b.isPiece(t, c) {
		return b.onCommand(ctx, t, c)
	}
	private := t.Request.Chat.Kind == Private
	if w, ok := t.awaits(); ok && (private || t.forUs() || w.Kind == awaitPieces) {
		if do, ok := b.routes.awaited[w.Kind]; ok {
			if taken, err := do(ctx, t, w.Data); taken || err != nil {
				return err
			}
		}
	}
	if private || t.forUs() || t.MediaGroup != "" {
		for _, do := range b.routes.takers {
			if taken, err := do(ctx, t); taken || err != nil {
				return err
			}
		}
	}
	return b.onFree(ctx, t)
}

// isPiece tells a part of a text that only looks like a command: one that is
// forwarded, or that begins with a slash and no name of ours, while a text is
// being collected.
func (b *Bot) isPiece(t *Talk, c call) bool {
	w, ok := t.awaits()
	if !ok || w.Kind != awaitPieces || c.named {
		return false
	}
	_, known := b.routes.command(c.name)
	return t.Origin != nil || !known && c.args != ""
}

// forUs tells a message in a group that is meant for the bot: it mentions it
// or replies to it.
func (t *Talk) forUs() bool {
	return t.Mentioned || t.ReplyTo != nil && t.ReplyTo.FromBot
}

// onFree is a text that is neither command nor step.
func (b *Bot) onFree(ctx context.Context, t *Talk) error {
	text := withoutMention(t.Text, b.Username())
	private := t.Request.Chat.Kind == Private
	switch {
	case !private && !t.forUs():
		if t.Chat.FreeQuestions && looksLikeQuestion(text) {
			return b.ask(ctx, t, asking{Text: text, onlyAnswers: true})
		}
		return nil
	case private && text == "" && (t.Attachment != nil || t.Location != nil):
		if t.MediaGroup != "" && !b.presses.first(fmt.Sprint(t.Request.Chat.ID, " album ", t.MediaGroup)) {
			return nil // told with the first file of the album
		}
		return t.Say(ctx, "file.unasked")
	}
	if c, ok := b.routes.wordCommand(text); ok {
		return b.run(ctx, t, c, "")
	}
	if text == "" && !private && t.ReplyTo != nil { // "@bot" under somebody's question
		text = t.ReplyTo.Text
	}
	return b.ask(ctx, t, asking{Text: text})
}

// looksLikeQuestion is the modest test for groups that let free questions in.
func looksLikeQuestion(text string) bool {
	text = strings.TrimRight(text, " .…\u200f\u200e")
	return strings.HasSuffix(text, "؟") || strings.HasSuffix(text, "?")
}

// onCommand runs a command of the routing table.
func (b *Bot) onCommand(ctx context.Context, t *Talk, c call) error {
	private := t.Request.Chat.Kind == Private
	if c.other {
		return nil
	}
	command, ok := b.routes.command(c.name)
	if !ok {
		if private || c.named {
			return t.Say(ctx, "command.unknown")
		}
		return nil
	}
	if err := t.Forgo(ctx); err != nil {
		return err
	}
	return b.run(ctx, t, command, c.args)
}

// run checks the rights and carries a command out.
func (b *Bot) run(ctx context.Context, t *Talk, c Command, args string) error {
	if ok, err := b.allowed(ctx, t, c.Rights); !ok || err != nil {
		return err
	}
	t.Args = args
	return c.Do(ctx, t)
}

// onPress carries out a button's action. It checks the presser, not the chat.
func (b *Bot) onPress(ctx context.Context, t *Talk) error {
	action, args, ok := readData(t.Data)
	route, known := b.routes.presses[action]
	if !ok || !known {
		return t.Notice(ctx, "button.old")
	}
	if !b.presses.first(fmt.Sprint(t.Request.Chat.ID, t.MessageID, t.User.ID, t.Data)) {
		return nil
	}
	if ok, err := b.allowed(ctx, t, route.rights); !ok || err != nil {
		return err
	}
	err := route.do(ctx, t, args)
	if errors.Is(err, store.ErrNotFound) {
		return t.Notice(ctx, "button.old")
	}
	return err
}

// onMembership follows where we may write.
func (b *Bot) onMembership(ctx context.Context, t *Talk) error {
	if !t.Member {
		return b.o.Store.SetChatState(ctx, t.Request.Chat.ID, store.ChatBlocked)
	}
	known := !t.Chat.FirstSeen.IsZero()
	if err := t.Update(ctx, func(*store.Chat) {}); err != nil {
		return err
	}
	if known || t.Request.Chat.Kind == Private || t.Request.Chat.Kind == Channel {
		return nil
	}
	return t.Say(ctx, "group.hello", "@"+b.Username())
}

// onChannelPost lets who may post in a channel run the few commands that make
// sense there; everything else in a channel is not meant for us.
func (b *Bot) onChannelPost(ctx context.Context, t *Talk) error {
	c, ok := parseCommand(t.Text, b.Username())
	if w, waits := t.awaits(); !ok && waits && t.ReplyTo != nil && w.Data == strconv.Itoa(t.ReplyTo.MessageID) {
		if do := b.routes.awaited[w.Kind]; do != nil {
			_, err := do(ctx, t, w.Data)
			return err
		}
	}
	if !ok || c.other {
		return nil
	}
	command, ok := b.routes.command(c.name)
	if !ok || command.Rights != GroupAdmin {
		return nil
	}
	return b.run(ctx, t, command, c.args)
}
