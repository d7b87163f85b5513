package sandbox

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

func setText(p params, into map[string]string, field string, limit int) (any, error) {
	language, err := languageOf(p)
	if err != nil {
		return nil, err
	}
	text := p.str(field)
	if utf8.RuneCountInString(text) > limit {
		return nil, badRequest("%s is too long", strings.ReplaceAll(field, "_", " "))
	}
	into[language] = text
	return true, nil
}

func getText(p params, from map[string]string, field string) (any, error) {
	language, err := languageOf(p)
	if err != nil {
		return nil, err
	}
	text, ok := from[language]
	if !ok {
		text = from[""]
	}
	return map[string]string{field: text}, nil
}

func (s *Server) setDescription(p params) (any, error) {
	return setText(p, s.menu.descriptions, "description", maxDescription)
}

func (s *Server) getDescription(p params) (any, error) {
	return getText(p, s.menu.descriptions, "description")
}

func (s *Server) setShortDescription(p params) (any, error) {
	return setText(p, s.menu.shorts, "short_description", maxShortDescription)
}

func (s *Server) getShortDescription(p params) (any, error) {
	return getText(p, s.menu.shorts, "short_description")
}

func (s *Server) setMyName(p params) (any, error) { return setText(p, s.menu.names, "name", maxName) }

func (s *Server) getMyName(p params) (any, error) {
	if s.menu.names[""] == "" {
		s.menu.names[""] = s.bot.FirstName
	}
	return getText(p, s.menu.names, "name")
}

func (s *Server) setMenuButton(p params) (any, error) {
	var button struct {
		Type string `json:"type"`
	}
	present, err := p.object("menu_button", &button)
	switch {
	case err != nil:
		return nil, badRequest("can't parse menu button JSON object")
	case !present:
		button.Type = "default"
	}
	switch button.Type {
	case "default", "commands", "web_app":
	default:
		return nil, badRequest("can't parse menu button: MenuButton has unsupported type")
	}
	if id := p.int("chat_id"); id != 0 {
		if c := s.chats[id]; c == nil || c.Type != "private" {
			return nil, errChatNotFound
		}
	}
	s.menu.buttons[p.int("chat_id")] = json.RawMessage(`{"type":"` + button.Type + `"}`)
	return true, nil
}

func (s *Server) getMenuButton(p params) (any, error) {
	for _, id := range []int64{p.int("chat_id"), 0} {
		if b := s.menu.buttons[id]; b != nil {
			return b, nil
		}
	}
	return json.RawMessage(`{"type":"commands"}`), nil
}
