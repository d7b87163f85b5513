package bot

import (
	"context"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"mujaz/bot/phrase"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

// Answerer answers questions; *answer.Answerer is one.
type Answerer interface {
	Ask(ctx context.Context, text string, o answer.Ask) (answer.Answer, error)
}

// Progress tells how far the index has read the change sequence; *index.Index
// is one. Answers are remembered only as long as it stands still.
type Progress interface{ Seq() int64 }

// Options say what the conversation is made of.
type Options struct {
	Store    *store.Store
	Answers  Answerer
	Corpus   Progress
	Owners   []int64          // ADMIN_IDS: cannot be removed at run time
	Username string           // the bot's @name without @; SetUsername when it is learnt later
	Language string           // "ar" or "en": where nobody chose and the client does not tell
	Location *time.Location   // default zone; nil is UTC
	Digest   int              // default time of digests, minutes after midnight
	Now      func() time.Time // nil: the clock
	Digests  Digests          // nil: no subscriptions
	Meter    Meter            // nil: nothing is measured
	Log      *slog.Logger     // nil: silent
}

// Bot is the conversation. It is safe for use by many goroutines; the
// transport keeps the order within a chat.
type Bot struct {
	o        Options
	username atomic.Pointer[string]
	routes   routes
	answers  *answers
	flood    *flood
	presses  *presses
	topics   *topics
	rows     []DocumentRow
}

// New makes the conversation with the commands of this package.
func New(o Options) *Bot {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Meter == nil {
		o.Meter = unmetered{}
	}
	if o.Location == nil {
		o.Location = time.UTC
	}
	o.Language = phrase.Language(o.Language, phrase.Arabic)
	b := &Bot{o: o, routes: newRoutes(), answers: newAnswers(o.Answers, o.Corpus), flood: newFlood(o.Now), presses: newPresses(o.Now)}
	b.topics = newTopics(b)
	b.SetUsername(o.Username)
	b.register()
	return b
}

// SetUsername tells the bot its @name, without @.
func (b *Bot) SetUsername(name string) { b.username.Store(&name) }

// Username is the bot's @name without @, empty while it is not known.
func (b *Bot) Username() string { return *b.username.Load() }

// Now is the time in the default zone.
func (b *Bot) Now() time.Time { return b.o.Now().In(b.o.Location) }

// register adds everything that this package can do.
func (b *Bot) register() {
	b.registerAsk()
	b.registerDocuments()
	b.registerSubscription()
	b.registerSettings()
	b.registerPrivacy()
	b.registerHelp()
}

// Rights is what a person may do.
type Rights int

// Rights, each including those before it.
const (
	Reader     Rights = iota // asks and reads
	GroupAdmin               // in a group: one of its admins; in private chats everybody
	Admin                    // changes the corpus
	Owner                    // from ADMIN_IDS: makes and removes admins
)

// CorpusRights is Owner, Admin or Reader, whatever the chat.
func (b *Bot) CorpusRights(ctx context.Context, user int64) (Rights, error) {
	if user == 0 {
		return Reader, nil
	}
	if slices.Contains(b.o.Owners, user) {
		return Owner, nil
	}
	admin, err := b.o.Store.IsAdmin(ctx, user)
	if admin {
		return Admin, err
	}
	return Reader, err
}
