package answer

import (
	"mujaz/corpus/arabic"
	"mujaz/index"
)

// repeats reports that b says what a says, unless their figures differ.
func (w *writer) repeats(a, b *sentence) bool {
	return overlap(a, b) > nearRepeating && !w.differ(a, b)
}

// mostlySaid is the share of a line's content words that a printed line must
// have for the line to add nothing: sentences that go on differently can be cut
// to the same words.
const mostlySaid = 0.8

// repeatsLine reports that a line says in print what another one has said.
func (w *writer) repeatsLine(l, said line) bool {
	if w.differ(&w.sentences[l.sentence], &w.sentences[said.sentence]) {
		return false
	}
	in := map[string]bool{}
	for _, word := range arabic.FoldedWords(w.textOf(said)) {
		in[arabic.Stem(word)] = true
	}
	all, common := 0, 0
	for _, word := range arabic.FoldedWords(w.textOf(l)) {
		if arabic.IsStop(word) {
			continue
		}
		all++
		if in[arabic.Stem(word)] {
			common++
		}
	}
	return float64(common) > mostlySaid*float64(all)
}

// differ reports two sentences of different documents that give different
// figures for what was asked.
func (w *writer) differ(a, b *sentence) bool {
	if w.question.Want != index.WantNumber || w.excerpts[a.excerpt].Ref.Document == w.excerpts[b.excerpt].Ref.Document {
		return false
	}
	x, okX := w.figure(a)
	y, okY := w.figure(b)
	return okX && okY && x != y && overlap(a, b) >= sameEvent && !shareFigure(a, b)
}

// sameEvent is the least overlap of two sentences that speak of one event.
const sameEvent = 0.2

// shareFigure reports a number that both sentences have: then they agree, and
// other numbers are about other things.
func shareFigure(a, b *sentence) bool {
	in := map[float64]bool{}
	for i := range a.words {
		if v, n := arabic.NumberAt(a.words, i); n > 0 {
			in[v] = true
		}
	}
	for i := range b.words {
		if v, n := arabic.NumberAt(b.words, i); n > 0 && in[v] {
			return true
		}
	}
	return false
}

// figure is the number that stands nearest to the noun it was asked of or, in
// a sentence without that noun, the only number that the question does not have.
func (w *writer) figure(s *sentence) (float64, bool) {
	stem := arabic.Stem(w.question.Asked)
	best, value := 5, 0.0
	for i := range s.words {
		if w.question.Asked == "" || !w.isAsked(s, i, w.question.Asked, stem) {
			continue
		}
		for j := max(i-4, 0); j < min(i+5, len(s.words)); j++ {
			v, n := arabic.NumberAt(s.words, j)
			if n > 0 && abs(i-j) < best && !w.terms.typed[s.words[j]] {
				best, value = abs(i-j), v
			}
		}
	}
	if best < 5 {
		return value, true
	}
	return w.onlyFigure(s)
}

func (w *writer) onlyFigure(s *sentence) (value float64, found bool) {
	for i := 0; i < len(s.words); i++ {
		v, n := arabic.NumberAt(s.words, i)
		if n == 0 || w.terms.typed[s.words[i]] || arabic.DateAt(s.words, i) > 0 {
			continue
		}
		if found {
			return 0, false
		}
		value, found = v, true
		i += n - 1
	}
	return value, found
}
