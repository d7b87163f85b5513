package sandbox

import (
	"encoding/json"
	"reflect"
	"time"
)

// deletable is how long after posting a bot may delete.
const deletable = 48 * time.Hour

// editable finds the message that an edit names.
func (s *Server) editable(p params) (*Message, error) {
	if id := p.str("inline_message_id"); id != "" {
		m := s.byInline[id]
		if m == nil {
			return nil, badRequest("MESSAGE_ID_INVALID")
		}
		return m, nil
	}
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	m := c.messages[int(p.int("message_id"))]
	switch {
	case p.str("message_id") == "":
		return nil, badRequest("message identifier is not specified")
	case m == nil || m.Deleted:
		return nil, errEditNotFound
	case !s.own(m):
		return nil, errCannotEdit
	}
	return m, nil
}

func (s *Server) own(m *Message) bool {
	return m.From != nil && m.From.ID == s.bot.ID || m.From == nil && m.SenderChat != nil
}

// finish applies an edit, or refuses one that changes nothing.
func (s *Server) finish(m *Message, text string, entities []Entity, k *Keyboard, caption bool) (any, error) {
	oldText, oldEntities := m.Text, m.Entities
	if caption {
		oldText, oldEntities = m.Caption, m.CaptionEntities
	}
	if oldText == text && sameEntities(oldEntities, entities) && reflect.DeepEqual(m.ReplyMarkup, k) {
		return nil, errNotModified
	}
	edited := *m
	if caption {
		edited.Caption, edited.CaptionEntities = text, entities
	} else {
		edited.Text, edited.Entities = text, entities
	}
	if oldText != text || !sameEntities(oldEntities, entities) {
		edited.EditDate = s.now().Unix()
	}
	edited.ReplyMarkup = k
	edited.Edits++
	*m = edited
	s.emit(Event{Kind: Edited, Message: m})
	if m.InlineID != "" {
		return true, nil
	}
	return m, nil
}

func sameEntities(a, b []Entity) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

func (s *Server) editMessageText(p params) (any, error) {
	m, err := s.editable(p)
	if err != nil {
		return nil, err
	}
	text, entities, err := p.textOf()
	if err != nil {
		return nil, err
	}
	k, err := p.markup(true)
	switch {
	case err != nil:
		return nil, err
	case m.Text == "":
		return nil, errNoTextToEdit
	}
	return s.finish(m, text, entities, k, false)
}

func (s *Server) editMessageCaption(p params) (any, error) {
	m, err := s.editable(p)
	if err != nil {
		return nil, err
	}
	text, entities, err := p.captionOf()
	if err != nil {
		return nil, err
	}
	k, err := p.markup(true)
	switch {
	case err != nil:
		return nil, err
	case m.Document == nil:
		return nil, errNoCaptionToEdit
	}
	return s.finish(m, text, entities, k, true)
}

func (s *Server) editMessageReplyMarkup(p params) (any, error) {
	m, err := s.editable(p)
	if err != nil {
		return nil, err
	}
	k, err := p.markup(true)
	if err != nil {
		return nil, err
	}
	if m.Document != nil {
		return s.finish(m, m.Caption, m.CaptionEntities, k, true)
	}
	return s.finish(m, m.Text, m.Entities, k, false)
}

func (s *Server) deleteMessage(p params) (any, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	m := c.messages[int(p.int("message_id"))]
	if m == nil || m.Deleted {
		return nil, errDeleteNotFound
	}
	if !s.own(m) && !s.botIsAdmin(c) || s.now().Sub(m.Time()) > deletable {
		return nil, errCannotDelete
	}
	m.Deleted = true
	s.emit(Event{Kind: Deleted, Message: m})
	return true, nil
}

// deleteMessages deletes up to 100 messages; those that are not there are skipped.
func (s *Server) deleteMessages(p params) (any, error) {
	var ids []int
	if present, err := p.object("message_ids", &ids); err != nil || !present || len(ids) == 0 {
		return nil, badRequest("message identifiers are not specified")
	}
	if len(ids) > 100 {
		return nil, badRequest("too many message identifiers specified")
	}
	for _, id := range ids {
		one := params{values: map[string]string{"chat_id": p.str("chat_id"), "message_id": itoa(int64(id))}}
		if _, err := s.deleteMessage(one); err != nil && err != errDeleteNotFound {
			return nil, err
		}
	}
	return true, nil
}

func (s *Server) botIsAdmin(c *chat) bool {
	m := c.members[s.bot.ID]
	return m != nil && (m.Status == "administrator" || m.Status == "creator")
}

func (s *Server) setMessageReaction(p params) (any, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	m := c.messages[int(p.int("message_id"))]
	if m == nil || m.Deleted {
		return nil, errReactNotFound
	}
	var list []struct{ Type, Emoji string }
	if raw := p.str("reaction"); raw != "" {
		if err := json.Unmarshal([]byte(raw), &list); err != nil {
			return nil, badRequest("can't parse reaction types JSON object")
		}
	}
	if len(list) > 1 {
		return nil, badRequest("REACTIONS_TOO_MANY")
	}
	m.Reactions = nil
	for _, r := range list {
		m.Reactions = append(m.Reactions, r.Emoji)
	}
	s.emit(Event{Kind: Reacted, Message: m})
	return true, nil
}
