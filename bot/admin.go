package bot

import (
	"context"
	"strconv"
	"sync"
	"time"

	"mujaz/bot/message"
	"mujaz/corpus/ingest"
)

// AdminOptions are what changing the corpus needs beside the Options of New.
type AdminOptions struct {
	Fetcher   *ingest.Fetcher
	Limits    ingest.Limits
	IndexSize func() (int64, error)                            // bytes of the index, for /stats; nil: not shown
	Tick      func(ctx context.Context, d time.Duration) error // waits; nil: by the clock
	// Changed is told who became an admin, or is one no longer; nil: nobody.
	Changed func(ctx context.Context, user int64, admin bool)
}

// Admins is the part of the conversation that changes the corpus.
type Admins struct {
	b      *Bot
	adding *Adding
	o      AdminOptions

	mu      sync.Mutex
	waiting map[int64]gap      // drafts whose last piece may not have come yet
	albums  map[string]albumOf // media groups of which a file was added
}

// gap is a draft that is finished when no piece came for some time.
type gap struct {
	talk *Talk
	due  time.Time
}

// albumOf is who added the files of a media group, and until when more of them
// are taken.
type albumOf struct {
	user  int64
	until time.Time
}

// ServeAdmins adds the commands and buttons that change the corpus. Call it
// once, before the first request; the Admins it returns must Run.
func (b *Bot) ServeAdmins(o AdminOptions) *Admins {
	if o.Tick == nil {
		o.Tick = wait
	}
	a := &Admins{b: b, o: o, adding: &Adding{Store: b.o.Store, Fetcher: o.Fetcher, Limits: o.Limits},
		waiting: map[int64]gap{}, albums: map[string]albumOf{}}
	a.registerAdd()
	a.registerPreview()
	a.registerDocuments()
	a.registerLog()
	a.registerStats()
	a.registerSynonyms()
	a.registerFeeds()
	a.registerAdmins()
	return a
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// refuse replies with a refusal when the error is the input's, and returns every
// other error to the caller.
func (a *Admins) refuse(ctx context.Context, t *Talk, err error) error {
	text, ok := Refusal(t.P, err)
	if !ok {
		return err
	}
	_, err = t.Reply(ctx, message.Message{Blocks: lines(text)})
	return err
}

// number reads an id in a button's data.
func number(args []string, i int) (int64, bool) {
	if i >= len(args) {
		return 0, false
	}
	n, err := strconv.ParseInt(args[i], 36, 64)
	return n, err == nil
}

func short(n int64) string { return strconv.FormatInt(n, 36) }
