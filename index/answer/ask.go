package answer

import (
	"context"
	"log/slog"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// Finder is the index as this package needs it.
type Finder interface {
	Search(ctx context.Context, q index.Query) (index.Result, error)
}

// Options say how an Answerer is made.
type Options struct {
	Log     *slog.Logger     // nil: silent
	Now     func() time.Time // nil: time.Now
	Lexicon *lexicon.Lexicon // dialect question words and names of sides; nil: standard Arabic only
	// Newest gives the n documents that were added last, for telling what the
	// documents are about; nil: nothing is told.
	Newest func(ctx context.Context, n int) ([]corpus.Document, error)
}

// Ask is how one question is to be answered.
type Ask struct {
	K        int       // excerpts, 0 means 3
	Language string    // "ar" or "en": language of the reply; empty: that of the question
	Today    time.Time // what «أمس» refers to; zero: the clock of Options
	Previous string    // the question before in the same chat, empty for none
	Exact    bool      // search the typed words only
	// FollowUps fills Answer.FollowUps; each is asked before it is offered, which
	// costs as much as several questions.
	FollowUps bool
}
