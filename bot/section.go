package bot

import (
	"slices"

	"mujaz/bot/message"
	"mujaz/index/answer"
)

// section is a heading and its lines; a section without lines is not printed.
func (c *composer) section(s answer.Section) []message.Block {
	if len(s.Points) == 0 {
		return nil
	}
	out := []message.Block{{Kind: message.Heading, Spans: []message.Span{{Text: c.heading(s)}}, Glue: true}}
	for _, p := range s.Points {
		out = append(out, message.Block{Kind: message.Item, Spans: c.point(p)})
	}
	return out
}

func (c *composer) heading(s answer.Section) string {
	p := c.Phrases
	switch {
	case s.Label == answer.Positions && s.Side != "":
		return p.T("label.positions.side", oneLine(s.Side))
	case s.Label == answer.Nearest && c.a.Topic != "":
		return p.T("label.nearest.topic", oneLine(c.a.Topic))
	default:
		return p.T("label." + string(s.Label))
	}
}

// point is a verbatim line, the mark of a cut, its date where dates matter,
// and the citation.
func (c *composer) point(p answer.Point) []message.Span {
	text := p.Text
	if p.CutBefore {
		text = "… " + text
	}
	if p.Cut {
		text += " …"
	}
	if p.Date != "" {
		text += " (" + c.Phrases.DocumentDate(p.Date) + ")"
	}
	return []message.Span{{Text: text + " "}, c.citation(p.Cite)}
}

// citation is [n], linked to the paragraph where links are possible. Where the
// excerpts are not listed, sources are numbered as they are mentioned.
func (c *composer) citation(n int) message.Span {
	if !slices.Contains(c.cited, n) {
		c.cited = append(c.cited, n)
	}
	shown := n
	if c.a.Kind == answer.NoAnswer || c.a.Kind == answer.OffTopic {
		shown = slices.Index(c.cited, n) + 1
	}
	span := message.Span{Text: "[" + c.Phrases.Number(shown) + "]"}
	if e, ok := c.excerpt(n); ok {
		span.URL = startLink(c.Username, paragraphPayload(e.Ref))
	}
	return span
}

func (c *composer) excerpt(n int) (answer.Excerpt, bool) {
	i := slices.IndexFunc(c.a.Excerpts, func(e answer.Excerpt) bool { return e.N == n })
	if i < 0 {
		return answer.Excerpt{}, false
	}
	return c.a.Excerpts[i], true
}

// sources lists what was cited, in one line.
func (c *composer) sources() []message.Block {
	numbers := slices.Clone(c.cited)
	if c.a.Kind == answer.Answered {
		slices.Sort(numbers)
	}
	var spans []message.Span
	for _, n := range numbers {
		e, ok := c.excerpt(n)
		if !ok {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, message.Span{Text: " · "})
		}
		spans = append(spans, c.citation(n), message.Span{Text: " " + c.Phrases.T("source.short", titleOf(e.Title, c.Phrases), e.Ref.Paragraph+1)})
	}
	if spans == nil {
		return nil
	}
	label := message.Span{Text: c.Phrases.T("label.sources") + " ", Style: message.Bold}
	return []message.Block{{Spans: append([]message.Span{label}, spans...)}}
}
