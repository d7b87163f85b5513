package sandbox

import (
	"html"
	"slices"
	"strings"
)

// RenderHTML writes a text and its entities as Telegram HTML. Entities that
// the server finds by itself are left as plain text.
func RenderHTML(text string, entities []Entity) string {
	var b strings.Builder
	renderRange(&b, text, 0, units(text), sortEntities(slices.Clone(entities)))
	return b.String()
}

// renderRange writes the UTF-16 range [from, to) with the entities inside it.
func renderRange(b *strings.Builder, text string, from, to int, es []Entity) {
	plain := func(until int) {
		if until > from {
			b.WriteString(html.EscapeString(text[byteOffset(text, from):byteOffset(text, until)]))
			from = until
		}
	}
	for i, e := range es {
		open, end := tags(e)
		if open == "" || e.Offset < from || e.Offset+e.Length > to {
			continue
		}
		plain(e.Offset)
		b.WriteString(open)
		renderRange(b, text, e.Offset, e.Offset+e.Length, es[i+1:])
		b.WriteString(end)
		from = e.Offset + e.Length
	}
	plain(to)
}

func tags(e Entity) (open, end string) {
	switch e.Type {
	case "bold":
		return "<b>", "</b>"
	case "italic":
		return "<i>", "</i>"
	case "underline":
		return "<u>", "</u>"
	case "strikethrough":
		return "<s>", "</s>"
	case "spoiler":
		return "<tg-spoiler>", "</tg-spoiler>"
	case "code":
		return "<code>", "</code>"
	case "blockquote":
		return "<blockquote>", "</blockquote>"
	case "expandable_blockquote":
		return "<blockquote expandable>", "</blockquote>"
	case "text_link":
		return `<a href="` + html.EscapeString(e.URL) + `">`, "</a>"
	case "pre":
		if e.Language != "" {
			return `<pre><code class="language-` + html.EscapeString(e.Language) + `">`, "</code></pre>"
		}
		return "<pre>", "</pre>"
	}
	return "", ""
}
