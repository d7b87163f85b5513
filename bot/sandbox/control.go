package sandbox

import (
	"cmp"
	"strings"
)

// File is a file that a person uploads.
type File struct {
	Name string
	MIME string // default by the name
	Data []byte
}

// Post is a message as a person sends it. With neither Text nor File it is a
// location.
type Post struct {
	From       int64
	Chat       int64  // default: the private chat of From
	Thread     int    // forum topic
	ReplyTo    int    // message id
	Text       string // the caption when there is a file
	File       *File
	Forward    *Origin
	Location   *Location
	MediaGroup string
	Date       int64 // Unix seconds, default now
	Anonymous  bool  // an administrator writing in the group's name
}

// SendText sends a text as a person and returns the message.
func (s *Server) SendText(user, chatID int64, text string) Message {
	return s.Post(Post{From: user, Chat: chatID, Text: text})
}

// SendReply sends a text as a person in reply to a message.
func (s *Server) SendReply(user int64, to Message, text string) Message {
	return s.Post(Post{From: user, Chat: to.Chat.ID, ReplyTo: to.ID, Thread: to.ThreadID, Text: text})
}

// SendFile uploads a file as a person.
func (s *Server) SendFile(user, chatID int64, f File, caption string) Message {
	return s.Post(Post{From: user, Chat: chatID, File: &f, Text: caption})
}

// Post sends a message as a person. The zero Message means that the person or
// the chat is not known.
func (s *Server) Post(p Post) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.chats[cmp.Or(p.Chat, p.From)], s.users[p.From]
	if c == nil || u == nil {
		return Message{}
	}
	if c.Type == "private" {
		c.started = true
		if c.blocked == errBlocked {
			c.blocked = nil
			s.moveBot(c, u, "member")
		}
	}
	m := &Message{From: u, Date: p.Date, MediaGroupID: p.MediaGroup, Location: p.Location, ForwardOrigin: p.Forward}
	legacyForward(m)
	s.fill(m, p)
	switch {
	case c.Type == "channel":
		m.From, m.SenderChat = nil, &c.Chat
	case p.Anonymous:
		m.From, m.SenderChat = &anonymousAdmin, &c.Chat
	}
	s.locate(c, m, p)
	s.store(c, m)
	s.pushMessage(m)
	return *m
}

// fill sets text or file.
func (s *Server) fill(m *Message, p Post) {
	text, entities := fixText(p.Text, nil)
	if p.File == nil {
		m.Text, m.Entities = text, entities
		return
	}
	m.Document = s.keepFile(p.File.Name, cmp.Or(p.File.MIME, mimeOf(p.File.Name), "application/octet-stream"), p.File.Data)
	m.Caption, m.CaptionEntities = text, entities
}

// locate sets topic and reply. A message in a topic that replies to nothing
// else replies to the message that opened the topic, as in Telegram.
func (s *Server) locate(c *chat, m *Message, p Post) {
	m.ThreadID, m.TopicMessage = p.Thread, p.Thread != 0
	to := c.messages[p.ReplyTo]
	if to == nil && p.Thread != 0 {
		to = c.messages[p.Thread]
	}
	if to != nil {
		quoted := *to
		quoted.ReplyTo = nil
		m.ReplyTo = &quoted
	}
}

// legacyForward fills the older fields that the server still sends.
func legacyForward(m *Message) {
	o := m.ForwardOrigin
	if o == nil {
		return
	}
	m.ForwardDate = o.Date
	switch o.Type {
	case "user":
		m.ForwardFrom = o.SenderUser
	case "hidden_user":
		m.ForwardSender = o.SenderUserName
	case "channel":
		m.ForwardFromChat, m.ForwardFromID = o.Chat, o.MessageID
	case "chat":
		m.ForwardFromChat = o.SenderChat
	}
}

// pushMessage queues a person's message if the bot may see it; mu is held.
func (s *Server) pushMessage(m *Message) {
	c := s.chats[m.Chat.ID]
	if c.blocked != nil || !s.sees(c, m) {
		return
	}
	copied := *m
	if c.Type == "channel" {
		s.push(Update{ChannelPost: &copied})
		return
	}
	s.push(Update{Message: &copied})
}

// sees is privacy mode: in a group the bot sees commands, mentions of it,
// replies to it, what was sent through it, and service messages; as an
// administrator everything.
func (s *Server) sees(c *chat, m *Message) bool {
	if c.Type == "private" || c.Type == "channel" || !s.privacy || s.botIsAdmin(c) {
		return true
	}
	service := m.Text == "" && m.Document == nil && m.Location == nil
	toBot := m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == s.bot.ID
	return service || toBot || m.ViaBot != nil || s.addressed(m.Text+m.Caption)
}

func (s *Server) addressed(text string) bool {
	me := "@" + strings.ToLower(s.bot.Username)
	lower := strings.ToLower(text)
	if command, ok := strings.CutPrefix(lower, "/"); ok {
		word, _, _ := strings.Cut(command, " ")
		name, to, meant := strings.Cut(word, "@")
		return name != "" && (!meant || "@"+to == me)
	}
	return strings.Contains(lower, me)
}

// EditText edits a person's message.
func (s *Server) EditText(chatID int64, id int, text string) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[chatID]
	if c == nil || c.messages[id] == nil {
		return Message{}
	}
	m := c.messages[id]
	clean, entities := fixText(text, nil)
	if m.Document != nil {
		m.Caption, m.CaptionEntities = clean, entities
	} else {
		m.Text, m.Entities = clean, entities
	}
	m.EditDate = s.now().Unix()
	m.Edits++
	s.emit(Event{Kind: Edited, Message: m})
	if c.blocked == nil && s.sees(c, m) {
		copied := *m
		if c.Type == "channel" {
			s.push(Update{EditedChannelPost: &copied})
		} else {
			s.push(Update{EditedMessage: &copied})
		}
	}
	return *m
}
