package answer

import (
	"mujaz/corpus/arabic"
	"mujaz/index"
)

// The features of a sentence, each about 0..1.
const (
	featShare      = iota // covered part of the question
	featHit               // score of its paragraph against the best paragraph
	featFirstHit          // its paragraph comes first
	featBest              // the index chose it as the best of its paragraph
	featAround            // what the neighbours cover
	featKind              // holds the kind of answer wanted
	featNear              // a number beside the noun it is asked of
	featOpening           // first sentence of its paragraph
	featDangling          // needs the sentence before
	featAsked             // the speaker asked about speaks
	featOther             // another speaker speaks, in a position question
	featShort             // fewer than six words
	featLong              // more words than a line holds
	featStatement         // says or announces, in a position question without a speaker
	featAdded             // share of content words that the question has not
	featRareNumber        // new number in a question of number or time
	featureCount
)

// weights were learned as a listwise logistic model: see the evaluation notes
// in the commit that changes them.
var weights = [featureCount]float64{
	featShare: 3.0, featHit: 2.5, featFirstHit: 0.5, featBest: 0.4, featAround: 0.9, featKind: 1.0, featNear: 1.2,
	featOpening: 0.15, featDangling: -0.25, featAsked: 1.5, featOther: -0.6, featShort: -0.6, featLong: -0.1,
	featStatement: 0.6, featAdded: 0.3, featRareNumber: 0.2,
}

func (w *writer) score() {
	best := w.bestShare()
	for i := range w.sentences {
		s := &w.sentences[i]
		s.features = w.features(i)
		if best > 0 { // what the asked side says of something else counts less
			s.features[featAsked] *= 0.7 + 0.3*s.share/best
		}
		for f, x := range s.features {
			s.score += weights[f] * x
		}
	}
}

func (w *writer) features(i int) [featureCount]float64 {
	s := &w.sentences[i]
	e := w.excerpts[s.excerpt]
	var f [featureCount]float64
	f[featShare] = s.share
	f[featHit] = w.relative[s.excerpt]
	f[featFirstHit] = truth(s.excerpt == 0)
	f[featBest] = truth(e.Sentence.Start < s.span.End && s.span.Start < e.Sentence.End)
	f[featAround] = w.around(i)
	f[featKind] = truth(w.answersKind(s))
	f[featNear] = w.numberNear(s)
	f[featOpening] = truth(s.position == 0)
	f[featDangling] = truth(dangles(s.words))
	f[featAsked] = truth(s.stance == askedSide) + 0.5*truth(s.stance == carriedSide)
	f[featOther] = truth(s.stance == otherSide)
	f[featShort] = truth(len(s.words) < 6)
	f[featLong] = truth(len(s.words) > leadWords)
	f[featStatement] = truth(w.question.isPosition() && s.cues&arabic.HasAttribution != 0 && s.stance != otherSide)
	f[featAdded] = w.added(s)
	f[featRareNumber] = truth((w.question.Want == index.WantNumber || w.question.Want == index.WantTime) && w.hasNewNumber(s))
	return f
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// around is what the sentences before and after cover beyond this one.
func (w *writer) around(i int) float64 {
	s := &w.sentences[i]
	both := make(cover, len(s.cover))
	copy(both, s.cover)
	for _, j := range [...]int{i - 1, i + 1} {
		if j < 0 || j >= len(w.sentences) || w.sentences[j].excerpt != s.excerpt {
			continue
		}
		for n, worth := range w.sentences[j].cover {
			both[n] = max(both[n], worth)
		}
	}
	return w.terms.share(both) - s.share
}

// added is the share of content words that the question does not have: a
// heading that only repeats the question is no answer.
func (w *writer) added(s *sentence) float64 {
	content, fresh := 0, 0
	for i, word := range s.words {
		if arabic.IsStop(word) {
			continue
		}
		content++
		if len(w.terms.meets(word, s.stems[i])) == 0 {
			fresh++
		}
	}
	if content == 0 {
		return 0
	}
	return min(float64(fresh)/4, 1)
}
