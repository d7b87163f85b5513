package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"mujaz/bot/message"
	"mujaz/corpus/arabic"
	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

// registerFeeds: /feed add|list|remove|pause|resume.
func (a *Admins) registerFeeds() {
	a.b.Command(Command{Name: "feed", Rights: Admin, Menu: CorpusAdmins, Do: a.feed})
}

func (a *Admins) feed(ctx context.Context, t *Talk) error {
	verb, rest := cutWord(t.Args)
	switch {
	case verb == "", isVerb(t, "list", verb):
		return a.listFeeds(ctx, t)
	case isVerb(t, "add", verb):
		return a.addFeed(ctx, t, rest)
	case isLink(t.Args):
		return a.addFeed(ctx, t, t.Args)
	case isVerb(t, "remove", verb):
		return a.withFeed(ctx, t, rest, a.removeFeed)
	case isVerb(t, "pause", verb):
		return a.withFeed(ctx, t, rest, func(ctx context.Context, t *Talk, f store.Feed) error { return a.pauseFeed(ctx, t, f, true) })
	case isVerb(t, "resume", verb):
		return a.withFeed(ctx, t, rest, func(ctx context.Context, t *Talk, f store.Feed) error { return a.pauseFeed(ctx, t, f, false) })
	}
	return t.Say(ctx, "feed.usage")
}

// addFeed reads the feed once before it is kept, so that a wrong link is told
// at once. Its entries become documents with the next polling.
func (a *Admins) addFeed(ctx context.Context, t *Talk, link string) error {
	link = strings.TrimSpace(link)
	if link == "" {
		return t.Say(ctx, "feed.usage")
	}
	a.typing(ctx, t)
	feed, err := a.adding.Fetcher.Feed(ctx, link, ingest.Validators{})
	if err != nil {
		return a.refuse(ctx, t, err)
	}
	f, added, err := a.b.o.Store.AddFeed(ctx, store.Feed{URL: feed.URL, Title: shorten(oneLine(feed.Title), 120), NextPoll: a.b.o.Now()}, t.Actor())
	if err != nil {
		return err
	}
	if !added {
		return t.Say(ctx, "feed.already", feedName(f))
	}
	return t.Say(ctx, "feed.added", feedName(f), t.P.Count("count.documents", len(feed.Items)))
}

func feedName(f store.Feed) string {
	if f.Title != "" {
		return message.Isolate(oneLine(f.Title))
	}
	return message.Isolate(f.URL)
}

func (a *Admins) listFeeds(ctx context.Context, t *Talk) error {
	feeds, err := a.b.o.Store.Feeds(ctx)
	if err != nil {
		return err
	}
	m := message.Message{Blocks: []message.Block{heading(t.P.T("feed.heading"))}}
	for i, f := range feeds {
		m.Blocks = append(m.Blocks, message.Block{Spans: []message.Span{
			{Text: t.P.Number(i+1) + ". "}, {Text: feedName(f), URL: f.URL}, {Text: " · " + a.feedState(t, f)},
		}})
	}
	if len(feeds) == 0 {
		m.Blocks = append(m.Blocks, message.Text(t.P.T("feed.empty")))
	}
	m.Blocks = append(m.Blocks, lines(t.P.T("feed.usage"))...)
	_, err = t.Reply(ctx, m)
	return err
}

// feedState is what an admin wants to know of a feed: paused, failing and
// why, or when it was last read.
func (a *Admins) feedState(t *Talk, f store.Feed) string {
	switch {
	case f.Paused:
		return t.P.T("feed.state.paused")
	case f.Failures > 0:
		return t.P.T("feed.state.failing", f.Failures, failureText(t.P, f.LastError))
	case f.LastOK.IsZero():
		return t.P.T("feed.state.new")
	}
	at := f.LastOK.In(a.b.o.Location)
	return t.P.T("feed.state.ok", t.P.Date(at), t.P.Clock(at))
}

// withFeed finds a feed by its number in the list or its address.
func (a *Admins) withFeed(ctx context.Context, t *Talk, args string, do func(context.Context, *Talk, store.Feed) error) error {
	feeds, err := a.b.o.Store.Feeds(ctx)
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(arabic.WesternDigits(strings.TrimSpace(args))); err == nil && n >= 1 && n <= len(feeds) {
		return do(ctx, t, feeds[n-1])
	}
	for _, f := range feeds {
		if f.URL == strings.TrimSpace(args) {
			return do(ctx, t, f)
		}
	}
	return t.Say(ctx, "feed.none")
}

func (a *Admins) removeFeed(ctx context.Context, t *Talk, f store.Feed) error {
	err := a.b.o.Store.RemoveFeed(ctx, f.ID, t.Actor())
	if errors.Is(err, store.ErrNotFound) {
		return t.Say(ctx, "feed.none")
	}
	if err != nil {
		return err
	}
	return t.Say(ctx, "feed.removed", feedName(f))
}

func (a *Admins) pauseFeed(ctx context.Context, t *Talk, f store.Feed, paused bool) error {
	err := a.b.o.Store.PauseFeed(ctx, f.ID, paused, t.Actor())
	if errors.Is(err, store.ErrNotFound) {
		return t.Say(ctx, "feed.none")
	}
	if err != nil {
		return err
	}
	if paused {
		return t.Say(ctx, "feed.paused", feedName(f))
	}
	return t.Say(ctx, "feed.resumed", feedName(f))
}
