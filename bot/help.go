package bot

import (
	"context"
	"strings"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
)

func (b *Bot) registerHelp() {
	b.Command(Command{Name: "start", Do: b.start})
	b.Command(Command{Name: "help", Menu: Everywhere, Do: b.help})
	b.Command(Command{Name: "cancel", Do: b.cancel})
}

// start greets, or opens what a deep link names.
func (b *Bot) start(ctx context.Context, t *Talk) error {
	if t.Args != "" && t.Request.Chat.Kind == Private {
		if p, ok := readPayload(t.Args); ok {
			return b.open(ctx, t, p)
		}
		return t.Say(ctx, "link.unknown")
	}
	if err := t.Update(ctx, unchanged); err != nil {
		return err
	}
	about, err := b.about(ctx, t)
	if err != nil {
		return err
	}
	m := message.Message{Blocks: append(lines(b.greeting(t)), message.Block{Kind: message.Break})}
	m.Blocks = append(m.Blocks, about...)
	if m.Keyboard = b.questionButtons(ctx, t); len(m.Keyboard) > 0 {
		m.Blocks = append(m.Blocks, message.Text(t.P.T("start.try")))
	}
	_, err = t.Reply(ctx, m)
	return err
}

// greeting is three lines, with the person's name where there is one; in a
// group it tells how to ask there.
func (b *Bot) greeting(t *Talk) string {
	if t.Request.Chat.Kind != Private {
		return t.P.T("group.hello", "@"+b.Username())
	}
	if name := shorten(oneLine(t.User.Name), 40); name != "" {
		return t.P.T("start.greeting.name", name)
	}
	return t.P.T("start.greeting")
}

// open follows a deep link.
func (b *Bot) open(ctx context.Context, t *Talk, p payload) error {
	switch {
	case p.Topic != "":
		return b.subscribeTopic(ctx, t, p.Topic)
	case p.Paragraph >= 0:
		return b.paragraph(ctx, t, p.Key, p.Paragraph)
	default:
		return b.card(ctx, t, p.Key)
	}
}

// help tells what can be done: how to ask, then the commands that this person
// can use here.
func (b *Bot) help(ctx context.Context, t *Talk) error {
	rights, err := b.CorpusRights(ctx, t.User.ID)
	if err != nil {
		return err
	}
	key := "help.private"
	if t.Request.Chat.Kind != Private {
		key = "help.group"
	}
	m := message.Message{Blocks: lines(t.P.T(key, "@"+b.Username()))}
	m.Blocks = append(m.Blocks, message.Block{Kind: message.Heading, Spans: []message.Span{{Text: t.P.T("help.commands")}}, Glue: true})
	for _, name := range b.routes.order {
		c := b.routes.commands[name]
		if c.listed(t.Request.Chat.Kind, rights) {
			m.Blocks = append(m.Blocks, message.Block{Kind: message.Item, Spans: []message.Span{{Text: "/" + name + " · " + t.P.T("menu."+name)}}})
		}
	}
	m.Keyboard = b.questionButtons(ctx, t)
	_, err = t.Reply(ctx, m)
	return err
}

func (c Command) listed(kind ChatKind, rights Rights) bool {
	switch c.Menu {
	case Everywhere:
		return true
	case PrivateOnly:
		return kind == Private
	case GroupAdmins:
		return true
	case CorpusAdmins:
		return rights >= c.Rights && kind == Private
	}
	return false
}

// Audience is who sees a list of commands.
type Audience string

// Audiences, named as Telegram's scopes are.
const (
	ForAll         Audience = "default"
	ForPrivate     Audience = "all_private_chats"
	ForGroups      Audience = "all_group_chats"
	ForGroupAdmins Audience = "all_chat_administrators"
	ForAdmin       Audience = "chat" // the private chat of one admin
)

// MenuLine is a command with its description.
type MenuLine struct{ Name, Brief string }

// MenuList is the commands that an audience sees in a language.
type MenuList struct {
	Audience Audience
	Language string // "ar" or "en"; "" for clients of any other language
	Lines    []MenuLine
}

// Menus are the lists of commands for everybody; the lists of admins' private
// chats come from AdminMenus.
func (b *Bot) Menus() []MenuList {
	var out []MenuList
	for _, lang := range []string{"", phrase.Arabic, phrase.English} {
		out = append(out,
			MenuList{ForAll, lang, b.menu(lang, Everywhere)},
			MenuList{ForPrivate, lang, b.menu(lang, Everywhere, PrivateOnly, GroupAdmins)},
			MenuList{ForGroups, lang, b.menu(lang, Everywhere)},
			MenuList{ForGroupAdmins, lang, b.menu(lang, Everywhere, GroupAdmins)})
	}
	return out
}

// AdminMenus are the lists that admins see in their private chats.
func (b *Bot) AdminMenus() []MenuList {
	var out []MenuList
	for _, lang := range []string{"", phrase.Arabic, phrase.English} {
		out = append(out, MenuList{ForAdmin, lang, b.menu(lang, Everywhere, PrivateOnly, GroupAdmins, CorpusAdmins)})
	}
	return out
}

func (b *Bot) menu(lang string, menus ...Menu) []MenuLine {
	if lang == "" {
		lang = b.o.Language
	}
	p := phrase.For(lang, phrase.Options{})
	var out []MenuLine
	for _, name := range b.routes.order {
		c := b.routes.commands[name]
		for _, m := range menus {
			if c.Menu == m {
				out = append(out, MenuLine{name, p.T("menu." + name)})
			}
		}
	}
	return out
}

// Descriptions are what Telegram shows of the bot before the first message
// (long) and in its profile (brief), by language; "" is for all others.
func (b *Bot) Descriptions() (long, brief map[string]string) {
	long, brief = map[string]string{}, map[string]string{}
	for _, lang := range []string{"", phrase.Arabic, phrase.English} {
		spoken := lang
		if spoken == "" {
			spoken = b.o.Language
		}
		p := phrase.For(spoken, phrase.Options{})
		long[lang], brief[lang] = strings.TrimSpace(p.T("bot.description")), p.T("bot.brief")
	}
	return long, brief
}

// cancel ends what a conversation waits for; onCommand has stopped the waiting.
func (b *Bot) cancel(ctx context.Context, t *Talk) error {
	for _, do := range b.routes.cancels {
		if err := do(ctx, t); err != nil {
			return err
		}
	}
	return t.Say(ctx, "cancel.done")
}
