package ingest

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageWalk collects the blocks of a page: inline text gathers in line until a
// block-level tag ends it.
type pageWalk struct {
	blocks []block
	line   strings.Builder
	linked int // characters of line that are inside links
	kind   block
	marker string
}

func blocksOfPage(root *html.Node) []block {
	var w pageWalk
	w.node(root, false)
	w.flush()
	return w.blocks
}

// flush ends the current block. Blocks that are only links to other pages are
// furniture.
func (w *pageWalk) flush() {
	text := collapse(w.line.String())
	linked := w.linked
	w.line.Reset()
	w.linked = 0
	if text == "" || isFurniture(text, linked) {
		return
	}
	b := w.kind
	b.text = w.marker + text
	w.marker = ""
	w.blocks = append(w.blocks, b)
	if b.kind == item {
		w.kind = block{} // what follows inside the item is its continuation
	}
}

// furniture are openings of lines that lead away from the article.
var furniture = []string{"اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "اقرأ المزيد", "المزيد من", "مواضيع ذات صلة", "أخبار ذات صلة", "شارك", "تابعونا", "تابعنا", "شاهد أيضا", "للمزيد", "اشترك في", "حمل التطبيق", "طالع أيضا", "Read also", "Read more", "Related", "Share", "Follow us", "Subscribe", "Advertisement", "إعلان"}

func isFurniture(text string, linked int) bool {
	letters := utf8.RuneCountInString(text)
	if linked*10 >= letters*9 && letters > 0 && wordCount(text) <= 30 {
		return true
	}
	if wordCount(text) > 20 {
		return false
	}
	for _, f := range furniture {
		if strings.HasPrefix(text, f) && (linked*2 > letters || wordCount(text) <= wordCount(f)+1) {
			return true
		}
	}
	return false
}

func (w *pageWalk) node(n *html.Node, inLink bool) {
	switch n.Type {
	case html.TextNode:
		w.line.WriteString(n.Data)
		if inLink {
			w.linked += utf8.RuneCountInString(collapse(n.Data))
		}
		return
	case html.ElementNode:
		w.element(n, inLink)
		return
	}
	w.children(n, inLink)
}

func (w *pageWalk) children(n *html.Node, inLink bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, inLink)
	}
}

func (w *pageWalk) element(n *html.Node, inLink bool) {
	switch level := headingLevel(n.Data); {
	case skippedTags[n.Data] || isHidden(n):
	case n.DataAtom == atom.Br:
		w.flush()
	case level > 0:
		w.inBlock(n, block{kind: heading, level: level}, inLink)
	case n.DataAtom == atom.Li:
		w.flush()
		w.marker = markerOf(n)
		w.inBlock(n, block{kind: item}, inLink)
		w.marker = ""
	case n.DataAtom == atom.Tr:
		w.row(n, inLink)
	case brokenTags[n.Data]:
		kind := w.kind
		if kind.kind != item || w.marker == "" {
			kind = block{}
		}
		w.inBlock(n, kind, inLink)
	default:
		w.children(n, inLink || n.DataAtom == atom.A)
	}
}

// inBlock walks a block-level element: what stood before it and what is in it
// end with it.
func (w *pageWalk) inBlock(n *html.Node, kind block, inLink bool) {
	w.flush()
	outer := w.kind
	w.kind = kind
	w.children(n, inLink)
	w.flush()
	w.kind = outer
}

// row puts the cells of a table row on one line. A row that holds blocks of
// its own is layout, not a table.
func (w *pageWalk) row(n *html.Node, inLink bool) {
	w.flush()
	before := len(w.blocks)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if w.line.Len() > 0 && collapse(w.line.String()) != "" && c.Type == html.ElementNode {
			w.line.WriteString(" | ")
		}
		w.children(c, inLink)
	}
	if len(w.blocks) == before {
		w.flush()
		return
	}
	if text := strings.Trim(w.line.String(), " |\n\t"); text == "" {
		w.line.Reset()
	}
	w.flush()
}

func markerOf(li *html.Node) string {
	if li.Parent == nil || li.Parent.DataAtom != atom.Ol {
		return listMarker(false, 0)
	}
	number := 1
	if start, err := strconv.Atoi(attribute(li.Parent, "start")); err == nil {
		number = start
	}
	for s := li.PrevSibling; s != nil; s = s.PrevSibling {
		if s.DataAtom == atom.Li {
			number++
		}
	}
	return listMarker(true, number)
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
				return true
			}
		}
	}
	return false
}

// scanPage reads a page too large or too deeply nested for a tree: one pass
// over its tags, the text of skipped elements left out.
func scanPage(page string) article {
	var w pageWalk
	var a article
	z := html.NewTokenizer(strings.NewReader(page))
	skip, inTitle := "", false
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			w.flush()
			a.blocks = w.blocks
			return a
		case html.TextToken:
			switch {
			case inTitle:
				a.title += string(z.Text())
			case skip == "":
				w.line.Write([]byte(html.UnescapeString(string(z.Raw()))))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw, _ := z.TagName()
			tag := string(raw)
			inTitle = tag == "title" && kind == html.StartTagToken && a.title == ""
			switch {
			case skip == "" && kind == html.StartTagToken && skippedTags[tag] && tag != "head" && tag != "form":
				skip = tag
			case skip == tag && kind == html.EndTagToken:
				skip = ""
			}
			w.scanTag(tag, kind)
		}
	}
}

func (w *pageWalk) scanTag(tag string, kind html.TokenType) {
	level := headingLevel(tag)
	if level == 0 && tag != "li" && tag != "br" && tag != "tr" && !brokenTags[tag] {
		if tag == "td" || tag == "th" {
			w.line.WriteByte(' ')
		}
		return
	}
	w.flush()
	w.kind, w.marker = block{}, ""
	if kind != html.StartTagToken {
		return
	}
	switch {
	case level > 0:
		w.kind = block{kind: heading, level: level}
	case tag == "li":
		w.kind, w.marker = block{kind: item}, listMarker(false, 0)
	}
}
