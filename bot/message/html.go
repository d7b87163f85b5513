package message

import "strings"

// Limits of the Bot API in UTF-16 units after the entities were parsed.
const (
	TextLimit    = 4096
	CaptionLimit = 1024
)

// HTML encodes a message as Telegram HTML in one or more parts. Each part is
// valid by itself and at most limit UTF-16 units long once parsed (limits
// under 16 count as 16). A cut falls between blocks if it can, else between
// sentences, else between words; never inside a tag, a link or a citation. A
// message with nothing to see gives no part.
func HTML(m Message, limit int) []string {
	return encode(pages(layout(m), limit, m.rightToLeft()), m.rightToLeft())
}

// Caption encodes a message whose first part stands under a file: it has at
// most CaptionLimit units. What does not fit comes as further messages.
func Caption(m Message) (caption string, rest []string) {
	first := pages(layout(m), CaptionLimit, m.rightToLeft())
	if len(first) == 0 {
		return "", nil
	}
	var left []piece
	for _, p := range first[1:] {
		left = append(left, p...)
	}
	caption = encode(first[:1], m.rightToLeft())[0]
	return caption, encode(pages(left, TextLimit, m.rightToLeft()), m.rightToLeft())
}

func encode(parts [][]piece, marks bool) []string {
	out := make([]string, 0, len(parts))
	for _, part := range parts {
		var b strings.Builder
		for i, p := range part {
			if i > 0 {
				b.WriteByte('\n')
			}
			p.writeHTML(&b, marks)
		}
		out = append(out, b.String())
	}
	return out
}

var blockTags = map[Kind][2]string{
	Quote:     {"<blockquote>", "</blockquote>"},
	LongQuote: {"<blockquote expandable>", "</blockquote>"},
	Code:      {"<pre>", "</pre>"},
}

func (p piece) writeHTML(b *strings.Builder, marks bool) {
	runs := p.runs
	if marks && p.kind != Code {
		runs = directed(runs)
	}
	tags := blockTags[p.kind]
	b.WriteString(tags[0])
	for _, r := range runs {
		r.writeHTML(b)
	}
	b.WriteString(tags[1])
}

// styleTags in nesting order. Telegram takes no other style together with code.
var styleTags = []struct {
	style Style
	name  string
}{{Bold, "b"}, {Italic, "i"}, {Underline, "u"}}

func (s Span) writeHTML(b *strings.Builder) {
	if s.Style&Mono != 0 {
		b.WriteString("<code>" + escapeText(s.Text) + "</code>")
		return
	}
	if s.URL != "" {
		b.WriteString(`<a href="` + escapeAttribute(s.URL) + `">`)
	}
	for _, t := range styleTags {
		if s.Style&t.style != 0 {
			b.WriteString("<" + t.name + ">")
		}
	}
	b.WriteString(escapeText(s.Text))
	for i := len(styleTags) - 1; i >= 0; i-- {
		if s.Style&styleTags[i].style != 0 {
			b.WriteString("</" + styleTags[i].name + ">")
		}
	}
	if s.URL != "" {
		b.WriteString("</a>")
	}
}

// Telegram decodes only these entities and numeric ones; anything else would
// be shown as it is written.
var (
	textEscaper      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attributeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

func escapeText(s string) string      { return textEscaper.Replace(s) }
func escapeAttribute(s string) string { return attributeEscaper.Replace(s) }
