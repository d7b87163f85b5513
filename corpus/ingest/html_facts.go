package ingest

import (
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metaNames are the names of meta elements, best first.
var (
	titleMeta  = []string{"og:title", "twitter:title", "dc.title"}
	sourceMeta = []string{"og:site_name", "application-name", "dc.publisher", "publisher"}
	dateMeta   = []string{"article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate", "article:modified_time"}
)

// pageFacts reads title, source and date from a page's head and, failing
// that, from its first heading and time elements.
func pageFacts(root *html.Node) article {
	meta := map[string]string{}
	var a article
	var title, h1, stamp string
	headings := 0
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Meta:
			name := strings.ToLower(attribute(n, "property") + attribute(n, "name") + attribute(n, "itemprop"))
			if _, known := meta[name]; !known {
				meta[name] = attribute(n, "content")
			}
		case atom.Title:
			if title == "" && n.Parent != nil && n.Parent.DataAtom == atom.Head {
				title = textOf(n)
			}
		case atom.H1:
			headings++
			h1 = textOf(n)
		case atom.Time:
			set(&stamp, attribute(n, "datetime"))
		}
	}
	a.title = firstOf(meta, titleMeta)
	if headings == 1 && wordCount(h1) >= 2 {
		set(&a.title, h1)
	}
	if a.weakTitle = a.title == ""; a.weakTitle {
		a.title = title
	}
	a.source = firstOf(meta, sourceMeta)
	if a.date = findMoment(firstOf(meta, dateMeta)); a.date == "" {
		a.date = findMoment(stamp)
	}
	return a
}

func firstOf(meta map[string]string, names []string) string {
	for _, name := range names {
		if v := collapse(meta[name]); v != "" {
			return v
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var sb strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			sb.WriteString(c.Data)
		}
	}
	return collapse(sb.String())
}

// addFacts fills what the head did not say from the page's linked data.
func (a *article) addFacts(found readability.Article) {
	if t := collapse(found.Title()); t != "" && (a.weakTitle || strings.HasPrefix(a.title, t)) {
		a.title = t // from linked data, or without the site's name behind it
	}
	set(&a.source, collapse(found.SiteName()))
	if a.date == "" {
		if t, err := found.PublishedTime(); err == nil {
			a.date = moment(t)
		}
	}
}

// hostName is the source of a page that does not name one.
func hostName(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
