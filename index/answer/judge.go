package answer

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"

	"mujaz/index"
)

//go:embed confidence.json
var confidenceFile []byte

// Confidence is the learned logistic model of whether the first excerpts
// answer a question, with where it comes from. «mujaz eval -fit-confidence»
// makes the file.
type Confidence struct {
	Date    string             `json:"date"`    // when it was learned
	Sets    []string           `json:"sets"`    // the judged sets it was learned on
	Weights map[string]float64 `json:"weights"` // by name of the signal; "bias" is the constant
}

var confidence = readConfidence(confidenceFile)

// readConfidence panics on a file that is none: it is part of the program, and
// a test reads it.
func readConfidence(data []byte) Confidence {
	var c Confidence
	if err := json.Unmarshal(data, &c); err != nil {
		panic(fmt.Errorf("confidence.json: %w", err))
	}
	return c
}

// Of is the confidence, 0..1, that the signals speak for.
func (c Confidence) Of(signals map[string]float64) float64 {
	sum := 0.0
	for name, x := range signals {
		sum += c.Weights[name] * x
	}
	return 1 / (1 + math.Exp(-sum))
}

// answerFrom is the confidence from which an answer is given.
const answerFrom = 0.5

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
	covers := w.covers()
	covered := w.terms.share(covers)
	matter, e := w.evidenceOf(r.Words)
	sure := confidence.Of(w.signalsOf(r, matter, e))
	if w.namesSubject(r, covered) || e.says && w.letsSpeak() {
		sure = max(sure, subjectSure)
	}
	if matter == matterNumber && e.number == 0 || matter == matterTime && !e.dated {
		sure = min(sure, noKind)
	}
	switch {
	case sure >= answerFrom:
		return Answered, sure
	case covered < onTopicFrom && w.terms.met(covers) < wordsMet:
		return OffTopic, sure
	}
	return NoAnswer, sure
}

// letsSpeak reports a question for whatever somebody said: «ماذا قال عراقجي؟».
func (w *writer) letsSpeak() bool {
	for n, named := range w.terms.speaker {
		if !named && w.terms.counts[n] == 1 {
			return false
		}
	}
	return w.question.Speaker != ""
}

// noKind bounds the confidence where a number or a date is asked for and no
// sentence near the best one holds one.
const noKind = 0.3

// met is how well the question's words are met, rare or not, framing words
// counting less.
func (t *terms) met(c cover) float64 {
	sum, all := 0.0, 0.0
	for n, counts := range t.counts {
		sum += counts * c[n]
		all += counts
	}
	if all == 0 {
		return 0
	}
	return sum / all
}
