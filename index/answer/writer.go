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
	askedWord []bool // which question words are the noun that a number is asked of
	excerpts  []Excerpt
	relative  []float64 // score of each excerpt against the best
	sentences []sentence
}

func newWriter(q Question, l *lexicon.Lexicon, r index.Result, excerpts []Excerpt) *writer {
	w := &writer{question: q, lexicon: l, terms: termsOf(r), excerpts: excerpts}
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

// lineOf makes the line of a sentence. A long one is cut to the clauses that
// hold the answer. One that dangles takes the end of its predecessor in the same
// paragraph with it, unless it is to stand alone because that was printed.
func (w *writer) lineOf(i, limit int, alone bool) (line, bool) {
	s := &w.sentences[i]
	l := line{sentence: i, first: i}
	start, avoid := s.span.Start, -1
	if !alone && s.position > 0 && dangles(s.words) {
		l.first = i - 1
		start = w.sentences[i-1].span.Start
		avoid = s.span.Start - start
	}
	text := w.excerpts[s.excerpt].Text[start:s.span.End]
	tokens := arabic.Words(text)
	if len(tokens) <= limit {
		l.start, l.end, l.words = start, s.span.End, len(tokens)
		return l, true
	}
	if l.first < i && reportsUnnamed(s.words) {
		return l, false // the speaker would be cut off
	}
	folded := make([]string, len(tokens))
	stems := make([]string, len(tokens))
	for i, t := range tokens {
		folded[i] = arabic.Fold(t.Text)
		stems[i] = arabic.Stem(folded[i])
	}
	best, ok := bestWindow(text, tokens, limit, avoid, func(first, end int) float64 {
		part := sentence{words: folded[first:end], stems: stems[first:end], cover: w.terms.newCover()}
		return w.worth(&part)
	})
	l.start, l.end, l.words, l.before, l.after = start+best.start, start+best.end, best.words, best.before, best.after
	return l, ok
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

func (w *writer) point(l line) Point {
	e := w.excerpts[w.sentences[l.sentence].excerpt]
	return Point{Text: e.Text[l.start:l.end], Cut: l.after, CutBefore: l.before, Cite: e.N, Ref: e.Ref}
}

func (w *writer) text(l line) string {
	return w.excerpts[w.sentences[l.sentence].excerpt].Text[l.start:l.end]
}
