package answer

import (
	"sort"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// kindBonus is what a paragraph of the first hit's document gains, as a share
// of the best score, when it tells an outcome or what is next and the question
// asks for that. Questions of these kinds name a whole story, so that its
// paragraphs differ little in the words they share with the question.
const kindBonus = 0.35

// preferKind sorts the hits of questions about outcomes and the future anew.
func preferKind(q Question, hits []index.Hit) {
	cue := arabic.HasOutcome
	switch {
	case q.Want == index.WantNext:
		cue = arabic.HasNext
	case !q.Outcome:
		return
	}
	if len(hits) == 0 {
		return
	}
	best, document := hits[0].Score, hits[0].Ref.Document
	for i := range hits {
		if hits[i].Ref.Document == document && arabic.CuesOf(foldedWords(hits[i].Text))&cue != 0 {
			hits[i].Score += kindBonus * best
		}
	}
	sort.SliceStable(hits, func(a, b int) bool { return hits[a].Score > hits[b].Score })
}
