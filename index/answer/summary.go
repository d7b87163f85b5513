package answer

import (
	"slices"
	"sort"
	"strings"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// The whole summary holds at most three sentences and a hundred words.
const (
	summaryLines = 3
	summaryWords = 100
)

var pointWords = 45

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
			return w.extended(w.newest(order[n+1:], l)), true
		}
	}
	for _, i := range order {
		return w.lineOf(i, leadWords, true)
	}
	return line{}, false
}

// extendFrom is the share of a short lead's score that the sentence beside it must have
// to be printed with it.
const extendFrom = 0.6

// extended adds the better neighbour to a lead of one short sentence where
// both fit a line: news cut one statement into short sentences.
func (w *writer) extended(l line) line {
	if l.first != l.sentence || l.before || l.after {
		return l
	}
	s := &w.sentences[l.sentence]
	best, at := extendFrom*s.score, -1
	for _, j := range [...]int{l.sentence + 1, l.sentence - 1} {
		if j < 0 || j >= len(w.sentences) || w.sentences[j].excerpt != s.excerpt {
			continue
		}
		n := &w.sentences[j]
		if l.words+len(n.words) > leadWords || n.score <= best || j < l.sentence && n.position > 0 && dangles(n.words) {
			continue
		}
		best, at = n.score, j
	}
	if at < 0 {
		return l
	}
	l.words += len(w.sentences[at].words)
	if at < l.sentence {
		l.first, l.start = at, w.sentences[at].span.Start
		return l
	}
	l.first, l.sentence, l.end = l.sentence, at, w.sentences[at].span.End
	return l
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
	for _, c := range w.furtherLines(order, lead) {
		if sentences >= summaryLines {
			break
		}
		l, ok := c(min(pointWords, summaryWords-words), chosen)
		if !ok || sentences+1+l.sentence-l.first > summaryLines {
			continue
		}
		chosen = append(chosen, l)
		sentences += 1 + l.sentence - l.first
		words += l.words
	}
	return chosen[1:]
}

// candidate makes a line of at most limit words that goes with the chosen ones.
type candidate func(limit int, chosen []line) (line, bool)

// restOfLead is what the rest of a lead that was cut loses against its sentence.
const restOfLead = 1

// furtherLines are the candidates in the order of their worth: the sentences, and
// what a lead that was cut has left out.
func (w *writer) furtherLines(order []int, lead line) []candidate {
	type ranked struct {
		score float64
		make  candidate
	}
	var list []ranked
	for n, i := range w.spread(order) {
		s := &w.sentences[i]
		score := s.score
		if w.question.wholeStory() {
			score = -float64(n)
		}
		list = append(list, ranked{score, func(limit int, chosen []line) (line, bool) { return w.fitting(i, limit, chosen) }})
	}
	if lead.after || lead.before {
		score := w.sentences[lead.sentence].score - restOfLead
		list = append(list, ranked{score, func(limit int, _ []line) (line, bool) { return w.rest(lead, limit) }})
	}
	sort.SliceStable(list, func(a, b int) bool { return list[a].score > list[b].score })
	out := make([]candidate, len(list))
	for i, r := range list {
		out[i] = r.make
	}
	return out
}

// rest is what follows a cut lead in its sentence, or else what stands before it.
func (w *writer) rest(lead line, limit int) (line, bool) {
	s := &w.sentences[lead.sentence]
	text := w.excerpts[s.excerpt].Text
	l := line{sentence: lead.sentence, first: lead.sentence}
	switch {
	case lead.after && lead.end < s.span.End:
		l.start, l.before = lead.end, true
		l.start += len(text[l.start:s.span.End]) - len(strings.TrimLeft(text[l.start:s.span.End], " \u00a0،,؛;"))
		part, shortened := cut(text[l.start:s.span.End], limit)
		l.end, l.after = l.start+len(part), shortened
	case lead.before && lead.start > s.span.Start:
		part, shortened := cut(text[s.span.Start:lead.start], limit)
		l.start, l.end, l.after = s.span.Start, s.span.Start+len(strings.TrimRight(part, " \u00a0")), true
		l.after = l.after || shortened
	default:
		return l, false
	}
	l.words = countWords(text[l.start:l.end])
	return l, l.words >= leastRest && l.words <= limit
}

// leastRest is the fewest words that are worth a line of their own.
const leastRest = 4

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
