package bot

import (
	"context"
	"strconv"

	"mujaz/bot/message"
	"mujaz/corpus"
)

// pressText shows one page of the text of a document.
func (b *Bot) pressText(ctx context.Context, t *Talk, args []string) error {
	key, page, err := pageArgs(args)
	if err != nil {
		return err
	}
	d, ok, err := b.opened(ctx, t, key)
	if !ok {
		return err
	}
	cut := textPages(d.Document)
	if page >= len(cut) {
		page = len(cut) - 1
	}
	m := message.Message{Blocks: b.documentHead(t, d)}
	if len(cut) > 1 {
		m.Blocks = append(m.Blocks, message.Text(t.P.T("docs.page", page+1, len(cut))))
	}
	for _, text := range cut[page] {
		m.Blocks = append(m.Blocks, message.Text(text))
	}
	m.Keyboard = pages(t, page, page+1 < len(cut), func(n int) string { return Data("t", key, strconv.Itoa(n)) })
	m.Keyboard = append(m.Keyboard, t.Row(t.button("button.summary", Data("k", key, "0")), t.button("button.docs", Data("l", "0"))))
	return t.Show(ctx, m)
}

// textPages cuts a document into pages of whole paragraphs; a paragraph longer
// than a page is cut at words.
func textPages(d corpus.Document) [][]string {
	out := [][]string{nil}
	room := textPage
	for _, p := range d.Paragraphs() {
		for text := p.Text; text != ""; {
			piece := text
			if units(text) > textPage {
				n := fitting(text, textPage)
				if n == 0 {
					n = prefix(text, textPage)
				}
				piece = text[:n]
			}
			if units(piece) > room {
				out = append(out, nil)
				room = textPage
			}
			out[len(out)-1] = append(out[len(out)-1], piece)
			room -= units(piece) + 1
			text = text[len(piece):]
		}
	}
	return out
}

// prefix is the length in bytes of the characters at the start of s that fit
// into limit units, for text without a space.
func prefix(s string, limit int) int {
	n := 0
	for i := range s {
		if n++; n > limit/2 {
			return i
		}
	}
	return len(s)
}
