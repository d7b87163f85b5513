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
	case s[sigCovered] < onTopicFrom:
		return OffTopic, confidence
	}
	return NoAnswer, confidence
}
