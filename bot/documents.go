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
	head := message.Block{Spans: []message.Span{{Text: lineMark(title.Text, t.P) + t.P.T("list.number", n) + " "}, title, {Text: t.P.T("list.comma") + " " + byline(t, d.Document)}}, Glue: true}
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
	}}
	if count > listPage {
		m.Blocks = append(m.Blocks, message.Text(t.P.T("docs.page", page+1, (count+listPage-1)/listPage)))
	}
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
