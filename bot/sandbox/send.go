package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// target finds the chat of a request and tells why the bot may not write there.
func (s *Server) target(p params) (*chat, error) {
	c, err := s.lookup(p.str("chat_id"))
	if err != nil {
		return nil, err
	}
	switch {
	case c.migrated != 0:
		return nil, &APIError{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: c.migrated}
	case c.blocked != nil:
		return nil, c.blocked
	case c.Type == "private" && !c.started:
		return nil, errNotStarted
	}
	return c, nil
}

// lookup finds a chat by its number or its @name.
func (s *Server) lookup(id string) (*chat, error) {
	id = strings.TrimSpace(id)
	if id == "" {
		return nil, errChatEmpty
	}
	if name, ok := strings.CutPrefix(id, "@"); ok {
		for _, c := range s.chats {
			if c.Type != "private" && strings.EqualFold(c.Username, name) {
				return c, nil
			}
		}
		return nil, errChatNotFound
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if c := s.chats[n]; err == nil && c != nil {
		return c, nil
	}
	return nil, errChatNotFound
}

// outgoing starts a message of the bot: chat, limits, thread and reply.
func (s *Server) outgoing(p params) (*chat, *Message, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, nil, err
	}
	m := &Message{Chat: c.Chat, From: s.botUser(), Silent: p.bool("disable_notification"), NoPreview: noPreview(p)}
	if c.Type == "channel" {
		m.From, m.SenderChat = nil, &c.Chat
	}
	if thread := int(p.int("message_thread_id")); thread != 0 {
		if _, ok := c.topics[thread]; !ok {
			return nil, nil, errThreadNotFound
		}
		m.ThreadID, m.TopicMessage = thread, true
	}
	to, err := s.replyTarget(c, p)
	if err != nil {
		return nil, nil, err
	}
	if to != nil {
		quoted := *to
		quoted.ReplyTo = nil
		m.ReplyTo = &quoted
		if m.ThreadID == 0 && to.ThreadID != 0 {
			m.ThreadID, m.TopicMessage = to.ThreadID, to.TopicMessage
		}
	}
	if m.ReplyMarkup, err = p.markup(false); err != nil {
		return nil, nil, err
	}
	return c, m, nil
}

func (s *Server) botUser() *User {
	u := User{ID: s.bot.ID, IsBot: true, FirstName: s.bot.FirstName, Username: s.bot.Username}
	return &u
}

func noPreview(p params) bool {
	var o struct {
		Disabled bool `json:"is_disabled"`
	}
	if present, err := p.object("link_preview_options", &o); present && err == nil {
		return o.Disabled
	}
	return p.bool("disable_web_page_preview")
}

// replyTarget is the message that is replied to; reply_parameters win over the
// older parameters.
func (s *Server) replyTarget(c *chat, p params) (*Message, error) {
	var o struct {
		MessageID int  `json:"message_id"`
		Without   bool `json:"allow_sending_without_reply"`
	}
	present, err := p.object("reply_parameters", &o)
	if err != nil {
		return nil, badRequest("can't parse reply parameters JSON object")
	}
	if !present {
		o.MessageID, o.Without = int(p.int("reply_to_message_id")), p.bool("allow_sending_without_reply")
	}
	if o.MessageID == 0 {
		return nil, nil
	}
	m := c.messages[o.MessageID]
	if m == nil || m.Deleted {
		if o.Without {
			return nil, nil
		}
		return nil, errReplyNotFound
	}
	return m, nil
}

// store gives a message its number and date and keeps it; mu is held.
func (s *Server) store(c *chat, m *Message) *Message {
	if c.Type == "private" || c.Type == "group" {
		s.lastMsg++
		m.ID = s.lastMsg
	} else {
		c.lastMsg++
		m.ID = c.lastMsg
	}
	m.Chat = c.Chat
	if m.Date == 0 {
		m.Date = s.now().Unix()
	}
	c.messages[m.ID] = m
	c.order = append(c.order, m.ID)
	if m.FromBot() || c.Type == "channel" && m.From == nil {
		c.typing = time.Time{}
	}
	s.emit(Event{Kind: Posted, Message: m})
	return m
}

func (s *Server) sendMessage(p params) (any, error) {
	c, m, err := s.outgoing(p)
	if err != nil {
		return nil, err
	}
	if m.Text, m.Entities, err = p.textOf(); err != nil {
		return nil, err
	}
	if err := s.limiter.admit(c, &s.counters); err != nil {
		return nil, err
	}
	return s.store(c, m), nil
}

func (s *Server) sendDocument(p params) (any, error) {
	c, m, err := s.outgoing(p)
	if err != nil {
		return nil, err
	}
	if m.Document, err = s.documentOf(p); err != nil {
		return nil, err
	}
	if m.Caption, m.CaptionEntities, err = p.captionOf(); err != nil {
		return nil, err
	}
	if err := s.limiter.admit(c, &s.counters); err != nil {
		return nil, err
	}
	return s.store(c, m), nil
}

var actions = []string{"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
	"choose_sticker", "find_location", "record_video_note", "upload_video_note"}

// typingLasts is how long a chat action is shown.
const typingLasts = 5 * time.Second

func (s *Server) sendChatAction(p params) (any, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	action := p.str("action")
	if !slices.Contains(actions, action) {
		return nil, badRequest("wrong parameter action in request")
	}
	if thread := int(p.int("message_thread_id")); thread != 0 && c.topics[thread] == "" {
		return nil, errThreadNotFound
	}
	c.typing = time.Now().Add(typingLasts)
	s.emit(Event{Kind: Acting, Chat: c.ID, Text: action})
	return true, nil
}
