package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus"
	"mujaz/index/answer"
)

const (
	inlineExcerpts = 10
	inlineCache    = time.Minute // how long Telegram may repeat the offers to a person
)

// onInline offers the summary and the excerpts for a question typed in any
// chat, or the latest documents while nothing is typed.
func (b *Bot) onInline(ctx context.Context, t *Talk) error {
	text := strings.TrimSpace(t.Text)
	results := InlineResults{CacheTime: inlineCache, Personal: true}
	if text == "" {
		documents, err := b.newest(ctx, inlineExcerpts)
		if err != nil {
			return err
		}
		for _, d := range documents {
			results.Results = append(results.Results, b.inlineDocument(t, d.Document))
		}
		return t.Out.AnswerInline(ctx, t.InlineID, results)
	}
	a, err := b.answerTo(ctx, state{Text: text, Language: t.Chat.Language, Form: Short}, inlineExcerpts)
	if err != nil {
		b.o.Meter.Asked("error")
		return err
	}
	b.o.Meter.Asked(string(a.Kind))
	p := t.speak(a.Language)
	if a.Kind != answer.OffTopic && a.Courtesy == "" { // half a question is no question yet: what comes nearest helps
		if a.Kind == answer.Answered && a.Summary.Lead != nil {
			results.Results = append(results.Results, b.inlineSummary(p, a))
		}
		for _, e := range a.Excerpts {
			results.Results = append(results.Results, b.inlineExcerpt(p, a, e))
		}
	}
	return t.Out.AnswerInline(ctx, t.InlineID, results)
}

// inlineID is stable: the same question and passage give the same id.
func inlineID(parts ...any) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%q", parts)))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// inlineTitle and inlineLines are what a client shows of one offer.
const (
	inlineTitle = 64
	inlineLines = 120
)

func (b *Bot) inlineSummary(p phrase.Phrases, a answer.Answer) InlineResult {
	m := Compose(a, View{Phrases: p, Username: b.Username(), Form: Short})
	question := message.Block{Kind: message.Heading, Spans: []message.Span{{Text: shorten(oneLine(a.Question), 300)}}, Glue: true}
	m.Blocks = append([]message.Block{question}, m.Blocks...)
	return InlineResult{
		ID: inlineID("summary", a.Question, p.Lang(), a.Summary.Lead.Text), Title: p.T("inline.summary"),
		Description: shorten(oneLine(a.Summary.Lead.Text), inlineLines), Message: b.signed(p, m),
	}
}

func (b *Bot) inlineExcerpt(p phrase.Phrases, a answer.Answer, e answer.Excerpt) InlineResult {
	c := composer{View: View{Phrases: p, Username: b.Username()}, a: answer.Answer{Excerpts: []answer.Excerpt{e}}}
	e.N = 1
	c.a.Excerpts[0].N = 1
	m := message.Message{Language: p.Lang(), Blocks: []message.Block{c.excerptHead(e), c.quote(e, messageUnits-600)}}
	part := e.Text
	if s := e.Sentence; s.Start >= 0 && s.Start < s.End && s.End <= len(e.Text) {
		part = e.Text[s.Start:s.End]
	}
	return InlineResult{
		ID: inlineID("excerpt", a.Question, p.Lang(), e.Ref.Document, e.Ref.Paragraph), Title: shorten(titleOf(e.Title, p), inlineTitle),
		Description: shorten(oneLine(part), inlineLines) + "\n" + p.T("source.paragraph", e.Ref.Paragraph+1) + p.T("list.comma") + " " + p.DocumentDate(e.Date),
		Message:     b.signed(p, m),
	}
}

// inlineDocument offers a document by its headline.
func (b *Bot) inlineDocument(t *Talk, d corpus.Document) InlineResult {
	brief := answer.Brief(d)
	m := message.Message{Language: t.P.Lang(), Blocks: []message.Block{
		{Spans: []message.Span{{Text: titleOf(d.Title, t.P), Style: message.Bold, URL: startLink(b.Username(), documentPayload(d.ID))}, {Text: t.P.T("list.comma") + " " + byline(t, d)}}, Glue: true},
	}}
	lead := ""
	for i, line := range brief.Lines {
		if i < 2 {
			m.Blocks = append(m.Blocks, message.Block{Kind: message.Quote, Spans: []message.Span{{Text: line.Text + " "}, b.paragraphLink(t, line.Ref)}})
		}
		if i == 0 {
			lead = line.Text
		}
	}
	return InlineResult{
		ID: inlineID("document", t.P.Lang(), d.ID, d.Text), Title: shorten(titleOf(d.Title, t.P), inlineTitle),
		Description: shorten(oneLine(lead), inlineLines) + "\n" + byline(t, d), Message: b.signed(t.P, m),
	}
}

// signed adds where the message came from, with a link back.
func (b *Bot) signed(p phrase.Phrases, m message.Message) message.Message {
	name := b.Username()
	if name == "" {
		return m
	}
	m.Blocks = append(m.Blocks, message.Block{Spans: []message.Span{{Text: p.T("inline.via") + " ", Style: message.Italic}, {Text: "@" + name, URL: "https://t.me/" + name}}})
	return m
}
