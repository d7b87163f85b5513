package bot

import (
	"context"
	"errors"
	"strconv"

	"mujaz/bot/message"
	"mujaz/corpus"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

const (
	listPage = 8    // documents on one page of a list: a screen of buttons
	latest   = 5    // documents of /latest
	textPage = 3000 // UTF-16 units of one page of a document
)

// DocumentRow gives a row of buttons under a document for some readers, or
// nothing.
type DocumentRow func(ctx context.Context, t *Talk, d store.Stored) ([]message.Button, error)

// OnDocument adds a row under every document that is opened.
func (b *Bot) OnDocument(row DocumentRow) { b.rows = append(b.rows, row) }

func (b *Bot) registerDocuments() {
	b.Command(Command{Name: "latest", Menu: Everywhere, Do: b.latest})
	b.Command(Command{Name: "docs", Menu: Everywhere, Do: func(ctx context.Context, t *Talk) error { return b.list(ctx, t, 0) }})
	b.OnPress("l", Reader, b.pressList)
	b.OnPress("k", Reader, b.pressCard)
	b.OnPress("t", Reader, b.pressText)
	b.OnPress("p", Reader, b.pressParagraph)
}

// latest shows the newest documents with their first sentences.
func (b *Bot) latest(ctx context.Context, t *Talk) error {
	documents, err := b.o.Store.List(ctx, store.ListOptions{Limit: latest})
	if err != nil {
		return err
	}
	if len(documents) == 0 {
		return t.Say(ctx, "docs.none")
	}
	m := message.Message{Blocks: []message.Block{{Kind: message.Heading, Spans: []message.Span{{Text: t.P.T("latest.title")}}}}}
	for i, d := range documents {
		m.Blocks = append(m.Blocks, b.listed(t, i+1, d)...)
		m.Keyboard = append(m.Keyboard, t.Row(documentButton(t, i+1, d)))
	}
	_, err = t.Reply(ctx, m)
	return err
}

// listed is a document in a list: number, title and date, and how it begins.
func (b *Bot) listed(t *Talk, n int, d store.Stored) []message.Block {
	title := message.Span{Text: titleOf(d.Title, t.P), Style: message.Bold, URL: startLink(b.Username(), documentPayload(d.ID))}
	head := message.Block{Spans: []message.Span{{Text: t.P.T("list.number", n) + " "}, title, {Text: t.P.T("list.comma") + " " + byline(t, d.Document)}}, Glue: true}
	lead := ""
	if lines := answer.Brief(d.Document).Lines; len(lines) > 0 {
		lead = lines[0].Text
	} else if ps := d.Document.Paragraphs(); len(ps) > 0 {
		lead = ps[0].Text
	}
	return []message.Block{head, {Kind: message.Quote, Spans: []message.Span{{Text: shorten(lead, 300)}}}}
}

// byline is source and date of a document.
func byline(t *Talk, d corpus.Document) string {
	date := t.P.DocumentDate(d.Date)
	if source := oneLine(d.Source); source != "" {
		return shorten(source, 40) + t.P.T("list.comma") + " " + date
	}
	return date
}

func documentButton(t *Talk, n int, d store.Stored) message.Button {
	text := t.P.T("list.number", n) + " " + titleOf(d.Title, t.P)
	return message.Button{Text: text, Data: Data("k", documentKey(d.ID), "0")}
}

// list is one page of all documents, newest first.
func (b *Bot) list(ctx context.Context, t *Talk, page int) error {
	documents, err := b.o.Store.List(ctx, store.ListOptions{Limit: listPage + 1, Offset: page * listPage, NoText: true})
	if err != nil {
		return err
	}
	count, _, err := b.o.Store.Count(ctx)
	if err != nil {
		return err
	}
	if len(documents) == 0 {
		if page > 0 {
			return t.Notice(ctx, "docs.end")
		}
		return t.Say(ctx, "docs.none")
	}
	further := len(documents) > listPage
	m := message.Message{Blocks: []message.Block{
		{Kind: message.Heading, Spans: []message.Span{{Text: t.P.T("docs.title", t.P.Count("count.documents", count))}}},
		message.Text(t.P.T("docs.page", page+1, (count+listPage-1)/listPage)),
	}}
	for i, d := range documents[:min(len(documents), listPage)] {
		m.Keyboard = append(m.Keyboard, t.Row(documentButton(t, page*listPage+i+1, d)))
	}
	m.Keyboard = append(m.Keyboard, pages(t, page, further, func(n int) string { return Data("l", strconv.Itoa(n)) })...)
	return t.Show(ctx, m)
}

// pages is a row with the way back and on, where there is one.
func pages(t *Talk, page int, further bool, data func(int) string) message.Keyboard {
	var buttons []message.Button
	if page > 0 {
		buttons = append(buttons, t.button("button.back", data(page-1)))
	}
	if further {
		buttons = append(buttons, t.button("button.next", data(page+1)))
	}
	if buttons == nil {
		return nil
	}
	return message.Keyboard{t.Row(buttons...)}
}

func (b *Bot) pressList(ctx context.Context, t *Talk, args []string) error {
	if len(args) != 1 {
		return store.ErrNotFound
	}
	page, err := strconv.Atoi(args[0])
	if err != nil || page < 0 {
		return store.ErrNotFound
	}
	return b.list(ctx, t, page)
}

// document finds a live document by its key in links and buttons.
func (b *Bot) document(ctx context.Context, key string) (store.Stored, error) {
	id, hashed, ok := documentID(key)
	if !ok {
		return store.Stored{}, store.ErrNotFound
	}
	if !hashed {
		return b.o.Store.Get(ctx, id)
	}
	var found store.Stored
	err := b.o.Store.Each(ctx, func(d store.Stored) error {
		if hashKey(d.ID) == key {
			found = d
			return errFound
		}
		return nil
	})
	switch {
	case errors.Is(err, errFound):
		return found, nil
	case err != nil:
		return found, err
	}
	return found, store.ErrNotFound
}

// errFound ends a walk through the documents.
var errFound = errors.New("bot: found")

// opened finds a document for a reader; a missing one is told, not an error.
func (b *Bot) opened(ctx context.Context, t *Talk, key string) (store.Stored, bool, error) {
	d, err := b.document(ctx, key)
	if errors.Is(err, store.ErrNotFound) {
		return d, false, t.Notice(ctx, "docs.gone")
	}
	return d, err == nil, err
}

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
		m.Blocks = append(m.Blocks, message.Block{Spans: []message.Span{
			{Text: t.P.T("brief."+string(line.Kind)) + " ", Style: message.Bold}, {Text: text + " "}, b.paragraphLink(t, line.Ref)}})
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
