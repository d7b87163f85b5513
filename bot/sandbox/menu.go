package sandbox

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Limits of what describes a bot.
const (
	maxCommands         = 100
	maxCommandName      = 32  // characters
	maxCommandText      = 256 // characters
	maxDescription      = 512 // characters
	maxShortDescription = 120 // characters
	maxName             = 64  // characters
)

// menu is what the bot says about itself, by scope and language.
type menu struct {
	commands     map[string][]Command // scope key and language
	descriptions map[string]string    // language
	shorts       map[string]string
	names        map[string]string
	buttons      map[int64]json.RawMessage // chat id, 0 for the default
}

func (m *menu) init() {
	m.commands, m.descriptions, m.shorts = map[string][]Command{}, map[string]string{}, map[string]string{}
	m.names, m.buttons = map[string]string{}, map[int64]json.RawMessage{}
}

var (
	commandName  = regexp.MustCompile(`^[a-z0-9_]+$`)
	languageCode = regexp.MustCompile(`^[a-z]{2}$`)
)

func languageOf(p params) (string, error) {
	code := p.str("language_code")
	if code != "" && !languageCode.MatchString(code) {
		return "", badRequest("LANG_CODE_INVALID")
	}
	return code, nil
}

// scopeKey names a command scope; a chat scope needs a chat that is known.
func (s *Server) scopeKey(p params) (string, error) {
	var scope struct {
		Type string          `json:"type"`
		Chat json.RawMessage `json:"chat_id"`
		User json.Number     `json:"user_id"`
	}
	present, err := p.object("scope", &scope)
	switch {
	case err != nil:
		return "", badRequest("can't parse BotCommandScope JSON object")
	case !present:
		return "default", nil
	}
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return scope.Type, nil
	case "chat", "chat_administrators", "chat_member":
		c, err := s.lookup(unquote(scope.Chat))
		if err != nil {
			return "", err
		}
		if c.Type == "private" && scope.Type != "chat" {
			return "", badRequest("can't use specified chat scope in private chats")
		}
		return scope.Type + ":" + itoa(c.ID) + ":" + scope.User.String(), nil
	}
	return "", badRequest("can't parse BotCommandScope: Unsupported type specified")
}

func (s *Server) commandKey(p params) (string, error) {
	scope, err := s.scopeKey(p)
	if err != nil {
		return "", err
	}
	language, err := languageOf(p)
	return scope + "/" + language, err
}

func (s *Server) setMyCommands(p params) (any, error) {
	key, err := s.commandKey(p)
	if err != nil {
		return nil, err
	}
	var list []Command
	if _, err := p.object("commands", &list); err != nil {
		return nil, badRequest("can't parse commands JSON object")
	}
	if len(list) > maxCommands {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for i := range list {
		c := &list[i]
		c.Command = strings.TrimPrefix(strings.TrimSpace(c.Command), "/")
		c.Description = strings.TrimSpace(c.Description)
		switch n := utf8.RuneCountInString(c.Description); {
		case c.Command == "":
			return nil, badRequest("command must be non-empty")
		case utf8.RuneCountInString(c.Command) > maxCommandName:
			return nil, badRequest("command length must not exceed %d", maxCommandName)
		case !commandName.MatchString(c.Command):
			return nil, badRequest("BOT_COMMAND_INVALID")
		case n < 1:
			return nil, badRequest("command description must be non-empty")
		case n > maxCommandText:
			return nil, badRequest("command description length must not exceed %d", maxCommandText)
		}
	}
	s.menu.commands[key] = list
	s.touch()
	return true, nil
}

func (s *Server) getMyCommands(p params) (any, error) {
	key, err := s.commandKey(p)
	if err != nil {
		return nil, err
	}
	return append([]Command{}, s.menu.commands[key]...), nil
}

func (s *Server) deleteMyCommands(p params) (any, error) {
	key, err := s.commandKey(p)
	if err != nil {
		return nil, err
	}
	delete(s.menu.commands, key)
	s.touch()
	return true, nil
}

// shownCommands are the commands that a user sees in a chat: the narrowest
// scope that has any, in the user's language first.
func (s *Server) shownCommands(c *chat, user *User) []Command {
	member := c.members[user.ID]
	admin := member != nil && (member.Status == "administrator" || member.Status == "creator")
	id := itoa(c.ID)
	var scopes []string
	if c.Type == "private" {
		scopes = []string{"chat:" + id + ":", "all_private_chats", "default"}
	} else {
		scopes = []string{"chat_member:" + id + ":" + itoa(user.ID)}
		if admin {
			scopes = append(scopes, "chat_administrators:"+id+":")
		}
		scopes = append(scopes, "chat:"+id+":")
		if admin {
			scopes = append(scopes, "all_chat_administrators")
		}
		scopes = append(scopes, "all_group_chats", "default")
	}
	language, _, _ := strings.Cut(user.LanguageCode, "-")
	for _, scope := range scopes {
		for _, l := range []string{language, ""} {
			if list := s.menu.commands[scope+"/"+l]; len(list) > 0 {
				return list
			}
		}
	}
	return []Command{}
}
