package bot

import (
	"context"

	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// unchanged changes nothing of a chat but that it was seen.
func unchanged(*store.Chat) {}

func (b *Bot) registerPrivacy() {
	b.Command(Command{Name: "privacy", Menu: PrivateOnly, Do: func(ctx context.Context, t *Talk) error { return t.Say(ctx, "privacy") }})
	b.Command(Command{Name: "forget", Menu: PrivateOnly, Rights: GroupAdmin, Do: b.forget})
	b.OnPress("f", GroupAdmin, b.pressForget)
}

// forget asks first: what it deletes cannot be brought back.
func (b *Bot) forget(ctx context.Context, t *Talk) error {
	_, err := t.Reply(ctx, message.Message{
		Blocks:   lines(t.P.T("forget.sure")),
		Keyboard: message.Keyboard{t.Row(t.button("forget.yes", Data("f", "y")), t.button("forget.no", Data("f", "n")))},
	})
	return err
}

func (b *Bot) pressForget(ctx context.Context, t *Talk, args []string) error {
	if len(args) != 1 || args[0] != "y" {
		return t.Show(ctx, message.Message{Blocks: lines(t.P.T("forget.kept"))})
	}
	p := t.P
	f, err := b.o.Store.Forget(ctx, t.Request.Chat.ID)
	if err != nil {
		return err
	}
	m := message.Message{Language: p.Lang(), Blocks: lines(p.T("forget.done"))}
	add := func(text string) {
		m.Blocks = append(m.Blocks, message.Block{Kind: message.Item, Spans: []message.Span{{Text: text}}})
	}
	for _, part := range []struct {
		gone bool
		key  string
	}{{f.Settings, "forget.settings"}, {f.Subscription, "forget.subscription"}} {
		if part.gone {
			add(p.T(part.key))
		}
	}
	for _, part := range []struct {
		n   int
		key string
	}{{f.Alerts, "count.alerts"}, {f.Feedback, "count.votes"}, {f.Drafts, "count.drafts"}, {f.Deliveries, "count.deliveries"}} {
		if part.n > 0 {
			add(p.Count(part.key, part.n))
		}
	}
	if len(m.Blocks) == 1 {
		m.Blocks = lines(p.T("forget.nothing"))
	}
	return t.Show(ctx, m)
}
