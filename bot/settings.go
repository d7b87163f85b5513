package bot

import (
	"context"
	"errors"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/store"
)

func (b *Bot) registerSettings() {
	b.Command(Command{Name: "language", Rights: GroupAdmin, Menu: GroupAdmins, Do: b.language})
	b.Command(Command{Name: "settings", Rights: GroupAdmin, Menu: GroupAdmins, Do: b.settings})
	b.OnPress("s", GroupAdmin, b.pressSetting)
}

// language sets the language named, or shows the choice.
func (b *Bot) language(ctx context.Context, t *Talk) error {
	lang, ok := languageNames[wordKey(t.Args)]
	if !ok {
		if t.Args != "" {
			return t.Say(ctx, "language.unknown")
		}
		return b.settings(ctx, t)
	}
	if err := b.speakIn(ctx, t, lang); err != nil {
		return err
	}
	return t.Say(ctx, "language.done")
}

// speakIn sets the language of the chat, of its digest and of its alerts.
func (b *Bot) speakIn(ctx context.Context, t *Talk, lang string) error {
	if err := t.Update(ctx, func(c *store.Chat) { c.Language = lang }); err != nil {
		return err
	}
	_, err := b.o.Store.UpdateSubscription(ctx, t.Request.Chat.ID, func(s *store.Subscription) { s.Language = lang })
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return b.eachAlert(ctx, t, func(a *store.Alert) { a.Language = lang })
}

// languageNames are the folded ways to name a language.
var languageNames = map[string]string{
	wordKey("ar"): "ar", wordKey("arabic"): "ar", wordKey("عربي"): "ar", wordKey("العربية"): "ar", wordKey("عربية"): "ar",
	wordKey("en"): "en", wordKey("english"): "en", wordKey("انجليزي"): "en", wordKey("الإنجليزية"): "en", wordKey("إنجليزية"): "en",
}

// settings shows what can be chosen; each button sets one thing and edits the
// message in place.
func (b *Bot) settings(ctx context.Context, t *Talk) error {
	m := message.Message{Blocks: []message.Block{
		{Kind: message.Heading, Spans: []message.Span{{Text: t.P.T("settings.title")}}},
		message.Text(t.P.T("settings.how")),
	}}
	for _, group := range settingGroups {
		if group.groups && t.Request.Chat.Kind == Private {
			continue
		}
		m.Blocks = append(m.Blocks, message.Text(t.P.T("settings."+group.name, t.P.T("settings."+group.name+"."+group.current(t.Chat, t.P)))))
		m.Keyboard = append(m.Keyboard, t.Row(group.buttons(t)...))
	}
	if t.Request.Chat.Kind == Private && b.o.Digests != nil {
		m.Keyboard = append(m.Keyboard, t.Row(t.button("button.digest_settings", Data("d", "show"))))
	}
	return t.Show(ctx, m)
}

// settingGroup is one thing that can be chosen.
type settingGroup struct {
	name    string
	groups  bool // in groups only
	values  []string
	current func(store.Chat, phrase.Phrases) string
	set     func(*store.Chat, string)
}

var settingGroups = []settingGroup{
	{name: "language", values: []string{"ar", "en"},
		current: func(_ store.Chat, p phrase.Phrases) string { return p.Lang() },
		set:     func(c *store.Chat, v string) { c.Language = v }}, // and of the digest: see set
	{name: "digits", values: []string{"arabic", "western"},
		current: func(c store.Chat, p phrase.Phrases) string {
			switch {
			case c.Digits != "":
				return c.Digits
			case p.RTL():
				return "arabic"
			}
			return "western"
		},
		set: func(c *store.Chat, v string) { c.Digits = v }},
	{name: "calendar", values: []string{"gregorian", "hijri", "both"},
		current: func(c store.Chat, _ phrase.Phrases) string {
			if c.Calendar == "" {
				return "gregorian"
			}
			return c.Calendar
		},
		set: func(c *store.Chat, v string) { c.Calendar = v }},
	{name: "free", groups: true, values: []string{"no", "yes"},
		current: func(c store.Chat, _ phrase.Phrases) string {
			if c.FreeQuestions {
				return "yes"
			}
			return "no"
		},
		set: func(c *store.Chat, v string) { c.FreeQuestions = v == "yes" }},
}

// buttons offers the values, the chosen one marked.
func (g settingGroup) buttons(t *Talk) []message.Button {
	var out []message.Button
	for _, v := range g.values {
		text := t.P.T("settings." + g.name + "." + v)
		if v == g.current(t.Chat, t.P) {
			text = "• " + text
		}
		out = append(out, message.Button{Text: text, Data: Data("s", g.name, v)})
	}
	return out
}

func (b *Bot) set(ctx context.Context, t *Talk, g settingGroup, value string) error {
	if g.name == "language" {
		return b.speakIn(ctx, t, value)
	}
	return t.Update(ctx, func(c *store.Chat) { g.set(c, value) })
}

func (b *Bot) pressSetting(ctx context.Context, t *Talk, args []string) error {
	if len(args) != 2 {
		return store.ErrNotFound
	}
	for _, g := range settingGroups {
		for _, v := range g.values {
			if g.name == args[0] && v == args[1] {
				if err := b.set(ctx, t, g, v); err != nil {
					return err
				}
				return b.settings(ctx, t)
			}
		}
	}
	return store.ErrNotFound
}
