package ingest

import (
	"crypto/sha256"
	"encoding/base32"
	"net/url"
	"strings"

	"mujaz/corpus"
)

// article is what a format's reader found, before it is a document.
type article struct {
	blocks   []block
	title    string
	source   string
	date     string // ISO 8601, or empty
	url      string
	warnings []Warning

	weakTitle bool // the title is only the page's, which often names the site too
}

// draft makes the document: title, metadata lines, paragraphs, language, id.
func (a article) draft(format Format) (Draft, error) {
	for i := range a.blocks {
		a.blocks[i].text = clean(a.blocks[i].text)
	}
	a.blocks = withoutEmpty(a.blocks)
	a.takeLabels()
	a.warnings = append(a.warnings, textQuality(a.blocks)...)
	d := Draft{Format: format, Warnings: a.warnings}
	title, from, blocks := chooseTitle(a.title, a.blocks)
	lines := paragraphs(blocks)
	lines, split := splitLong(lines)
	if split > 0 {
		d.warn(Warning{Kind: WarnSplit, Count: split})
	}
	d.TitleFrom = from
	d.Document = corpus.Document{
		Title:  title,
		Text:   strings.Join(lines, "\n"),
		Source: collapse(a.source),
		Date:   a.date,
		URL:    a.url,
	}
	if wordCount(d.Document.Text) == 0 || !hasLetters(d.Document.Text) {
		return Draft{}, ErrEmpty
	}
	d.Document.ID = ID(d.Document)
	d.Language = language(d.Document.Text)
	d.Paragraphs = len(d.Document.Paragraphs())
	return d, nil
}

func (d *Draft) warn(w Warning) { d.Warnings = append(d.Warnings, w) }

func withoutEmpty(blocks []block) []block {
	out := blocks[:0]
	for _, b := range blocks {
		if b.text != "" {
			out = append(out, b)
		}
	}
	return out
}

// With returns the draft with the given fields put in. A line of the text that
// was taken for its title goes back to the text when another title is given.
func (d Draft) With(g Given) Draft {
	if g.Title != "" && d.TitleFrom == FromLine && !sameWords(g.Title, d.Document.Title) {
		d.Document.Text = d.Document.Title + "\n" + d.Document.Text
		d.Paragraphs = len(d.Document.Paragraphs())
		if d.Document.URL == "" {
			d.Document.ID = ID(d.Document)
		}
	}
	return d.Edited(g)
}

// Edited returns the draft with corrected fields. A new link means a new id,
// unless an id is given too.
func (d Draft) Edited(g Given) Draft {
	if g.Title != "" {
		d.Document.Title, d.TitleFrom = collapse(g.Title), FromGiven
	}
	if g.Source != "" {
		d.Document.Source = collapse(g.Source)
	}
	if g.Date != "" {
		d.Document.Date = g.Date
	}
	if g.URL != "" && g.URL != d.Document.URL {
		d.Document.URL = g.URL
		d.Document.ID = ID(d.Document)
	}
	if g.ID != "" {
		d.Document.ID = g.ID
	}
	return d
}

// ID is the stable name of a document without one: made from its link when it
// has one, so that a page read again replaces itself, otherwise from its text.
// It is short ASCII, fit for a button's data.
func ID(d corpus.Document) string {
	key := "text\n" + strings.Join(strings.Fields(d.Text), " ")
	if d.URL != "" {
		key = "url\n" + CanonicalURL(d.URL)
	}
	sum := sha256.Sum256([]byte(key))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// tracking are query parameters that name the reader's way, not the page.
var tracking = []string{"utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "at_campaign", "at_medium"}

// CanonicalURL removes from a link what does not change the page: fragment,
// tracking parameters, the host's letter case, a default port, a last slash.
func CanonicalURL(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Host == "" {
		return strings.TrimSpace(link)
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	u.Scheme = strings.ToLower(u.Scheme)
	u.Host = strings.ToLower(u.Host)
	if port := u.Port(); port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		u.Host = u.Hostname()
	}
	q := u.Query()
	for name := range q {
		for _, prefix := range tracking {
			if strings.HasPrefix(strings.ToLower(name), prefix) {
				q.Del(name)
			}
		}
	}
	u.RawQuery = q.Encode()
	u.Path = strings.TrimSuffix(u.Path, "/")
	u.RawPath = strings.TrimSuffix(u.RawPath, "/")
	return u.String()
}
