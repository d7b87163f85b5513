package telegram

import (
	"context"
	"errors"
	"slices"
)

// Menu is what Telegram shows of the bot before anything is said. Keys of the
// maps are languages of two letters; "" is for all others.
type Menu struct {
	Commands     []CommandSet
	Descriptions map[string]string // shown in the empty chat, up to 512 characters
	Briefs       map[string]string // shown in the profile and with links, up to 120
	Button       bool              // the menu button opens the list of commands
}

// CommandSet is the commands that one group of people sees in one language.
type CommandSet struct {
	Scope    string    // default, all_private_chats, all_group_chats, all_chat_administrators, chat
	Chat     int64     // scope chat
	Language string    // two letters; "" for all others
	Commands []Command // none: the list of a wider scope is shown again
}

// Command is one line of a menu.
type Command struct {
	Name  string `json:"command"` // a–z 0–9 _, up to 32
	Brief string `json:"description"`
}

// setMenu runs at start; a menu that cannot be set is no reason not to answer.
func (c *Client) setMenu(ctx context.Context) {
	if err := c.SetMenu(ctx, c.o.Menu); err != nil && ctx.Err() == nil {
		c.log.Warn("the menu could not be set", "error", err)
		return
	}
	c.menuSet.Store(true)
}

// SetMenu makes Telegram show m, changing only what differs.
func (c *Client) SetMenu(ctx context.Context, m Menu) error {
	var errs []error
	for _, s := range m.Commands {
		errs = append(errs, c.setCommands(ctx, s))
	}
	for lang, text := range m.Descriptions {
		errs = append(errs, c.setText(ctx, "MyDescription", "description", lang, text))
	}
	for lang, text := range m.Briefs {
		errs = append(errs, c.setText(ctx, "MyShortDescription", "short_description", lang, text))
	}
	if m.Button {
		errs = append(errs, c.setButton(ctx))
	}
	return errors.Join(errs...)
}

func (c *Client) setCommands(ctx context.Context, s CommandSet) error {
	scope := map[string]any{"type": s.Scope}
	if s.Chat != 0 {
		scope["chat_id"] = s.Chat
	}
	payload := map[string]any{"scope": scope, "language_code": s.Language}
	var now []Command
	if err := c.ask(ctx, "getMyCommands", payload, &now); err != nil {
		return err
	}
	if slices.Equal(now, s.Commands) {
		return nil
	}
	if len(s.Commands) == 0 {
		return c.ask(ctx, "deleteMyCommands", payload, nil)
	}
	payload["commands"] = s.Commands
	return c.ask(ctx, "setMyCommands", payload, nil)
}

func (c *Client) setText(ctx context.Context, method, field, lang, text string) error {
	payload := map[string]any{"language_code": lang}
	now := map[string]any{}
	if err := c.ask(ctx, "get"+method, payload, &now); err != nil {
		return err
	}
	if now[field] == text {
		return nil
	}
	payload[field] = text
	return c.ask(ctx, "set"+method, payload, nil)
}

func (c *Client) setButton(ctx context.Context) error {
	var now struct {
		Type string `json:"type"`
	}
	if err := c.ask(ctx, "getChatMenuButton", struct{}{}, &now); err != nil || now.Type == "commands" {
		return err
	}
	return c.ask(ctx, "setChatMenuButton", map[string]any{"menu_button": map[string]string{"type": "commands"}}, nil)
}
