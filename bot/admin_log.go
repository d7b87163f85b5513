package bot

import (
	"context"
	"errors"
	"strings"

	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// logPage is how many entries of the audit log stand on a page.
const logPage = 8

func (a *Admins) registerLog() {
	a.b.Command(Command{Name: "log", Rights: Admin, Menu: CorpusAdmins, Do: func(ctx context.Context, t *Talk) error {
		return a.showLog(ctx, t, 0)
	}})
	a.b.OnPress("lp", Admin, func(ctx context.Context, t *Talk, args []string) error {
		before, _ := number(args, 0)
		return a.showLog(ctx, t, before)
	})
	a.b.OnPress("lu", Admin, a.pressLogUndo)
}

// showLog shows who changed what, newest first, with a button to undo each
// change that can be undone.
func (a *Admins) showLog(ctx context.Context, t *Talk, before int64) error {
	entries, err := a.b.o.Store.Log(ctx, before, logPage+1)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return t.Show(ctx, message.Message{Blocks: lines(t.P.T("log.empty"))})
	}
	more := len(entries) > logPage
	entries = entries[:min(len(entries), logPage)]
	m := message.Message{Blocks: []message.Block{heading(t.P.T("log.heading"))}}
	var undo []message.Button
	for i, e := range entries {
		m.Blocks = append(m.Blocks, message.Block{Spans: a.entrySpans(t, i+1, e)})
		if isUndoable(e) {
			undo = append(undo, message.Button{Text: t.P.T("log.undo", i+1), Data: Data("lu", short(e.ID))})
		}
	}
	for len(undo) > 0 {
		n := min(4, len(undo))
		m.Keyboard = append(m.Keyboard, t.Row(undo[:n]...))
		undo = undo[n:]
	}
	if more {
		m.Keyboard = append(m.Keyboard, t.Row(t.button("log.older", Data("lp", short(entries[len(entries)-1].ID)))))
	}
	return t.Show(ctx, m)
}

// entrySpans is one line: number, when, who, what.
func (a *Admins) entrySpans(t *Talk, n int, e store.Entry) []message.Span {
	who := oneLine(e.By.Name)
	if who == "" {
		who = t.P.T("log.somebody")
	}
	if e.By.ID == 0 && e.By.Name == "terminal" {
		who = t.P.T("log.terminal")
	}
	what := oneLine(e.Detail)
	if what == "" {
		what = oneLine(e.Subject)
	}
	at := e.At.In(a.b.o.Location)
	spans := []message.Span{
		{Text: t.P.Number(n) + ". ", Style: message.Bold},
		{Text: t.P.Date(at) + " " + t.P.Digits(at.Format("15:04")) + " · " + message.Isolate(shorten(who, 40)) + " · "},
		{Text: t.P.T("log.action."+strings.ReplaceAll(string(e.Action), ".", "_"), message.Isolate(shorten(what, 80)))},
	}
	if !e.Undone.IsZero() {
		spans = append(spans, message.Span{Text: " " + t.P.T("log.undone"), Style: message.Italic})
	}
	return spans
}

// isUndoable reports kinds of changes that the store can reverse; whether it
// still can is decided at the press.
func isUndoable(e store.Entry) bool {
	switch e.Action {
	case store.DocumentsPut:
		return false
	}
	return e.Undone.IsZero() && strings.Contains(string(e.Action), ".")
}

// entry loads one entry of the audit log.
func (a *Admins) entry(ctx context.Context, id int64) (store.Entry, error) {
	entries, err := a.b.o.Store.Log(ctx, id+1, 1)
	if err != nil {
		return store.Entry{}, err
	}
	if len(entries) == 0 || entries[0].ID != id {
		return store.Entry{}, store.ErrNotFound
	}
	return entries[0], nil
}

func (a *Admins) pressLogUndo(ctx context.Context, t *Talk, args []string) error {
	id, ok := number(args, 0)
	if !ok {
		return t.Notice(ctx, "log.final")
	}
	e, err := a.entry(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return t.Notice(ctx, "log.final")
	}
	if err != nil {
		return err
	}
	return a.undo(ctx, t, e)
}

// undo reverses a change. Changes of admins are the owners' alone to undo.
func (a *Admins) undo(ctx context.Context, t *Talk, e store.Entry) error {
	if e.Action == store.AdminAdded || e.Action == store.AdminRemoved {
		if rights, err := a.b.CorpusRights(ctx, t.User.ID); err != nil || rights < Owner {
			return errors.Join(err, t.Notice(ctx, "admin.owners_only"))
		}
	}
	e, err := a.b.o.Store.Undo(ctx, e.ID, t.Actor())
	if errors.Is(err, store.ErrFinal) || errors.Is(err, store.ErrNotFound) {
		return t.Notice(ctx, "log.final")
	}
	if err != nil {
		return err
	}
	if err := a.adminUndone(ctx, e); err != nil {
		return err
	}
	what := e.Detail
	if what == "" {
		what = e.Subject
	}
	return t.Show(ctx, message.Message{Blocks: lines(t.P.T("log.undid", titleOf(what, t.P)))})
}

// adminUndone tells of a person who is an admin, or is none, by an undo.
func (a *Admins) adminUndone(ctx context.Context, e store.Entry) error {
	if e.Action != store.AdminAdded && e.Action != store.AdminRemoved {
		return nil
	}
	id, _, ok := person(e.Subject)
	if !ok {
		return nil
	}
	admin, err := a.b.o.Store.IsAdmin(ctx, id)
	if err == nil {
		a.changed(ctx, id, admin)
	}
	return err
}
