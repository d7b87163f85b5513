package serve

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"mujaz/bot"
	"mujaz/bot/terminal"
	"mujaz/corpus/lexicon"
	"mujaz/index"
	"mujaz/index/answer"
)

// follower keeps the index at the end of the store's change sequence, and the
// lexicon at the admins' newest lines.
type follower struct {
	p       *terminal.Program
	rooms   *terminal.Rooms
	log     *slog.Logger
	lines   int64 // SynonymSeq of the lexicon in use
	behind  atomic.Int64
	reached atomic.Bool // caught up at least once
	known   atomic.Pointer[lexicon.Lexicon]
}

// lexicon is the one in use.
func (f *follower) lexicon() *lexicon.Lexicon {
	if l := f.known.Load(); l != nil {
		return l
	}
	return f.rooms.Lexicon
}

// firstWait is how long the start waits for the index: a usual start is done by
// then, and a rebuild of a large corpus goes on while questions are answered.
const firstWait = 5 * time.Second

// begin catches up before the first question comes, for a while.
func (f *follower) begin(ctx context.Context) {
	first, cancel := context.WithTimeout(ctx, firstWait)
	defer cancel()
	f.step(first)
}

// run follows until ctx ends. A failure is logged and tried again at the next
// change or tick of the store.
func (f *follower) run(ctx context.Context) {
	changed := f.rooms.Store.Watch(ctx)
	for {
		f.step(ctx)
		select {
		case <-ctx.Done():
			return
		case _, open := <-changed:
			if !open {
				return
			}
		}
	}
}

func (f *follower) step(ctx context.Context) {
	report := func(p index.Progress) { f.behind.Store(p.Total - p.Done) }
	if err := f.rooms.Index.CatchUp(ctx, f.rooms.Store, report); err != nil {
		if ctx.Err() == nil {
			f.log.Warn("the index could not follow the store", "error", err)
		}
		return
	}
	f.behind.Store(0)
	if f.reached.CompareAndSwap(false, true) {
		documents, paragraphs := f.rooms.Index.Count()
		f.log.Info("index is current", "documents", documents, "paragraphs", paragraphs)
	}
	f.renewLexicon(ctx)
}

// renewLexicon reads the admins' lines again when they changed.
func (f *follower) renewLexicon(ctx context.Context) {
	seq, err := f.rooms.Store.SynonymSeq(ctx)
	if err != nil || seq == f.lines {
		return
	}
	l, err := f.p.Lexicon(ctx, f.rooms.Store)
	if err != nil {
		f.log.Warn("the lexicon could not be renewed", "error", err)
		return
	}
	f.rooms.Index.SetLexicon(l)
	f.known.Store(l)
	f.lines = seq
}

// ready tells why questions cannot be answered from all documents yet, or "".
func (f *follower) ready() string {
	if !f.reached.Load() {
		return "warming up: the index is being made"
	}
	return ""
}

// every calls do at once and then each time the period has passed, until ctx ends.
func every(ctx context.Context, period time.Duration, do func(context.Context)) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		do(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// warming answers while the index is being made: what is found is an answer,
// but what is not found yet may be there.
type warming struct {
	bot.Answerer
	f *follower
}

// Ask implements bot.Answerer.
func (w warming) Ask(ctx context.Context, text string, o answer.Ask) (answer.Answer, error) {
	a, err := w.Answerer.Ask(ctx, text, o)
	if err != nil || w.f.reached.Load() || a.Kind == answer.Answered || a.Courtesy != "" {
		return a, err
	}
	return answer.Answer{Question: a.Question, Language: a.Language, Kind: answer.NoAnswer, Courtesy: answer.Warming, Took: a.Took}, nil
}
