package bot

import (
	"context"
	"fmt"
	"strings"

	"mujaz/bot/phrase"
)

// Action is one step of a conversation.
type Action func(ctx context.Context, t *Talk) error

// PressAction answers a button; args are what stood in its data.
type PressAction func(ctx context.Context, t *Talk, args []string) error

// TakeAction may take a message; false leaves it to the next one.
type TakeAction func(ctx context.Context, t *Talk) (taken bool, err error)

// AwaitedAction takes the message that a conversation waits for, with the data
// that Await was given; false lets the message go the usual way.
type AwaitedAction func(ctx context.Context, t *Talk, data string) (taken bool, err error)

// Command is one line of the routing table. The words under which it is also
// known stand in the phrase key "words.NAME", its line in menus in "menu.NAME".
type Command struct {
	Name   string
	Rights Rights
	Menu   Menu
	Do     Action
}

// Menu says where a command is listed.
type Menu int

// Menus. Everywhere means private chats and groups.
const (
	Hidden Menu = iota
	Everywhere
	PrivateOnly
	GroupAdmins
	CorpusAdmins
)

// pressRoute is a button's action.
type pressRoute struct {
	rights Rights
	do     PressAction
}

// routes is the routing table.
type routes struct {
	commands map[string]Command
	order    []string
	words    map[string]string // folded word → command name
	presses  map[string]pressRoute
	takers   []TakeAction
	cancels  []func(context.Context, *Talk) error // what /cancel ends
	awaited  map[string]AwaitedAction
}

func newRoutes() routes {
	return routes{commands: map[string]Command{}, words: map[string]string{}, presses: map[string]pressRoute{}, awaited: map[string]AwaitedAction{}}
}

// Command registers a command. Two of one name are a defect of the program.
func (b *Bot) Command(c Command) {
	if _, twice := b.routes.commands[c.Name]; twice {
		panic(fmt.Sprintf("bot: the command %s is registered twice", c.Name))
	}
	b.routes.commands[c.Name] = c
	b.routes.order = append(b.routes.order, c.Name)
	for _, lang := range []string{phrase.Arabic, phrase.English} {
		key := "words." + c.Name
		if p := phrase.For(lang, phrase.Options{}); p.Has(key) {
			for _, word := range strings.Split(p.T(key), "|") {
				b.routes.words[wordKey(word)] = c.Name
			}
		}
	}
}

// OnPress registers the action of buttons made with Data(action, …).
func (b *Bot) OnPress(action string, rights Rights, do PressAction) {
	if _, twice := b.routes.presses[action]; twice || strings.Contains(action, ".") {
		panic(fmt.Sprintf("bot: the button action %q is registered twice or has a dot", action))
	}
	b.routes.presses[action] = pressRoute{rights, do}
}

// OnMessage registers an action that sees messages which are no command before
// they are taken as questions: files, forwarded posts, pieces of a long text.
func (b *Bot) OnMessage(do TakeAction) { b.routes.takers = append(b.routes.takers, do) }

// OnAwaited registers what takes the messages that Talk.Await waits for.
func (b *Bot) OnAwaited(kind string, do AwaitedAction) { b.routes.awaited[kind] = do }

// command finds a command by its name or one of its words.
func (r routes) command(name string) (Command, bool) {
	if c, ok := r.commands[name]; ok {
		return c, true
	}
	c, ok := r.commands[r.words[wordKey(strings.ReplaceAll(name, "_", " "))]]
	return c, ok
}

// wordCommand finds a command that was typed as plain words, whole text.
func (r routes) wordCommand(text string) (Command, bool) {
	if len(text) > 80 {
		return Command{}, false
	}
	c, ok := r.commands[r.words[wordKey(text)]]
	return c, ok
}

// OnCancel registers what else /cancel ends.
func (b *Bot) OnCancel(do func(context.Context, *Talk) error) {
	b.routes.cancels = append(b.routes.cancels, do)
}
