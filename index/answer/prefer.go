package answer

import (
	"sort"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// Questions about outcomes and the future name a whole story, so that its
// paragraphs differ little in the words they share with the question. What a
// paragraph of the first hit's document gains by telling what is asked for is
// a share of the best score: for each word that tells an outcome, for
// announcing at all, and for standing beside the best that announces, because
// what is to come is told in a row.
const (
	outcomeBonus = 0.45
	outcomeMost  = 3
	nextBonus    = 0.6
	besideBonus  = 0.3
	speakerBonus = 0.15
)

// wholeStory reports questions that several paragraphs of a story answer together.
func (q Question) wholeStory() bool { return q.Outcome || q.Want == index.WantNext }

// preferKind sorts the hits of questions about outcomes and the future anew.
func (a *Answerer) preferKind(q Question, r index.Result) {
	hits := r.Hits
	if len(hits) == 0 {
		return
	}
	switch {
	case q.Want == index.WantNext:
		preferNext(hits)
	case q.Outcome:
		preferOutcome(hits)
	case q.Speaker != "":
		preferSpeaker(newWriter(q, a.o.Lexicon, r, excerptsOf(hits, speakerHits)), hits)
	default:
		return
	}
	sort.SliceStable(hits, func(a, b int) bool { return hits[a].Score > hits[b].Score })
}

func preferOutcome(hits []index.Hit) {
	best, document := hits[0].Score, hits[0].Ref.Document
	for i := range hits {
		if hits[i].Ref.Document != document {
			continue
		}
		words := arabic.FoldedWords(hits[i].Text)
		n := min(arabic.CountCue(words, arabic.HasOutcome), outcomeMost)
		if arabic.CuesOf(words)&arabic.HasCondition == 0 {
			hits[i].Score += outcomeBonus * best * float64(n)
		}
	}
}

func preferNext(hits []index.Hit) {
	best, document, anchor := hits[0].Score, hits[0].Ref.Document, -1
	var announces []int
	for i := range hits {
		if hits[i].Ref.Document != document || arabic.CuesOf(arabic.FoldedWords(hits[i].Text))&arabic.HasNext == 0 {
			continue
		}
		if anchor < 0 || hits[i].Score > hits[anchor].Score {
			anchor = i
		}
		announces = append(announces, i)
	}
	for _, i := range announces {
		bonus := nextBonus
		if abs(hits[i].Ref.Paragraph-hits[anchor].Ref.Paragraph) <= 1 {
			bonus += besideBonus
		}
		hits[i].Score += bonus * best
	}
}

// speakerHits is how many hits are looked at for the speaker asked about.
const speakerHits = 8

// preferSpeaker raises paragraphs in which the speaker asked about speaks.
func preferSpeaker(w *writer, hits []index.Hit) {
	best, raised := hits[0].Score, map[int]bool{}
	for i := range w.sentences {
		if s := &w.sentences[i]; s.stance == askedSide && s.share > 0 && !raised[s.excerpt] {
			raised[s.excerpt] = true
			hits[s.excerpt].Score += speakerBonus * best
		}
	}
}
