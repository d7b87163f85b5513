package ingest

import (
	"context"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// A page beyond these is read by a linear scan of its tags instead of being
// built as a tree, which costs about fifty times its size in memory.
const (
	maxTree  = 3 << 20 // bytes
	maxTags  = 60_000
	maxNests = 300 // open elements; the parser gives up at 512
)

// minArticle is the number of words below which a recognised article is not
// trusted, when the page as a whole has many times more.
const minArticle = 25

// htmlPage reads a web page: its article without the furniture, or the whole
// text when no article stands out. declared is the HTTP content type.
func htmlPage(ctx context.Context, data []byte, declared, link string) (article, error) {
	text, err := decodePage(data, declared)
	if err != nil {
		return article{}, err
	}
	if !isTreeSized(text.Text) {
		a := scanPage(text.Text)
		a.warnings = append(a.warnings, Warning{Kind: WarnPlainPage})
		a.url = link
		return a, ctx.Err()
	}
	root, err := html.Parse(strings.NewReader(text.Text))
	if err != nil {
		return article{}, ErrDamaged
	}
	a := readPage(root, link)
	a.url = link
	if text.Guessed {
		a.warnings = append(a.warnings, Warning{Kind: WarnCharset, Text: text.Charset})
	}
	return a, ctx.Err()
}

// readPage lets readability find the article, and checks what it found against
// the page.
func readPage(root *html.Node, link string) article {
	base, err := url.Parse(link)
	if err != nil || link == "" {
		base = nil
	}
	whole := blocksOfPage(root)
	a := pageFacts(root)
	found, err := readability.FromDocument(root, base)
	if err == nil {
		a.addFacts(found)
	}
	var blocks []block
	if err == nil && found.Node != nil {
		blocks = blocksOfPage(found.Node)
	}
	if n, all := wordsIn(blocks), wordsIn(whole); n == 0 || n < minArticle && all > 4*n {
		a.blocks = whole
		a.warnings = append(a.warnings, Warning{Kind: WarnPlainPage})
		return a
	}
	a.blocks = blocks
	return a
}

func wordsIn(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += wordCount(b.text)
	}
	return n
}

// decodePage honours a declared charset unless the bytes are valid UTF-8 with
// letters beyond ASCII, which no other charset produces by accident.
func decodePage(data []byte, contentType string) (decoded, error) {
	d, err := decode(data)
	if err == nil && !d.Guessed {
		return d, nil
	}
	enc, name, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], contentType)
	if certain || declaresCharset(data) {
		out, decodeErr := decodeWith(data, name, enc)
		if decodeErr == nil && looksLikeText(out.Text) {
			return out, nil
		}
	}
	return d, err
}

func declaresCharset(data []byte) bool {
	head := strings.ToLower(string(data[:min(len(data), 1024)]))
	return strings.Contains(head, "charset=")
}

// isTreeSized scans the tags without building anything.
func isTreeSized(page string) bool {
	if len(page) > maxTree {
		return false
	}
	z := html.NewTokenizer(strings.NewReader(page))
	tags, depth := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return true
		case html.StartTagToken:
			name, _ := z.TagName()
			if !voidTags[string(name)] && !optionalEnd[string(name)] {
				depth++
			}
			tags++
		case html.EndTagToken:
			depth = max(0, depth-1)
		}
		if tags > maxTags || depth > maxNests {
			return false
		}
	}
}

var (
	voidTags    = tagSet("area base br col embed hr img input link meta param source track wbr")
	optionalEnd = tagSet("p li dt dd tr td th option thead tbody tfoot")
	skippedTags = tagSet("script style noscript template svg math iframe object form button select textarea input nav footer aside figure figcaption video audio canvas head dialog menu")
	brokenTags  = tagSet("p div section article main header blockquote ul ol dl dt dd table thead tbody tfoot caption hr address details summary pre body html center fieldset")
)

func tagSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, t := range strings.Fields(s) {
		m[t] = true
	}
	return m
}

func headingLevel(tag string) int {
	if len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
		return int(tag[1] - '0')
	}
	return 0
}
