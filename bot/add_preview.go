package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"mujaz/bot/message"
	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

const awaitField = "add.field"

// registerPreview: the buttons under a preview and under a publication.
func (a *Admins) registerPreview() {
	a.b.OnPress("ap", Admin, a.pressPublish)
	a.b.OnPress("ax", Admin, a.pressCancel)
	a.b.OnPress("ae", Admin, a.pressEdit)
	a.b.OnPress("am", Admin, a.pressMore)
	a.b.OnPress("au", Admin, a.pressUndo)
	a.b.OnAwaited(awaitField, a.takeField)
}

// preview keeps a draft and shows it.
func (a *Admins) preview(ctx context.Context, t *Talk, d ingest.Draft) error {
	kept, err := a.putDraft(ctx, t, 0, statePreview, draftBody{Draft: d})
	if err != nil {
		return err
	}
	return a.showPreview(ctx, t, kept.ID, d)
}

func (a *Admins) showPreview(ctx context.Context, t *Talk, id int64, d ingest.Draft) error {
	_, err := t.Reply(ctx, a.previewMessage(t, id, d))
	return err
}

func (a *Admins) previewMessage(t *Talk, id int64, d ingest.Draft) message.Message {
	m := Preview(t.P, d)
	m.Blocks = append(m.Blocks, a.publishedLinks(t, d.Warnings)...)
	key := draftKey(id)
	m.Keyboard = message.Keyboard{
		t.Row(t.button("add.button.publish", Data("ap", key)), t.button("add.button.cancel", Data("ax", key))),
		t.Row(t.button("add.button.title", Data("ae", key, "t")), t.button("add.button.date", Data("ae", key, "d")), t.button("add.button.source", Data("ae", key, "s"))),
	}
	if d.Format == ingest.FormatText {
		m.Keyboard = append(m.Keyboard, t.Row(t.button("add.button.more", Data("am", key))))
	}
	return m
}

// publishedLinks lead to the documents that warnings speak of, so that an
// editor can compare.
func (a *Admins) publishedLinks(t *Talk, warnings []ingest.Warning) (out []message.Block) {
	seen := map[string]bool{}
	for _, w := range warnings {
		if w.Document == "" || seen[w.Document] {
			continue
		}
		seen[w.Document] = true
		link := message.Span{Text: titleOf(w.Title, t.P), URL: DocumentLink(a.b.Username(), w.Document)}
		out = append(out, message.Block{Spans: []message.Span{label(t.P, "published"), link}})
	}
	return out
}

// open loads the draft of a press; a gone one is told to the presser.
func (a *Admins) open(ctx context.Context, t *Talk, args []string) (store.Draft, draftBody, bool, error) {
	id, ok := number(args, 0)
	if !ok {
		return store.Draft{}, draftBody{}, false, t.Notice(ctx, "add.gone")
	}
	d, body, err := a.draft(ctx, t, id)
	if errors.Is(err, store.ErrNotFound) {
		return d, body, false, t.Notice(ctx, "add.gone")
	}
	return d, body, err == nil, err
}

func (a *Admins) pressPublish(ctx context.Context, t *Talk, args []string) error {
	d, body, ok, err := a.open(ctx, t, args)
	if !ok {
		return err
	}
	if d.State != statePreview {
		return t.Notice(ctx, "add.gone")
	}
	p, err := a.b.o.Store.PublishDraft(ctx, d.ID, body.Draft.Document, t.Actor())
	if errors.Is(err, store.ErrNotFound) {
		return t.Notice(ctx, "add.gone") // pressed twice
	}
	if err != nil {
		return err
	}
	if err := a.adding.sign(ctx, p.ID, body.Draft.Document.Text); err != nil {
		a.b.o.Log.WarnContext(ctx, "a document was not signed", "error", err) // SignAll does it later
	}
	a.awaitIndex(ctx, p.Seq)
	return t.Show(ctx, a.publishedMessage(t, body.Draft, p))
}

// indexTime is how long a publication waits until it can be found, so that
// "published" is true for searching too.
const indexTime = 2 * time.Second

func (a *Admins) awaitIndex(ctx context.Context, seq int64) {
	if a.b.o.Corpus == nil {
		return
	}
	for waited := time.Duration(0); a.b.o.Corpus.Seq() < seq && waited < indexTime; waited += 50 * time.Millisecond {
		if a.o.Tick(ctx, 50*time.Millisecond) != nil {
			return
		}
	}
}

func (a *Admins) publishedMessage(t *Talk, d ingest.Draft, p store.Publication) message.Message {
	key := map[store.PutResult]string{store.Created: "add.published", store.Replaced: "add.replaced", store.Unchanged: "add.unchanged"}[p.Result]
	m := message.Message{Blocks: []message.Block{message.Text(t.P.T(key, titleOf(d.Document.Title, t.P)))}}
	if p.Audit != 0 {
		m.Keyboard = message.Keyboard{t.Row(t.button("add.button.undo", Data("au", short(p.Audit))))}
	}
	return m
}

func (a *Admins) pressCancel(ctx context.Context, t *Talk, args []string) error {
	d, _, ok, err := a.open(ctx, t, args)
	if !ok {
		return err
	}
	a.unexpect(d.ID)
	if err := a.b.o.Store.DeleteDraft(ctx, d.ID); err != nil {
		return err
	}
	if err := a.forgoDraft(ctx, t, d.ID); err != nil {
		return err
	}
	return t.Show(ctx, message.Message{Blocks: lines(t.P.T("add.cancelled"))})
}

// forgoDraft stops waiting for messages to this draft. What is waited for is
// looked up anew: when a draft is finished by the clock, its editor may have
// begun another.
func (a *Admins) forgoDraft(ctx context.Context, t *Talk, id int64) error {
	return t.Update(ctx, func(c *store.Chat) {
		w, ok := readWaiting(c.Extra[t.awaitKey()])
		if key, _, _ := strings.Cut(w.Data, "."); ok && key == draftKey(id) {
			delete(c.Extra, t.awaitKey())
		}
	})
}

// fields of a draft that can be edited, by the letter in the button.
var fields = map[string]string{"t": "title", "d": "date", "s": "source"}

func (a *Admins) pressEdit(ctx context.Context, t *Talk, args []string) error {
	d, _, ok, err := a.open(ctx, t, args)
	if !ok {
		return err
	}
	if len(args) < 2 || fields[args[1]] == "" {
		return t.Notice(ctx, "add.gone")
	}
	if err := t.Await(ctx, awaitField, draftKey(d.ID)+"."+args[1]); err != nil {
		return err
	}
	_, err = t.Prompt(ctx, "add.ask."+fields[args[1]])
	return err
}

// takeField takes the new title, date or source of a draft.
func (a *Admins) takeField(ctx context.Context, t *Talk, data string) (bool, error) {
	key, field, _ := strings.Cut(data, ".")
	id, err := strconv.ParseInt(key, 36, 64)
	if err != nil || t.Kind != Text || t.Text == "" || t.Attachment != nil {
		return false, nil
	}
	if rights, err := a.b.CorpusRights(ctx, t.User.ID); err != nil || rights < Admin {
		return false, err
	}
	_, body, err := a.draft(ctx, t, id)
	if errors.Is(err, store.ErrNotFound) {
		return false, t.Forgo(ctx)
	}
	if err != nil {
		return false, err
	}
	g, ok := edited(field, t.Text, a.b.Now())
	if !ok {
		return true, t.Say(ctx, "add.bad_date")
	}
	if body.Draft, err = a.adding.Check(ctx, body.Draft.Edited(g)); err != nil {
		return true, err
	}
	if _, err := a.putDraft(ctx, t, id, statePreview, body); err != nil {
		return true, err
	}
	if err := t.Forgo(ctx); err != nil {
		return true, err
	}
	return true, a.showPreview(ctx, t, id, body.Draft)
}

// edited is the new value of a field; dates may be said as from now.
func edited(field, text string, now time.Time) (ingest.Given, bool) {
	text = strings.TrimSpace(text)
	switch field {
	case "d":
		if days, ok := daysAgo[wordKey(text)]; ok {
			return ingest.Given{Date: now.AddDate(0, 0, -days).Format(time.DateOnly)}, true
		}
		date, ok := ingest.ParseDate(text)
		return ingest.Given{Date: date}, ok
	case "s":
		return ingest.Given{Source: shorten(oneLine(text), 120)}, true
	}
	return ingest.Given{Title: shorten(oneLine(text), 300)}, true
}

// daysAgo are the folded words for the days on which most news is dated.
var daysAgo = map[string]int{wordKey("اليوم"): 0, wordKey("today"): 0, wordKey("أمس"): 1, wordKey("البارحة"): 1, wordKey("yesterday"): 1}

// pressMore goes back to collecting: there is more of the text.
func (a *Admins) pressMore(ctx context.Context, t *Talk, args []string) error {
	d, body, ok, err := a.open(ctx, t, args)
	if !ok {
		return err
	}
	pieces, err := a.b.o.Store.Pieces(ctx, d.ID)
	if err != nil {
		return err
	}
	if len(pieces) == 0 { // it came in one message
		text := body.Draft.Document.Text
		if body.Draft.TitleFrom == ingest.FromLine {
			text = body.Draft.Document.Title + "\n" + text
		}
		if _, err := a.b.o.Store.AddPiece(ctx, d.ID, store.Piece{Message: 1, Text: text}); err != nil {
			return err
		}
	}
	body.Given = keptOf(body.Draft)
	if _, err := a.putDraft(ctx, t, d.ID, stateCollecting, body); err != nil {
		return err
	}
	if err := t.Await(ctx, awaitPieces, draftKey(d.ID)); err != nil {
		return err
	}
	a.expect(d.ID, t, false)
	return t.Show(ctx, message.Message{Blocks: lines(t.P.T("add.send_more"))})
}

// keptOf is what stays of a draft when more of its text comes.
func keptOf(d ingest.Draft) ingest.Given {
	g := ingest.Given{Source: d.Document.Source, Date: d.Document.Date, URL: d.Document.URL}
	if d.TitleFrom == ingest.FromGiven {
		g.Title = d.Document.Title
	}
	return g
}

// pressUndo takes a publication back within undoTime.
func (a *Admins) pressUndo(ctx context.Context, t *Talk, args []string) error {
	id, ok := number(args, 0)
	if !ok {
		return t.Notice(ctx, "log.final")
	}
	e, err := a.entry(ctx, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return t.Notice(ctx, "log.final")
	case err != nil:
		return err
	case a.b.o.Now().Sub(e.At) > undoTime:
		return t.Notice(ctx, "add.undo_late")
	}
	return a.undo(ctx, t, e)
}
