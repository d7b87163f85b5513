package bot_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
	"mujaz/bot/telegram"
	"mujaz/corpus"
	"mujaz/corpus/briefings"
	"mujaz/corpus/lexicon"
	"mujaz/corpus/store"
	"mujaz/index"
	"mujaz/index/answer"
)

// room is a conversation at work: the shipped briefing in a real store and
// index, and the Telegram client against a local Bot API server. Its clock
// stands still until a test moves it.
type room struct {
	*sandbox.Server
	t      *testing.T
	ctx    context.Context
	bot    *bot.Bot
	store  *store.Store
	index  *index.Index
	clock  *sandbox.Clock
	asks   *counted
	dir    string
	stop   func()
	reader sandbox.User
}

// counted counts the questions that reach the index's answerer.
type counted struct {
	bot.Answerer
	mu sync.Mutex
	n  map[string]int
}

// Ask implements bot.Answerer.
func (c *counted) Ask(ctx context.Context, text string, o answer.Ask) (answer.Answer, error) {
	c.mu.Lock()
	c.n[text]++
	c.mu.Unlock()
	return c.Answerer.Ask(ctx, text, o)
}

func (c *counted) of(text string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n[text]
}

var sharedLexicon = sync.OnceValues(func() (*lexicon.Lexicon, error) {
	l, _, err := lexicon.Load(nil)
	return l, err
})

// openRoom begins with the shipped briefing and the documents given.
func openRoom(t *testing.T, documents ...corpus.Document) *room {
	t.Helper()
	clock := sandbox.FrozenClock(time.Date(2026, 2, 10, 9, 0, 0, 0, time.UTC))
	r := &room{Server: sandbox.Serve(t, sandbox.Options{Clock: clock}), t: t, ctx: t.Context(), clock: clock, dir: t.TempDir()}
	r.reader = r.AddUser(sandbox.User{FirstName: "ريم", LanguageCode: "ar"})
	r.start()
	t.Cleanup(func() { r.stop() })
	r.put(append(briefings.Documents(), documents...)...)
	return r
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// start opens everything; restart does it again on the same data.
func (r *room) start() {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := store.Open(ctx, store.Options{Dir: r.dir, Now: r.clock.Now})
	r.must(err)
	l, err := sharedLexicon()
	r.must(err)
	ix, err := index.Open(ctx, index.Options{Lexicon: l, Now: r.clock.Now})
	r.must(err)
	r.must(ix.CatchUp(ctx, s, nil))
	newest := func(ctx context.Context, n int) ([]corpus.Document, error) {
		list, err := s.List(ctx, store.ListOptions{Limit: n})
		out := make([]corpus.Document, len(list))
		for i, d := range list {
			out[i] = d.Document
		}
		return out, err
	}
	r.store, r.index = s, ix
	r.asks = &counted{Answerer: answer.New(ix, answer.Options{Lexicon: l, Now: r.clock.Now, Newest: newest}), n: map[string]int{}}
	r.bot = bot.New(bot.Options{Store: s, Answers: r.asks, Corpus: ix, Language: "ar", Digest: 8 * 60, Now: r.clock.Now, Digests: r.digests()})
	client, err := telegram.New(telegram.Options{Token: r.Token(), APIURL: r.URL(), Handler: r.bot, PollTimeout: 5 * time.Second, Ready: r.bot.SetUsername, Now: r.clock.Now, Unpaced: true})
	r.must(err)
	done := make(chan error, 1)
	go func() { done <- client.Run(ctx) }()
	r.stop = func() {
		cancel()
		r.must(<-done)
		r.must(ix.Close())
		r.must(s.Close())
		r.stop = func() {}
	}
}

// restart closes and opens everything, as after an update of the program.
func (r *room) restart() {
	r.t.Helper()
	r.must(r.Idle(r.ctx))
	r.stop()
	r.start()
}

// put stores documents and lets the index follow.
func (r *room) put(documents ...corpus.Document) {
	r.t.Helper()
	for _, d := range documents {
		_, err := r.store.Put(r.ctx, d, store.Actor{})
		r.must(err)
	}
	r.must(r.index.CatchUp(r.ctx, r.store, nil))
}

// says sends a text in a private chat and waits for the reply.
func (r *room) says(u sandbox.User, text string) sandbox.Message {
	r.t.Helper()
	return r.reply(r.SendText(u.ID, u.ID, text))
}

func (r *room) reply(asked sandbox.Message) sandbox.Message {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, 20*time.Second)
	defer cancel()
	m, err := r.Reply(ctx, asked)
	if err != nil {
		r.t.Fatalf("no reply to %q: %v", asked.Text, err)
	}
	return m
}

// presses presses a button and waits for its answer and, when edit is true, for
// the edit of the message.
func (r *room) presses(u sandbox.User, m sandbox.Message, button string) (sandbox.Message, sandbox.PressAnswer) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, 20*time.Second)
	defer cancel()
	r.clock.Advance(3 * time.Second) // a press apart from the one before
	p, err := r.PressAnswer(ctx, r.Press(u.ID, m, button))
	if err != nil {
		r.t.Fatalf("the press of %q was not answered: %v", button, err)
	}
	now, _ := r.Message(m.Chat.ID, m.ID)
	return now, p
}

// quiet waits until everything is handled and checks that nothing was said.
func (r *room) quiet(chat int64, do func()) {
	r.t.Helper()
	before := len(r.BotMessages(chat))
	do()
	ctx, cancel := context.WithTimeout(r.ctx, 20*time.Second)
	defer cancel()
	r.must(r.Idle(ctx))
	if said := r.BotMessages(chat); len(said) != before {
		r.t.Errorf("said to what was not meant for the bot: %s", said[len(said)-1].Text)
	}
}

func (r *room) contains(m sandbox.Message, parts ...string) {
	r.t.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text, part) {
			r.t.Errorf("the reply lacks %q:\n%s", part, m.Text)
		}
	}
}

func labels(m sandbox.Message) []string {
	var out []string
	for _, b := range m.Buttons() {
		out = append(out, b.Text)
	}
	return out
}

// noRefusals checks that Telegram's rules were never broken.
func (r *room) noRefusals() {
	r.t.Helper()
	for _, c := range r.Calls("") {
		if c.Status >= 400 && !strings.Contains(c.Error, "query is too old") && !strings.Contains(c.Error, "not modified") {
			r.t.Errorf("%s was refused: %s\n%v", c.Method, c.Error, c.Params)
		}
	}
}
