package bot

import (
	"context"
	"errors"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/store"
)

// Talk is one request being dealt with: who asks, in what language, and how
// to reply.
type Talk struct {
	Request
	P    phrase.Phrases // speaks the reader's language
	Chat store.Chat     // what is remembered of the chat
	Args string         // what follows the command
	Out  Transport

	bot      *Bot
	answered bool // the button press was answered
}

// newTalk loads what is remembered of the chat.
func (b *Bot) newTalk(ctx context.Context, r Request, out Transport) (*Talk, error) {
	id := r.Chat.ID
	if r.Kind == InlineAsk {
		id = r.User.ID
	}
	chat, err := b.o.Store.Chat(ctx, id)
	if errors.Is(err, store.ErrUnavailable) { // questions only read the index: they are answered without settings
		chat, err = store.Chat{ID: id, State: store.ChatActive}, nil
	}
	if err != nil {
		return nil, err
	}
	t := &Talk{Request: r, Chat: chat, Out: out, bot: b}
	t.P = b.phrases(chat, t.clientLanguage())
	return t, nil
}

// clientLanguage is the language of the person's client. In groups nobody's
// client decides for all.
func (t *Talk) clientLanguage() string {
	if t.Request.Chat.Kind == Private || t.Kind == InlineAsk {
		return t.User.Language
	}
	return ""
}

// phrases speaks the language that the chat chose, else the client's, else the
// default.
func (b *Bot) phrases(c store.Chat, client string) phrase.Phrases {
	lang := c.Language
	if lang == "" {
		if client == "" {
			client = c.Client
		}
		lang = phrase.Language(client, b.o.Language)
	}
	return phrase.For(lang, phrase.Options{Digits: phrase.Digits(c.Digits), Calendar: calendar(c.Calendar)})
}

func calendar(s string) phrase.Calendar {
	if s == "gregorian" {
		return phrase.Gregorian
	}
	return phrase.Calendar(s)
}

// Target is where replies go: the same chat and thread, as a reply to the
// message in groups.
func (t *Talk) Target() Target {
	to := Target{Chat: t.Request.Chat.ID, Thread: t.Request.Chat.Thread}
	if t.Kind == Text || t.Kind == EditedText {
		to.ReplyTo = t.MessageID
	}
	return to
}

// Reply sends a new message.
func (t *Talk) Reply(ctx context.Context, m message.Message) (Posted, error) {
	if m.Language == "" {
		m.Language = t.P.Lang()
	}
	return t.Out.Send(ctx, t.Target(), m)
}

// Show edits the message under whose button the request came, or replies.
func (t *Talk) Show(ctx context.Context, m message.Message) error {
	if m.Language == "" {
		m.Language = t.P.Lang()
	}
	if t.Kind != Press || t.MessageID == 0 {
		_, err := t.Reply(ctx, m)
		return err
	}
	err := t.Out.Edit(ctx, Posted{Chat: t.Request.Chat.ID, MessageID: t.MessageID}, m)
	if errors.Is(err, ErrGone) { // the message was deleted meanwhile
		_, err = t.Reply(ctx, m)
	}
	return err
}

// Say replies with the text of a key, a paragraph for each of its lines.
func (t *Talk) Say(ctx context.Context, key string, args ...any) error {
	_, err := t.Reply(ctx, message.Message{Blocks: lines(t.P.T(key, args...))})
	return err
}

// Notice ends a button press with a short text over the chat; without a press
// it replies.
func (t *Talk) Notice(ctx context.Context, key string, args ...any) error {
	if t.Kind != Press {
		return t.Say(ctx, key, args...)
	}
	return t.answer(ctx, shorten(t.P.T(key, args...), pressLimit), false)
}

// pressLimit is the most characters that the notice of a button may have.
const pressLimit = 200

// answer ends the press once; Telegram takes only one answer.
func (t *Talk) answer(ctx context.Context, text string, alert bool) error {
	if t.Kind != Press || t.answered {
		return nil
	}
	t.answered = true
	if err := t.Out.AnswerPress(ctx, t.CallbackID, text, alert); err != nil && !errors.Is(err, ErrTooOld) {
		return err
	}
	return nil
}

// Row is a keyboard row in reading order: reversed for languages that are
// written from right to left, since clients lay rows out from the left.
func (t *Talk) Row(buttons ...message.Button) []message.Button { return row(t.P, buttons...) }

func row(p phrase.Phrases, buttons ...message.Button) []message.Button {
	out := make([]message.Button, 0, len(buttons))
	for i := range buttons {
		if p.RTL() {
			i = len(buttons) - 1 - i
		}
		out = append(out, buttons[i])
	}
	return out
}

// button is a button with the text of a key.
func (t *Talk) button(key, data string) message.Button {
	return message.Button{Text: t.P.T(key), Data: data}
}

// Actor is the person for the audit log.
func (t *Talk) Actor() store.Actor {
	return store.Actor{ID: t.User.ID, Name: shorten(oneLine(t.User.Name), 64)}
}

// Update changes what is remembered of the chat.
func (t *Talk) Update(ctx context.Context, f func(*store.Chat)) error {
	kind, title := string(t.Request.Chat.Kind), ""
	if t.Request.Chat.Kind != Private {
		title = shorten(oneLine(t.Request.Chat.Title), 128)
	}
	chat, err := t.bot.o.Store.UpdateChat(ctx, t.Request.Chat.ID, func(c *store.Chat) {
		c.Kind, c.Title, c.State, c.LastSeen = kind, title, store.ChatActive, t.bot.o.Now()
		if client := t.clientLanguage(); client != "" {
			c.Client = client
		}
		f(c)
	})
	if err != nil {
		return err
	}
	t.Chat = chat
	t.P = t.bot.phrases(chat, t.clientLanguage())
	return nil
}

func setExtra(c *store.Chat, key, value string) {
	if c.Extra == nil {
		c.Extra = map[string]string{}
	}
	c.Extra[key] = value
}
