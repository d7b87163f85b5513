package bot

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/index/answer"
)

const (
	// messageUnits is what one Telegram message holds, in UTF-16 units of text.
	messageUnits = 4096
	// spareUnits is left for list marks, line breaks and direction marks that the encoder adds.
	spareUnits = 160
	// shortQuote is the longest excerpt, in characters, that is shown unfolded:
	// four lines of a phone.
	shortQuote = 160
	// leastWindow is the least that is shown of an excerpt, in bytes.
	leastWindow = 240
)

// excerpts lists paragraphs with their numbers and sources. When they are
// together too long for one message, the longest are cut down to a window
// around the sentence that answers.
func (c *composer) excerpts(list []answer.Excerpt) []message.Block {
	if len(list) == 0 {
		return nil
	}
	out := []message.Block{{Kind: message.Break}, {Kind: message.Heading, Spans: []message.Span{{Text: c.Phrases.T("label.excerpts")}}, Glue: true}}
	return append(out, c.list(list)...)
}

// list is the excerpts without a heading.
func (c *composer) list(list []answer.Excerpt) []message.Block {
	var out []message.Block
	for _, e := range list {
		out = append(out, c.excerptHead(e), c.quote(e, c.share(list)))
	}
	return out
}

// share is how many UTF-16 units each excerpt may take.
func (c *composer) share(list []answer.Excerpt) int {
	limit := c.Units
	if limit == 0 {
		limit = messageUnits
	}
	free := limit - spareUnits - c.summaryUnits() - len(list)*120
	return max(free/len(list), leastWindow)
}

// summaryUnits measures what stands above the excerpts.
func (c *composer) summaryUnits() int {
	above := composer{View: c.View, a: c.a}
	above.Form = Short
	n := 0
	for _, b := range above.blocks() {
		for _, s := range b.Spans {
			n += units(s.Text)
		}
		n += 3
	}
	return n
}

// excerptHead is «[١] العنوان، المصدر، الفقرة ١٦، ٨ يوليو ٢٠١٥».
func (c *composer) excerptHead(e answer.Excerpt) message.Block {
	parts := []string{titleOf(e.Title, c.Phrases)}
	if source := oneLine(e.Source); source != "" {
		parts = append(parts, shorten(source, 40))
	}
	parts = append(parts, c.Phrases.T("source.paragraph", e.Ref.Paragraph+1), c.Phrases.DocumentDate(e.Date))
	text := " " + strings.Join(parts, c.Phrases.T("list.comma")+" ")
	spans := []message.Span{{Text: lineMark(parts[0], c.Phrases)}, c.citation(e.N), {Text: text}}
	if n := len(e.AlsoIn); n > 0 {
		spans = append(spans, message.Span{Text: " · " + c.Phrases.Count("source.also", n), Style: message.Italic})
	}
	return message.Block{Spans: spans, Glue: true}
}

// lineMark keeps a line of ours that begins with an Arabic title from left to
// right in an English message. (In Arabic the encoders mark what needs it.)
func lineMark(begins string, p phrase.Phrases) string {
	if p.Lang() == phrase.English && against(begins, phrase.English) {
		return "\u200e"
	}
	return ""
}

// quote is the paragraph with its matched words in bold.
func (c *composer) quote(e answer.Excerpt, limit int) message.Block {
	w := window(e, limit)
	kind := message.Quote
	if utf8.RuneCountInString(e.Text[w.Start:w.End]) > shortQuote {
		kind = message.LongQuote
	}
	return message.Block{Kind: kind, Spans: emphasise(e.Text, w, e.Matches)}
}

// window is the part of the paragraph that fits into limit UTF-16 units: all of
// it, or whole words around the best sentence.
func window(e answer.Excerpt, limit int) answer.Span {
	whole := answer.Span{Start: 0, End: len(e.Text)}
	if units(e.Text) <= limit {
		return whole
	}
	w := e.Sentence
	if w.Start < 0 || w.End > len(e.Text) || w.Start >= w.End {
		w = answer.Span{Start: 0, End: 0}
	}
	if units(e.Text[w.Start:w.End]) > limit {
		return answer.Span{Start: w.Start, End: w.Start + fitting(e.Text[w.Start:w.End], limit)}
	}
	rest := limit - units(e.Text[w.Start:w.End])
	start := w.Start - fitting(reverseWords(e.Text[:w.Start]), rest/2)
	rest -= units(e.Text[start:w.Start])
	return answer.Span{Start: start, End: w.End + fitting(e.Text[w.End:], rest)}
}

// fitting is the length in bytes of the longest run of whole words at the start
// of s within limit units.
func fitting(s string, limit int) int {
	n, last := 0, 0
	for i, r := range s {
		if unicode.IsSpace(r) {
			last = i
		}
		if n += utf16.RuneLen(r); n > limit {
			return last
		}
	}
	return len(s)
}

// reverseWords turns the text round by characters, so that fitting counts from
// its end; only lengths are taken from the result.
func reverseWords(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

// emphasise cuts text[w] into plain and bold spans; "…" marks what is left out.
func emphasise(text string, w answer.Span, matches []answer.Span) []message.Span {
	var out []message.Span
	add := func(start, end int, style message.Style) {
		if start < end {
			out = append(out, message.Span{Text: text[start:end], Style: style})
		}
	}
	if w.Start > 0 {
		out = append(out, message.Span{Text: "… "})
	}
	at := w.Start
	for _, m := range matches {
		if m.Start < at || m.End > w.End || m.End > len(text) {
			continue
		}
		add(at, m.Start, 0)
		add(m.Start, m.End, message.Bold)
		at = m.End
	}
	add(at, w.End, 0)
	if w.End < len(text) {
		out = append(out, message.Span{Text: " …"})
	}
	return out
}

// units is the length that Telegram counts.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// oneLine makes a foreign text fit for a line of ours: control and direction
// characters become spaces, and runs of spaces become one.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// shorten cuts a text to at most limit characters, at a word where there is one.
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)[:limit-1]
	if i := strings.LastIndexFunc(string(runes), unicode.IsSpace); i > len(string(runes))/2 {
		return string(runes)[:i] + "…"
	}
	return string(runes) + "…"
}
