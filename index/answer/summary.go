package answer

import "sort"

// The whole summary holds at most three sentences and a hundred words.
const (
	summaryLines = 3
	summaryWords = 100
)

// summary composes lead and sections from the sentences of the excerpts.
func (w *writer) summary() Summary {
	order := w.byScore()
	lead, ok := w.lead(order)
	if !ok {
		return Summary{}
	}
	chosen := []line{lead}
	chosen = append(chosen, w.points(order, lead)...)
	return w.arrange(chosen)
}

func (w *writer) byScore() []int {
	order := make([]int, len(w.sentences))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return w.sentences[order[a]].score > w.sentences[order[b]].score })
	if w.question.Speaker != "" {
		leads := w.leaders()
		sort.SliceStable(order, func(a, b int) bool { return leads[order[a]] && !leads[order[b]] })
	}
	return order
}

// askedShare is how much of the matter, against the sentence that covers most of
// it, the speaker asked about must speak of to be preferred to all others:
// half, so that what it says of another matter does not lead.
const askedShare = 0.3

// leaders marks the sentences in which the speaker asked about speaks, and of
// the matter.
func (w *writer) leaders() []bool {
	best := w.bestMatter()
	leads := make([]bool, len(w.sentences))
	for i, s := range w.sentences {
		leads[i] = s.stance == askedSide && w.matter(s.cover) >= askedShare*best
	}
	return leads
}

// another reports a sentence of at least that score which can be understood alone.
func (w *writer) another(order []int, least float64) bool {
	for _, i := range order {
		if s := &w.sentences[i]; s.score < least {
			return false
		} else if !w.hangsInAir(s) && !isBoilerplate(s.text) {
			return true
		}
	}
	return false
}

// lead is the best sentence that can stand as a line, or a newer document's
// telling of the same.
func (w *writer) lead(order []int) (line, bool) {
	for n, i := range order {
		s := &w.sentences[i]
		if isBoilerplate(s.text) || isHeading(s, w.excerpts[s.excerpt].Text) || w.hangsInAir(s) && w.another(order[n+1:], s.score-nearlyAsGood) {
			continue
		}
		if l, ok := w.lineOf(i, leadWords, false); ok {
			return w.extended(w.newest(order[n+1:], l)), true
		}
	}
	if len(order) == 0 {
		return line{}, false
	}
	return w.headOf(order[0]), true
}
