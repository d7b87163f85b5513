package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"text/tabwriter"
	"time"

	"mujaz/index"
)

// Learning: a linear model whose softmax over the candidates of a question
// should fall on its gold paragraphs (listwise logistic loss), L2 on weights of
// standardised features.
const (
	l2           = .02
	steps        = 400
	learningRate = .05
	setSize      = 200 // questions that a set counts for, however many it has

)

// example is one question for learning: the features of its candidates.
type example struct {
	set    int
	weight float64
	gold   []bool
	values [][]float64
}

// signalled is one question for the no-answer model.
type signalled struct {
	set     int
	signals map[string]float64
	right   bool
}

// fit learns weights from all FitSets, reports figures of each set with
// weights learned on the others, and writes the file.
func fit(ctx context.Context, o Options) error {
	sets, err := o.sets()
	if err != nil {
		return err
	}
	if len(sets) < 2 {
		return errors.New("eval: learning needs another set beside the first, see -fit-sets")
	}
	var names []string
	var examples []example
	var signals []signalled
	for i, set := range sets {
		names = append(names, set.Name)
		more, said, err := collect(ctx, o, set, i)
		if err != nil {
			return err
		}
		examples, signals = append(examples, more...), append(signals, said...)
	}
	leaveOut(o, names, examples)
	w := &index.Weights{Date: time.Now().Format(time.DateOnly), Sets: names, Ranking: named(learn(examples, -1)), Answer: learnAnswer(signals)}
	return write(o, w)
}

// collect asks a set for the candidates of every question.
func collect(ctx context.Context, o Options, set *Set, number int) ([]example, []signalled, error) {
	x, err := build(ctx, o, set)
	if err != nil {
		return nil, nil, err
	}
	defer x.Close()
	var examples []example
	var said []signalled
	weight := math.Min(1, setSize/float64(len(set.Questions)))
	for _, q := range set.Questions {
		list, signals, err := x.Candidates(ctx, query(o, q.Text, 0))
		if err != nil {
			return nil, nil, fmt.Errorf("eval: question %s: %w", q.ID, err)
		}
		e := example{set: number, weight: weight}
		right := false
		for i, c := range list {
			gold := q.isGold(c.Ref)
			right = right || gold && i < 3
			e.gold, e.values = append(e.gold, gold), append(e.values, c.Values)
		}
		if q.Answerable() {
			examples = append(examples, e)
		}
		said = append(said, signalled{number, signals, right && q.Answerable()})
	}
	return examples, said, nil
}

// learn fits weights on all sets but one (-1: on all).
func learn(examples []example, without int) []float64 {
	scale := spread(examples)
	n := len(scale)
	w, m, v := make([]float64, n), make([]float64, n), make([]float64, n)
	gradient := make([]float64, n)
	for step := 1; step <= steps; step++ {
		total := 0.0
		clear(gradient)
		for _, e := range examples {
			if e.set != without && e.slope(w, scale, gradient) {
				total += e.weight
			}
		}
		for f := range w {
			g := gradient[f]/math.Max(total, 1) + l2*w[f]
			m[f] = .9*m[f] + .1*g
			v[f] = .999*v[f] + .001*g*g
			w[f] -= learningRate * m[f] / (1 - math.Pow(.9, float64(step))) / (math.Sqrt(v[f]/(1-math.Pow(.999, float64(step)))) + 1e-8)
		}
	}
	for f := range w {
		w[f] /= scale[f]
	}
	return w
}

// slope adds the gradient of one question; false where gold is no candidate.
func (e example) slope(w, scale, gradient []float64) bool {
	scores := make([]float64, len(e.values))
	top := math.Inf(-1)
	for i, values := range e.values {
		for f, x := range values {
			scores[i] += w[f] * x / scale[f]
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
	if gold == 0 {
		return false
	}
	for i, values := range e.values {
		p := scores[i] / all
		if e.gold[i] {
			p -= scores[i] / gold
		}
		for f, x := range values {
			gradient[f] += e.weight * p * x / scale[f]
		}
	}
	return true
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

// leaveOut prints every set's figures with weights learned on the others.
func leaveOut(o Options, names []string, examples []example) {
	t := tabwriter.NewWriter(o.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "left out\tn\thit@1\thit@5\tMRR@10\tin candidates\tlearned on all: hit@1\thit@5\tMRR@10\t")
	everything := learn(examples, -1)
	for i, name := range names {
		a, b := figures(examples, i, learn(examples, i)), figures(examples, i, everything)
		fmt.Fprintf(t, "%s\t%.0f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t\n", name, a[0], a[1], a[2], a[3], a[4], b[1], b[2], b[3])
	}
	t.Flush()
}

// figures are n, hit@1, hit@5, MRR@10 and the share with gold among candidates.
func figures(examples []example, set int, w []float64) [5]float64 {
	var out [5]float64
	for _, e := range examples {
		if e.set != set {
			continue
		}
		out[0]++
		rank := e.rank(w)
		if rank > 0 {
			out[4]++
		}
		out[1] += within(rank, 1)
		out[2] += within(rank, 5)
		if rank > 0 && rank <= 10 {
			out[3] += 1 / float64(rank)
		}
	}
	for i := 1; i < len(out); i++ {
		out[i] /= math.Max(out[0], 1)
	}
	return out
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

func write(o Options, w *index.Weights) error {
	data, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		return fmt.Errorf("eval: %w", err)
	}
	if o.FitOut == "" {
		_, err = fmt.Fprintf(o.Out, "%s\n", data)
		return err
	}
	if err := os.WriteFile(o.FitOut, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("eval: %w", err)
	}
	return nil
}
