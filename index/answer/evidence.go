package answer

import (
	"context"

	"mujaz/corpus"
)

// Evidence is what the choices of one answer look at, for learning their weights.
type Evidence struct {
	Lines    []Candidate        // sentences that can lead
	Signals  map[string]float64 // of the confidence, by name; nil when nothing was found
	Excerpts []corpus.Ref       // the listed excerpts
}

// Candidate is a sentence as the lead would print it.
type Candidate struct {
	Text   string
	Values []float64 // see FeatureNames
}

// FeatureNames are the names of Candidate.Values.
func FeatureNames() []string { return featureNames[:] }

// LeadWeights are the weights in use, in the order of FeatureNames.
func LeadWeights() []float64 { return weights[:] }

// Evidence looks at a question as Ask does and tells what it saw.
func (a *Answerer) Evidence(ctx context.Context, text string, o Ask) (Evidence, error) {
	o = a.complete(o)
	q, searched := a.read(readable(text), o)
	r, err := a.search(ctx, q, searched, o)
	if err != nil || len(r.Hits) == 0 {
		return Evidence{}, err
	}
	a.preferKind(q, r)
	w := newWriter(q, a.o.Lexicon, r, excerptsOf(r.Hits, o.K))
	var e Evidence
	for _, x := range w.excerpts {
		e.Excerpts = append(e.Excerpts, x.Ref)
	}
	for i := range w.sentences {
		s := &w.sentences[i]
		if l, ok := w.lineOf(i, leadWords, false); ok && !isBoilerplate(s.text) {
			e.Lines = append(e.Lines, Candidate{w.textOf(l), s.features[:]})
		}
	}
	if len(w.sentences) > 0 {
		matter, held := w.evidenceOf(r.Words)
		e.Signals = w.signalsOf(r, matter, held)
	}
	return e, nil
}
