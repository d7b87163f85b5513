package answer

// What a further line must have to stand under a lead that answers «هل …»: so
// much of the share that the lead covers. Less of it speaks of something else,
// and beside a yes or no that reads as a proof.
const yesNoShare = 0.9

// matterShare is how much of the matter (the question without its speaker) a
// line must cover that is not the asked speaker's: half of what the best one
// does, as for the lead.
const matterShare = 0.5

// askedMatter is the same for lines of the asked speaker, who may go on about it
// in other words.
const askedMatter = 0.35

// belongs reports whether sentence i may stand under the lead. To «هل …» only
// what tells the same thing belongs, to «ماذا قال …» only the speaker asked
// about, to «ما موقف …» also what the paragraph goes on with and what others say
// of the same matter.
func (w *writer) belongs(i int, chosen []line) bool {
	if len(chosen) == 0 {
		return true
	}
	s, lead := &w.sentences[i], &w.sentences[chosen[0].sentence]
	switch {
	case w.question.YesNo:
		return s.share >= yesNoShare*lead.share
	case !w.leadSpeaks(lead) || s.stance == carriedSide:
		return true
	case s.stance == askedSide:
		return w.matter(s.cover) >= askedMatter*w.bestMatter()
	case w.question.Says:
		return s.stance == noStance && w.besides(i, chosen)
	}
	return s.excerpt == lead.excerpt || w.matter(s.cover) >= matterShare*w.bestMatter()
}

// leadSpeaks reports that a speaker was asked about and speaks in the lead.
func (w *writer) leadSpeaks(lead *sentence) bool {
	return w.question.Speaker != "" && lead.stance == askedSide
}

func (w *writer) bestMatter() float64 {
	best := 0.0
	for i := range w.sentences {
		best = max(best, w.matter(w.sentences[i].cover))
	}
	return best
}

// matter is the covered share of the question without its speaker; 1 where
// the question names nothing else.
func (w *writer) matter(c cover) float64 {
	total, sum := 0.0, 0.0
	for n, idf := range w.terms.idf {
		if !w.terms.speaker[n] {
			total += idf
			sum += idf * c[n]
		}
	}
	if total == 0 {
		return 1
	}
	return sum / total
}
