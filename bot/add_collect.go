package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

const (
	awaitPieces = "add.pieces"
	// fullUnits is the length, in UTF-16 units, from which a message may be a
	// part of a longer text that the client split: it splits at 4096, at the
	// last white space.
	fullUnits = 3600
	// pieceGap ends a text that comes in pieces: clients send the parts of a
	// split text within a second, and a person who copies needs some more.
	pieceGap = 8 * time.Second
	// emptyGap ends an /add after which nothing came, so that a later question
	// is a question.
	emptyGap = 10 * time.Minute
	// maxPieces bounds a text that comes in pieces: over a million characters.
	maxPieces = 300
)

func isFull(text string) bool { return units(text) >= fullUnits }

// collect starts a text that comes in several messages. first is its first
// part, empty when all is still to come.
func (a *Admins) collect(ctx context.Context, t *Talk, g ingest.Given, first string) error {
	d, err := a.putDraft(ctx, t, 0, stateCollecting, draftBody{Given: g})
	if err != nil {
		return err
	}
	if first != "" {
		if _, err := a.b.o.Store.AddPiece(ctx, d.ID, store.Piece{Message: t.MessageID, Text: first}); err != nil {
			return err
		}
	}
	if err := t.Await(ctx, awaitPieces, draftKey(d.ID)); err != nil {
		return err
	}
	a.expect(d.ID, t, first != "")
	if first != "" {
		return nil // the rest is on its way; nothing to say yet
	}
	_, err = t.Prompt(ctx, "add.send")
	return err
}

// expect sets when the draft is finished if nothing more comes.
func (a *Admins) expect(id int64, t *Talk, some bool) {
	after := emptyGap
	if some {
		after = pieceGap
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.waiting[id] = gap{talk: t, due: a.b.o.Now().Add(after)}
}

func (a *Admins) unexpect(id int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.waiting, id)
}

// takePiece takes a message while a text is being collected. Files and
// forwarded posts are documents of their own.
func (a *Admins) takePiece(ctx context.Context, t *Talk, data string) (bool, error) {
	id, err := strconv.ParseInt(data, 36, 64)
	if err != nil {
		return false, t.Forgo(ctx)
	}
	d, body, err := a.draft(ctx, t, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && d.State != stateCollecting {
		return false, t.Forgo(ctx)
	}
	if err != nil {
		return false, err
	}
	if rights, err := a.b.CorpusRights(ctx, t.User.ID); err != nil || rights < Admin {
		return false, err // no admin any more
	}
	pieces, err := a.b.o.Store.Pieces(ctx, id)
	if err != nil {
		return false, err
	}
	switch {
	case t.Kind != Text || !t.offersPiece(pieces):
		return false, nil
	case t.Attachment != nil, t.Origin != nil && len(pieces) == 0, len(pieces) == 0 && isLink(t.Text):
		return true, a.addInstead(ctx, t, id, body.Given)
	case t.Text == "":
		return false, nil
	case t.Origin != nil && !continues(body.Given, *t.Origin):
		if err := a.finish(ctx, t, id); err != nil {
			return true, err
		}
		return true, a.addOffered(ctx, t)
	case len(pieces) >= maxPieces:
		return true, a.finish(ctx, t, id)
	}
	return true, a.addPiece(ctx, t, id, pieces)
}

// continues tells whether a forwarded message may be a part of the text that
// is being collected: of one that is typed, or of one post that its author's
// client split.
func continues(g ingest.Given, o Origin) bool {
	first, err := time.Parse(time.RFC3339, g.Date)
	if g.Source == "" || err != nil {
		return true
	}
	return g.Source == o.Title && o.Date.Sub(first).Abs() <= time.Minute
}

// offersPiece tells, in a group, a part of the text from talk: it is meant for
// us, a document of its own, or as long as a part of a split text, or what
// follows one.
func (t *Talk) offersPiece(before []store.Piece) bool {
	if t.Request.Chat.Kind == Private || t.forUs() || t.Attachment != nil || isFull(t.Text) || t.Origin != nil && t.Origin.Channel {
		return true
	}
	n := len(before)
	return n > 0 && isFull(before[n-1].Text) && t.ReplyTo == nil
}

// addInstead adds a file, a link or a forwarded post in place of typed text;
// more of them may follow.
func (a *Admins) addInstead(ctx context.Context, t *Talk, id int64, g ingest.Given) error {
	a.expect(id, t, false)
	if t.Attachment != nil && t.Text == "" && g.Title != "" {
		return a.addFile(ctx, t, *t.Attachment, given(g.Title, t.Origin))
	}
	return a.addOffered(ctx, t)
}

// addPiece adds a part of the text. A part that is shorter than a split one,
// behind one that was split, is the last.
func (a *Admins) addPiece(ctx context.Context, t *Talk, id int64, before []store.Piece) error {
	if _, err := a.b.o.Store.AddPiece(ctx, id, store.Piece{Message: t.MessageID, Text: t.Text}); err != nil {
		return err
	}
	if n := len(before); n > 0 && isFull(before[n-1].Text) && !isFull(t.Text) {
		return a.finish(ctx, t, id)
	}
	a.expect(id, t, true)
	return nil
}

const (
	// lateTime is how long after the preview of a text that came in pieces
	// another piece may follow: who copies on a phone is slower than pieceGap.
	lateTime = 2 * time.Minute
	// lateLetters is the length from which such a message is hardly a question.
	lateLetters = 200
)

// takeLate adds a piece that came after the preview and shows that anew.
func (a *Admins) takeLate(ctx context.Context, t *Talk) (bool, error) {
	if t.Kind != Text || t.Request.Chat.Kind != Private || t.Attachment != nil || t.Origin != nil ||
		utf8.RuneCountInString(t.Text) < lateLetters || looksLikeQuestion(t.Text) {
		return false, nil
	}
	if rights, err := a.b.CorpusRights(ctx, t.User.ID); err != nil || rights < Admin {
		return false, err
	}
	drafts, err := a.b.o.Store.Drafts(ctx, t.Request.Chat.ID, t.User.ID)
	if err != nil || len(drafts) == 0 || drafts[0].State != statePreview || a.b.o.Now().Sub(drafts[0].Updated) > lateTime {
		return false, err
	}
	d, body, err := a.draft(ctx, t, drafts[0].ID)
	if err != nil {
		return false, err
	}
	pieces, err := a.b.o.Store.Pieces(ctx, d.ID)
	if err != nil || len(pieces) == 0 || len(pieces) >= maxPieces {
		return false, err
	}
	if _, err := a.b.o.Store.AddPiece(ctx, d.ID, store.Piece{Message: t.MessageID, Text: t.Text}); err != nil {
		return false, err
	}
	body.Given = keptOf(body.Draft)
	if _, err := a.putDraft(ctx, t, d.ID, statePreview, body); err != nil {
		return true, err
	}
	return true, a.finish(ctx, t, d.ID)
}

// done is /done: the text is complete. Commands end the waiting for messages,
// so that the draft is looked for in the store.
func (a *Admins) done(ctx context.Context, t *Talk) error {
	drafts, err := a.b.o.Store.Drafts(ctx, t.Request.Chat.ID, t.User.ID)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.State == stateCollecting {
			return a.finish(ctx, t, d.ID)
		}
	}
	return t.Say(ctx, "add.nothing_open")
}

// dropPieces gives up a text that was being sent.
func (a *Admins) dropPieces(ctx context.Context, t *Talk) error {
	drafts, err := a.b.o.Store.Drafts(ctx, t.Request.Chat.ID, t.User.ID)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.State != stateCollecting {
			continue
		}
		a.unexpect(d.ID)
		if err := a.b.o.Store.DeleteDraft(ctx, d.ID); err != nil {
			return err
		}
	}
	return nil
}

// finish joins the pieces and shows the preview.
func (a *Admins) finish(ctx context.Context, t *Talk, id int64) error {
	a.unexpect(id)
	d, body, err := a.draft(ctx, t, id)
	if errors.Is(err, store.ErrNotFound) {
		return a.forgoDraft(ctx, t, id)
	}
	if err != nil {
		return err
	}
	pieces, err := a.b.o.Store.Pieces(ctx, id)
	if err != nil {
		return err
	}
	if err := a.forgoDraft(ctx, t, id); err != nil {
		return err
	}
	if len(pieces) == 0 {
		if err := a.b.o.Store.DeleteDraft(ctx, id); err != nil {
			return err
		}
		return t.Say(ctx, "add.nothing_came")
	}
	draft, err := a.adding.Text(ctx, joinPieces(pieces), body.Given)
	if err != nil {
		return errors.Join(a.refuse(ctx, t, err), a.b.o.Store.DeleteDraft(ctx, id))
	}
	body.Draft = draft
	if _, err := a.putDraft(ctx, t, d.ID, statePreview, body); err != nil {
		return err
	}
	return a.showPreview(ctx, t, d.ID, draft)
}

// joinPieces puts a split text together. The client split it at white space,
// or inside a word when there was none.
func joinPieces(pieces []store.Piece) string {
	var sb strings.Builder
	for i, p := range pieces {
		if i > 0 {
			sb.WriteString(seam(pieces[i-1].Text, p.Text))
		}
		sb.WriteString(p.Text)
	}
	return sb.String()
}

func seam(before, after string) string {
	if !isFull(before) {
		return "\n"
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	switch {
	case units(before) >= messageUnits && unicode.IsLetter(last) && unicode.IsLetter(first):
		return ""
	case strings.ContainsRune(".؟!؛:»\"”", last):
		return "\n"
	}
	return " "
}

// sweep finishes texts of which no more pieces came.
func (a *Admins) sweep(ctx context.Context) {
	now := a.b.o.Now()
	a.mu.Lock()
	due := map[int64]*Talk{}
	for id, g := range a.waiting {
		if !now.Before(g.due) {
			due[id] = g.talk
		}
	}
	a.mu.Unlock()
	for id, t := range due {
		if err := a.finishQuietly(ctx, t, id); err != nil && ctx.Err() == nil {
			a.b.o.Log.Warn("a draft could not be finished", "error", err)
		}
	}
}

// finishQuietly finishes a draft; one to which nothing came is dropped without
// a word.
func (a *Admins) finishQuietly(ctx context.Context, t *Talk, id int64) error {
	pieces, err := a.b.o.Store.Pieces(ctx, id)
	if err != nil {
		return err
	}
	if len(pieces) > 0 {
		return a.finish(ctx, t, id)
	}
	a.unexpect(id)
	return errors.Join(a.forgoDraft(ctx, t, id), a.b.o.Store.DeleteDraft(ctx, id))
}

// resume expects the end of texts that were being sent when the program
// stopped, in the private chats of admins.
func (a *Admins) resume(ctx context.Context, out Transport) error {
	people, err := a.people(ctx)
	if err != nil {
		return err
	}
	for _, id := range people {
		if err := a.resumeOf(ctx, id, out); err != nil {
			return err
		}
	}
	return nil
}

// people are the owners and the admins that they named.
func (a *Admins) people(ctx context.Context) ([]int64, error) {
	people := slices.Clone(a.b.o.Owners)
	list, err := a.b.o.Store.Admins(ctx)
	for _, admin := range list {
		if !slices.Contains(people, admin.User) {
			people = append(people, admin.User)
		}
	}
	return people, err
}

func (a *Admins) resumeOf(ctx context.Context, id int64, out Transport) error {
	drafts, err := a.b.o.Store.Drafts(ctx, id, id)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.State != stateCollecting {
			continue
		}
		pieces, err := a.b.o.Store.Pieces(ctx, d.ID)
		if err != nil {
			return err
		}
		t, err := a.b.newTalk(ctx, Request{Chat: Chat{ID: id, Kind: Private}, User: User{ID: id}}, out)
		if err != nil {
			return err
		}
		a.expect(d.ID, t, len(pieces) > 0)
	}
	return nil
}
