package sandbox

import (
	"context"
	"maps"
	"slices"
)

// Messages lists a chat's messages that are not deleted, oldest first.
func (s *Server) Messages(chatID int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[chatID]
	if c == nil {
		return nil
	}
	var all []Message
	for _, id := range c.order {
		if m := c.messages[id]; !m.Deleted {
			all = append(all, *m)
		}
	}
	return all
}

// BotMessages lists the bot's own messages in a chat, oldest first.
func (s *Server) BotMessages(chatID int64) []Message {
	return slices.DeleteFunc(s.Messages(chatID), func(m Message) bool { return !s.ofBot(m) })
}

func (s *Server) ofBot(m Message) bool {
	if m.From == nil {
		return m.SenderChat != nil && m.SenderChat.Type == "channel"
	}
	return m.From.ID == s.bot.ID
}

// Message is the present state of a message, also of a deleted one.
func (s *Server) Message(chatID int64, id int) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[chatID]; c != nil && c.messages[id] != nil {
		return *c.messages[id], true
	}
	return Message{}, false
}

// Reply waits for the first message of the bot after m in the same chat and
// topic.
func (s *Server) Reply(ctx context.Context, m Message) (Message, error) {
	return s.NextMessage(ctx, m.Chat.ID, m.ID, func(r Message) bool { return r.ThreadID == m.ThreadID })
}

// NextMessage waits for the first message of the bot in a chat that has a
// number above after and that match accepts; a nil match accepts all.
func (s *Server) NextMessage(ctx context.Context, chatID int64, after int, match func(Message) bool) (Message, error) {
	var found Message
	err := s.WaitFor(ctx, func() bool {
		for _, m := range s.BotMessages(chatID) {
			if m.ID > after && (match == nil || match(m)) {
				found = m
				return true
			}
		}
		return false
	})
	return found, err
}

// Edited waits until a message has been edited since m was read.
func (s *Server) Edited(ctx context.Context, m Message) (Message, error) {
	var now Message
	err := s.WaitFor(ctx, func() bool {
		now, _ = s.Message(m.Chat.ID, m.ID)
		return now.Edits > m.Edits
	})
	return now, err
}

// PressAnswer waits for the bot's answer to a button press.
func (s *Server) PressAnswer(ctx context.Context, id string) (PressAnswer, error) {
	var a PressAnswer
	err := s.WaitFor(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if q := s.presses[id]; q != nil && q.answer != nil {
			a = *q.answer
			return true
		}
		return false
	})
	return a, err
}

// InlineAnswer waits for the bot's answer to an inline query.
func (s *Server) InlineAnswer(ctx context.Context, id string) (InlineAnswer, error) {
	var a InlineAnswer
	err := s.WaitFor(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if q := s.inline[id]; q != nil && q.answer != nil {
			a = *q.answer
			return true
		}
		return false
	})
	return a, err
}

// Calls lists the bot's requests, oldest first, of one method or of all ("").
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.calls)
	if method == "" {
		return all
	}
	return slices.DeleteFunc(all, func(c Call) bool { return c.Method != method })
}

// Counters is a copy of the sums since the start.
func (s *Server) Counters() Counters {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.counters
	n.Calls, n.Refused = maps.Clone(n.Calls), maps.Clone(n.Refused)
	return n
}

// Commands are the commands that a person sees in a chat.
func (s *Server) Commands(chatID, user int64) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.chats[chatID], s.users[user]
	if c == nil || u == nil {
		return nil
	}
	return slices.Clone(s.shownCommands(c, u))
}

// Revoke makes the token invalid, as when its owner revokes it: every call is
// answered 401.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
}

// Push queues an update as it stands, for what no other method makes; its
// number is set here. It returns the number, 0 if the bot does not want it.
func (s *Server) Push(u Update) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.push(u)
}
