package bot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/digest"
	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus"
	"mujaz/corpus/briefings"
	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
	"mujaz/index"
	"mujaz/index/answer"
)

// Least rights of every command and every kind of button, as they ought to be.
// What is registered and not named here fails the test, and so does the
// contrary.
var (
	commandNeeds = map[string]bot.Rights{
		"start": bot.Reader, "help": bot.Reader, "cancel": bot.Reader, "ask": bot.Reader, "latest": bot.Reader, "docs": bot.Reader,
		"digest": bot.Reader, "privacy": bot.Reader,
		"subscribe": bot.GroupAdmin, "unsubscribe": bot.GroupAdmin, "topics": bot.GroupAdmin, "alert": bot.GroupAdmin, "alerts": bot.GroupAdmin,
		"settings": bot.GroupAdmin, "language": bot.GroupAdmin, "forget": bot.GroupAdmin,
		"add": bot.Admin, "done": bot.Admin, "removed": bot.Admin, "synonym": bot.Admin, "feed": bot.Admin, "log": bot.Admin,
		"stats": bot.Admin, "unanswered": bot.Admin, "feedback": bot.Admin,
		"admin": bot.Owner,
	}
	buttonNeeds = map[string]bot.Rights{
		"m": bot.Reader, "c": bot.Reader, "x": bot.Reader, "n": bot.Reader, "v": bot.Reader, // answers
		"l": bot.Reader, "k": bot.Reader, "t": bot.Reader, "p": bot.Reader, "g": bot.Reader, // documents, pages of a digest
		"s": bot.GroupAdmin, "d": bot.GroupAdmin, "a": bot.GroupAdmin, "f": bot.GroupAdmin, // settings, digest, alerts, forget
		"ap": bot.Admin, "ax": bot.Admin, "ae": bot.Admin, "am": bot.Admin, "au": bot.Admin, // adding
		"dm": bot.Admin, "de": bot.Admin, "dt": bot.Admin, "dx": bot.Admin, "dy": bot.Admin, "dv": bot.Admin, "dd": bot.Admin, // documents
		"lp": bot.Admin, "lu": bot.Admin, "uq": bot.Admin, "fb": bot.Admin, // log, lists
	}
)

// The people of the table.
const (
	tableOwner, tableAdmin, tableReader, tableGroupAdmin = 11, 12, 13, 14
	tableGroup, tableChannel                             = -100, -200
)

// callers are everybody who may send a command or press a button. group tells
// whether they decide in their chat, corpus what they may do with documents.
var callers = []struct {
	name   string
	user   bot.User
	chat   bot.Chat
	group  bool
	corpus bot.Rights
	post   bool // writes as a channel
}{
	{"reader", bot.User{ID: tableReader}, bot.Chat{ID: tableReader, Kind: bot.Private}, true, bot.Reader, false},
	{"admin", bot.User{ID: tableAdmin}, bot.Chat{ID: tableAdmin, Kind: bot.Private}, true, bot.Admin, false},
	{"owner", bot.User{ID: tableOwner}, bot.Chat{ID: tableOwner, Kind: bot.Private}, true, bot.Owner, false},
	{"group member", bot.User{ID: tableReader}, bot.Chat{ID: tableGroup, Kind: bot.Supergroup}, false, bot.Reader, false},
	{"group admin", bot.User{ID: tableGroupAdmin}, bot.Chat{ID: tableGroup, Kind: bot.Supergroup}, true, bot.Reader, false},
	{"anonymous group admin", bot.User{Anonymous: true}, bot.Chat{ID: tableGroup, Kind: bot.Supergroup}, true, bot.Reader, false},
	{"admin as a group member", bot.User{ID: tableAdmin}, bot.Chat{ID: tableGroup, Kind: bot.Supergroup}, false, bot.Admin, false},
	{"owner as a group member", bot.User{ID: tableOwner}, bot.Chat{ID: tableGroup, Kind: bot.Supergroup}, false, bot.Owner, false},
	{"channel's post", bot.User{}, bot.Chat{ID: tableChannel, Kind: bot.Channel}, true, bot.Reader, true},
	{"channel's reader", bot.User{ID: tableReader}, bot.Chat{ID: tableChannel, Kind: bot.Channel}, false, bot.Reader, false},
	{"channel's admin", bot.User{ID: tableGroupAdmin}, bot.Chat{ID: tableChannel, Kind: bot.Channel}, true, bot.Reader, false},
}

// ear is a transport that hears what is said.
type ear struct{ said []string }

func (e *ear) hear(m message.Message) {
	e.said = append(e.said, message.Plain(m, message.PlainOptions{}))
}

func (e *ear) Send(_ context.Context, to bot.Target, m message.Message) (bot.Posted, error) {
	e.hear(m)
	return bot.Posted{Chat: to.Chat, MessageID: 900}, nil
}

func (e *ear) Edit(_ context.Context, _ bot.Posted, m message.Message) error {
	e.hear(m)
	return nil
}

func (e *ear) AnswerPress(_ context.Context, _, text string, _ bool) error {
	if text != "" {
		e.said = append(e.said, text)
	}
	return nil
}

func (e *ear) AnswerInline(context.Context, string, bot.InlineResults) error { return nil }

func (e *ear) Download(context.Context, bot.Attachment, int64) ([]byte, error) {
	return nil, bot.ErrGone
}

func (e *ear) Typing(context.Context, bot.Target) error { return nil }

func (e *ear) IsChatAdmin(_ context.Context, _, user int64) (bool, error) {
	return user == tableGroupAdmin, nil
}

// court is a conversation with everything that it can do.
type court struct {
	t     *testing.T
	b     *bot.Bot
	store *store.Store
	now   time.Time
}

func newCourt(t *testing.T) *court {
	t.Helper()
	c := &court{t: t, now: time.Date(2026, 2, 10, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return c.now }
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Now: clock})
	c.must(err)
	t.Cleanup(func() { c.must(s.Close()) })
	_, err = s.PutAll(t.Context(), append(briefings.Documents(), corpus.Document{ID: "x", Text: "نص"}), store.Actor{})
	c.must(err)
	_, err = s.AddAdmin(t.Context(), tableAdmin, "Admin", store.Actor{ID: tableOwner})
	c.must(err)
	l, err := sharedLexicon()
	c.must(err)
	ix, err := index.Open(t.Context(), index.Options{Lexicon: l, Now: clock})
	c.must(err)
	t.Cleanup(func() { c.must(ix.Close()) })
	c.must(ix.CatchUp(t.Context(), s, nil))
	engine := digest.New(digest.Options{Store: s, Now: clock})
	c.store = s
	c.b = bot.New(bot.Options{Store: s, Answers: answer.New(ix, answer.Options{Lexicon: l, Now: clock}), Corpus: ix, Owners: []int64{tableOwner},
		Username: "mujaz_bot", Language: "en", Now: clock, Digests: engine})
	engine.Register(c.b)
	limits := ingest.Limits{Cache: filepath.Join(t.TempDir(), "engine")}
	c.b.ServeAdmins(bot.AdminOptions{Fetcher: &ingest.Fetcher{Limits: limits}, Limits: limits,
		Tick: func(ctx context.Context, _ time.Duration) error { return ix.CatchUp(ctx, s, nil) }})
	return c
}

func (c *court) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// state is everything that anybody can change, without what is only kept of
// the conversation.
func (c *court) state() string {
	c.t.Helper()
	ctx := c.t.Context()
	docs, err1 := c.store.List(ctx, store.ListOptions{Limit: 100})
	removed, err2 := c.store.List(ctx, store.ListOptions{Limit: 100, Removed: true})
	admins, err3 := c.store.Admins(ctx)
	log, err4 := c.store.Log(ctx, 0, 100)
	feeds, err5 := c.store.Feeds(ctx)
	for _, err := range []error{err1, err2, err3, err4, err5} {
		c.must(err)
	}
	chats := ""
	for _, id := range []int64{tableGroup, tableChannel} {
		chat, err := c.store.Chat(ctx, id)
		c.must(err)
		chats += fmt.Sprint(chat.Language, chat.FreeQuestions, chat.Digits, chat.Calendar)
		if sub, err := c.store.Subscription(ctx, id); err == nil {
			chats += fmt.Sprintf("%+v", sub)
		}
	}
	return fmt.Sprintf("%+v|%+v|%+v|%+v|%+v|%s", docs, removed, admins, log, feeds, chats)
}

// refusals are the sentences that refuse for want of rights.
func refusals() (list []string) {
	for _, lang := range []string{phrase.English, phrase.Arabic} {
		p := phrase.For(lang, phrase.Options{})
		for _, key := range []string{"rights.admin", "rights.owner", "rights.group_admin", "rights.anonymous"} {
			list = append(list, strings.SplitN(p.T(key), ".", 2)[0])
		}
	}
	return list
}

func (e *ear) refused() bool {
	for _, said := range e.said {
		for _, sentence := range refusals() {
			if strings.Contains(said, sentence) {
				return true
			}
		}
	}
	return false
}

// TestRightsOfEverybody goes through every command and every button for every
// caller: what they may do is not refused, and what they may not do is refused
// with a sentence and changes nothing.
func TestRightsOfEverybody(t *testing.T) {
	c := newCourt(t)
	for _, who := range callers {
		may := func(need bot.Rights) bool {
			switch need {
			case bot.Reader:
				return true
			case bot.GroupAdmin:
				return who.group
			}
			return who.corpus >= need
		}
		try := func(what string, need bot.Rights, r bot.Request) {
			t.Helper()
			c.now = c.now.Add(time.Minute) // neither a flood nor a double press
			before, e := c.state(), &ear{}
			r.User, r.Chat, r.Date, r.MessageID = who.user, who.chat, c.now, 500
			if err := c.b.Handle(t.Context(), r, e); err != nil {
				t.Errorf("%s: %s: %v", who.name, what, err)
			}
			silent := who.post && need != bot.GroupAdmin // channels hear nothing of what makes no sense there
			switch {
			case may(need) && e.refused():
				t.Errorf("%s: %s was refused: %q", who.name, what, e.said)
			case !may(need) && !e.refused() && !silent:
				t.Errorf("%s: %s was not refused: %q", who.name, what, e.said)
			case silent && len(e.said) > 0:
				t.Errorf("%s: %s: %q", who.name, what, e.said)
			case !may(need) && c.state() != before:
				t.Errorf("%s: %s changed something", who.name, what)
			}
		}
		for name, need := range commandNeeds {
			kind := bot.Text
			if who.post {
				kind = bot.ChannelPost
			} else if who.chat.Kind == bot.Channel {
				continue // readers cannot write there
			}
			try("/"+name, need, bot.Request{Kind: kind, Text: "/" + name})
		}
		if who.post {
			continue // a post presses nothing
		}
		for action, need := range buttonNeeds {
			for _, args := range [][]string{{}, {"x", "1"}, {"off"}, {"language", "ar"}, {"1"}} {
				try("button "+action, need, bot.Request{Kind: bot.Press, CallbackID: "c", Data: bot.Data(action, args...)})
			}
		}
	}
}

// TestEveryRouteIsInTheTable fails when a command or a kind of button is added
// without a decision about its rights.
func TestEveryRouteIsInTheTable(t *testing.T) {
	commands, buttons := newCourt(t).b.Table()
	for _, x := range []struct {
		what      string
		got, want map[string]bot.Rights
	}{{"command", commands, commandNeeds}, {"button", buttons, buttonNeeds}} {
		for name, rights := range x.got {
			if want, ok := x.want[name]; !ok || want != rights {
				t.Errorf("%s %s needs %d, in the table %d, %v", x.what, name, rights, want, ok)
			}
		}
		for name := range x.want {
			if _, ok := x.got[name]; !ok {
				t.Errorf("%s %s is in the table and not there", x.what, name)
			}
		}
	}
}
