package index

import "math"

// signals are what the no-answer model sees of a ranked list, by name.
func (k *ranker) signals(views []view) map[string]float64 {
	out := map[string]float64{"bias": 1}
	if len(views) == 0 {
		out["empty"] = 1
		return out
	}
	first := &views[0]
	out["score"] = first.score / 10
	out["covered"] = first.covered
	out["exact"] = first.exact
	out["sentence"] = first.v[fSentence]
	out["article"] = first.whole
	out["paragraph"] = first.bm25
	out["rarest"] = first.rarest
	if first.all {
		out["all"] = 1
	}
	out["words"] = math.Log1p(float64(len(k.r.terms)))
	if len(views) > 1 {
		out["margin"] = (first.score - views[1].score) / 2
	}
	unknown := 0.0
	for i := range k.r.terms {
		if t := &k.r.terms[i]; !t.known {
			unknown += t.weight * t.idf
		}
	}
	out["unknown"] = unknown / k.total
	if k.r.want == WantNumber {
		out["number_missing"] = 1 - first.v[fNumberWanted]
		out["number_beside"] = first.v[fNumberBeside]
	}
	if k.r.want == WantTime {
		out["time_missing"] = 1 - first.v[fTimeWanted]
	}
	return out
}

// answerable is the logistic model of the weights file.
func (w *Weights) answerable(signals map[string]float64) float64 {
	sum := 0.0
	for name, value := range signals {
		sum += w.Answer[name] * value
	}
	return 1 / (1 + math.Exp(-sum))
}
