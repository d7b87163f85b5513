package ingest

import (
	"context"
	"time"

	"mujaz/corpus"
)

// Fetcher gets pages, files and feeds from the public web. The zero value
// refuses private addresses and is ready for use.
type Fetcher struct {
	Limits Limits
	Allow  func(network, address string) error // replaces the address guard; for tests against a local server
}

// Fetch makes a draft of what stands at a link.
func Fetch(ctx context.Context, url string, limits Limits) (Draft, error) {
	return (&Fetcher{Limits: limits}).Fetch(ctx, url)
}

// Fetch makes a draft of what stands at a link: a page, or a file that Read
// understands.
func (f *Fetcher) Fetch(ctx context.Context, url string) (Draft, error) { panic("not yet") }

// Validators are what a feed gave to ask "only if it changed".
type Validators struct{ ETag, LastModified string }

// Feed is a feed as it stands now.
type Feed struct {
	Title      string
	Link       string
	Validators Validators
	Items      []Item        // newest first
	Wait       time.Duration // the least time until the next request that the feed asked for; 0: none
}

// Item is one entry of a feed.
type Item struct {
	Key      string          // guid or link: the same for the same entry
	Document corpus.Document // with whatever text the feed carries
	Teaser   bool            // the feed has only the start of the article: Fetch the Document.URL
}

// Feed reads a feed; ErrNotModified when nothing changed since v.
func (f *Fetcher) Feed(ctx context.Context, url string, v Validators) (Feed, error) { panic("not yet") }
