package digest

import (
	"strings"
	"time"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

// perPage is how many stories one message takes: what a phone shows in two or
// three screens.
var perPage = map[store.Length]int{store.Headlines: 12, store.Short: 5, store.Full: 3}

// view is for whom a digest is composed.
type view struct {
	p        phrase.Phrases
	username string
	length   store.Length
	title    string
}

// page composes one page of stories; key is where the pages are kept, empty
// when there is only one.
func (v view) page(list []story, total, number int, key string) message.Message {
	size := v.size()
	m := message.Message{Language: v.p.Lang(), Blocks: []message.Block{
		{Kind: message.Heading, Spans: []message.Span{{Text: v.title}}},
		message.Text(v.p.T("digest.count", v.p.Count("count.documents", total))),
	}}
	pages := (len(list) + size - 1) / size
	first := min(number*size, len(list))
	for i, s := range list[first:min(first+size, len(list))] {
		m.Blocks = append(m.Blocks, v.story(first+i+1, s)...)
		m.Keyboard = append(m.Keyboard, []message.Button{v.open(first+i+1, s[0])})
	}
	if pages > 1 {
		m.Blocks = append(m.Blocks, message.Text(v.p.T("digest.page", number+1, pages)))
		m.Keyboard = append(m.Keyboard, v.turn(number, pages, key))
	}
	return m
}

func (v view) size() int {
	if n := perPage[v.length]; n > 0 {
		return n
	}
	return perPage[store.Short]
}

// titleLength is the most characters of a title on a button or a line.
const titleLength = 60

func (v view) titleOf(e *entry) string {
	title := strings.Join(strings.Fields(e.Title), " ")
	if title == "" && len(e.brief.Lines) > 0 {
		title = e.brief.Lines[0].Text
	}
	if title == "" {
		return v.p.T("source.untitled")
	}
	if r := []rune(title); len(r) > titleLength {
		return strings.TrimSpace(string(r[:titleLength-1])) + "…"
	}
	return title
}

func (v view) open(n int, e *entry) message.Button {
	return bot.DocumentButton(v.p.T("list.number", n)+" "+v.titleOf(e), e.ID)
}

// turn is the row that leads to the other pages, in reading order.
func (v view) turn(number, pages int, key string) []message.Button {
	var row []message.Button
	if number > 0 {
		row = append(row, message.Button{Text: v.p.T("digest.button.back"), Data: bot.Data(pageAction, key, itoa(number-1))})
	}
	if number+1 < pages {
		row = append(row, message.Button{Text: v.p.T("digest.button.next"), Data: bot.Data(pageAction, key, itoa(number+1))})
	}
	if v.p.RTL() && len(row) == 2 {
		row[0], row[1] = row[1], row[0]
	}
	return row
}

func (v view) story(n int, s story) []message.Block {
	e := s[0]
	head := message.Block{Glue: true, Spans: []message.Span{
		{Text: v.p.T("list.number", n) + " "},
		{Text: v.titleOf(e), Style: message.Bold, URL: bot.DocumentLink(v.username, e.ID)},
		{Text: v.byline(e)},
	}}
	out := append([]message.Block{{Kind: message.Break}, head}, v.lines(e)...)
	if len(s) > 1 {
		out = append(out, v.alsoIn(s[1:]))
	}
	return out
}

// alsoNamed is how many documents of a story are named beside the first.
const alsoNamed = 3

// alsoIn names other documents that tell a story, each with a link, and counts
// the rest.
func (v view) alsoIn(others []*entry) message.Block {
	spans := []message.Span{{Text: v.p.T("digest.also_in", ""), Style: message.Italic}}
	for i, e := range others[:min(len(others), alsoNamed)] {
		if i > 0 {
			spans = append(spans, message.Span{Text: v.p.T("list.comma") + " "})
		}
		spans = append(spans, message.Span{Text: v.titleOf(e), Style: message.Italic, URL: bot.DocumentLink(v.username, e.ID)}, message.Span{Text: v.byline(e)})
	}
	if more := len(others) - alsoNamed; more > 0 {
		spans = append(spans, message.Span{Text: " " + v.p.T("digest.also_more", more)})
	}
	return message.Block{Spans: spans}
}

func (v view) byline(e *entry) string {
	parts := []string{v.p.DocumentDate(e.Date)}
	if e.Source != "" {
		parts = append([]string{strings.Join(strings.Fields(e.Source), " ")}, parts...)
	}
	text := " (" + strings.Join(parts, v.p.T("list.comma")+" ") + ")"
	if e.Revision > 1 {
		text += " " + v.p.T("digest.edited")
	}
	return text
}

// lines are the summary of a document: nothing for headlines, ninety words for
// the short form, all of it for the full one.
func (v view) lines(e *entry) []message.Block {
	summary := e.brief.Short()
	switch v.length {
	case store.Headlines:
		return nil
	case store.Full:
		summary = e.brief
	}
	list := summary.Lines
	if strings.TrimSpace(e.Title) == "" && len(list) > 0 && !list[0].Cut && v.titleOf(e) == list[0].Text {
		list = list[1:] // it stands as the title already
	}
	var out []message.Block
	for _, line := range list {
		out = append(out, v.line(line))
	}
	return out
}

func (v view) line(l answer.SummaryLine) message.Block {
	text := l.Text
	if l.Cut {
		text += " …"
	}
	if key := "digest.label." + string(l.Kind); v.p.Has(key) {
		return message.Block{Spans: []message.Span{{Text: v.p.T(key) + " ", Style: message.Bold}, {Text: text}}}
	}
	return message.Text(text)
}

// empty is the digest of a reader who wants one also without news.
func (v view) empty() message.Message {
	return message.Message{Language: v.p.Lang(), Blocks: []message.Block{
		{Kind: message.Heading, Spans: []message.Span{{Text: v.title}}}, message.Text(v.p.T("digest.nothing")),
	}}
}

// dated is the title of a digest of that day.
func dated(p phrase.Phrases, local time.Time) string {
	return p.T("digest.title", p.LongDate(local))
}
