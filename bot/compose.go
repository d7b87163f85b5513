package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/index/answer"
)

// Form is how much of an answer is shown.
type Form int

// Forms of a reply.
const (
	Full  Form = iota // summary, sources and numbered excerpts
	Short             // summary and sources: groups, inline mode
)

// View says for whom an answer is composed.
type View struct {
	Phrases  phrase.Phrases
	Username string // the bot's @name, for links to paragraphs; empty: no links
	Form     Form
	State    string // short id that the buttons carry; empty: no buttons
	Units    int    // most UTF-16 units of text, 0 for Telegram's limit
}

// unsureBelow is the calibrated confidence under which the reply says that it
// is not sure: more often wrong than right.
const unsureBelow = 0.5

// Compose puts an answer into blocks: what was understood, the summary by
// sections, the sources, the numbered excerpts, and the buttons. It is pure:
// the same answer and view give the same message, on Telegram and on a terminal.
func Compose(a answer.Answer, v View) message.Message {
	c := composer{View: v, a: a}
	m := message.Message{Language: v.Phrases.Lang(), Blocks: c.blocks()}
	if v.State != "" {
		m.Keyboard = c.keyboard()
	}
	return m
}

// composer writes one answer.
type composer struct {
	View
	a     answer.Answer
	cited []int // excerpt numbers in the order of their first mention
}

func (c *composer) blocks() []message.Block {
	if c.a.Courtesy != "" {
		return c.courtesy()
	}
	out := c.understood()
	out = append(out, c.opening()...)
	for _, s := range c.a.Summary.Sections {
		out = append(out, c.section(s)...)
	}
	out = append(out, c.sources()...)
	if c.Form == Full && c.a.Kind == answer.Answered {
		out = append(out, c.excerpts(c.a.Excerpts)...)
	}
	return out
}

// courtesy answers what is no question in a line or two.
func (c *composer) courtesy() []message.Block {
	return lines(c.Phrases.T("courtesy." + string(c.a.Courtesy)))
}

// understood tells, in at most two lines, which words were taken for others.
func (c *composer) understood() []message.Block {
	var out []message.Block
	for _, u := range c.a.Understood {
		if !c.worthTelling(u) || len(out) == 2 {
			continue
		}
		text := c.Phrases.T("understood."+string(u.Why), shorten(oneLine(u.Typed), 40), shorten(oneLine(u.As), 100))
		out = append(out, message.Block{Spans: []message.Span{{Text: text, Style: message.Italic}}})
	}
	return out
}

// worthTelling keeps back what a reader takes for granted: other words for the
// same thing, and names in another script, while the answer is sure.
func (c *composer) worthTelling(u answer.Understanding) bool {
	switch u.Why {
	case answer.FromPrevious:
		return true
	case answer.Corrected:
		return u.Typed != ""
	default:
		return u.Typed != "" && c.a.Kind == answer.Answered && c.a.Confidence < unsureBelow
	}
}

// opening is the bottom line, or the plain words that there is none.
func (c *composer) opening() []message.Block {
	p := c.Phrases
	switch {
	case c.a.Kind == answer.Answered && c.a.Summary.Lead != nil:
		lead := *c.a.Summary.Lead
		out := labelled(p, p.T("label.lead"), lead.Text, c.point(lead))
		if c.a.Confidence < unsureBelow {
			out = append(out, message.Block{Spans: []message.Span{{Text: p.T("answer.unsure"), Style: message.Italic}}})
		}
		return out
	case c.a.Kind == answer.Answered:
		return []message.Block{message.Text(p.T("answer.excerpts_only"))}
	case c.a.Kind == answer.NoAnswer:
		return c.noAnswer()
	default:
		return c.offTopic()
	}
}

// labelled is a line behind its label, or under it when it runs in the other
// direction: behind the label it would be laid out from the wrong side.
func labelled(p phrase.Phrases, label, text string, line []message.Span) []message.Block {
	if against(text, p.Lang()) {
		return []message.Block{{Kind: message.Heading, Spans: []message.Span{{Text: label}}, Glue: true}, {Spans: line}}
	}
	return []message.Block{{Spans: append([]message.Span{{Text: label + " ", Style: message.Bold}}, line...)}}
}

// against reports whether a text runs in the other direction than a language.
func against(text, language string) bool {
	letter := strings.IndexFunc(text, unicode.IsLetter)
	if letter < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[letter:])
	return unicode.Is(unicode.Arabic, r) != (language == phrase.Arabic)
}

func (c *composer) noAnswer() []message.Block {
	text := c.Phrases.T("answer.none." + wanted(c.a.Question))
	if len(c.a.Missing) > 0 {
		text += " " + c.missing()
	}
	if !c.has(answer.Nearest) {
		text += " " + c.Phrases.T("answer.rephrase")
	}
	return []message.Block{message.Text(text)}
}

func (c *composer) offTopic() []message.Block {
	text := c.Phrases.T("answer.off_topic")
	if len(c.a.Missing) > 0 {
		text += " " + c.missing()
	}
	if len(c.a.Summary.Sections) == 0 && len(c.a.Excerpts) == 0 {
		text = c.Phrases.T("answer.no_documents")
	}
	return []message.Block{message.Text(text)}
}

// missingShown is how many absent words are named at most.
const missingShown = 6

func (c *composer) missing() string {
	words := make([]string, 0, missingShown)
	for _, w := range c.a.Missing[:min(len(c.a.Missing), missingShown)] {
		words = append(words, shorten(oneLine(w), 40))
	}
	return c.Phrases.T("answer.missing", strings.Join(words, c.Phrases.T("list.comma")+" "))
}

func (c *composer) has(l answer.Label) bool {
	return slices.ContainsFunc(c.a.Summary.Sections, func(s answer.Section) bool { return s.Label == l && len(s.Points) > 0 })
}

// lines makes a paragraph of each line of a text.
func lines(text string) []message.Block {
	var out []message.Block
	for _, line := range strings.Split(text, "\n") {
		out = append(out, message.Text(line))
	}
	return out
}

// titleLimit is the most characters of a title that are printed beside other text.
const titleLimit = 60

// titleOf is a document's title fit for a line of ours.
func titleOf(title string, p phrase.Phrases) string {
	if title = oneLine(title); title == "" {
		return p.T("source.untitled")
	}
	return shorten(title, titleLimit)
}
