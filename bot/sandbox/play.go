package sandbox

import (
	"slices"
	"strings"
)

// Press presses a button of a message: by its callback data, else by its
// label, else by a part of its label. What matches no button is sent as
// (forged) callback data. It returns the id of the callback query.
func (s *Server) Press(user int64, m Message, button string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[user]
	if u == nil {
		return ""
	}
	current := &m
	if c := s.chats[m.Chat.ID]; c != nil && c.messages[m.ID] != nil {
		current = c.messages[m.ID]
	}
	id := "press" + itoa(s.next())
	s.presses[id] = &press{user: user}
	q := &CallbackQuery{ID: id, From: *u, ChatInstance: itoa(m.Chat.ID), Data: findButton(*current, button)}
	if current.InlineID != "" {
		q.InlineMessageID = current.InlineID
	} else {
		copied := *current
		q.Message = &copied
	}
	s.push(Update{CallbackQuery: q})
	return id
}

func findButton(m Message, wanted string) string {
	all := m.Buttons()
	for _, match := range []func(Button) bool{
		func(b Button) bool { return b.Data == wanted },
		func(b Button) bool { return b.Data != "" && b.Text == wanted },
		func(b Button) bool { return b.Data != "" && wanted != "" && strings.Contains(b.Text, wanted) },
	} {
		if i := slices.IndexFunc(all, match); i >= 0 {
			return all[i].Data
		}
	}
	return wanted
}

// Inline types "@bot query" as a person and returns the id of the query.
// From.ID, Query, Offset, ChatType and Location are read.
func (s *Server) Inline(q InlineQuery) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[q.From.ID]
	if u == nil {
		return ""
	}
	q.From, q.ID = *u, "inline"+itoa(s.next())
	s.inline[q.ID] = &inlineQuery{user: u.ID, query: q.Query}
	s.push(Update{InlineQuery: &q})
	return q.ID
}

// Choose sends an offered inline result to a chat as the person who asked.
func (s *Server) Choose(chatID int64, query, result string) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, c := s.inline[query], s.chats[chatID]
	if q == nil || q.answer == nil || c == nil {
		return Message{}
	}
	i := slices.IndexFunc(q.answer.Results, func(r InlineResult) bool { return r.ID == result })
	if i < 0 {
		return Message{}
	}
	r, u := q.answer.Results[i], s.users[q.user]
	m := s.store(c, &Message{From: u, ViaBot: s.botUser(), Text: r.Text, Entities: r.Entities, ReplyMarkup: r.ReplyMarkup, InlineID: "message" + itoa(s.next())})
	s.byInline[m.InlineID] = m
	chosen := &ChosenInline{ResultID: r.ID, From: *u, Query: q.query}
	if r.ReplyMarkup != nil {
		chosen.InlineMessageID = m.InlineID
	}
	s.push(Update{ChosenInline: chosen})
	s.pushMessage(m)
	return *m
}

// ExpireQueries makes all presses and inline queries too old to be answered.
func (s *Server) ExpireQueries() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.presses {
		q.dead = true
	}
	for _, q := range s.inline {
		q.dead = true
	}
}
