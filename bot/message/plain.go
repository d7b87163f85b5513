package message

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// PlainOptions says for what a message is printed.
type PlainOptions struct {
	ANSI      bool      // styles as terminal sequences
	Width     int       // columns to wrap at; 0 never wraps
	Direction Direction // base direction; ByLanguage follows the message
}

// Plain encodes a message as text for a terminal, a pipe or a client that
// refuses markup. It ends without a line break.
func Plain(m Message, o PlainOptions) string {
	marks := o.Direction == RightToLeft || o.Direction == ByLanguage && m.rightToLeft()
	var b strings.Builder
	for i, p := range trimBreaks(layout(m)) {
		if i > 0 {
			b.WriteByte('\n')
		}
		p.writePlain(&b, o, marks)
	}
	return b.String()
}

func trimBreaks(ps []piece) []piece {
	for len(ps) > 0 && ps[len(ps)-1].kind == Break {
		ps = ps[:len(ps)-1]
	}
	return ps
}

// quoteIndent stands before each line of a quotation or of code.
const quoteIndent = "  "

func (p piece) writePlain(b *strings.Builder, o PlainOptions, marks bool) {
	indent := ""
	if p.kind == Quote || p.kind == LongQuote || p.kind == Code {
		indent = quoteIndent
	}
	runs := p.runs
	if marks && p.kind != Code {
		runs = directed(runs)
	}
	if o.Width > 0 {
		runs = wrap(runs, o.Width-len(indent))
	}
	b.WriteString(indent)
	for _, r := range runs {
		text := strings.ReplaceAll(r.Text, "\n", "\n"+indent)
		if o.ANSI {
			text = styled(text, r.Style)
		}
		b.WriteString(text)
		if r.URL != "" && !strings.HasPrefix(r.Text, "[") && r.Text != r.URL {
			b.WriteString(" <" + r.URL + ">")
		}
	}
}

// ansiCodes are the sequences that switch a style on and off (ECMA-48 SGR).
var ansiCodes = []struct {
	style   Style
	on, off string
}{
	{Bold, "\x1b[1m", "\x1b[22m"}, {Italic, "\x1b[3m", "\x1b[23m"}, {Underline, "\x1b[4m", "\x1b[24m"},
}

func styled(text string, s Style) string {
	for _, c := range ansiCodes {
		if s&c.style != 0 {
			text = c.on + text + c.off
		}
	}
	return text
}

// wrap turns the space before a word that would pass the last column into a
// line break. Words longer than a line stand alone.
func wrap(runs []Span, columns int) []Span {
	text := []byte(joined(runs))
	column, space := 0, -1
	widthAtSpace := 0
	for i, r := range string(text) {
		switch {
		case r == '\n':
			column, space = 0, -1
			continue
		case r == ' ':
			space, widthAtSpace = i, column
		}
		column += Columns(r)
		if column > columns && space >= 0 {
			text[space] = '\n'
			column -= widthAtSpace + 1
			space = -1
		}
	}
	out := make([]Span, len(runs))
	at := 0
	for i, r := range runs {
		out[i] = Span{Text: string(text[at : at+len(r.Text)]), Style: r.Style, URL: r.URL}
		at += len(r.Text)
	}
	return out
}

// Columns is how many terminal columns a rune takes: 0, 1 or 2.
func Columns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
