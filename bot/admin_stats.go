package bot

import (
	"context"
	"time"

	"mujaz/bot/message"
)

// adminPage is how many questions or votes stand on a page.
const adminPage = 10

func (a *Admins) registerStats() {
	a.b.Command(Command{Name: "stats", Rights: Admin, Menu: CorpusAdmins, Do: a.stats})
	a.registerPages("unanswered", "uq", a.unanswered)
	a.registerPages("feedback", "fb", a.feedback)
}

// registerPages registers a command whose pages are turned by buttons.
func (a *Admins) registerPages(name, press string, page func(context.Context, *Talk, int) (blocks []message.Block, more bool, err error)) {
	show := func(ctx context.Context, t *Talk, offset int) error {
		blocks, more, err := page(ctx, t, offset)
		if err != nil {
			return err
		}
		m := message.Message{Blocks: append([]message.Block{heading(t.P.T(name + ".heading"))}, blocks...)}
		if len(blocks) == 0 {
			m.Blocks = lines(t.P.T(name + ".empty"))
		}
		var turn []message.Button
		if offset > 0 {
			turn = append(turn, t.button("page.newer", Data(press, short(int64(max(0, offset-adminPage))))))
		}
		if more {
			turn = append(turn, t.button("page.older", Data(press, short(int64(offset+adminPage)))))
		}
		if turn != nil {
			m.Keyboard = message.Keyboard{t.Row(turn...)}
		}
		return t.Show(ctx, m)
	}
	a.b.Command(Command{Name: name, Rights: Admin, Menu: CorpusAdmins, Do: func(ctx context.Context, t *Talk) error { return show(ctx, t, 0) }})
	a.b.OnPress(press, Admin, func(ctx context.Context, t *Talk, args []string) error {
		offset, _ := number(args, 0)
		return show(ctx, t, int(max(0, min(offset, 100_000))))
	})
}

func (a *Admins) stats(ctx context.Context, t *Talk) error {
	now := a.b.Now()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	s, err := a.b.o.Store.Stats(ctx, today)
	if err != nil {
		return err
	}
	share := 0
	if s.Questions30 > 0 {
		share = (s.Answered30*100 + s.Questions30/2) / s.Questions30
	}
	p := t.P
	rows := []message.Block{
		heading(p.T("stats.heading")),
		listItem(p.T("stats.documents", s.Documents, s.Paragraphs)),
		listItem(p.T("stats.removed", s.Removed)),
		listItem(p.T("stats.questions", s.QuestionsToday, s.Questions30)),
		listItem(p.T("stats.answered", share, s.NoAnswer30)),
		listItem(p.T("stats.feedback", s.Up, s.Down)),
		listItem(p.T("stats.subscribers", s.Subscribers, s.Alerts)),
		listItem(p.T("stats.feeds", s.Feeds)),
	}
	if s.UnknownSends > 0 {
		rows = append(rows, listItem(p.T("stats.unknown", s.UnknownSends)))
	}
	if a.o.IndexSize != nil {
		size, err := a.o.IndexSize()
		if err != nil {
			return err
		}
		rows = append(rows, listItem(p.T("stats.index", int((size+1<<20-1)>>20))))
	}
	_, err = t.Reply(ctx, message.Message{Blocks: rows})
	return err
}

func (a *Admins) unanswered(ctx context.Context, t *Talk, offset int) (blocks []message.Block, more bool, err error) {
	list, err := a.b.o.Store.Unanswered(ctx, adminPage+1, offset)
	if err != nil {
		return nil, false, err
	}
	for _, u := range list[:min(len(list), adminPage)] {
		text := t.P.T("unanswered.line", shorten(oneLine(u.Text), 200), u.Count, t.P.Date(u.Last.In(a.b.o.Location)))
		blocks = append(blocks, listItem(text))
	}
	return blocks, len(list) > adminPage, nil
}

func (a *Admins) feedback(ctx context.Context, t *Talk, offset int) (blocks []message.Block, more bool, err error) {
	list, err := a.b.o.Store.Feedbacks(ctx, adminPage+1, offset)
	if err != nil {
		return nil, false, err
	}
	for _, f := range list[:min(len(list), adminPage)] {
		thumb := "👎"
		if f.Up {
			thumb = "👍"
		}
		blocks = append(blocks, listItem(t.P.T("feedback.line", thumb, shorten(oneLine(f.Text), 200), t.P.Date(f.At.In(a.b.o.Location)))))
	}
	return blocks, len(list) > adminPage, nil
}
