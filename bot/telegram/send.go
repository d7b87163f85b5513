package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	tele "gopkg.in/telebot.v3"

	"mujaz/bot"
	"mujaz/bot/message"
)

// Send implements bot.Messenger for answers to people.
func (c *Client) Send(ctx context.Context, to bot.Target, m message.Message) (bot.Posted, error) {
	return c.send(ctx, answers, to, m)
}

// bulk sends with answers to people going first.
type bulk struct{ *Client }

// Bulk is the messenger of digests and alerts: answers to people go first, and
// a message whose outcome is not known is not sent again (bot.ErrUnknown).
func (c *Client) Bulk() bot.Messenger { return bulk{c} }

// Send implements bot.Messenger.
func (b bulk) Send(ctx context.Context, to bot.Target, m message.Message) (bot.Posted, error) {
	return b.send(ctx, digests, to, m)
}

// pass is a place at the gate, taken before the send.
type pass struct {
	chat int64
	used atomic.Bool
}

type passKey struct{}

// Reserve waits at the gate for the next message to a chat; a Send with the
// context that it returns does not wait again. What is recorded in between is
// then about messages under way, not about messages that wait.
func (b bulk) Reserve(ctx context.Context, chat int64) (context.Context, error) {
	if err := b.gate.wait(ctx, digests, chat); err != nil {
		return ctx, errors.Join(bot.ErrOutage, err)
	}
	return context.WithValue(ctx, passKey{}, &pass{chat: chat}), nil
}

// reserved reports that a message to the chat has its place, once.
func reserved(ctx context.Context, chat int64) bool {
	p, ok := ctx.Value(passKey{}).(*pass)
	return ok && p.chat == chat && p.used.CompareAndSwap(false, true)
}

// outgoing is the payload of sendMessage and editMessageText; telebot's own
// options know neither reply_parameters nor link_preview_options.
type outgoing struct {
	Chat      int64            `json:"chat_id,omitempty"`
	MessageID int              `json:"message_id,omitempty"`
	InlineID  string           `json:"inline_message_id,omitempty"`
	Thread    int              `json:"message_thread_id,omitempty"`
	Text      string           `json:"text"`
	ParseMode string           `json:"parse_mode,omitempty"`
	Preview   linkPreview      `json:"link_preview_options"`
	Silent    bool             `json:"disable_notification,omitempty"`
	Reply     *replyParameters `json:"reply_parameters,omitempty"`
	Markup    *markup          `json:"reply_markup,omitempty"`
}

type linkPreview struct {
	Disabled bool `json:"is_disabled"`
}

type replyParameters struct {
	MessageID int  `json:"message_id"`
	Without   bool `json:"allow_sending_without_reply"`
}

func replyTo(id int) *replyParameters {
	if id == 0 {
		return nil
	}
	return &replyParameters{id, true}
}

// markup is an inline keyboard.
type markup struct {
	Rows [][]key `json:"inline_keyboard"`
}

type key struct {
	Text   string  `json:"text"`
	Data   string  `json:"callback_data,omitempty"`
	URL    string  `json:"url,omitempty"`
	Inline *string `json:"switch_inline_query_current_chat,omitempty"`
	Copy   *copied `json:"copy_text,omitempty"`
}

type copied struct {
	Text string `json:"text"`
}

// keyboard leaves out empty rows and buttons, which the Bot API refuses.
func keyboard(k message.Keyboard) *markup {
	var m markup
	for _, row := range k {
		var keys []key
		for _, b := range row {
			x := key{Text: message.Clean(b.Text), Data: b.Data, URL: b.URL, Inline: b.Inline}
			if b.Copy != "" {
				x.Copy = &copied{b.Copy}
			}
			if x.Text != "" && (x.Data != "" || x.URL != "" || x.Inline != nil || x.Copy != nil) {
				keys = append(keys, x)
			}
		}
		if keys != nil {
			m.Rows = append(m.Rows, keys)
		}
	}
	if m.Rows == nil {
		return nil
	}
	return &m
}

func (c *Client) send(ctx context.Context, class class, to bot.Target, m message.Message) (bot.Posted, error) {
	if m.File != nil {
		return c.sendFile(ctx, class, to, m)
	}
	return c.sendParts(ctx, class, to, c.encode(m), m)
}

// encode makes the parts of a message.
func (c *Client) encode(m message.Message) []string {
	defer c.stage("encode", time.Now())
	return message.HTML(m, message.TextLimit)
}

// sendParts sends the parts in order; the keyboard goes under the last one,
// the first is the reply.
func (c *Client) sendParts(ctx context.Context, class class, to bot.Target, parts []string, m message.Message) (posted bot.Posted, err error) {
	if len(parts) == 0 {
		return posted, ErrNothing
	}
	for i, part := range parts {
		o := outgoing{Chat: to.Chat, Thread: to.Thread, Text: part, ParseMode: tele.ModeHTML, Preview: linkPreview{!m.Preview}, Silent: to.Silent}
		if i == 0 {
			o.Reply = replyTo(to.ReplyTo)
		}
		if i == len(parts)-1 {
			o.Markup = keyboard(m.Keyboard)
		}
		next, err := c.post(ctx, class, "sendMessage", o)
		if err != nil {
			return posted, err
		}
		posted = next
	}
	return posted, nil
}

// post makes the call; markup that Telegram does not take goes out as plain
// text rather than not at all.
func (c *Client) post(ctx context.Context, class class, method string, o outgoing) (bot.Posted, error) {
	k := call{method: method, do: raw(method, o), chat: o.Chat, class: class, repeat: method != "sendMessage"}
	data, err := c.perform(ctx, k)
	if errors.Is(err, errMarkup) {
		c.log.ErrorContext(ctx, "Telegram refused our markup", "error", err)
		o.Text, o.ParseMode = withoutTags(o.Text), ""
		k.do = raw(method, o)
		data, err = c.perform(ctx, k)
	}
	if err != nil {
		return bot.Posted{}, err
	}
	return posted(data, o), nil
}

// posted reads the message's number; edits of inline messages return true.
func posted(data []byte, o outgoing) bot.Posted {
	p := bot.Posted{Chat: o.Chat, MessageID: o.MessageID, InlineID: o.InlineID}
	var reply struct {
		Result struct {
			ID int `json:"message_id"`
		} `json:"result"`
	}
	if json.Unmarshal(data, &reply) == nil && reply.Result.ID != 0 {
		p.MessageID = reply.Result.ID
	}
	return p
}

// Edit implements bot.Messenger. What does not fit into the message follows
// in new ones, where there is a chat. That nothing changed is no error.
func (c *Client) Edit(ctx context.Context, p bot.Posted, m message.Message) error {
	parts := c.encode(m)
	if len(parts) == 0 {
		return ErrNothing
	}
	more := len(parts) > 1 && p.Chat != 0
	o := outgoing{Text: parts[0], ParseMode: tele.ModeHTML, Preview: linkPreview{!m.Preview}}
	if o.InlineID = p.InlineID; p.InlineID == "" {
		o.Chat, o.MessageID = p.Chat, p.MessageID
	}
	if !more {
		o.Markup = keyboard(m.Keyboard)
	}
	_, err := c.post(ctx, answers, "editMessageText", o)
	if errors.Is(err, errSame) {
		err = nil
	}
	if err == nil && more {
		_, err = c.sendParts(ctx, answers, bot.Target{Chat: p.Chat}, parts[1:], m)
	}
	return err
}

// sendFile sends the message as a document with a caption; what does not fit
// into the caption follows.
func (c *Client) sendFile(ctx context.Context, class class, to bot.Target, m message.Message) (bot.Posted, error) {
	caption, rest := message.Caption(m)
	var sent *tele.Message
	do := func(b *tele.Bot) (data []byte, err error) {
		doc := &tele.Document{File: tele.FromReader(bytes.NewReader(m.File.Data)), FileName: m.File.Name, Caption: caption}
		o := &tele.SendOptions{ParseMode: tele.ModeHTML, ThreadID: to.Thread, DisableNotification: to.Silent, AllowWithoutReply: true}
		if to.ReplyTo != 0 {
			o.ReplyTo = &tele.Message{ID: to.ReplyTo}
		}
		if len(rest) == 0 {
			o.ReplyMarkup = teleMarkup(m.Keyboard)
		}
		sent, err = b.Send(tele.ChatID(to.Chat), doc, o)
		return nil, err
	}
	if _, err := c.perform(ctx, call{method: "sendDocument", do: do, chat: to.Chat, class: class, file: true}); err != nil {
		return bot.Posted{}, err
	}
	if len(rest) > 0 {
		to.ReplyTo = 0
		return c.sendParts(ctx, class, to, rest, m)
	}
	return bot.Posted{Chat: to.Chat, MessageID: sent.ID}, nil
}

// teleMarkup is a keyboard for telebot's own sends, which know no copy buttons.
func teleMarkup(k message.Keyboard) *tele.ReplyMarkup {
	m := keyboard(k)
	if m == nil {
		return nil
	}
	t := &tele.ReplyMarkup{}
	for _, row := range m.Rows {
		var keys []tele.InlineButton
		for _, x := range row {
			if x.Copy == nil {
				b := tele.InlineButton{Text: x.Text, Data: x.Data, URL: x.URL}
				if x.Inline != nil {
					b.InlineQueryChat = *x.Inline
				}
				keys = append(keys, b)
			}
		}
		if keys != nil {
			t.InlineKeyboard = append(t.InlineKeyboard, keys)
		}
	}
	return t
}
