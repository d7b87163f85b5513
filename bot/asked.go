package bot

import (
	"context"
	"strconv"
	"time"

	"mujaz/bot/message"
	"mujaz/corpus/store"
	"mujaz/index"
	"mujaz/index/answer"
)

// followUpLimit is the most characters of a question on a button: two lines of a phone.
const followUpLimit = 64

// keyboard is what can be done with an answer.
func (c *composer) keyboard() message.Keyboard {
	p, id := c.Phrases, c.State
	if c.a.Courtesy != "" || c.a.Kind == answer.OffTopic {
		return nil
	}
	var k message.Keyboard
	if c.a.Kind == answer.Answered && len(c.a.Excerpts) > 0 {
		if c.Form == Short {
			k = append(k, row(p, message.Button{Text: p.T("button.excerpts"), Data: Data("m", id, "0")}, c.openButton()))
		} else {
			first := []message.Button{{Text: p.T("button.context"), Data: Data("c", id, "0")}}
			if len(c.a.Excerpts) >= excerptsShown { // fewer: there are no others
				first = append([]message.Button{{Text: p.T("button.more"), Data: Data("m", id, "1")}}, first...)
			}
			k = append(k, row(p, first...),
				row(p, c.openButton(), message.Button{Text: p.T("button.exact"), Data: Data("x", id)}))
		}
	} else {
		k = append(k, row(p, message.Button{Text: p.T("button.exact"), Data: Data("x", id)}))
	}
	for i, question := range c.a.FollowUps {
		if c.Form == Full {
			k = append(k, row(p, message.Button{Text: shorten(oneLine(question), followUpLimit), Data: Data("n", id, strconv.Itoa(i))}))
		}
	}
	return append(k, row(p, message.Button{Text: "👍", Data: Data("v", id, "1")}, message.Button{Text: "👎", Data: Data("v", id, "0")}))
}

// openButton opens the document of the first excerpt.
func (c *composer) openButton() message.Button {
	return message.Button{Text: c.Phrases.T("button.document"), Data: Data("k", documentKey(c.a.Excerpts[0].Ref.Document), "0")}
}

// wanted is the kind of thing that a question without answer asked for, as the
// phrases name it.
func wanted(question string) string {
	switch answer.Read(question, time.Time{}, nil).Want {
	case index.WantNumber:
		return "number"
	case index.WantTime:
		return "time"
	}
	return "any"
}

// pressContext shows the paragraphs around an excerpt.
func (b *Bot) pressContext(ctx context.Context, t *Talk, args []string) error {
	id, n, err := pageArgs(args)
	if err != nil {
		return err
	}
	s, err := b.state(ctx, id)
	if err != nil {
		return err
	}
	a, err := b.answerTo(ctx, s, excerptsShown)
	if err != nil {
		return err
	}
	if n >= len(a.Excerpts) {
		return store.ErrNotFound
	}
	return b.showContext(ctx, t, a.Excerpts[n].Ref, func(v *contextView) {
		v.matches = a.Excerpts[n].Matches
		v.back = Data("m", id, "0")
		if len(a.Excerpts) > 1 {
			v.next = Data("c", id, strconv.Itoa((n+1)%len(a.Excerpts)))
		}
	})
}

// pressExact asks again with the typed words only.
func (b *Bot) pressExact(ctx context.Context, t *Talk, args []string) error {
	if len(args) != 1 {
		return store.ErrNotFound
	}
	s, err := b.state(ctx, args[0])
	if err != nil {
		return err
	}
	if s.Exact {
		return t.Notice(ctx, "exact.already")
	}
	return b.ask(ctx, t, asking{Text: s.Text, Exact: true, alone: true})
}

// pressFollowUp asks the question on the button.
func (b *Bot) pressFollowUp(ctx context.Context, t *Talk, args []string) error {
	id, n, err := pageArgs(args)
	if err != nil {
		return err
	}
	s, err := b.state(ctx, id)
	if err != nil {
		return err
	}
	if n >= len(s.Follow) {
		return store.ErrNotFound
	}
	return b.askAloud(ctx, t, s.Follow[n])
}

// askAloud repeats a question from a button in the chat, so that the answer
// can be read without the button, and answers it on its own.
func (b *Bot) askAloud(ctx context.Context, t *Talk, question string) error {
	if err := t.answer(ctx, shorten(question, pressLimit), false); err != nil {
		return err
	}
	return b.ask(ctx, t, asking{Text: question, alone: true})
}

// pressVote keeps a verdict; the last one counts.
func (b *Bot) pressVote(ctx context.Context, t *Talk, args []string) error {
	id, up, err := pageArgs(args)
	if err != nil {
		return err
	}
	s, err := b.state(ctx, id)
	if err != nil {
		return err
	}
	if err := b.o.Store.PutFeedback(ctx, store.Feedback{Question: s.Question, Voter: t.User.ID, Up: up == 1, At: b.o.Now()}); err != nil {
		return err
	}
	if up == 1 {
		return t.Notice(ctx, "vote.up")
	}
	return t.Notice(ctx, "vote.down")
}

// pageArgs reads a state id or key and a number.
func pageArgs(args []string) (string, int, error) {
	if len(args) < 2 {
		return "", 0, store.ErrNotFound
	}
	n, err := strconv.Atoi(args[1])
	if err != nil || n < 0 {
		return "", 0, store.ErrNotFound
	}
	return args[0], n, nil
}
