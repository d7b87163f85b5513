package answer

import (
	"slices"
	"sort"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

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
	return order
}

// lead is the best sentence that can stand as a line, or a newer document's
// telling of the same.
func (w *writer) lead(order []int) (line, bool) {
	for n, i := range order {
		if l, ok := w.lineOf(i, leadWords, false); ok {
			return w.newest(order[n+1:], l), true
		}
	}
	for _, i := range order {
		return w.lineOf(i, leadWords, true)
	}
	return line{}, false
}

// near as good, and telling the same: then the newer document leads.
const (
	nearlyAsGood  = 0.85
	tellsTheSame  = 0.35
	nearRepeating = 0.6
)

func (w *writer) newest(rest []int, l line) line {
	for _, i := range rest {
		s, best := &w.sentences[i], &w.sentences[l.sentence]
		if s.score < nearlyAsGood*best.score {
			break
		}
		if w.date(i) <= w.date(l.sentence) || w.document(i) == w.document(l.sentence) || overlap(s, best) < tellsTheSame {
			continue
		}
		if newer, ok := w.lineOf(i, leadWords, false); ok {
			l = newer
		}
	}
	return l
}

func (w *writer) date(i int) string     { return w.excerpts[w.sentences[i].excerpt].Date }
func (w *writer) document(i int) string { return w.excerpts[w.sentences[i].excerpt].Ref.Document }

// overlap is the Jaccard similarity of the content stems of two sentences.
func overlap(a, b *sentence) float64 {
	in := map[string]bool{}
	for i, stem := range a.stems {
		if !arabic.IsStop(a.words[i]) {
			in[stem] = true
		}
	}
	size, common := len(in), 0
	seen := map[string]bool{}
	for i, stem := range b.stems {
		if arabic.IsStop(b.words[i]) || seen[stem] {
			continue
		}
		seen[stem] = true
		if in[stem] {
			common++
		} else {
			size++
		}
	}
	if size == 0 {
		return 0
	}
	return float64(common) / float64(size)
}

// points are the further lines, best first: each adds something and fits what
// is left of the budget.
func (w *writer) points(order []int, lead line) []line {
	chosen := []line{lead}
	sentences := 1 + lead.sentence - lead.first
	words := lead.words
	for _, i := range w.spread(order) {
		if sentences >= summaryLines {
			break
		}
		limit := min(leadWords, summaryWords-words)
		l, ok := w.fitting(i, limit, chosen)
		if !ok || sentences+1+l.sentence-l.first > summaryLines {
			continue
		}
		chosen = append(chosen, l)
		sentences += 1 + l.sentence - l.first
		words += l.words
	}
	return chosen[1:]
}

// spread puts, for questions about a whole story, the best sentence of every
// excerpt before the second best of any.
func (w *writer) spread(order []int) []int {
	if !w.question.wholeStory() {
		return order
	}
	used := map[int]bool{}
	var first, second []int
	for _, i := range order {
		if e := w.sentences[i].excerpt; !used[e] {
			used[e] = true
			first = append(first, i)
		} else {
			second = append(second, i)
		}
	}
	return append(first, second...)
}

// leastLine is the fewest words that a further line may be cut to.
const leastLine = 15

func (w *writer) fitting(i, limit int, chosen []line) (line, bool) {
	s := &w.sentences[i]
	if len(s.words) < 3 || s.share == 0 && !w.besides(i, chosen) && !w.answersKind(s) {
		return line{}, false
	}
	for _, c := range chosen {
		if i >= c.first && i <= c.sentence || w.repeats(s, &w.sentences[c.sentence]) {
			return line{}, false
		}
	}
	if len(s.words) > limit && limit < leastLine {
		return line{}, false
	}
	alone := slices.ContainsFunc(chosen, func(c line) bool { return c.sentence == i-1 && !c.after })
	return w.lineOf(i, limit, alone)
}

// besides reports a sentence next to a chosen one.
func (w *writer) besides(i int, chosen []line) bool {
	return slices.ContainsFunc(chosen, func(c line) bool {
		return abs(c.sentence-i) <= 1 && w.sentences[c.sentence].excerpt == w.sentences[i].excerpt
	})
}

// repeats reports that b says what a says, unless their figures differ.
func (w *writer) repeats(a, b *sentence) bool {
	return overlap(a, b) > nearRepeating && !w.differ(a, b)
}

// differ reports two sentences of different documents that give different
// figures for what was asked.
func (w *writer) differ(a, b *sentence) bool {
	if w.question.Want != index.WantNumber || w.excerpts[a.excerpt].Ref.Document == w.excerpts[b.excerpt].Ref.Document {
		return false
	}
	x, okX := w.figure(a)
	y, okY := w.figure(b)
	return okX && okY && x != y
}

// figure is the number that stands nearest to the noun it was asked of.
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
	return value, best < 5
}
