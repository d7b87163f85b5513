package answer

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
	"mujaz/corpus/briefings"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// shelf serves documents to an index.
type shelf []corpus.Document

func (s shelf) LastSeq(context.Context) (int64, error) { return int64(len(s)), nil }

func (s shelf) Changes(_ context.Context, after int64, limit int) ([]corpus.Change, error) {
	var out []corpus.Change
	for i := int(after); i < len(s) && len(out) < limit; i++ {
		out = append(out, corpus.Change{Seq: int64(i + 1), ID: s[i].ID, Document: &s[i]})
	}
	return out, nil
}

// answererOf answers from documents with the real index and lexicon.
func answererOf(t testing.TB, documents ...corpus.Document) *Answerer {
	t.Helper()
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(t.Context(), index.Options{Lexicon: l})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	if err := x.CatchUp(t.Context(), shelf(documents), nil); err != nil {
		t.Fatal(err)
	}
	return New(x, Options{Lexicon: l, Now: func() time.Time { return today }, Newest: func(_ context.Context, n int) ([]corpus.Document, error) {
		return documents[:min(n, len(documents))], nil
	}})
}

// sentenceNamed returns sentence k of paragraph n of the seed briefing, both
// from 1, as in «6.2».
func sentenceNamed(t testing.TB, d corpus.Document, name string) string {
	t.Helper()
	n, k := int(name[0]-'0'), int(name[len(name)-1]-'0')
	if name[1] != '.' {
		n = n*10 + int(name[1]-'0')
	}
	text := d.Paragraphs()[n-1].Text
	span := arabic.Sentences(text)[k-1]
	return text[span.Start:span.End]
}

// golden are replies worked out by hand for the shipped briefing.
var golden = []struct {
	question string
	kind     Kind
	leads    []string
	fields   map[Label][]string
	nearest  []string
	missing  []string
}{
	{question: "ما نتائج محادثات مسقط بين أمريكا وإيران؟", kind: Answered, leads: []string{"16.1", "2.1"}, fields: map[Label][]string{KeyPoints: {"2.1", "3.1"}}},
	{question: "ماذا قال عراقجي عن المحادثات؟", kind: Answered, leads: []string{"4.1"}, fields: map[Label][]string{Positions: {"4.2"}}},
	{question: "ما موقف إيران من تخصيب اليورانيوم؟", kind: Answered, leads: []string{"6.2"}, fields: map[Label][]string{Positions: {"6.1"}, WhatNext: {"15.1"}}},
	{question: "هل فرضت أمريكا عقوبات جديدة على إيران بعد المحادثات؟", kind: Answered, leads: []string{"8.1"}},
	{question: "ما السيناريوهات المتوقعة بعد جولة مسقط؟", kind: Answered, leads: []string{"14.1"}, fields: map[Label][]string{WhatNext: {"13.1", "15.1"}}},
	{question: "كم بلغت نسبة تخصيب اليورانيوم في إيران؟", kind: NoAnswer, nearest: []string{"6.1", "13.1"}},
	{question: "ما سعر الذهب اليوم؟", kind: OffTopic, nearest: []string{"1.1"}, missing: []string{"سعر", "الذهب"}},
}

func TestGoldenReplies(t *testing.T) {
	seed := briefings.Documents()[0]
	a := answererOf(t, seed)
	for _, g := range golden {
		ans, err := a.Ask(t.Context(), g.question, Ask{})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Kind != g.kind {
			t.Errorf("%s: %s with confidence %.2f, want %s", g.question, ans.Kind, ans.Confidence, g.kind)
		}
		checkLines(t, ans)
		if g.leads != nil && !slices.ContainsFunc(g.leads, func(n string) bool { return leadIs(ans, sentenceNamed(t, seed, n)) }) {
			t.Errorf("%s: lead %s, want %v", g.question, shown(ans), g.leads)
		}
		for label, names := range g.fields {
			for _, name := range names {
				if !inSection(ans, label, sentenceNamed(t, seed, name)) {
					t.Errorf("%s: %s is not under %s:%s", g.question, name, label, shown(ans))
				}
			}
		}
		if g.missing != nil && !slices.Equal(ans.Missing, g.missing) {
			t.Errorf("%s: missing %q, want %q", g.question, ans.Missing, g.missing)
		}
		if lines := 0; g.kind == Answered {
			for _, section := range ans.Summary.Sections {
				lines += len(section.Points)
			}
			wanted := 0
			for _, names := range g.fields {
				wanted += len(names)
			}
			if lines != wanted {
				t.Errorf("%s: %d lines under the lead, want %d:%s", g.question, lines, wanted, shown(ans))
			}
		}
		for _, name := range g.nearest {
			if !inSection(ans, Nearest, sentenceNamed(t, seed, name)) && !inSection(ans, About, sentenceNamed(t, seed, name)) {
				t.Errorf("%s: %s is not offered:%s", g.question, name, shown(ans))
			}
		}
	}
	if a.Dropped() != 0 {
		t.Errorf("%d lines were not verbatim", a.Dropped())
	}
}

// leadIs reports whether the lead is the sentence or its beginning.
func leadIs(ans Answer, sentence string) bool {
	return ans.Summary.Lead != nil && (strings.Contains(ans.Summary.Lead.Text, sentence) || strings.HasPrefix(sentence, ans.Summary.Lead.Text))
}

func inSection(ans Answer, label Label, sentence string) bool {
	for _, s := range ans.Summary.Sections {
		for _, p := range s.Points {
			if s.Label == label && (strings.Contains(p.Text, sentence) || strings.Contains(sentence, p.Text)) {
				return true
			}
		}
	}
	return false
}

// shown prints an answer's lines for a failure message.
func shown(ans Answer) string {
	var b strings.Builder
	if l := ans.Summary.Lead; l != nil {
		b.WriteString("\n  lead " + l.Text)
	}
	for _, s := range ans.Summary.Sections {
		for _, p := range s.Points {
			b.WriteString("\n  " + string(s.Label) + " (" + s.Side + ") " + p.Text)
		}
	}
	for _, e := range ans.Excerpts {
		b.WriteString("\n  excerpt " + e.Text[:min(len(e.Text), 80)])
	}
	return b.String()
}

// checkLines holds what every summary must: verbatim lines, the budget, no
// dangling opener without its predecessor.
func checkLines(t *testing.T, ans Answer) {
	t.Helper()
	words, lines := 0, 0
	ans.Summary.each(func(p *Point) {
		words += countWords(p.Text)
		lines++
		if !strings.Contains(ans.Excerpts[p.Cite-1].Text, p.Text) || ans.Excerpts[p.Cite-1].Ref != p.Ref {
			t.Errorf("%.200s: not in its paragraph: %s", ans.Question, p.Text)
		}
		if n := countWords(p.Text); n > leadWords {
			t.Errorf("%s: %d words in one line", ans.Question, n)
		}
	})
	checkOrder(t, ans)
	if words > summaryWords || lines > summaryLines {
		t.Errorf("%.200s: %d lines of %d words", ans.Question, lines, words)
	}
}

// checkOrder holds that a line which opens with a reference stands right
// behind the text that it goes on from, unless it opens its paragraph.
func checkOrder(t *testing.T, ans Answer) {
	t.Helper()
	var last *Point
	ans.Summary.each(func(p *Point) {
		text := ans.Excerpts[p.Cite-1].Text
		at := strings.Index(text, p.Text)
		if at > 0 && !p.CutBefore && dangles(arabic.FoldedWords(p.Text)) {
			if last == nil || last.Ref != p.Ref || !strings.HasSuffix(strings.TrimSpace(text[:at]), strings.TrimSpace(last.Text)) {
				t.Errorf("%.200s: dangling line: %s%s", ans.Question, p.Text, shown(ans))
			}
		}
		last = p
	})
}

// BenchmarkAsk is one question from end to end on the shipped briefing.
func BenchmarkAsk(b *testing.B) {
	a := answererOf(b, briefings.Documents()[0])
	for i := 0; b.Loop(); i++ {
		if _, err := a.Ask(b.Context(), golden[i%len(golden)].question, Ask{}); err != nil {
			b.Fatal(err)
		}
	}
}
