package answer

import (
	"slices"
	"strings"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
)

// LineKind says what a line of a document's summary is.
type LineKind string

// The lines of a document's summary, in the order in which they are printed.
const (
	Headline     LineKind = "headline"     // what happened
	Continuation LineKind = "continuation" // the sentence that goes on from it
	Position     LineKind = "position"     // what somebody says about it
	Fact         LineKind = "fact"         // a figure or something new
	Next         LineKind = "next"         // what is to come
)

// SummaryLine is one line: a verbatim part of the paragraph that Ref names.
type SummaryLine struct {
	Kind LineKind
	Text string
	Cut  bool // the sentence goes on
	Ref  corpus.Ref
}

// DocumentSummary is what digests and lists show of a document. A kind of
// line that the document does not have is left out.
type DocumentSummary struct {
	Document corpus.Document // without its text
	Lines    []SummaryLine
}

// Words counts the words of all lines.
func (s DocumentSummary) Words() int {
	n := 0
	for _, l := range s.Lines {
		n += countWords(l.Text)
	}
	return n
}

// briefWords is the most words of the short form.
const briefWords = 90

// Short is the summary in at most 90 words: lines that do not fit any more are
// left out, never shortened, because a cut could turn what somebody says.
func (s DocumentSummary) Short() DocumentSummary {
	out := DocumentSummary{Document: s.Document}
	left := briefWords
	for _, l := range s.Lines {
		if n := countWords(l.Text); n <= left {
			out.Lines = append(out.Lines, l)
			left -= n
		}
	}
	return out
}

// Line returns the line of a kind.
func (s DocumentSummary) Line(k LineKind) (SummaryLine, bool) {
	i := slices.IndexFunc(s.Lines, func(l SummaryLine) bool { return l.Kind == k })
	if i < 0 {
		return SummaryLine{}, false
	}
	return s.Lines[i], true
}

// Brief summarises a document in up to five lines: in news the first sentences
// say most; a position, a fact and what is next complete them.
func Brief(d corpus.Document) DocumentSummary {
	list := briefSentences(d)
	s := DocumentSummary{Document: d}
	s.Document.Text = ""
	used := map[int]bool{}
	add := func(kind LineKind, i int) {
		if i < 0 || i >= len(list) {
			return
		}
		used[i] = true
		text, shortened := cut(list[i].text, leadWords)
		s.Lines = append(s.Lines, SummaryLine{kind, text, shortened, list[i].ref})
	}
	headline := openingOf(list)
	add(Headline, headline)
	if headline >= 0 {
		add(Continuation, headline+1)
	}
	add(Position, best(list, used, positionWorth))
	add(Fact, best(list, used, factWorth))
	add(Next, best(list, used, nextWorth))
	return s
}

// briefSentence is a sentence of a document with what the choice looks at.
type briefSentence struct {
	ref        corpus.Ref
	position   int // among the sentences of its paragraph
	text       string
	words      []string
	cues       arabic.Cue
	statements []arabic.Attribution
}

func briefSentences(d corpus.Document) []briefSentence {
	var out []briefSentence
	for _, p := range d.Paragraphs() {
		for n, span := range arabic.Sentences(p.Text) {
			b := briefSentence{ref: p.Ref, position: n, text: p.Text[span.Start:span.End]}
			b.words = arabic.FoldedWords(b.text)
			b.cues = arabic.CuesOf(b.words)
			b.statements = arabic.Attributions(b.words)
			out = append(out, b)
		}
	}
	return out
}

// headlineWords is the fewest words of a headline: shorter first lines are
// datelines and captions.
const headlineWords = 6

func openingOf(list []briefSentence) int {
	for i, b := range list {
		if len(b.words) >= headlineWords {
			return i
		}
	}
	return min(len(list), 1) - 1
}

// best is the first sentence of the greatest worth above 0, -1 for none.
// Sentences that need the one before them are left out unless they open their
// paragraph.
func best(list []briefSentence, used map[int]bool, worth func(b *briefSentence) float64) int {
	at, top := -1, 0.0
	for i := range list {
		b := &list[i]
		if used[i] || len(b.words) < headlineWords || b.position > 0 && dangles(b.words) || isBoilerplate(b.text) {
			continue
		}
		if x := worth(b); x > top {
			at, top = i, x
		}
	}
	return at
}

// positionWorth: a named speaker's statement that أن or a quotation follows.
func positionWorth(b *briefSentence) float64 {
	x := 0.0
	for _, a := range b.statements {
		if a.Sure && arabic.IsSaying(b.words[a.Verb]) {
			x = max(x, 1)
		}
	}
	if x > 0 && reportsUnnamed(b.words) {
		return 0
	}
	if x > 0 && strings.ContainsAny(b.text, "«“\"") {
		x += 0.5
	}
	return x
}

var (
	background = wordSet("الماضي الماضية السابق السابقة عقب منذ سابقا مضت ago previous last")
	fresh      = wordSet("جديد جديدة جديدا الجديد الجديدة new")
	deciding   = wordSet("أعلن أعلنت أقر أقرت قرر قررت وقع وقعت فرض فرضت أطلق أطلقت افتتح أصدر أصدرت بدأ بدأت قتل قتلت أصيب اعتقل اعتقلت announced approved signed imposed launched killed")
)

// factWorth: a figure, or an announcement of something new, of today and in
// the paper's own words.
func factWorth(b *briefSentence) float64 {
	x := 0.0
	if slices.ContainsFunc(b.words, isFigure) {
		x += 2
	}
	for _, facts := range [...]map[string]bool{fresh, deciding} {
		if containsWord(b.words, facts) {
			x++
		}
	}
	if containsWord(b.words, background) {
		x -= 2
	}
	if strings.ContainsAny(b.text, "«“\"") {
		x--
	}
	if len(b.words) > leadWords || b.cues&arabic.HasNext != 0 {
		x--
	}
	return x
}

// isFigure reports digits that are no year.
func isFigure(word string) bool {
	_, digits := arabic.Digits(word)
	_, year := arabic.YearOf(word)
	return digits && !year
}

var likely = wordSet("الأرجح المرجح المقرر المتوقع المنتظر المرتقب المزمع scheduled expected")

// nextWorth: what is planned or likely goes before what is only possible.
func nextWorth(b *briefSentence) float64 {
	switch {
	case b.cues&arabic.HasNext == 0:
		return 0
	case containsWord(b.words, likely):
		return 3
	case b.cues&arabic.HasCondition != 0:
		return 1
	case slices.ContainsFunc(b.words, arabic.IsFutureVerb):
		return 2
	}
	return 1
}

func containsWord(words []string, set map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return set[w] })
}
