package bot

import (
	"context"

	"mujaz/bot/message"
	"mujaz/corpus"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

// card shows what a document says in a few lines, and the way into its text.
func (b *Bot) card(ctx context.Context, t *Talk, key string) error {
	d, ok, err := b.opened(ctx, t, key)
	if !ok {
		return err
	}
	m := message.Message{Blocks: b.documentHead(t, d)}
	for _, line := range answer.Brief(d.Document).Short().Lines {
		text := line.Text
		if line.Cut {
			text += " …"
		}
		m.Blocks = append(m.Blocks, labelled(t.P, t.P.T("brief."+string(line.Kind)), text, []message.Span{{Text: text + " "}, b.paragraphLink(t, line.Ref)})...)
	}
	m.Keyboard = message.Keyboard{t.Row(t.button("button.text", Data("t", key, "0")), t.button("button.docs", Data("l", "0")))}
	if d.URL != "" && isWeb(d.URL) {
		m.Keyboard = append(m.Keyboard, t.Row(message.Button{Text: t.P.T("button.original"), URL: d.URL}))
	}
	for _, row := range b.rows {
		buttons, err := row(ctx, t, d)
		if err != nil {
			return err
		}
		if len(buttons) > 0 {
			m.Keyboard = append(m.Keyboard, buttons)
		}
	}
	return t.Show(ctx, m)
}

func (b *Bot) documentHead(t *Talk, d store.Stored) []message.Block {
	return []message.Block{
		{Kind: message.Heading, Spans: []message.Span{{Text: shorten(titleOrUntitled(t, d.Title), 300)}}, Glue: true},
		{Spans: []message.Span{{Text: byline(t, d.Document) + t.P.T("list.comma") + " " + t.P.Count("count.paragraphs", d.Paragraphs), Style: message.Italic}}},
	}
}

func titleOrUntitled(t *Talk, title string) string {
	if title = oneLine(title); title == "" {
		return t.P.T("source.untitled")
	}
	return title
}

// paragraphLink is «¶٤», linked to the paragraph where links are possible.
func (b *Bot) paragraphLink(t *Talk, r corpus.Ref) message.Span {
	return message.Span{Text: "[¶" + t.P.Number(r.Paragraph+1) + "]", URL: startLink(b.Username(), paragraphPayload(r))}
}

func (b *Bot) pressCard(ctx context.Context, t *Talk, args []string) error {
	key, _, err := pageArgs(args)
	if err != nil {
		return err
	}
	return b.card(ctx, t, key)
}
