package index

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

//go:embed weights.json
var weightsFile []byte

// Weights are the learned weights of the second stage and of the no-answer
// model, with where they come from.
type Weights struct {
	Date    string             `json:"date"`    // when they were learned
	Sets    []string           `json:"sets"`    // the judged sets they were learned on
	Ranking map[string]float64 `json:"ranking"` // by name of the feature
	Answer  map[string]float64 `json:"answer"`  // by name of the signal; "bias" is the constant

	once    sync.Once
	ranking vector
}

// ParseWeights reads a weights file. A name that the ranker does not know is
// an error: it would be a weight without effect.
func ParseWeights(data []byte) (*Weights, error) {
	w := &Weights{}
	if err := json.Unmarshal(data, w); err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	known := map[string]bool{}
	for _, name := range featureNames {
		known[name] = true
	}
	for name := range w.Ranking {
		if !known[name] {
			return nil, fmt.Errorf("weights: no feature %q", name)
		}
	}
	return w, nil
}

// given are weights of what judged sets cannot teach, because no question of
// theirs names a day.
var given = map[string]float64{featureNames[fDate]: 1.5}

// shippedWeights are those of the embedded file, which tests hold valid.
var shippedWeights = sync.OnceValue(func() *Weights {
	w, err := ParseWeights(weightsFile)
	if err != nil {
		panic(err)
	}
	return w
})

func (w *Weights) score(v *vector) float64 {
	w.once.Do(func() {
		for f, name := range featureNames {
			w.ranking[f] = w.Ranking[name] + given[name]
		}
	})
	sum := 0.0
	for f := range v {
		sum += v[f] * w.ranking[f]
	}
	return sum
}

// FeatureNames lists the features of the second stage in the order of vectors.
func FeatureNames() []string { return append([]string(nil), featureNames[:]...) }

// Ingredients lists what Options.Without can leave out: ways of meeting, parts
// of the first stage, and every feature of the second.
func Ingredients() []string {
	list := []string{"concepts", "lexicon", "corrections", "whole_article", "skeletons", string(BySkeleton), string(ByTransliteration), string(ByDictionary), "second_stage"}
	return append(list, FeatureNames()...)
}
