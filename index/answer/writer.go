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

// line is a printed piece of an excerpt: one sentence, or several that belong
// together.
type line struct {
	sentence   int // index of the best sentence in it
	first      int // index of the first sentence in it
	start, end int // bytes of the excerpt's text
	cut        bool
	words      int
}

// lineOf makes the line of a sentence. One that dangles takes its
// predecessor with it, which must be of the same paragraph; where both are too
// long for a line together the predecessor alone is no answer and ok is false.
func (w *writer) lineOf(i, limit int, alone bool) (l line, ok bool) {
	s := &w.sentences[i]
	l = line{sentence: i, first: i, start: s.span.Start, end: s.span.End}
	if !alone && s.position > 0 && dangles(s.words) {
		l.first = i - 1
		l.start = w.sentences[i-1].span.Start
		if whole := w.text(l); countWords(whole) <= limit {
			l.words = countWords(whole)
			return l, true
		}
		return l, false
	}
	text, shortened := cut(w.text(l), limit)
	l.end, l.cut, l.words = l.start+len(text), shortened, countWords(text)
	return l, true
}

func (w *writer) text(l line) string {
	return w.excerpts[w.sentences[l.sentence].excerpt].Text[l.start:l.end]
}

func (w *writer) point(l line) Point {
	e := w.excerpts[w.sentences[l.sentence].excerpt]
	return Point{Text: e.Text[l.start:l.end], Cut: l.cut, Cite: e.N, Ref: e.Ref}
}
