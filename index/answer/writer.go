package answer

import (
	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// writer composes the summary of one answer from its listed excerpts.
type writer struct {
	question  Question
	lexicon   *lexicon.Lexicon
	terms     terms
	side      side
	askedName string       // under which the positions of the speaker asked about are printed
	asks      index.Figure // class of figure asked for
	topical   map[int]bool // question words that topic has
	askedWord []bool       // which question words are the noun that a number is asked of
	excerpts  []Excerpt
	relative  []float64 // score of each excerpt against the best
	sentences []sentence
}

func newWriter(q Question, l *lexicon.Lexicon, r index.Result, excerpts []Excerpt) *writer {
	w := &writer{question: q, lexicon: l, terms: termsOf(r, q.Speaker), excerpts: excerpts}
	w.asks = index.FigureAsked(q.Want, q.words)
	if q.Speaker != "" {
		w.side = w.sideOf(q.Speaker)
	}
	for _, word := range r.Words {
		w.askedWord = append(w.askedWord, q.Asked != "" && arabic.Fold(word.Typed) == q.Asked)
	}
	for _, e := range excerpts {
		w.relative = append(w.relative, relative(e.Score, excerpts[0].Score))
	}
	w.sentences = w.sentencesOf(excerpts)
	w.score()
	return w
}

func relative(score, best float64) float64 {
	if best <= 0 {
		return 0
	}
	return max(score/best, 0)
}

// line is a printed piece of an excerpt: a sentence, a part of one, or the
// sentence with what it refers to.
type line struct {
	sentence   int // index of the best sentence in it
	first      int // index of the first sentence in it
	start, end int // bytes of the excerpt's text
	before     bool
	after      bool
	words      int
}

// sentences counts the sentences that a line has a part in.
func (l line) sentences() int { return 1 + l.sentence - l.first }

// lineOf makes the line of a sentence. A long one is cut to the clauses that
// hold the answer. One that dangles takes what it refers to in the same paragraph
// with it, unless it is to stand alone because that was printed.
func (w *writer) lineOf(i, limit int, alone bool) (line, bool) {
	s := &w.sentences[i]
	l := line{sentence: i, first: i}
	for !alone && w.sentences[l.first].position > 0 && w.sentences[l.first].dangles() {
		l.first--
	}
	start := w.sentences[l.first].span.Start
	text := w.excerpts[s.excerpt].Text[start:s.span.End]
	tokens := arabic.Words(text)
	if len(tokens) <= limit && !promises(text) {
		l.start, l.end, l.words = start, s.span.End, len(tokens)
		l.before, l.after = tornQuotation(text)
		return l, true
	}
	if l.first < i && s.unnamed() {
		return l, false // the speaker would be cut off
	}
	best, ok := bestWindow(text, tokens, limit, w.needsBefore(l, start), w.worthOf(tokens))
	l.start, l.end, l.words, l.before, l.after = start+best.start, start+best.end, best.words, best.before, best.after
	if l.end <= s.span.Start { // only what it refers to would be left
		return l, false
	}
	return l, ok && !(l.after && l.start == start && opensCondition(w.sentences[l.first].words))
}

// opensCondition: what follows from a condition stands behind it, so that a
// sentence which opens with one is printed whole or not at all.
func opensCondition(words []string) bool {
	first, _ := arabic.Conjoined(words[0])
	return conditions[words[0]] || conditions[first] || words[0] == "if" || first == "في" && len(words) > 1 && words[1] == "حال" ||
		words[0] == "في" && len(words) > 1 && words[1] == "حال"
}

var conditions = wordSet("إذا لو لولا وإذا ولو")

// headOf is the beginning of a sentence of which no part makes a good line.
func (w *writer) headOf(i int) line {
	s := &w.sentences[i]
	text, shortened := cut(s.text, leadWords)
	return line{sentence: i, first: i, start: s.span.Start, end: s.span.Start + len(text), after: shortened, words: countWords(text)}
}

// needsBefore reports offsets of the line's text at which a sentence begins
// that refers to the one before: no window may begin there.
func (w *writer) needsBefore(l line, start int) func(offset int) bool {
	return func(offset int) bool {
		for i := l.first + 1; i <= l.sentence; i++ {
			if w.sentences[i].span.Start-start == offset {
				return true
			}
		}
		return false
	}
}

// worthOf measures windows of a text, by its tokens.
func (w *writer) worthOf(tokens []arabic.Token) func(first, end int) float64 {
	folded, stems := make([]string, len(tokens)), make([]string, len(tokens))
	for i, t := range tokens {
		folded[i] = arabic.Fold(t.Text)
		stems[i] = arabic.Stem(folded[i])
	}
	statements := arabic.Attributions(folded)
	return func(first, end int) float64 {
		for _, a := range statements {
			if a.Sure && a.Verb >= first && a.Verb < end && a.Last+1 >= end {
				return -promise / 2 // who says it, without what is said
			}
		}
		part := sentence{words: folded[first:end], stems: stems[first:end], cover: w.terms.newCover()}
		return w.worth(&part)
	}
}

// worth of a part of a sentence: what it covers of the question and whether it
// holds the kind of answer.
func (w *writer) worth(part *sentence) float64 {
	for i, word := range part.words {
		part.cover.take(w.terms.meets(word, part.stems[i]))
	}
	part.cues = arabic.CuesOf(part.words)
	return 3*w.terms.share(part.cover) + truth(w.answersKind(part)) + w.numberNear(part) - truth(dangles(part.words))
}

// textOf is the line as it stands in its paragraph.
func (w *writer) textOf(l line) string {
	return w.excerpts[w.sentences[l.sentence].excerpt].Text[l.start:l.end]
}

func (w *writer) point(l line) Point {
	e := w.excerpts[w.sentences[l.sentence].excerpt]
	return Point{Text: w.textOf(l), Cut: l.after, CutBefore: l.before, Cite: e.N, Ref: e.Ref}
}
