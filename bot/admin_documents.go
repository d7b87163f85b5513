package bot

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"mujaz/bot/message"
	"mujaz/corpus"
	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

const (
	awaitDocField = "doc.field"
	awaitDocText  = "doc.text"
)

// registerDocuments: what admins can do with a document that is open under
// /docs, and /removed with what can be restored.
func (a *Admins) registerDocuments() {
	a.b.OnDocument(a.manageRow)
	a.b.OnPress("dm", Admin, a.pressManage)
	a.b.OnPress("de", Admin, a.pressEditDocument)
	a.b.OnPress("dt", Admin, a.pressReplace)
	a.b.OnPress("dx", Admin, a.pressRemove)
	a.b.OnPress("dy", Admin, a.pressRemoveYes)
	a.b.OnPress("dv", Admin, a.pressRestore)
	a.b.OnPress("dd", Admin, a.pressExport)
	a.b.OnAwaited(awaitDocField, a.takeDocumentField)
	a.b.OnAwaited(awaitDocText, a.takeDocumentText)
	a.b.Command(Command{Name: "removed", Rights: Admin, Menu: CorpusAdmins, Do: a.removed})
}

// manageRow is the row of buttons that an admin sees under a document.
func (a *Admins) manageRow(ctx context.Context, t *Talk, d store.Stored) ([]message.Button, error) {
	if rights, err := a.b.CorpusRights(ctx, t.User.ID); err != nil || rights < Admin {
		return nil, err
	}
	return t.Row(t.button("doc.button.manage", Data("dm", short(d.Number)))), nil
}

// document loads the document of a press; a gone one is told to the presser.
func (a *Admins) document(ctx context.Context, t *Talk, args []string) (store.Stored, bool, error) {
	n, ok := number(args, 0)
	if !ok {
		return store.Stored{}, false, t.Notice(ctx, "doc.gone")
	}
	d, err := a.b.o.Store.GetNumber(ctx, n)
	if errors.Is(err, store.ErrNotFound) || err == nil && !d.Removed.IsZero() {
		return d, false, t.Notice(ctx, "doc.gone")
	}
	return d, err == nil, err
}

func (a *Admins) pressManage(ctx context.Context, t *Talk, args []string) error {
	d, ok, err := a.document(ctx, t, args)
	if !ok {
		return err
	}
	return t.Show(ctx, a.manageMessage(t, d))
}

func (a *Admins) manageMessage(t *Talk, d store.Stored) message.Message {
	n := short(d.Number)
	return message.Message{
		Blocks: []message.Block{
			heading(t.P.T("doc.manage")),
			fact(t.P, "title", oneLine(d.Title)),
			fact(t.P, "source", oneLine(d.Source)),
			fact(t.P, "date", dateFact(t.P, d.Date)),
			fact(t.P, "paragraphs", t.P.Count("count.paragraphs", d.Paragraphs)),
			fact(t.P, "added", t.P.Date(d.Added.In(a.b.o.Location))),
		},
		Keyboard: message.Keyboard{
			t.Row(t.button("add.button.title", Data("de", n, "t")), t.button("add.button.date", Data("de", n, "d")), t.button("add.button.source", Data("de", n, "s"))),
			t.Row(t.button("doc.button.replace", Data("dt", n)), t.button("doc.button.export", Data("dd", n)), t.button("doc.button.remove", Data("dx", n))),
		},
	}
}

func (a *Admins) pressEditDocument(ctx context.Context, t *Talk, args []string) error {
	d, ok, err := a.document(ctx, t, args)
	if !ok {
		return err
	}
	if len(args) < 2 || fields[args[1]] == "" {
		return t.Notice(ctx, "doc.gone")
	}
	if err := t.Await(ctx, awaitDocField, short(d.Number)+"."+args[1]); err != nil {
		return err
	}
	_, err = t.Prompt(ctx, "add.ask."+fields[args[1]])
	return err
}

// takeDocumentField changes a published document's title, date or source.
func (a *Admins) takeDocumentField(ctx context.Context, t *Talk, data string) (bool, error) {
	d, ok, err := a.awaitedDocument(ctx, t, data)
	if !ok || t.Text == "" || t.Attachment != nil {
		return false, err
	}
	_, field, _ := strings.Cut(data, ".")
	g, ok := edited(field, t.Text, a.b.Now())
	if !ok {
		return true, t.Say(ctx, "add.bad_date")
	}
	doc := ingest.Draft{Document: d.Document}.Edited(g).Document
	p, err := a.b.o.Store.Publish(ctx, doc, t.Actor())
	if err != nil {
		return true, err
	}
	if err := t.Forgo(ctx); err != nil {
		return true, err
	}
	_, err = t.Reply(ctx, a.changedMessage(t, doc, p))
	return true, err
}

// changedMessage tells of a change with a button to undo it.
func (a *Admins) changedMessage(t *Talk, d corpus.Document, p store.Publication) message.Message {
	return a.publishedMessage(t, ingest.Draft{Document: d}, p)
}

// awaitedDocument loads the document that a conversation is about, when the
// writer may still change it; otherwise the waiting ends.
func (a *Admins) awaitedDocument(ctx context.Context, t *Talk, data string) (store.Stored, bool, error) {
	if t.Kind != Text {
		return store.Stored{}, false, nil
	}
	if rights, err := a.b.CorpusRights(ctx, t.User.ID); err != nil || rights < Admin {
		return store.Stored{}, false, err
	}
	n, ok := number(strings.Split(data, "."), 0)
	if !ok {
		return store.Stored{}, false, t.Forgo(ctx)
	}
	d, err := a.b.o.Store.GetNumber(ctx, n)
	if errors.Is(err, store.ErrNotFound) || err == nil && !d.Removed.IsZero() {
		return d, false, t.Forgo(ctx)
	}
	return d, err == nil, err
}

func (a *Admins) pressReplace(ctx context.Context, t *Talk, args []string) error {
	d, ok, err := a.document(ctx, t, args)
	if !ok {
		return err
	}
	if err := t.Await(ctx, awaitDocText, short(d.Number)); err != nil {
		return err
	}
	_, err = t.Prompt(ctx, "doc.ask_text")
	return err
}

// takeDocumentText takes the new text of a document: a file, a link, or text
// that may come in pieces. It is shown before it replaces anything.
func (a *Admins) takeDocumentText(ctx context.Context, t *Talk, data string) (bool, error) {
	d, ok, err := a.awaitedDocument(ctx, t, data)
	if !ok || t.Text == "" && t.Attachment == nil {
		return false, err
	}
	if err := t.Forgo(ctx); err != nil {
		return true, err
	}
	g := ingest.Given{ID: d.ID, Title: d.Title, Source: d.Source, Date: d.Date, URL: d.URL}
	switch {
	case t.Attachment != nil:
		return true, a.addFile(ctx, t, *t.Attachment, g)
	case isLink(t.Text):
		return true, a.addLink(ctx, t, strings.TrimSpace(t.Text), g)
	case isFull(t.Text):
		return true, a.collect(ctx, t, g, t.Text)
	}
	return true, a.addText(ctx, t, t.Text, g)
}

func (a *Admins) pressRemove(ctx context.Context, t *Talk, args []string) error {
	d, ok, err := a.document(ctx, t, args)
	if !ok {
		return err
	}
	n := short(d.Number)
	return t.Show(ctx, message.Message{
		Blocks:   lines(t.P.T("doc.remove_sure", titleOf(d.Title, t.P))),
		Keyboard: message.Keyboard{t.Row(t.button("doc.button.remove_yes", Data("dy", n)), t.button("doc.button.remove_no", Data("dm", n)))},
	})
}

func (a *Admins) pressRemoveYes(ctx context.Context, t *Talk, args []string) error {
	d, ok, err := a.document(ctx, t, args)
	if !ok {
		return err
	}
	if _, err := a.b.o.Store.Remove(ctx, d.ID, t.Actor()); errors.Is(err, store.ErrNotFound) {
		return t.Notice(ctx, "doc.gone")
	} else if err != nil {
		return err
	}
	return t.Show(ctx, message.Message{
		Blocks:   lines(t.P.T("doc.removed", titleOf(d.Title, t.P))),
		Keyboard: message.Keyboard{t.Row(t.button("doc.button.restore", Data("dv", short(d.Number))))},
	})
}

func (a *Admins) pressRestore(ctx context.Context, t *Talk, args []string) error {
	n, ok := number(args, 0)
	if !ok {
		return t.Notice(ctx, "doc.gone")
	}
	removed, err := a.b.o.Store.List(ctx, store.ListOptions{Removed: true, NoText: true, Limit: 1000})
	if err != nil {
		return err
	}
	for _, d := range removed {
		if d.Number != n {
			continue
		}
		err := a.b.o.Store.Restore(ctx, d.ID, t.Actor())
		if errors.Is(err, store.ErrNotFound) {
			break
		}
		if err != nil {
			return err
		}
		manage, err := a.manageRow(ctx, t, d)
		if err != nil {
			return err
		}
		return t.Show(ctx, message.Message{Blocks: lines(t.P.T("doc.restored", titleOf(d.Title, t.P))), Keyboard: message.Keyboard{manage}})
	}
	return t.Notice(ctx, "doc.gone")
}

// removed lists what can still be restored.
func (a *Admins) removed(ctx context.Context, t *Talk) error {
	list, err := a.b.o.Store.List(ctx, store.ListOptions{Removed: true, NoText: true, Limit: adminPage})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return t.Say(ctx, "removed.empty")
	}
	m := message.Message{Blocks: []message.Block{heading(t.P.T("removed.heading"))}}
	for i, d := range list {
		text := t.P.T("removed.line", i+1, titleOf(d.Title, t.P), t.P.Date(d.Removed.In(a.b.o.Location)))
		m.Blocks = append(m.Blocks, message.Text(text))
		m.Keyboard = append(m.Keyboard, t.Row(message.Button{Text: t.P.T("removed.restore", i+1), Data: Data("dv", short(d.Number))}))
	}
	_, err = t.Reply(ctx, m)
	return err
}

// pressExport sends the document as a line that "mujaz import" reads.
func (a *Admins) pressExport(ctx context.Context, t *Talk, args []string) error {
	d, ok, err := a.document(ctx, t, args)
	if !ok {
		return err
	}
	var sb strings.Builder
	e := json.NewEncoder(&sb)
	e.SetEscapeHTML(false)
	if err := e.Encode(d.Document); err != nil {
		return err
	}
	_, err = t.Reply(ctx, message.Message{
		Blocks: lines(titleOf(d.Title, t.P)),
		File:   &message.File{Name: "document-" + short(d.Number) + ".jsonl", Data: []byte(sb.String())},
	})
	return err
}
