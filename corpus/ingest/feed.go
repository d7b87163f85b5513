package ingest

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"mujaz/corpus"
)

const (
	maxFeed      = 5 << 20 // bytes; a feed of a hundred full articles has under 2 MB
	maxFeedItems = 200     // newest ones; no newsroom posts more in one polling
	// teaserWords is the length below which an item's text is only the start
	// of its article.
	teaserWords = 120
)

// Validators are what a feed gave to ask "only if it changed".
type Validators struct{ ETag, LastModified string }

// Feed is a feed as it stands now.
type Feed struct {
	URL        string // where the feed itself stands
	Title      string
	Link       string // the site
	Validators Validators
	Items      []Item        // newest first
	Wait       time.Duration // the least time until the next request that the site asked for; 0: none
}

// Item is one entry of a feed.
type Item struct {
	Key      string          // guid or link: the same for the same entry
	Document corpus.Document // with whatever text the feed carries, perhaps none
	Teaser   bool            // the feed has only the start of the article: Fetch the Document.URL
}

// Feed reads an RSS, Atom or JSON feed; ErrNotModified when nothing changed
// since v, ErrNotFeed when the link leads to something else. A page that names
// its feed leads to that.
func (f *Fetcher) Feed(ctx context.Context, link string, v Validators) (Feed, error) {
	got, err := f.get(ctx, link, conditions(v), maxFeed)
	if err != nil {
		return Feed{}, err
	}
	feed, err := ParseFeed(got.body, got.link)
	if named := namedFeed(got); errors.Is(err, ErrNotFeed) && named != "" {
		if got, err = f.get(ctx, named, conditions(Validators{}), maxFeed); err != nil {
			return Feed{}, err
		}
		link = named
		feed, err = ParseFeed(got.body, got.link)
	}
	if err != nil {
		return Feed{}, err
	}
	feed.URL = link
	feed.Validators = Validators{ETag: got.header.Get("ETag"), LastModified: got.header.Get("Last-Modified")}
	feed.Wait = maxAge(got.header)
	return feed, nil
}

// conditions are the headers that ask for a feed, only if it changed since v.
func conditions(v Validators) map[string]string {
	headers := map[string]string{"Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"}
	if v.ETag != "" {
		headers["If-None-Match"] = v.ETag
	}
	if v.LastModified != "" {
		headers["If-Modified-Since"] = v.LastModified
	}
	return headers
}

// namedFeed is the feed that a page names in its head, or "".
func namedFeed(page response) string {
	z := html.NewTokenizer(bytes.NewReader(page.body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			n := &html.Node{Attr: t.Attr}
			kind := strings.ToLower(attribute(n, "type"))
			if t.Data == "link" && strings.Contains(strings.ToLower(attribute(n, "rel")), "alternate") && (kind == "application/rss+xml" || kind == "application/atom+xml") {
				return absolute(attribute(n, "href"), page.link)
			}
		}
	}
}

// maxAge is the Cache-Control age, within a day.
func maxAge(h http.Header) time.Duration {
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		if age, ok := strings.CutPrefix(strings.TrimSpace(part), "max-age="); ok {
			return retryAfter(http.Header{"Retry-After": {age}})
		}
	}
	return 0
}

// ParseFeed reads the bytes of a feed that came from link. It does not panic.
func ParseFeed(data []byte, link string) (feed Feed, err error) {
	defer func() {
		if recover() != nil { // a parser's panic on bytes from elsewhere
			feed, err = Feed{}, ErrNotFeed
		}
	}()
	if gofeed.DetectFeedType(bytes.NewReader(data)) == gofeed.FeedTypeUnknown || nestsXML(data) {
		return Feed{}, ErrNotFeed
	}
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		return Feed{}, ErrNotFeed
	}
	feed = Feed{Title: collapse(parsed.Title), Link: parsed.Link}
	for _, it := range parsed.Items {
		if item, ok := newItem(it, feed.Title, link); ok {
			feed.Items = append(feed.Items, item)
		}
	}
	slices.SortStableFunc(feed.Items, func(a, b Item) int {
		return dayOfItem(b).Compare(dayOfItem(a))
	})
	if len(feed.Items) > maxFeedItems {
		feed.Items = feed.Items[:maxFeedItems]
	}
	return feed, nil
}

func dayOfItem(i Item) time.Time {
	t, _ := i.Document.Day() // without a date: oldest
	return t
}

// nestsXML reports nesting that the feed parser would follow recursively.
func nestsXML(data []byte) bool {
	depth, deepest := 0, 0
	for i := 0; i+1 < len(data); i++ {
		switch {
		case data[i] == '<' && data[i+1] == '/':
			depth--
		case data[i] == '<' && data[i+1] != '!' && data[i+1] != '?':
			depth++
		case data[i] == '/' && data[i+1] == '>':
			depth--
		}
		deepest = max(deepest, depth)
	}
	return deepest > maxXMLDepth
}

func newItem(it *gofeed.Item, source, feedLink string) (Item, bool) {
	body := it.Content
	if wordCount(body) < wordCount(it.Description) {
		body = it.Description
	}
	a := fragment(body)
	a.title = textOfFragment(it.Title)
	a.source = source
	a.date = itemDate(it)
	a.url = absolute(it.Link, feedLink)
	d, err := a.draft(FormatHTML)
	if err != nil { // an item without text may still link to an article
		d.Document = corpus.Document{Title: collapse(a.title), Source: source, Date: a.date, URL: a.url}
		d.Document.ID = ID(d.Document)
	}
	key := strings.TrimSpace(it.GUID)
	if key == "" {
		key = d.Document.URL
	}
	if key == "" {
		key = d.Document.ID
	}
	if d.Document.URL == "" && d.Document.Text == "" {
		return Item{}, false
	}
	return Item{Key: key, Document: d.Document, Teaser: isTeaser(d.Document)}, true
}

func isTeaser(d corpus.Document) bool {
	if d.URL == "" {
		return false
	}
	text := strings.TrimRight(d.Text, " \n]»")
	return wordCount(text) < teaserWords || strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...")
}

// itemDate reads a date that the feed parser understood, or one with an Arabic
// weekday or month, which it does not.
func itemDate(it *gofeed.Item) string {
	for _, t := range []*time.Time{it.PublishedParsed, it.UpdatedParsed} {
		if t != nil {
			return moment(*t)
		}
	}
	if d := findMoment(it.Published); d != "" {
		return d
	}
	return findMoment(it.Updated)
}

// fragment reads the HTML, or plain text, that an item carries.
func fragment(body string) article {
	if !strings.ContainsAny(body, "<&") {
		return plainText(body)
	}
	a := scanPage(body)
	a.title = ""
	return a
}

func textOfFragment(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return collapse(s)
	}
	var lines []string
	for _, b := range scanPage(s).blocks {
		lines = append(lines, b.text)
	}
	return strings.Join(lines, " ")
}

func absolute(link, base string) string {
	b, err := url.Parse(base)
	if err != nil || link == "" {
		return link
	}
	u, err := b.Parse(strings.TrimSpace(link))
	if err != nil || !IsLink(u.String()) {
		return ""
	}
	return u.String()
}
