package ingest

import (
	"encoding/xml"
	"strings"
)

// docxWalk is the state of the walk over WordprocessingML. Element names are
// compared without their prefix, which is a file's own choice.
type docxWalk struct {
	room   int64          // bytes that may still be unpacked
	styles map[string]int // style id → heading level, 10 for captions
	blocks []block

	style_   string // style being defined
	skipping int    // depth inside elements whose text is not shown
	line     strings.Builder
	inText   bool
	level    int  // outline level of the paragraph
	list     bool // the paragraph is a list item
	numID    string
	cells    []string // finished cells of the table row
	inRow    int
	ordered  map[string]bool // numbering id → it counts
	counts   map[string]int
	abstract map[string]bool // abstract numbering id → it counts
	current  string          // numbering being defined
}

// captionLevel marks paragraphs that are captions.
const captionLevel = 10

// style learns which styles are headings and captions, by their names, which
// Word keeps in English whatever language it speaks.
func (w *docxWalk) style(t xml.Token) {
	e, ok := t.(xml.StartElement)
	if !ok {
		return
	}
	switch e.Name.Local {
	case "style":
		w.style_ = attr(e, "styleId")
	case "name":
		w.learn(strings.ToLower(attr(e, "val")))
	case "outlineLvl":
		if v := attr(e, "val"); len(v) == 1 && v[0] >= '0' && v[0] <= '5' && w.styles[w.style_] == 0 {
			w.styles[w.style_] = int(v[0]-'0') + 1
		}
	}
}

func (w *docxWalk) learn(name string) {
	switch {
	case name == "title":
		w.styles[w.style_] = 1
	case strings.HasPrefix(name, "heading ") && len(name) == len("heading 1"):
		w.styles[w.style_] = int(name[len(name)-1] - '0')
	case name == "caption" || name == "header" || name == "footer":
		w.styles[w.style_] = captionLevel
	}
}

// numbering learns which lists count their items.
func (w *docxWalk) numbering(t xml.Token) {
	e, ok := t.(xml.StartElement)
	if !ok {
		return
	}
	if w.ordered == nil {
		w.ordered, w.abstract = map[string]bool{}, map[string]bool{}
	}
	switch e.Name.Local {
	case "abstractNum":
		w.current = attr(e, "abstractNumId")
	case "numFmt":
		if _, known := w.abstract[w.current]; !known {
			w.abstract[w.current] = attr(e, "val") != "bullet" && attr(e, "val") != "none"
		}
	case "num":
		w.current = attr(e, "numId")
	case "abstractNumId":
		w.ordered[w.current] = w.abstract[attr(e, "val")]
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// hidden are elements whose text is not the document's: deleted text, field
// instructions, and the second of two equal renderings.
var hidden = tagSet("del moveFrom instrText delText Fallback footnoteReference")

func (w *docxWalk) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		if w.skipping > 0 || hidden[t.Name.Local] {
			w.skipping++
			return
		}
		w.start(t)
	case xml.EndElement:
		if w.skipping > 0 {
			w.skipping--
			return
		}
		w.end(t.Name.Local)
	case xml.CharData:
		if w.inText && w.skipping == 0 {
			w.line.Write(t)
		}
	}
}

func (w *docxWalk) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		w.flush() // a text box opens inside its paragraph
	case "t":
		w.inText = true
	case "tab":
		w.line.WriteByte(' ')
	case "br", "cr":
		w.line.WriteByte('\n')
	case "noBreakHyphen":
		w.line.WriteRune('\u2011')
	case "pStyle":
		w.level = w.styles[attr(e, "val")]
	case "outlineLvl":
		if v := attr(e, "val"); w.level == 0 && len(v) == 1 && v[0] >= '0' && v[0] <= '5' {
			w.level = int(v[0]-'0') + 1
		}
	case "numId":
		w.numID = attr(e, "val")
		w.list = w.numID != "0"
	case "tr":
		w.inRow++
	}
}

func (w *docxWalk) end(name string) {
	switch name {
	case "t":
		w.inText = false
	case "p":
		w.flush()
	case "tr":
		if w.inRow--; w.inRow == 0 {
			w.add(block{text: strings.Join(w.cells, " | ")})
			w.cells = nil
		}
	}
}

// flush ends a paragraph. Line breaks inside it are paragraphs of their own.
func (w *docxWalk) flush() {
	b := block{}
	switch {
	case w.level == captionLevel:
		w.line.Reset()
	case w.level > 0:
		b = block{kind: heading, level: w.level}
	case w.list:
		b.kind = item
	}
	marker := ""
	for line := range strings.Lines(w.line.String()) {
		if line = collapse(line); line == "" {
			continue
		}
		if b.kind == item && marker == "" {
			marker = w.marker()
			line = marker + line
		}
		if w.inRow > 0 {
			w.cells = append(w.cells, line)
			continue
		}
		b.text = line
		w.add(b)
	}
	w.line.Reset()
	w.level, w.list, w.numID = 0, false, ""
}

func (w *docxWalk) marker() string {
	if w.counts == nil {
		w.counts = map[string]int{}
	}
	w.counts[w.numID]++
	return listMarker(w.ordered[w.numID], w.counts[w.numID])
}

func (w *docxWalk) add(b block) {
	if b.text != "" {
		w.blocks = append(w.blocks, b)
	}
}
