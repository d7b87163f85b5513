package ingest

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxMarkdown bounds what the Markdown parser gets: some inputs cost it more
// than linear time. Longer files are read as plain text.
const maxMarkdown = 2 << 20

// maxMarkers bounds runs of one marker, which make nesting.
const maxMarkers = 100

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()

// markdownText reads Markdown with an optional front matter of "key: value"
// lines.
func markdownText(s string) article {
	s = unifyBreaks(s)
	a, body := frontMatter(s)
	if len(body) > maxMarkdown || nestsDeeply(body) {
		a.blocks = plainText(body).blocks
		return a
	}
	w := markdownWalk{source: []byte(body)}
	w.blocksOf(markdown.Parse(text.NewReader(w.source)), 0)
	a.blocks = w.blocks
	if a.title == "" && len(w.blocks) > 1 && w.blocks[0].kind == heading && w.blocks[0].level == 1 {
		a.title, a.blocks = w.blocks[0].text, w.blocks[1:]
	}
	return a
}

// nestsDeeply reports lines that open more quotes, lists or brackets than any
// person writes.
func nestsDeeply(s string) bool {
	for line := range strings.Lines(s) {
		n := 0
		for _, r := range line {
			if strings.ContainsRune(">-*+[]()!_`~<", r) {
				n++
			}
		}
		if n > maxMarkers && n*2 > len(line)/2 {
			return true
		}
		indent := len(line) - len(strings.TrimLeft(line, " \t"))
		if indent > 4*maxMarkers {
			return true
		}
	}
	return false
}

func frontMatter(s string) (article, string) {
	var a article
	body, ok := strings.CutPrefix(s, "---\n")
	if !ok {
		return a, s
	}
	head, rest, ok := strings.Cut(body, "\n---\n")
	if !ok || len(head) > 4096 {
		return a, s
	}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "title", "العنوان":
			a.title = value
		case "source", "author", "المصدر":
			set(&a.source, value)
		case "date", "published", "التاريخ":
			a.date = findMoment(value)
		case "url", "link", "canonical", "الرابط":
			a.url = value
		}
	}
	return a, rest
}

type markdownWalk struct {
	source []byte
	blocks []block
}

// maxDepth is where walks of nested documents stop.
const maxDepth = 100

func (w *markdownWalk) blocksOf(n ast.Node, depth int) {
	if depth > maxDepth {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			w.add(block{kind: heading, level: c.Level, text: w.inline(c)})
		case *ast.Paragraph, *ast.TextBlock:
			w.add(block{text: w.inline(c)})
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			for i := range c.Lines().Len() {
				line := c.Lines().At(i)
				w.add(block{text: string(line.Value(w.source))})
			}
		case *ast.List:
			w.list(c, depth)
		case *extast.Table:
			w.table(c)
		case *ast.HTMLBlock, *ast.ThematicBreak:
		default:
			w.blocksOf(c, depth+1)
		}
	}
}

func (w *markdownWalk) list(l *ast.List, depth int) {
	number := l.Start
	for li := l.FirstChild(); li != nil; li = li.NextSibling() {
		first := len(w.blocks)
		w.blocksOf(li, depth+1)
		if len(w.blocks) > first && w.blocks[first].kind != item {
			w.blocks[first].kind = item
			w.blocks[first].text = listMarker(l.IsOrdered(), number) + w.blocks[first].text
		}
		number++
	}
}

func (w *markdownWalk) table(t *extast.Table) {
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if s := w.inline(cell); s != "" {
				cells = append(cells, s)
			}
		}
		w.add(block{text: strings.Join(cells, " | ")})
	}
}

func (w *markdownWalk) add(b block) {
	if b.text = collapse(b.text); b.text != "" {
		w.blocks = append(w.blocks, b)
	}
}

// inline is the visible text of a node: link texts without targets, no markup.
func (w *markdownWalk) inline(n ast.Node) string {
	var sb strings.Builder
	depth := 0
	ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) { // the walker returns no error
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		if depth++; depth > maxDepth {
			return ast.WalkSkipChildren, nil
		}
		return w.visible(&sb, c), nil
	})
	return sb.String()
}

func (w *markdownWalk) visible(sb *strings.Builder, n ast.Node) ast.WalkStatus {
	switch c := n.(type) {
	case *ast.Image, *ast.RawHTML:
		return ast.WalkSkipChildren
	case *ast.Text:
		value := c.Value(w.source)
		if _, code := c.Parent().(*ast.CodeSpan); !code {
			value = util.ResolveNumericReferences(util.ResolveEntityNames(util.UnescapePunctuations(value)))
		}
		sb.Write(value)
		if c.SoftLineBreak() || c.HardLineBreak() {
			sb.WriteByte(' ')
		}
	case *ast.String:
		sb.Write(c.Value)
	case *ast.AutoLink:
		sb.Write(c.Label(w.source))
	}
	return ast.WalkContinue
}
