package answer

import (
	"math"

	"mujaz/index"
)

// answerFrom is the confidence from which an answer is given.
const answerFrom = 0.5

// noNumber bounds the confidence where a number is asked for and no sentence
// that covers the question holds one.
const noNumber = 0.3

// onTopicFrom is the share of the question that the best paragraph must cover
// for the documents to speak of the subject at all.
const onTopicFrom = 0.4

// wordsMet is the share of the question's words, rare or not, that makes a
// question be of the matter all the same: in small collections a single word that
// is missing outweighs all that are met.
const wordsMet = 0.45

// judge decides what kind of reply this is and how sure it is.
func (w *writer) judge(r index.Result) (Kind, float64) {
	if len(r.Hits) == 0 || len(w.sentences) == 0 {
		return OffTopic, 0
	}
	s := w.signals(r)
	sum := 0.0
	for i, x := range s {
		sum += answerWeights[i] * x
	}
	confidence := 1 / (1 + math.Exp(-sum))
	if s[sigNoKind] == 1 && w.question.Want == index.WantNumber {
		confidence = min(confidence, noNumber)
	}
	if w.namesSubject(r, s[sigCovered]) {
		confidence = max(confidence, subjectSure)
	}
	switch {
	case confidence >= answerFrom:
		return Answered, confidence
	case s[sigCovered] < onTopicFrom && w.met() < wordsMet:
		return OffTopic, confidence
	}
	return NoAnswer, confidence
}

// met is how well the best excerpt meets the question's words, framing words
// counting less.
func (w *writer) met() float64 {
	whole, _ := w.covers()
	sum, all := 0.0, 0.0
	for n, counts := range w.terms.counts {
		sum += counts * whole[n]
		all += counts
	}
	if all == 0 {
		return 0
	}
	return sum / all
}
