package bot

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"mujaz/bot/message"
	"mujaz/corpus"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

// contextView is what is shown with a paragraph.
type contextView struct {
	matches []answer.Span // bold in the paragraph itself
	back    string        // data of the button back, empty for none
	next    string        // data of the button to the next excerpt, empty for none
}

// showContext shows a paragraph between the one before and the one after it.
func (b *Bot) showContext(ctx context.Context, t *Talk, r corpus.Ref, with func(*contextView)) error {
	d, err := b.o.Store.Get(ctx, r.Document)
	if errors.Is(err, store.ErrNotFound) {
		return t.Notice(ctx, "docs.gone")
	}
	if err != nil {
		return err
	}
	ps := d.Document.Paragraphs()
	if r.Paragraph < 0 || r.Paragraph >= len(ps) {
		return t.Notice(ctx, "docs.gone")
	}
	var v contextView
	with(&v)
	m := message.Message{Blocks: b.documentHead(t, d)}
	for n := max(r.Paragraph-1, 0); n <= r.Paragraph+1 && n < len(ps); n++ {
		m.Blocks = append(m.Blocks, contextParagraph(t, ps[n], n == r.Paragraph, v.matches)...)
	}
	m.Keyboard = b.contextKeyboard(t, d, r.Paragraph, len(ps), v)
	return t.Show(ctx, m)
}

// contextUnits is the most of one paragraph that is shown; three of them fit
// into a message.
const contextUnits = 1200

func contextParagraph(t *Talk, p corpus.Paragraph, itself bool, matches []answer.Span) []message.Block {
	head := message.Span{Text: t.P.T("source.paragraph", p.Ref.Paragraph+1)}
	kind := message.Paragraph
	if itself {
		head.Style, kind = message.Bold, message.Quote
	} else {
		matches = nil
	}
	w := window(answer.Excerpt{Text: p.Text}, contextUnits)
	if len(matches) > 0 && matches[0].End > len(p.Text) {
		matches = nil // the document was edited meanwhile
	}
	return []message.Block{{Spans: []message.Span{head}, Glue: true}, {Kind: kind, Spans: emphasise(p.Text, w, matches)}}
}

func (b *Bot) contextKeyboard(t *Talk, d store.Stored, n, count int, v contextView) message.Keyboard {
	key := documentKey(d.ID)
	paragraph := func(n int) string { return Data("p", key, strconv.Itoa(n)) }
	k := pages(t, n, n+1 < count, paragraph)
	var last []message.Button
	if v.next != "" {
		last = append(last, t.button("button.next_excerpt", v.next))
	}
	last = append(last, t.button("button.document", Data("k", key, "0")))
	k = append(k, t.Row(last...))
	if v.back != "" {
		k = append(k, t.Row(t.button("button.answer", v.back)))
	}
	return k
}

// pressParagraph walks from paragraph to paragraph.
func (b *Bot) pressParagraph(ctx context.Context, t *Talk, args []string) error {
	key, n, err := pageArgs(args)
	if err != nil {
		return err
	}
	return b.paragraph(ctx, t, key, n)
}

func (b *Bot) paragraph(ctx context.Context, t *Talk, key string, n int) error {
	d, ok, err := b.opened(ctx, t, key)
	if !ok {
		return err
	}
	return b.showContext(ctx, t, corpus.Ref{Document: d.ID, Paragraph: n}, func(*contextView) {})
}

// isWeb tells an address that a button may open.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && len(address) < 2000
}
