package eval

import (
	"math"

	"mujaz/index"
)

// Learning: a linear model whose softmax over the candidates of a question
// should fall on its gold paragraphs (listwise logistic loss), L2 on weights of
// standardised features. With sets left out, L2 between .02 and .08 and sets
// weighed by 100 to 400 questions gave the same within a point of hit@1.
const (
	l2           = .03
	steps        = 200
	learningRate = .05
	settled      = steps * 2 / 3 // from this step on the rate is a third
	setSize      = 200           // questions that a set counts for, however many it has
)

// example is one question for learning: the features of its candidates.
type example struct {
	set    int
	kind   string // type of the question
	weight float64
	gold   []bool
	values [][]float64
}

// learn fits weights on all sets but one (-1: on all).
func learn(examples []example, without int) []float64 {
	scale := spread(examples)
	list, total := standardised(examples, without, scale)
	n := len(scale)
	w, m, v := make([]float64, n), make([]float64, n), make([]float64, n)
	gradient := make([]float64, n)
	for step := 1; step <= steps; step++ {
		clear(gradient)
		for _, e := range list {
			e.slope(w, gradient)
		}
		rate := learningRate
		if step > settled {
			rate /= 3
		}
		for f := range w {
			g := gradient[f]/math.Max(total, 1) + l2*w[f]
			m[f] = .9*m[f] + .1*g
			v[f] = .999*v[f] + .001*g*g
			w[f] -= rate * m[f] / (1 - math.Pow(.9, float64(step))) / (math.Sqrt(v[f]/(1-math.Pow(.999, float64(step)))) + 1e-8)
		}
	}
	for f := range w {
		w[f] /= scale[f]
	}
	return w
}

// standardised are the examples that can teach, their features divided by the
// scale, and the sum of their weights.
func standardised(examples []example, without int, scale []float64) ([]example, float64) {
	var list []example
	total := 0.0
	for _, e := range examples {
		if e.set == without || e.rank(scale) == 0 {
			continue
		}
		values := make([][]float64, len(e.values))
		for i := range values {
			values[i] = make([]float64, len(scale))
			for f, x := range e.values[i] {
				values[i][f] = x / scale[f]
			}
		}
		e.values = values
		list = append(list, e)
		total += e.weight
	}
	return list, total
}

// slope adds the gradient of one question.
func (e example) slope(w, gradient []float64) {
	scores := make([]float64, len(e.values))
	top := math.Inf(-1)
	for i, values := range e.values {
		for f, x := range values {
			scores[i] += w[f] * x
		}
		top = math.Max(top, scores[i])
	}
	var all, gold float64
	for i := range scores {
		scores[i] = math.Exp(scores[i] - top)
		all += scores[i]
		if e.gold[i] {
			gold += scores[i]
		}
	}
	for i, values := range e.values {
		p := scores[i] / all
		if e.gold[i] {
			p -= scores[i] / math.Max(gold, math.SmallestNonzeroFloat64)
		}
		for f, x := range values {
			gradient[f] += e.weight * p * x
		}
	}
}

// spread is the standard deviation of every feature inside the lists.
func spread(examples []example) []float64 {
	var sum []float64
	n := 0.0
	for _, e := range examples {
		if len(e.values) == 0 {
			continue
		}
		if sum == nil {
			sum = make([]float64, len(e.values[0]))
		}
		for f := range sum {
			mean := 0.0
			for _, values := range e.values {
				mean += values[f] / float64(len(e.values))
			}
			for _, values := range e.values {
				sum[f] += e.weight * (values[f] - mean) * (values[f] - mean) / float64(len(e.values))
			}
		}
		n += e.weight
	}
	for f := range sum {
		sum[f] = math.Max(math.Sqrt(sum[f]/n), .02)
	}
	return sum
}

// rank is the place of the best gold candidate, 0 where there is none.
func (e example) rank(w []float64) int {
	best, found := math.Inf(-1), false
	scores := make([]float64, len(e.values))
	for i, values := range e.values {
		for f, x := range values {
			scores[i] += w[f] * x
		}
		if e.gold[i] {
			best, found = math.Max(best, scores[i]), true
		}
	}
	if !found {
		return 0
	}
	rank := 1
	for i, s := range scores {
		if s > best && !e.gold[i] {
			rank++
		}
	}
	return rank
}

// named rounds weights to what the figures can tell apart.
func named(w []float64) map[string]float64 {
	out := map[string]float64{}
	for f, name := range index.FeatureNames() {
		out[name] = math.Round(w[f]*1000) / 1000
	}
	return out
}

// learnAnswer fits the logistic no-answer model.
func learnAnswer(list []signalled) map[string]float64 {
	w := map[string]float64{}
	var right float64
	for _, s := range list {
		right += count(s.right)
	}
	wrong := float64(len(list)) - right
	for range steps * 10 {
		gradient := map[string]float64{}
		for _, s := range list {
			sum := 0.0
			for name, x := range s.signals {
				sum += w[name] * x
			}
			e := 1/(1+math.Exp(-sum)) - count(s.right)
			for name, x := range s.signals {
				gradient[name] += e * x / (right + wrong)
			}
		}
		for name, g := range gradient {
			if name != "bias" {
				g += .0005 * w[name]
			}
			w[name] -= .5 * g
		}
	}
	for name := range w {
		w[name] = math.Round(w[name]*1000) / 1000
	}
	return w
}
