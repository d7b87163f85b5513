package ingest

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const rssSample = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>أخبار الساحل</title><link>https://example.org/</link>
<item><title>خبر &amp; عنوان</title><link>/a?utm_source=rss</link><guid>g1</guid><pubDate>الثلاثاء, 18 مارس 2025 10:30:00 +0300</pubDate><description>&lt;p&gt;مقدمة قصيرة للخبر…&lt;/p&gt;</description></item>
<item><title>خبر ثان</title><link>https://example.org/b</link><pubDate>Wed, 19 Mar 2025 08:00:00 GMT</pubDate><content:encoded><![CDATA[<p>%s</p><p>فقرة أخيرة.</p>]]></content:encoded></item>
<item><title>بلا رابط ولا نص</title></item>
</channel></rss>`

const atomSample = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title><entry><id>urn:1</id><title>One</title><link href="https://example.org/1"/><updated>2025-03-20T10:00:00Z</updated><summary>Short.</summary></entry></feed>`

func TestParseFeed(t *testing.T) {
	full := strings.Replace(rssSample, "%s", strings.Repeat("نص كامل للخبر الثاني. ", 60), 1)
	feed, err := ParseFeed([]byte(full), "https://example.org/feed")
	if err != nil || feed.Title != "أخبار الساحل" || len(feed.Items) != 2 {
		t.Fatalf("%+v, %v", feed, err)
	}
	second, first := feed.Items[0], feed.Items[1] // newest first
	if first.Key != "g1" || !first.Teaser || first.Document.Title != "خبر & عنوان" || first.Document.Date != "2025-03-18T07:30:00Z" || first.Document.URL != "https://example.org/a?utm_source=rss" {
		t.Errorf("teaser: %+v", first)
	}
	if second.Key != "https://example.org/b" || second.Teaser || len(second.Document.Paragraphs()) != 2 || second.Document.Source != "أخبار الساحل" {
		t.Errorf("full: %+v", second)
	}
	if _, err := ParseFeed([]byte("<html><body>no</body></html>"), ""); !errors.Is(err, ErrNotFeed) {
		t.Errorf("a page is no feed: %v", err)
	}
	if _, err := ParseFeed([]byte("<rss>"+strings.Repeat("<a>", 100000)), ""); !errors.Is(err, ErrNotFeed) {
		t.Errorf("nesting: %v", err)
	}
}

func TestFeedAsksOnlyIfChanged(t *testing.T) {
	requests := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Cache-Control", "public, max-age=3600")
		w.Write([]byte(atomSample))
	}))
	defer s.Close()
	f := &Fetcher{Allow: allowAll}
	defer f.Close()
	feed, err := f.Feed(t.Context(), s.URL, Validators{})
	if err != nil || len(feed.Items) != 1 || feed.Validators.ETag != `"v1"` || feed.Wait.Hours() != 1 {
		t.Fatalf("%+v, %v", feed, err)
	}
	if _, err := f.Feed(t.Context(), s.URL, feed.Validators); !errors.Is(err, ErrNotModified) || requests != 2 {
		t.Errorf("got %v after %d requests", err, requests)
	}
}

func TestPageThatNamesItsFeed(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`<!doctype html><html><head><link rel="stylesheet" href="a.css"><link rel="alternate" type="application/atom+xml" href="/atom"></head><body>صفحة</body></html>`))
	})
	mux.HandleFunc("/atom", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(atomSample)) })
	mux.HandleFunc("/plain", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("<html><body>صفحة</body></html>")) })
	s := httptest.NewServer(mux)
	defer s.Close()
	f := &Fetcher{Allow: allowAll}
	defer f.Close()
	feed, err := f.Feed(t.Context(), s.URL+"/", Validators{})
	if err != nil || feed.URL != s.URL+"/atom" || len(feed.Items) != 1 {
		t.Errorf("%+v, %v", feed, err)
	}
	if _, err := f.Feed(t.Context(), s.URL+"/plain", Validators{}); !errors.Is(err, ErrNotFeed) {
		t.Errorf("got %v", err)
	}
}
