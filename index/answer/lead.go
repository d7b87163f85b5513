package answer

import "mujaz/corpus/arabic"

// extendWithin is how far the score of the sentence beside a short lead may lie
// below the lead's for both to be printed: the odds that it holds the answer
// are then at least a twentieth of the lead's. Measured from 0.5 to 9: the answer
// is in the lead of .712 to .724 of arcd's questions, .453 to .503 of mlqa's.
const extendWithin = 3

// extended adds the better neighbour to a lead of one short sentence where
// both fit a line: news cut one statement into short sentences.
func (w *writer) extended(l line) line {
	if l.after && !l.before && l.end == w.sentences[l.sentence].span.End {
		return w.quoted(l)
	}
	if l.first != l.sentence || l.before || l.after {
		return l
	}
	s := &w.sentences[l.sentence]
	best, at := s.score-extendWithin, -1
	for _, j := range [...]int{l.sentence + 1, l.sentence - 1} {
		if j < 0 || j >= len(w.sentences) || w.sentences[j].excerpt != s.excerpt {
			continue
		}
		n := &w.sentences[j]
		if l.words+len(n.words) > leadWords || n.score <= best || j < l.sentence && n.position > 0 && n.dangles() {
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

// quoted adds to a lead that breaks off inside a quotation the sentences that
// end it, where they fit.
func (w *writer) quoted(l line) line {
	longer := l
	for j := l.sentence + 1; j < len(w.sentences) && w.sentences[j].excerpt == w.sentences[l.sentence].excerpt; j++ {
		longer.sentence, longer.end = j, w.sentences[j].span.End
		longer.words += len(w.sentences[j].words)
		if longer.words > leadWords || longer.sentences() >= summaryLines {
			return l
		}
		if before, after := tornQuotation(w.textOf(longer)); !before && !after {
			longer.after = false
			return longer
		}
	}
	return l
}

// near as good, and telling the same: then the newer document leads.
const (
	nearlyAsGood  = 1   // difference of scores
	otherFigure   = 2.5 // the same where the newer one has another figure for what is asked
	tellsTheSame  = 0.35
	nearRepeating = 0.6
)

func (w *writer) newest(rest []int, l line) line {
	for _, i := range rest {
		s, best := &w.sentences[i], &w.sentences[l.sentence]
		if s.score < best.score-otherFigure {
			break
		}
		if w.date(i) <= w.date(l.sentence) || w.document(i) == w.document(l.sentence) {
			continue
		}
		// another figure for all that is asked: the event is the same, not a later one
		figure := s.share >= best.share && w.differ(s, best)
		if !figure && (s.score < best.score-nearlyAsGood || overlap(s, best) < tellsTheSame) {
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
