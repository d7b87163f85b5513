package digest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/store"
)

const (
	// pageAction is the button that turns a page.
	pageAction = "g"
	// pagesKept is how long the pages of a digest can be turned.
	pagesKept = 30 * 24 * time.Hour
	// mostDocuments bounds a digest; more are left to /docs.
	mostDocuments = 200
	// mostLooked bounds the documents, newest first, in which those about a
	// subscription's topics are looked for.
	mostLooked = entriesKept
	// contentsKept bounds the memory of composed digests.
	contentsKept = 500
)

func itoa(n int) string { return strconv.Itoa(n) }

// content is a digest as several chats get it.
type content struct {
	stories []story
	total   int
	key     string // of the kept pages
	upTo    int64  // changes that it covers
}

// contents are composed once for all chats that get the same.
type contents struct {
	mu   sync.Mutex
	kept map[string]*content
}

// keptPages is what turning a page needs.
type keptPages struct {
	IDs    [][]string   `json:"ids"` // by story
	Length store.Length `json:"length"`
	Title  string       `json:"title"`
}

// contentOf gathers what is new for a subscription.
func (e *Engine) contentOf(ctx context.Context, sub store.Subscription, v view) (*content, error) {
	upTo, err := e.o.Store.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprintf("%d\x00%d\x00%s\x00%s\x00%s", sub.LastSeq, upTo, v.length, v.title, strings.Join(sub.Topics, "\x00"))
	e.contents.mu.Lock()
	defer e.contents.mu.Unlock()
	if c := e.contents.kept[key]; c != nil {
		return c, nil
	}
	c, err := e.gather(ctx, sub, v, upTo)
	if err != nil {
		return nil, err
	}
	if e.contents.kept == nil || len(e.contents.kept) >= contentsKept {
		e.contents.kept = map[string]*content{}
	}
	e.contents.kept[key] = c
	return c, nil
}

func (e *Engine) gather(ctx context.Context, sub store.Subscription, v view, upTo int64) (*content, error) {
	list, err := e.since(ctx, sub.LastSeq, upTo, sub.Topics)
	if err != nil {
		return nil, err
	}
	return &content{stories: stories(list), total: len(list), upTo: upTo}, nil
}

// keyOf is where the pages of a content are kept, made when they are first
// needed: a preview for a reader of the database alone needs none.
func (e *Engine) keyOf(ctx context.Context, c *content, v view) (string, error) {
	e.contents.mu.Lock()
	defer e.contents.mu.Unlock()
	if c.key != "" || len(c.stories) <= v.size() {
		return c.key, nil
	}
	key, err := e.keepPages(ctx, c.stories, v)
	c.key = key
	return key, err
}

// since lists the live documents that changed after a sequence number, up to
// another, newest first; with topics only those about one of them.
func (e *Engine) since(ctx context.Context, seq, upTo int64, topics []string) (out []*entry, err error) {
	for offset := 0; offset < mostLooked && len(out) < mostDocuments; offset += mostDocuments {
		page, full, err := e.listed(ctx, store.ListOptions{Since: seq, Limit: mostDocuments, Offset: offset})
		if err != nil {
			return nil, err
		}
		page = slices.DeleteFunc(page, func(d *entry) bool { return d.Seq > upTo }) // in the next digest
		if len(topics) > 0 {
			page = e.about(page, topics)
		}
		if out = append(out, page...); !full {
			break
		}
	}
	return out[:min(len(out), mostDocuments)], nil
}

// listed reads documents, those that are remembered without their texts. full
// says that there may be more of them.
func (e *Engine) listed(ctx context.Context, o store.ListOptions) (out []*entry, full bool, err error) {
	o.NoText = true
	list, err := e.o.Store.List(ctx, o)
	if err != nil {
		return nil, false, err
	}
	for _, d := range list {
		kept := e.entries.remembered(d)
		if kept == nil {
			whole, err := e.o.Store.Get(ctx, d.ID)
			if errors.Is(err, store.ErrNotFound) {
				continue // removed meanwhile
			}
			if err != nil {
				return nil, false, err
			}
			kept = e.entries.of(whole, e.concepts())
		}
		out = append(out, kept)
	}
	return out, len(list) == o.Limit, nil
}

func (e *Engine) about(list []*entry, topics []string) []*entry {
	var wanted []topic
	for _, text := range topics {
		wanted = append(wanted, newTopic(text, e.concepts()))
	}
	return slices.DeleteFunc(list, func(d *entry) bool {
		return !slices.ContainsFunc(wanted, func(t topic) bool { return t.in(d) })
	})
}

func (e *Engine) concepts() Concepts {
	if e.o.Concepts == nil {
		return nil
	}
	return e.o.Concepts()
}

func (e *Engine) keepPages(ctx context.Context, list []story, v view) (string, error) {
	kept := keptPages{Length: v.length, Title: v.title}
	for _, s := range list {
		var ids []string
		for _, d := range s {
			ids = append(ids, d.ID)
		}
		kept.IDs = append(kept.IDs, ids)
	}
	value, err := json.Marshal(kept)
	if err != nil {
		return "", err
	}
	return e.o.Store.Keep(ctx, value, pagesKept)
}

// Preview implements bot.Digests: the first page of what would be sent now.
func (e *Engine) Preview(ctx context.Context, sub store.Subscription) ([]message.Message, error) {
	m, _, err := e.compose(ctx, sub, e.o.Now())
	if err != nil || m == nil {
		return nil, err
	}
	return []message.Message{*m}, nil
}

// compose is the message for a subscription, nil when there is nothing new and
// nothing is to be said then, and the change sequence that it covers.
func (e *Engine) compose(ctx context.Context, sub store.Subscription, now time.Time) (*message.Message, int64, error) {
	v := e.view(ctx, sub)
	v.title = dated(v.p, now.In(Zone(sub.Zone)))
	c, err := e.contentOf(ctx, sub, v)
	switch {
	case err != nil:
		return nil, 0, err
	case len(c.stories) == 0 && !sub.Always:
		return nil, c.upTo, nil
	case len(c.stories) == 0:
		m := v.empty()
		return &m, c.upTo, nil
	}
	key, err := e.keyOf(ctx, c, v)
	if err != nil {
		return nil, 0, err
	}
	m := v.page(c.stories, c.total, 0, key)
	return &m, c.upTo, nil
}

// Pages composes all pages of what would be sent now, without buttons that
// need a chat. It writes nothing.
func (e *Engine) Pages(ctx context.Context, sub store.Subscription) ([]message.Message, error) {
	v := e.view(ctx, sub)
	v.title = dated(v.p, e.o.Now().In(Zone(sub.Zone)))
	c, err := e.contentOf(ctx, sub, v)
	if err != nil {
		return nil, err
	}
	if len(c.stories) == 0 {
		return []message.Message{v.empty()}, nil
	}
	var out []message.Message
	for number := 0; number*v.size() < len(c.stories); number++ {
		m := v.page(c.stories, c.total, number, "")
		m.Keyboard = nil
		out = append(out, m)
	}
	return out, nil
}

func (e *Engine) view(ctx context.Context, sub store.Subscription) view {
	o := phrase.Options{Calendar: phrase.Calendar(sub.Calendar)}
	if chat, err := e.o.Store.Chat(ctx, sub.Chat); err == nil {
		o.Digits = phrase.Digits(chat.Digits)
		if chat.Calendar != "" {
			o.Calendar = phrase.Calendar(chat.Calendar)
		}
	}
	if o.Calendar == "gregorian" {
		o.Calendar = phrase.Gregorian
	}
	return view{p: phrase.For(sub.Language, o), username: e.username(), length: sub.Length}
}

func (e *Engine) username() string {
	if e.o.Username == nil {
		return ""
	}
	return e.o.Username()
}

// Register adds the buttons that turn pages to the conversation.
func (e *Engine) Register(b *bot.Bot) { b.OnPress(pageAction, bot.Reader, e.turnPage) }

func (e *Engine) turnPage(ctx context.Context, t *bot.Talk, args []string) error {
	if len(args) != 2 {
		return store.ErrNotFound
	}
	number, err := strconv.Atoi(args[1])
	if err != nil || number < 0 {
		return store.ErrNotFound
	}
	value, err := e.o.Store.Kept(ctx, args[0])
	if errors.Is(err, store.ErrNotFound) {
		return t.Notice(ctx, "digest.gone")
	}
	if err != nil {
		return err
	}
	var kept keptPages
	if err := json.Unmarshal(value, &kept); err != nil {
		return err
	}
	list, total, err := e.live(ctx, kept.IDs)
	if err != nil {
		return err
	}
	v := view{p: t.P, username: e.username(), length: kept.Length, title: kept.Title}
	if len(list) == 0 {
		return t.Notice(ctx, "digest.gone")
	}
	number = min(number, (len(list)-1)/v.size()) // some were removed
	return t.Show(ctx, v.page(list, total, number, args[0]))
}

// live is the kept stories without the documents that were removed since.
func (e *Engine) live(ctx context.Context, ids [][]string) (list []story, total int, err error) {
	for _, group := range ids {
		var s story
		for _, id := range group {
			d, err := e.o.Store.Get(ctx, id)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, 0, err
			}
			s = append(s, e.entries.of(d, e.concepts()))
		}
		if total += len(s); len(s) > 0 {
			list = append(list, s)
		}
	}
	return list, total, nil
}
