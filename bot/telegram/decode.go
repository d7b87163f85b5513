package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tele "gopkg.in/telebot.v3"

	"mujaz/bot"
)

// allowedUpdates are the updates that decode understands. They are always
// listed: an empty list would leave whatever was set before.
var allowedUpdates = []string{"message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "callback_query", "my_chat_member"}

// errUpdate is an update that cannot be read.
var errUpdate = errors.New("the update cannot be read")

// updateID reads no more than the number, so that one update that cannot be
// decoded does not hide the others.
func updateID(data []byte) (int64, error) {
	var u struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(data, &u); err != nil || u.ID == 0 {
		return 0, errUpdate
	}
	return u.ID, nil
}

// decode turns an update into a Request; false when it is none of ours.
func decode(data []byte, me profile) (r bot.Request, ours bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errUpdate, p)
		}
	}()
	var u tele.Update
	if err := json.Unmarshal(data, &u); err != nil {
		return r, false, errUpdate
	}
	switch {
	case u.Message != nil:
		r = fromMessage(u.Message, me)
		ours = said(u.Message, r) && !ourOffer(u.Message, me)
	case u.EditedMessage != nil:
		r = fromMessage(u.EditedMessage, me)
		r.Kind = bot.EditedText
		ours = said(u.EditedMessage, r) && !ourOffer(u.EditedMessage, me)
	case u.ChannelPost != nil:
		r = fromMessage(u.ChannelPost, me)
		r.Kind = bot.ChannelPost
		ours = said(u.ChannelPost, r)
	case u.Callback != nil && u.Callback.Sender != nil:
		r, ours = fromPress(u.Callback), true
	case u.Query != nil && u.Query.Sender != nil:
		r = bot.Request{Kind: bot.InlineAsk, User: user(u.Query.Sender), InlineID: u.Query.ID, Text: u.Query.Text, Offset: u.Query.Offset}
		ours = true
	case u.MyChatMember != nil && u.MyChatMember.Chat != nil && u.MyChatMember.NewChatMember != nil:
		r, ours = fromMembership(u.MyChatMember), true
	}
	r.UpdateID = int64(u.ID)
	return r, ours, nil
}

// said reports that the message is something a person did, not a service
// message such as a new pinned message or a new title.
func said(m *tele.Message, r bot.Request) bool {
	if m.Chat == nil || r.User.IsBot && !r.User.Anonymous {
		return false
	}
	return r.Kind == bot.Migrated || r.Text != "" || r.Attachment != nil || r.Location != nil ||
		m.Photo != nil || m.Voice != nil || m.Video != nil || m.Audio != nil || m.Sticker != nil || m.Animation != nil || m.VideoNote != nil || m.Contact != nil
}

// ourOffer reports that a person chose one of our inline results: the words are
// our own and ask nothing.
func ourOffer(m *tele.Message, me profile) bool { return m.Via != nil && m.Via.ID == me.ID }

func fromMessage(m *tele.Message, me profile) bot.Request {
	r := bot.Request{Kind: bot.Text, MessageID: m.ID, Date: time.Unix(max(m.Unixtime, m.LastEdit), 0), Text: text(m), MediaGroup: m.AlbumID}
	if m.Chat == nil {
		return r
	}
	r.Chat = chat(m.Chat)
	if m.TopicMessage {
		r.Chat.Thread = m.ThreadID
	}
	r.User = sender(m)
	r.Mentioned = mentions(r.Text, me.Username)
	r.Origin, r.Attachment = origin(m), attachment(m)
	if m.Location != nil {
		r.Location = &bot.Location{Latitude: float64(m.Location.Lat), Longitude: float64(m.Location.Lng)}
	}
	if m.MigrateTo != 0 {
		r.Kind, r.NewChatID = bot.Migrated, m.MigrateTo
	}
	// In a topic, a message that replies to nothing replies to its opening.
	if q := m.ReplyTo; q != nil && q.TopicCreated == nil {
		r.ReplyTo = &bot.Quoted{MessageID: q.ID, Text: text(q), Attachment: attachment(q), Origin: origin(q),
			FromBot: q.Sender != nil && q.Sender.ID == me.ID, User: writer(q)}
	}
	return r
}

func text(m *tele.Message) string {
	if m.Text != "" {
		return m.Text
	}
	return m.Caption
}

func chat(c *tele.Chat) bot.Chat {
	title := c.Title
	if title == "" {
		title = strings.TrimSpace(c.FirstName + " " + c.LastName)
	}
	return bot.Chat{ID: c.ID, Kind: bot.ChatKind(c.Type), Title: title}
}

func user(u *tele.User) bot.User {
	return bot.User{ID: u.ID, Name: strings.TrimSpace(u.FirstName + " " + u.LastName), Username: u.Username, Language: u.LanguageCode, IsBot: u.IsBot}
}

// sender is who wrote. An anonymous admin of a group writes as the group
// itself; a channel that writes in a group is nobody.
func sender(m *tele.Message) bot.User {
	switch {
	case m.SenderChat != nil && m.SenderChat.ID == m.Chat.ID && m.Chat.Type != tele.ChatChannel:
		return bot.User{Name: m.SenderChat.Title, Anonymous: true}
	case m.SenderChat != nil:
		return bot.User{Name: m.SenderChat.Title}
	case m.Sender != nil:
		return user(m.Sender)
	}
	return bot.User{}
}

// writer is the person who wrote a message, 0 for bots and for who writes in
// the name of a chat.
func writer(m *tele.Message) int64 {
	if m.Sender == nil || m.Sender.IsBot || m.SenderChat != nil {
		return 0
	}
	return m.Sender.ID
}

// mentions reports that "@username" stands in the text as a word of its own.
func mentions(text, username string) bool {
	if username == "" {
		return false
	}
	lower, name := strings.ToLower(text), "@"+strings.ToLower(username)
	for {
		i := strings.Index(lower, name)
		if i < 0 {
			return false
		}
		lower = lower[i+len(name):]
		if r, _ := utf8.DecodeRuneInString(lower); lower == "" || r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return true
		}
	}
}

func attachment(m *tele.Message) *bot.Attachment {
	if m.Document == nil {
		return nil
	}
	return &bot.Attachment{FileID: m.Document.FileID, Name: m.Document.FileName, MIME: m.Document.MIME, Size: m.Document.FileSize}
}

// origin is where a forwarded message was first posted, from the present form
// of the Bot API or from the one before.
func origin(m *tele.Message) *bot.Origin {
	o := m.Origin
	if o == nil {
		if m.OriginalUnixtime == 0 {
			return nil
		}
		o = &tele.MessageOrigin{Sender: m.OriginalSender, SenderUsername: m.OriginalSenderName, Chat: m.OriginalChat,
			MessageID: m.OriginalMessageID, DateUnixtime: int64(m.OriginalUnixtime)}
	}
	out := &bot.Origin{Title: o.SenderUsername, Date: o.Time().UTC()}
	switch {
	case o.Chat != nil:
		out.Title, out.Channel = o.Chat.Title, true
		if o.Chat.Username != "" && o.MessageID != 0 {
			out.URL = "https://t.me/" + o.Chat.Username + "/" + strconv.Itoa(o.MessageID)
		}
	case o.SenderChat != nil:
		out.Title = o.SenderChat.Title
	case o.Sender != nil:
		out.Title, out.User = user(o.Sender).Name, o.Sender.ID
	}
	return out
}

// fromPress hands the button's data over as it came. A message that is too
// old to be told about still has its chat and number.
func fromPress(c *tele.Callback) bot.Request {
	r := bot.Request{Kind: bot.Press, User: user(c.Sender), CallbackID: c.ID, Data: c.Data, InlineID: c.MessageID}
	if m := c.Message; m != nil {
		r.MessageID, r.Text = m.ID, text(m)
		if m.Chat != nil {
			r.Chat = chat(m.Chat)
		}
		if m.TopicMessage {
			r.Chat.Thread = m.ThreadID
		}
	}
	return r
}

func fromMembership(m *tele.ChatMemberUpdate) bot.Request {
	r := bot.Request{Kind: bot.Membership, Chat: chat(m.Chat), Date: time.Unix(m.Unixtime, 0)}
	if m.Sender != nil {
		r.User = user(m.Sender)
	}
	now := m.NewChatMember
	switch now.Role {
	case tele.Creator:
		r.Member = true
	case tele.Administrator:
		r.Member = r.Chat.Kind != bot.Channel || now.CanPostMessages
	case tele.Member:
		r.Member = r.Chat.Kind != bot.Channel
	case tele.Restricted:
		r.Member = now.Member && now.CanSendMessages
	}
	return r
}

// orderKey is the chat whose order an update belongs to: for inline mode the
// person's own.
func orderKey(r bot.Request) int64 {
	if r.Chat.ID != 0 {
		return r.Chat.ID
	}
	return r.User.ID
}
