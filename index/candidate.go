package index

import (
	"context"
	"fmt"

	"mujaz/corpus"
)

// Candidate is a paragraph of the second stage, for learning its weights.
type Candidate struct {
	Ref    corpus.Ref
	Values []float64 // by FeatureNames
	Score  float64
}

// Candidates lists the paragraphs that Search ranks, best first, and the
// signals of the no-answer model.
func (x *Index) Candidates(ctx context.Context, q Query) ([]Candidate, map[string]float64, error) {
	x.mu.RLock()
	l := x.lexicon
	x.mu.RUnlock()
	s, err := x.snapshot()
	if err != nil {
		return nil, nil, err
	}
	defer s.release()
	r, err := x.read(s, q, l)
	if err != nil {
		return nil, nil, fmt.Errorf("candidates: %w", err)
	}
	c := s.newScratch()
	defer s.free(c)
	list, err := x.gather(s, r, c, l)
	if err != nil {
		return nil, nil, fmt.Errorf("candidates: %w", err)
	}
	k := x.newRanker(s, r, c, l)
	views, err := k.rank(ctx, list)
	if err != nil {
		return nil, nil, fmt.Errorf("candidates: %w", err)
	}
	out := make([]Candidate, len(views))
	for i := range views {
		v := &views[i]
		ref := corpus.Ref{Document: s.articles[v.article].id, Paragraph: int(s.table[v.number].paragraph)}
		out[i] = Candidate{ref, append([]float64(nil), v.v[:]...), v.score}
	}
	return out, k.signals(views), nil
}
