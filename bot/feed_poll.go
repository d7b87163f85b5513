package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus"
	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

const (
	feedPeriod   = 15 * time.Minute
	feedLease    = 10 * time.Minute // longer than one feed may take
	feedLongest  = 6 * time.Hour    // the most that back-off waits
	feedArticles = 15               // full articles fetched in one polling of a feed
	feedSoon     = time.Minute      // when there is more than that
	tellAfter    = 3                // failures in a row before admins are told
	feedsAtOnce  = 4

	sweepPeriod = time.Second
	pollPeriod  = 20 * time.Second
	signPeriod  = 10 * time.Minute
)

// Run finishes texts that came in pieces, polls the feeds and signs imported
// documents until ctx ends. Through out admins hear of what was finished and
// of feeds that fail.
func (a *Admins) Run(ctx context.Context, out Transport) error {
	if err := a.resume(ctx, out); err != nil && ctx.Err() == nil {
		a.b.o.Log.Warn("open drafts were not taken up", "error", err)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.every(ctx, sweepPeriod, a.sweep) })
	g.Go(func() error {
		return a.every(ctx, pollPeriod, func(ctx context.Context) { a.poll(ctx, out) })
	})
	g.Go(func() error { return a.every(ctx, signPeriod, a.signAll) })
	if err := g.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func (a *Admins) every(ctx context.Context, period time.Duration, do func(context.Context)) error {
	for {
		do(ctx)
		if err := a.o.Tick(ctx, period); err != nil {
			return err
		}
	}
}

func (a *Admins) signAll(ctx context.Context) {
	if err := a.adding.SignAll(ctx, 0); err != nil && ctx.Err() == nil {
		a.b.o.Log.Warn("documents were not signed", "error", err)
	}
}

// poll reads the feeds that are due.
func (a *Admins) poll(ctx context.Context, out Messenger) {
	feeds, err := a.b.o.Store.ClaimFeeds(ctx, feedsAtOnce, feedLease)
	if err != nil {
		if ctx.Err() == nil {
			a.b.o.Log.Warn("feeds could not be claimed", "error", err)
		}
		return
	}
	for _, f := range feeds {
		if err := a.pollFeed(ctx, f, out); err != nil && ctx.Err() == nil {
			a.b.o.Log.Warn("a feed could not be recorded", "error", err)
		}
	}
}

// pollFeed reads one feed and records how that went.
func (a *Admins) pollFeed(ctx context.Context, f store.Feed, out Messenger) error {
	feed, err := a.adding.Fetcher.Feed(ctx, f.URL, ingest.Validators{ETag: f.ETag, LastModified: f.LastModified})
	var rest remainder
	if err == nil {
		rest, err = a.publishItems(ctx, f, feed.Items)
	}
	if ctx.Err() != nil {
		return ctx.Err() // stopped: the lease runs out and the feed is read again
	}
	if err != nil && !errors.Is(err, ingest.ErrNotModified) {
		return a.failed(ctx, f, err, out)
	}
	now := a.b.o.Now()
	_, err = a.b.o.Store.UpdateFeed(ctx, f.ID, func(x *store.Feed) {
		x.Failures, x.LastError, x.LastOK, x.NextPoll = 0, "", now, now.Add(feedPeriod)
		switch {
		case rest == tooMany:
			x.NextPoll = now.Add(feedSoon)
		case rest == complete && feed.Title != "": // else the validators stay old, so that the entries come again
			x.Title, x.ETag, x.LastModified = shorten(oneLine(feed.Title), 120), feed.Validators.ETag, feed.Validators.LastModified
		}
	})
	return ignoreRemoved(err)
}

// remainder says what is left of a feed after a polling.
type remainder int

const (
	complete remainder = iota
	later              // an article that could not be had now
	tooMany            // more articles than are fetched in one polling
)

func ignoreRemoved(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil // the feed was removed meanwhile
	}
	return err
}

// failed records a failure, waits longer each time, and tells after the third.
func (a *Admins) failed(ctx context.Context, f store.Feed, cause error, out Messenger) error {
	a.b.o.Log.Info("feed failed", "feed", f.ID, "failures", f.Failures+1, "error", cause)
	wait := min(feedPeriod<<min(f.Failures, 10), feedLongest)
	var status *ingest.StatusError
	if errors.As(cause, &status) {
		wait = max(wait, min(status.RetryAfter, 24*time.Hour))
	}
	x, err := a.b.o.Store.UpdateFeed(ctx, f.ID, func(x *store.Feed) {
		x.Failures++
		x.LastError, x.NextPoll = failureCode(cause), a.b.o.Now().Add(wait)
	})
	if err != nil {
		return ignoreRemoved(err)
	}
	if x.Failures == tellAfter {
		a.tell(ctx, x, out)
	}
	return nil
}

// tell sends owners and admins a line on what is wrong with a feed.
func (a *Admins) tell(ctx context.Context, f store.Feed, out Messenger) {
	people, err := a.people(ctx)
	if err != nil {
		a.b.o.Log.Warn("admins could not be told of a feed", "error", err)
		return
	}
	for _, id := range people {
		p := phrase.For(a.b.o.Language, phrase.Options{})
		if chat, err := a.b.o.Store.Chat(ctx, id); err == nil {
			p = a.b.phrases(chat, "")
		}
		text := p.T("feed.fails", feedName(f), p.Number(f.Failures), failureText(p, f.LastError))
		_, err := out.Send(ctx, Target{Chat: id}, message.Message{Language: p.Lang(), Blocks: lines(text)})
		if err != nil && !errors.Is(err, ErrBlocked) && !errors.Is(err, ErrGone) {
			a.b.o.Log.Warn("an admin could not be told of a feed", "error", err)
		}
	}
}

// publishItems makes documents of the entries that are new, oldest first.
func (a *Admins) publishItems(ctx context.Context, f store.Feed, items []ingest.Item) (rest remainder, err error) {
	fetched := 0
	for _, item := range slices.Backward(items) {
		seen, err := a.b.o.Store.ItemSeen(ctx, f.ID, item.Key)
		if err != nil {
			return rest, err
		}
		if seen {
			continue
		}
		d := item.Document
		if item.Teaser {
			if fetched++; fetched > feedArticles {
				return tooMany, nil
			}
			whole, ok := a.wholeArticle(ctx, d)
			if !ok && !a.isOld(d) {
				rest = later
				continue
			}
			d = whole
		}
		if err := a.publishItem(ctx, f, item.Key, d); err != nil {
			return rest, err
		}
	}
	return rest, nil
}

// isOld reports an entry whose article has been out of reach for a day: its
// start, if it has one, is better than nothing.
func (a *Admins) isOld(d corpus.Document) bool {
	day, ok := d.Day()
	return ok && a.b.o.Now().Sub(day) > 24*time.Hour
}

// wholeArticle fetches the article of which the feed has the start. false
// means that it could not be had now; a site that refuses for good leaves the
// start.
func (a *Admins) wholeArticle(ctx context.Context, d corpus.Document) (corpus.Document, bool) {
	page, err := a.adding.Fetcher.Fetch(ctx, d.URL)
	if err != nil {
		a.b.o.Log.Debug("article of a feed", "error", err)
		return d, !passing(err) && ctx.Err() == nil
	}
	if len(page.Document.Text) <= len(d.Text) {
		return d, true
	}
	whole := page.Document
	whole.ID, whole.URL = d.ID, d.URL
	if d.Title != "" {
		whole.Title = d.Title
	}
	if d.Date != "" {
		whole.Date = d.Date
	}
	return whole, true
}

// passing reports a failure that may be over at the next try.
func passing(err error) bool {
	var status *ingest.StatusError
	if errors.As(err, &status) {
		return status.Code >= 500 || status.Code == http.StatusTooManyRequests
	}
	return errors.Is(err, ingest.ErrTimeout) || errors.Is(err, ingest.ErrUnreachable)
}

func (a *Admins) publishItem(ctx context.Context, f store.Feed, key string, d corpus.Document) error {
	p, err := a.b.o.Store.PublishItem(ctx, f.ID, key, d, store.Actor{Name: f.URL})
	if errors.Is(err, store.ErrInvalid) {
		return a.b.o.Store.PassItem(ctx, f.ID, key) // an entry without any text
	}
	if err != nil || p.Result == store.Unchanged {
		return err
	}
	return a.adding.sign(ctx, p.ID, d.Text)
}

// failureCode keeps a reason in the store; failureText says it to a reader.
func failureCode(err error) string {
	var status *ingest.StatusError
	if errors.As(err, &status) {
		return "status " + strconv.Itoa(status.Code)
	}
	for _, r := range refusals {
		if errors.Is(err, r.err) {
			return strings.TrimPrefix(r.key, "add.refused.")
		}
	}
	return "unreachable"
}

func failureText(p phrase.Phrases, code string) string {
	if n, ok := strings.CutPrefix(code, "status "); ok {
		return p.T("add.refused.status", n)
	}
	return p.T("add.refused." + code)
}
