package eval

import "math"

// What the learning of the confidence model rests on. Half to three times the
// penalty gave the same within a point of AUC on sets left out.
const (
	confidenceL2    = .002
	confidenceSteps = 1500
	confidenceRate  = .05
	// answerableShare is what the answerable questions of a set weigh against its
	// others: the greater, the more is answered. Chosen so that nine of ten
	// questions that the documents answer are answered.
	answerableShare = .585
)

// weigh gives every set the same weight, whatever its size, and inside it the
// shares of the ways. A set that is the only one over its documents counts
// more than one of several over the same.
func weigh(list []instance, sets []*Set) {
	type group struct {
		set           int
		single, right bool
	}
	of := func(i *instance) group { return group{i.set, i.single(), i.right} }
	total := map[group]float64{}
	for n := range list {
		if i := &list[n]; i.told {
			total[of(i)] += shares[i.way]
		}
	}
	for n := range list {
		i := &list[n]
		if !i.told {
			continue
		}
		side := answerableShare
		if !i.right {
			side = 1 - answerableShare
		}
		i.weight = side * worthOf(sets, i.set) * shares[i.way] / total[of(i)]
	}
}

func worthOf(sets []*Set, number int) float64 {
	for i, other := range sets {
		if i != number && sameDocuments(sets[number], other) {
			return 1
		}
	}
	return ownWorth
}

// learnConfidence fits a logistic model on all sets but one (-1: on all).
func learnConfidence(list []instance, without int) map[string]float64 {
	var told []*instance
	total := 0.0
	for n := range list {
		if i := &list[n]; i.told && i.set != without {
			told = append(told, i)
			total += i.weight
		}
	}
	scale := spreadOf(told)
	w, m, v := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for step := 1; step <= confidenceSteps; step++ {
		for name, g := range confidenceSlope(told, w, scale, total) {
			if name != "bias" {
				g += confidenceL2 * w[name]
			}
			m[name] = .9*m[name] + .1*g
			v[name] = .999*v[name] + .001*g*g
			w[name] -= confidenceRate * m[name] / (1 - math.Pow(.9, float64(step))) / (math.Sqrt(v[name]/(1-math.Pow(.999, float64(step)))) + 1e-8)
		}
	}
	for name := range w {
		w[name] = math.Round(w[name]/scale[name]*1000) / 1000
	}
	return w
}

// confidenceSlope is the gradient of the loss.
func confidenceSlope(list []*instance, w, scale map[string]float64, total float64) map[string]float64 {
	slope := map[string]float64{}
	for _, i := range list {
		sum := 0.0
		for name, x := range i.signals {
			sum += w[name] * x / scale[name]
		}
		e := i.weight / total * (1/(1+math.Exp(-sum)) - count(i.right))
		for name, x := range i.signals {
			slope[name] += e * x / scale[name]
		}
	}
	return slope
}

// spreadOf is the standard deviation of every signal; the constant keeps 1.
func spreadOf(list []*instance) map[string]float64 {
	sum, squares := map[string]float64{}, map[string]float64{}
	for _, i := range list {
		for name, x := range i.signals {
			sum[name] += x
			squares[name] += x * x
		}
	}
	n := float64(len(list))
	out := map[string]float64{}
	for name := range sum {
		mean := sum[name] / n
		out[name] = math.Max(math.Sqrt(math.Max(squares[name]/n-mean*mean, 0)), .02)
	}
	out["bias"] = 1
	return out
}
