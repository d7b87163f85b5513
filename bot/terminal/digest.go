package terminal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"mujaz/bot/digest"
	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// digestFlags are the flags of `mujaz digest`.
type digestFlags struct {
	chat             int64
	at, lang, length string
	topics           string
}

// runDigest prints the digest that a chat would get, without sending or
// recording anything.
func runDigest(ctx context.Context, p *Program, args []string) error {
	f := p.flags("digest")
	var o digestFlags
	f.Int64Var(&o.chat, "chat", 0, "chat whose digest to preview (default: a new reader's)")
	f.StringVar(&o.at, "at", "", "moment of the digest: 2026-11-26 08:00, 08:00, tomorrow, or RFC 3339 (default: now)")
	f.StringVar(&o.lang, "lang", "", "ar or en (default: the chat's, else DEFAULT_LANGUAGE)")
	f.StringVar(&o.length, "length", "", "headlines, short or full (default: the chat's, else short)")
	f.StringVar(&o.topics, "topics", "", "only documents about these, separated by commas")
	if rest, err := parse(f, args); err != nil || len(rest) > 0 {
		return firstOf(err, wrongUse("digest takes no arguments."))
	}
	at, err := p.moment(o.at)
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	r, err := p.openDocuments(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	sub, err := p.subscriptionOf(ctx, r.Store, o)
	if err != nil {
		return err
	}
	return p.printDigest(ctx, r, sub, at)
}

func (o digestFlags) check() error {
	if o.lang != "" && o.lang != "ar" && o.lang != "en" {
		return wrongUse("-lang must be ar or en.")
	}
	switch store.Length(o.length) {
	case "", store.Headlines, store.Short, store.Full:
		return nil
	}
	return wrongUse("-length must be headlines, short or full.")
}

// moment reads -at in the operator's zone.
func (p *Program) moment(text string) (time.Time, error) {
	now := p.today()
	if text == "" {
		return now, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, p.Config.Location); err == nil {
			return t, nil
		}
	}
	if minutes, ok := digest.ParseTime(text); ok {
		y, m, d := now.Date()
		return time.Date(y, m, d, 0, minutes, 0, 0, p.Config.Location), nil
	}
	if day, ok := digest.ParseDay(text, now); ok {
		return day.Add(24*time.Hour - time.Minute), nil // all that the day brings
	}
	return time.Time{}, wrongUse("-at must be a moment such as 2026-11-26 08:00 or 08:00.")
}

// subscriptionOf is the chat's subscription, or a new reader's, with the
// choices of the flags.
func (p *Program) subscriptionOf(ctx context.Context, s *store.Store, o digestFlags) (store.Subscription, error) {
	sub := store.Subscription{Zone: p.Config.Location.String(), Days: store.EveryDay, Length: store.Short, Language: p.Config.Language, Active: true}
	if o.chat != 0 {
		found, err := s.Subscription(ctx, o.chat)
		if errors.Is(err, store.ErrNotFound) {
			return sub, fmt.Errorf("chat %d has no subscription", o.chat)
		}
		if err != nil {
			return sub, err
		}
		sub = found
	}
	if o.lang != "" {
		sub.Language = o.lang
	}
	if o.length != "" {
		sub.Length = store.Length(o.length)
	}
	if o.topics != "" {
		sub.Topics = strings.FieldsFunc(o.topics, func(r rune) bool { return r == ',' || r == '،' })
	}
	sub.Always = true // a preview says so when there is nothing
	return sub, nil
}

func (p *Program) printDigest(ctx context.Context, r *Rooms, sub store.Subscription, at time.Time) error {
	l, err := p.Lexicon(ctx, r.Store)
	if err != nil {
		return err
	}
	e := digest.New(digest.Options{
		Store: r.Store, Concepts: func() digest.Concepts { return l }, Now: func() time.Time { return at }, Log: p.Log,
	})
	pages, err := e.Pages(ctx, sub)
	if err != nil {
		return err
	}
	for _, page := range pages {
		fmt.Fprintf(p.Out, "%s\n\n", message.Plain(page, message.PlainOptions{ANSI: p.Colour, Width: p.Width}))
	}
	return nil
}
