package answer

import (
	"slices"
	"sort"
	"strings"
)

// points are the further lines, best first: each adds something and fits what
// is left of the budget.
func (w *writer) points(order []int, lead line) []line {
	chosen := []line{lead}
	sentences := lead.sentences()
	words := lead.words
	for _, c := range w.furtherLines(order, lead) {
		if sentences >= summaryLines {
			break
		}
		l, ok := c(min(leadWords, summaryWords-words), chosen)
		if !ok || sentences+l.sentences() > summaryLines {
			continue
		}
		chosen = append(chosen, l)
		sentences += l.sentences()
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
	case lead.before && lead.start > s.span.Start && (s.position == 0 || !s.dangles()):
		part, shortened := cut(text[s.span.Start:lead.start], limit)
		l.start, l.end, l.after = s.span.Start, s.span.Start+len(strings.TrimRight(part, " \u00a0")), true
		l.after = l.after || shortened
	default:
		return l, false
	}
	l.words = countWords(text[l.start:l.end])
	return l, l.words >= leastRest && l.words <= limit && !promises(text[l.start:l.end])
}

// leastRest is the fewest words that are worth a line of their own.
const leastRest = 8

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
const leastLine = 8

func (w *writer) fitting(i, limit int, chosen []line) (line, bool) {
	s := &w.sentences[i]
	if len(s.words) < 3 || w.hangsInAir(s) || isBoilerplate(s.text) || isHeading(s, w.excerpts[s.excerpt].Text) && !w.answersKind(s) || s.share == 0 && !w.besides(i, chosen) && !w.answersKind(s) {
		return line{}, false
	}
	for _, c := range chosen {
		if i >= c.first && i <= c.sentence || w.repeats(s, &w.sentences[c.sentence]) {
			return line{}, false
		}
	}
	if len(s.words) > limit && limit < leastLine || !w.belongs(i, chosen) {
		return line{}, false
	}
	alone := slices.ContainsFunc(chosen, func(c line) bool { return c.sentence == i-1 && !c.after })
	l, ok := w.lineOf(i, limit, alone)
	return l, ok && !slices.ContainsFunc(chosen, func(c line) bool { return w.repeatsLine(l, c) })
}

// besides reports a sentence next to a chosen one.
func (w *writer) besides(i int, chosen []line) bool {
	return slices.ContainsFunc(chosen, func(c line) bool {
		return abs(c.sentence-i) <= 1 && w.sentences[c.sentence].excerpt == w.sentences[i].excerpt
	})
}
