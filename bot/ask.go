package bot

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

const (
	// excerptsShown stand under an answer; the pages behind it take as many.
	excerptsShown = 3
	// excerptsFound is how many can be paged through.
	excerptsFound = 12
	// followWithin is how long a question can take its subject from the one before.
	followWithin = 15 * time.Minute
	// stateTTL is how long the buttons of an answer work: as long as questions are kept.
	stateTTL = store.KeepQuestions
	// recentKept is how many answers of a chat can still be edited with their questions.
	recentKept = 8
)

// asking is a question on its way.
type asking struct {
	Text        string
	Previous    string
	Exact       bool
	alone       bool // it stands by itself: the question before is not looked at
	onlyAnswers bool // say nothing when there is no answer
	edit        Posted
}

// state is what the buttons under an answer stand for, kept in the store under
// the short id that they carry. It does not name who asked.
type state struct {
	Question int64    `json:"q"` // in the store's log, for feedback
	Text     string   `json:"t"`
	Previous string   `json:"p,omitempty"`
	Exact    bool     `json:"x,omitempty"`
	Language string   `json:"l,omitempty"` // asked for; empty: the question's own
	Form     Form     `json:"f,omitempty"`
	Follow   []string `json:"n,omitempty"`
}

// registerAsk adds asking and what the buttons under an answer do.
func (b *Bot) registerAsk() {
	b.Command(Command{Name: "ask", Menu: Everywhere, Do: b.askCommand})
	b.OnPress("m", Reader, b.pressMore)
	b.OnPress("c", Reader, b.pressContext)
	b.OnPress("x", Reader, b.pressExact)
	b.OnPress("n", Reader, b.pressFollowUp)
	b.OnPress("v", Reader, b.pressVote)
}

// askCommand asks what follows, or the message that it replies to.
func (b *Bot) askCommand(ctx context.Context, t *Talk) error {
	text := t.Args
	if text == "" && t.ReplyTo != nil && !t.ReplyTo.FromBot {
		text = t.ReplyTo.Text
	}
	if text == "" {
		return t.Say(ctx, "ask.what")
	}
	return b.ask(ctx, t, asking{Text: text})
}

// ask answers a question in the chat.
func (b *Bot) ask(ctx context.Context, t *Talk, q asking) error {
	if wait, first := b.flood.take(t.User.ID); wait > 0 {
		if !first {
			return t.answer(ctx, "", false)
		}
		return t.Notice(ctx, "flood.wait", t.P.Count("count.seconds", int(wait.Seconds()+0.999)))
	}
	if !q.onlyAnswers {
		if err := t.Out.Typing(ctx, t.Target()); err != nil {
			b.o.Log.DebugContext(ctx, "typing was not shown", "error", err)
		}
	}
	s := state{Text: strings.TrimSpace(q.Text), Previous: q.Previous, Exact: q.Exact, Language: t.Chat.Language, Form: t.form()}
	if !q.alone && answer.CourtesyOf(s.Text) == "" {
		s.Previous = t.previous()
	}
	a, err := b.answerTo(ctx, s, excerptsShown)
	if err != nil {
		b.o.Meter.Asked("error")
		return err
	}
	b.o.Meter.Asked(string(a.Kind))
	if q.onlyAnswers && a.Kind != answer.Answered {
		return nil
	}
	if a.Courtesy != "" {
		return b.courtesy(ctx, t, q, a)
	}
	return b.deliver(ctx, t, q, s, a)
}

// deliver composes and sends the answer, or puts it in the place of the one
// before when the question was edited, and remembers both.
func (b *Bot) deliver(ctx context.Context, t *Talk, q asking, s state, a answer.Answer) error {
	id, err := b.remember(ctx, t, &s, a)
	if err != nil { // an answer without buttons is better than none
		b.o.Log.ErrorContext(ctx, "the question could not be kept", "error", err)
		id = ""
	}
	began := time.Now()
	m := Compose(a, b.view(t, s, a, id))
	b.o.Meter.Stage("compose", time.Since(began))
	if a.Kind == answer.OffTopic && s.Form == Full {
		m.Keyboard = b.questionButtons(ctx, t)
	}
	if t.Kind == Press { // the question came from a button and stands nowhere in the chat
		key := "asked"
		if q.Exact {
			key = "asked.exact"
		}
		c := composer{View: View{Phrases: t.speak(a.Language)}}
		m.Blocks = append(c.title(key, s.Text), m.Blocks...)
	}
	posted, err := t.replace(ctx, q.edit, m)
	if err != nil {
		return err
	}
	b.answered(ctx, t, posted, id, func(c *store.Chat) { c.LastQuestion, c.LastAsked = s.Text, b.o.Now() })
	return nil
}

// replace puts a reply in the place of the one before, or sends it when there
// is none or somebody deleted it.
func (t *Talk) replace(ctx context.Context, before Posted, m message.Message) (Posted, error) {
	if before.MessageID == 0 {
		return t.Reply(ctx, m)
	}
	if m.Language == "" {
		m.Language = t.P.Lang()
	}
	err := t.Out.Edit(ctx, before, m)
	if errors.Is(err, ErrGone) {
		return t.Reply(ctx, m)
	}
	return before, err
}

// answered remembers which reply follows the edits of its question. The
// question was answered: when that fails, nothing is to be tried again.
func (b *Bot) answered(ctx context.Context, t *Talk, posted Posted, id string, f func(*store.Chat)) {
	err := t.Update(ctx, func(c *store.Chat) {
		f(c)
		if t.Kind != Press {
			keepRecent(c, recent{Asked: t.MessageID, Answer: posted.MessageID, State: id})
		}
	})
	if err != nil {
		b.o.Log.ErrorContext(ctx, "the answer could not be remembered", "error", err)
	}
}

// remember logs the question without its asker and keeps the state of its buttons.
func (b *Bot) remember(ctx context.Context, t *Talk, s *state, a answer.Answer) (string, error) {
	number, err := b.o.Store.LogQuestion(ctx, store.Question{
		At: b.o.Now(), Text: s.Text, Key: wordKey(s.Text), Language: a.Language,
		Kind: string(a.Kind), Confidence: a.Confidence, Via: string(t.Request.Chat.Kind),
	})
	if err != nil {
		return "", err
	}
	s.Question, s.Follow = number, a.FollowUps
	return b.keep(ctx, *s)
}

func (b *Bot) keep(ctx context.Context, s state) (string, error) {
	value, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	return b.o.Store.Keep(ctx, value, stateTTL)
}

// state reads what a button stands for; store.ErrNotFound when it is too old.
func (b *Bot) state(ctx context.Context, id string) (state, error) {
	var s state
	value, err := b.o.Store.Kept(ctx, id)
	if err != nil {
		return s, err
	}
	if json.Unmarshal(value, &s) != nil {
		return s, store.ErrNotFound // of another version
	}
	return s, nil
}

// answerTo asks; follow-up questions are only looked for where they are shown.
func (b *Bot) answerTo(ctx context.Context, s state, k int) (answer.Answer, error) {
	return b.answers.ask(ctx, inquiry{
		text: s.Text, previous: s.Previous, language: s.Language, k: k, exact: s.Exact,
		follow: s.Form == Full && k == excerptsShown,
	}, b.Now())
}

// view says how an answer looks in this chat.
func (b *Bot) view(t *Talk, s state, a answer.Answer, id string) View {
	return View{Phrases: t.speak(a.Language), Username: b.Username(), Form: s.Form, State: id}
}

// speak is the language of a reply: the chosen one, else that of the question.
func (t *Talk) speak(question string) phrase.Phrases {
	if t.Chat.Language != "" || question == "" {
		return t.P
	}
	return phrase.For(question, t.P.Options())
}

// form is short in groups.
func (t *Talk) form() Form {
	if t.Request.Chat.Kind == Private {
		return Full
	}
	return Short
}

// previous is the question before: of this chat within the last minutes, where
// one person speaks, or of the answer that is replied to.
func (t *Talk) previous() string {
	if t.Request.Chat.Kind != Private && (t.ReplyTo == nil || !t.ReplyTo.FromBot) {
		return ""
	}
	if t.bot.o.Now().Sub(t.Chat.LastAsked) > followWithin {
		return ""
	}
	return t.Chat.LastQuestion
}

// courtesy replies to what is no question; commands typed as text are run.
func (b *Bot) courtesy(ctx context.Context, t *Talk, q asking, a answer.Answer) error {
	commands := map[answer.Courtesy]string{answer.AskHelp: "help", answer.Subscribe: "subscribe", answer.Unsubscribe: "unsubscribe"}
	if c, ok := b.routes.commands[commands[a.Courtesy]]; ok {
		return b.run(ctx, t, c, "")
	}
	p := t.speak(a.Language)
	m := message.Message{Language: p.Lang(), Blocks: lines(p.T("courtesy." + string(a.Courtesy)))}
	if a.Courtesy == answer.Greeting || a.Courtesy == answer.EmptyText || a.Courtesy == answer.Gibberish {
		m.Keyboard = b.questionButtons(ctx, t)
	}
	posted, err := t.replace(ctx, q.edit, m)
	if err != nil {
		return err
	}
	b.answered(ctx, t, posted, "", unchanged)
	return nil
}
