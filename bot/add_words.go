package bot

import (
	"errors"
	"strings"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/ingest"
)

// refusals name the phrase for each reason why an input is refused. Each says
// what to do instead.
var refusals = []struct {
	err error
	key string
}{
	{ingest.ErrEmpty, "add.refused.empty"},
	{ingest.ErrNotText, "add.refused.not_text"},
	{ingest.ErrTooLarge, "add.refused.too_large"},
	{ErrTooLarge, "add.refused.too_large"},
	{ingest.ErrEncrypted, "add.refused.encrypted"},
	{ingest.ErrScanned, "add.refused.scanned"},
	{ingest.ErrDamaged, "add.refused.damaged"},
	{ingest.ErrTimeout, "add.refused.timeout"},
	{ingest.ErrBadURL, "add.refused.bad_url"},
	{ingest.ErrPrivateAddress, "add.refused.private"},
	{ingest.ErrRedirects, "add.refused.redirects"},
	{ingest.ErrUnreachable, "add.refused.unreachable"},
	{ingest.ErrNotFeed, "add.refused.not_feed"},
	{ErrGone, "add.refused.gone"},
}

// Refusal is one sentence on why an input was refused and what to do instead;
// false when the error is none of the input's.
func Refusal(p phrase.Phrases, err error) (string, bool) {
	var unsupported *ingest.UnsupportedError
	if errors.As(err, &unsupported) {
		key := "add.refused.format." + unsupported.Format
		if !p.Has(key) {
			key = "add.refused.format"
		}
		return p.T(key), true
	}
	var status *ingest.StatusError
	if errors.As(err, &status) {
		return p.T("add.refused.status", status.Code), true
	}
	for _, r := range refusals {
		if errors.Is(err, r.err) {
			return p.T(r.key), true
		}
	}
	return "", false
}

// Preview shows a draft as it was understood: its facts, its first lines and
// what to check. It has no buttons.
func Preview(p phrase.Phrases, d ingest.Draft) message.Message {
	doc := d.Document
	out := message.Message{Language: p.Lang(), Blocks: []message.Block{
		heading(p.T("add.preview")),
		fact(p, "title", oneLine(doc.Title)),
		fact(p, "source", shorten(oneLine(doc.Source), 120)),
		fact(p, "date", dateFact(p, doc.Date)),
		fact(p, "language", languageName(p, d.Language)),
		fact(p, "paragraphs", p.Count("count.paragraphs", d.Paragraphs)),
	}}
	if doc.URL != "" {
		link := message.Span{Text: shorten(oneLine(doc.URL), 80), URL: doc.URL}
		out.Blocks = append(out.Blocks, message.Block{Spans: []message.Span{label(p, "link"), link}})
	}
	for _, w := range d.Warnings {
		out.Blocks = append(out.Blocks, message.Block{Kind: message.Item, Spans: []message.Span{{Text: warningText(p, w)}}})
	}
	return withFirstLines(out, d)
}

// Of a draft's text so much is shown: enough to see that it was understood.
const (
	shownParagraphs = 3
	shownLetters    = 220 // of each
)

func withFirstLines(m message.Message, d ingest.Draft) message.Message {
	for i, para := range d.Document.Paragraphs() {
		if i == shownParagraphs {
			break
		}
		m.Blocks = append(m.Blocks, message.Block{Kind: message.Quote, Spans: []message.Span{{Text: shorten(para.Text, shownLetters)}}})
	}
	return m
}

func heading(text string) message.Block {
	return message.Block{Kind: message.Heading, Spans: []message.Span{{Text: text}}}
}

func label(p phrase.Phrases, name string) message.Span {
	return message.Span{Text: p.T("add.label."+name) + " ", Style: message.Bold}
}

func fact(p phrase.Phrases, name, value string) message.Block {
	if value == "" {
		value = p.T("add.unknown")
	}
	return message.Block{Spans: []message.Span{label(p, name), {Text: value}}}
}

func dateFact(p phrase.Phrases, date string) string {
	if date == "" {
		return ""
	}
	return p.DocumentDate(date)
}

func languageName(p phrase.Phrases, lang string) string {
	if lang == "" {
		return ""
	}
	return p.T("add.language." + lang)
}

// warningText is one line on what to check.
func warningText(p phrase.Phrases, w ingest.Warning) string {
	title := titleOf(w.Title, p)
	percent := int(w.Score*100 + .5)
	switch w.Kind {
	case ingest.WarnSplit:
		return p.Count("add.warn.split", w.Count)
	case ingest.WarnEmptyPages:
		return p.Count("add.warn.empty_pages", w.Count)
	case ingest.WarnDamaged, ingest.WarnOrder:
		return p.T("add.warn."+string(w.Kind), max(1, percent))
	case ingest.WarnNearDuplicate:
		return p.T("add.warn.near_duplicate", title, percent)
	case ingest.WarnDuplicate, ingest.WarnReplaces:
		return p.T("add.warn."+string(w.Kind), title)
	case ingest.WarnCharset, ingest.WarnExtension:
		return p.T("add.warn."+string(w.Kind), w.Text)
	}
	return p.T("add.warn." + string(w.Kind))
}

// isLink reports that the text is one link and nothing else.
func isLink(text string) bool {
	text = strings.TrimSpace(text)
	return !strings.ContainsAny(text, " \n\t") && ingest.IsLink(text)
}
