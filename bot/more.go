package bot

import (
	"context"
	"strconv"

	"mujaz/bot/message"
	"mujaz/index/answer"
)

// pressMore pages through the excerpts by editing the message: page 0 is the
// answer itself in the full form, page n the n-th three excerpts after it.
func (b *Bot) pressMore(ctx context.Context, t *Talk, args []string) error {
	id, page, err := pageArgs(args)
	if err != nil {
		return err
	}
	s, err := b.state(ctx, id)
	if err != nil {
		return err
	}
	if page == 0 {
		return b.showAnswer(ctx, t, s, id, len(args) > 2)
	}
	a, err := b.answerTo(ctx, s, excerptsFound)
	if err != nil {
		return err
	}
	from := page * excerptsShown
	if from >= len(a.Excerpts) {
		return t.Notice(ctx, "more.end")
	}
	v := b.view(t, s, a, id)
	c := composer{View: v, a: a}
	shown := a.Excerpts[from:min(from+excerptsShown, len(a.Excerpts))]
	c.a.Summary = answer.Summary{}
	m := message.Message{Language: v.Phrases.Lang(), Blocks: append(c.title("more.title", s.Text), c.list(shown)...)}
	m.Keyboard = b.morePages(v, id, page, from+excerptsShown < len(a.Excerpts))
	return t.Show(ctx, m)
}

func (b *Bot) morePages(v View, id string, page int, further bool) message.Keyboard {
	p := v.Phrases
	buttons := []message.Button{{Text: p.T("button.back"), Data: Data("m", id, strconv.Itoa(page-1))}}
	if further {
		buttons = append(buttons, message.Button{Text: p.T("button.next"), Data: Data("m", id, strconv.Itoa(page+1))})
	}
	k := message.Keyboard{row(p, buttons...)}
	if page > 1 {
		k = append(k, row(p, message.Button{Text: p.T("button.answer"), Data: Data("m", id, "0")}))
	}
	return k
}

// title is a line of ours with a quoted text.
func (c *composer) title(key, text string) []message.Block {
	return []message.Block{{Kind: message.Heading, Spans: []message.Span{{Text: c.Phrases.T(key, shorten(oneLine(text), 120))}}}}
}

// showAnswer puts the answer back, in the short form when asked for it.
func (b *Bot) showAnswer(ctx context.Context, t *Talk, s state, id string, short bool) error {
	expanded := s.Form == Short && !short
	a, err := b.answerTo(ctx, s, excerptsShown)
	if err != nil {
		return err
	}
	v := b.view(t, s, a, id)
	if expanded {
		v.Form = Full
		a.FollowUps = nil
	}
	m := Compose(a, v)
	if expanded {
		m.Keyboard = append(m.Keyboard, row(v.Phrases, message.Button{Text: v.Phrases.T("button.shorter"), Data: Data("m", id, "0", "s")}))
	}
	return t.Show(ctx, m)
}
