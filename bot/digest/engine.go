package digest

import (
	"log/slog"
	"time"

	"mujaz/bot"
	"mujaz/corpus/store"
)

// Options say what the engine works with.
type Options struct {
	Store    *store.Store
	Concepts func() Concepts        // of the lexicon in use; nil: words only
	Username func() string          // the bot's @name, for links; nil: none
	Now      func() time.Time       // nil: the clock
	Moved    func() <-chan struct{} // closed when the clock is moved by hand; nil: never
	Worker   string                 // name of this process for claims
	Log      *slog.Logger           // nil: silent
}

// Engine composes and delivers digests and alerts. It implements bot.Digests.
type Engine struct {
	o        Options
	entries  entries
	contents contents
}

var _ bot.Digests = (*Engine)(nil)

// New makes an engine; Run delivers.
func New(o Options) *Engine {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Worker == "" {
		o.Worker = "digest"
	}
	return &Engine{o: o}
}

// ParseTime implements bot.Digests.
func (e *Engine) ParseTime(text string) (minutes int, ok bool) { return ParseTime(text) }

// ParseDay implements bot.Digests.
func (e *Engine) ParseDay(text string, today time.Time) (day time.Time, ok bool) {
	return ParseDay(text, today)
}

// ParseZone implements bot.Digests.
func (e *Engine) ParseZone(text string) (zone string, ok bool) { return ParseZone(text) }

// ZoneAt implements bot.Digests.
func (e *Engine) ZoneAt(l bot.Location) (zone string, ok bool) { return ZoneAt(l) }

// Next implements bot.Digests.
func (e *Engine) Next(t time.Time, sub store.Subscription) time.Time {
	at, _ := NextDue(t, sub)
	return at
}
