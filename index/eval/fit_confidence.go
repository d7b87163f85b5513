package eval

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"
	"text/tabwriter"

	"mujaz/corpus"
	"mujaz/index/answer"
)

// asked is one question for the confidence: asked of its own set, of the set
// without the paragraphs or articles that answer it, or of another set.
type asked struct {
	set     int
	group   string
	right   bool // an answer is among the excerpts
	weight  float64
	signals []float64
}

// What a group of questions counts for, however many it has: a set's own as
// much as all that are made unanswerable from it.
var groupSize = map[string]float64{"own": 400, "paragraph gone": 100, "article gone": 200, "another set": 200}

// learnConfidence fits a logistic model of whether the excerpts answer.
func learnConfidence(ctx context.Context, o Options, sets []*Set) (map[string]float64, error) {
	var list []asked
	for i := range sets {
		more, err := askApart(ctx, o, sets, i)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	sizes := map[string]float64{}
	key := func(a asked) string { return fmt.Sprint(a.set, a.group) }
	for _, a := range list {
		sizes[key(a)]++
	}
	for i := range list {
		list[i].weight = math.Min(4, groupSize[list[i].group]/sizes[key(list[i])])
	}
	reportConfidence(o, sets, list)
	return rounded(answer.SignalNames(), logistic(list, -1)), nil
}

// askApart asks a set's questions where they have answers and where not.
func askApart(ctx context.Context, o Options, sets []*Set, number int) ([]asked, error) {
	set := sets[number]
	list, err := askSignals(ctx, o, set.Documents, set.Questions, number, "own")
	if err != nil {
		return nil, err
	}
	for half := range 2 {
		var questions []Question
		for _, q := range set.Questions {
			if q.Answerable() && part(q.Gold[0].Document, 2) == half {
				questions = append(questions, q)
			}
		}
		for group, documents := range map[string][]corpus.Document{"paragraph gone": withoutParagraphs(set, questions), "article gone": withoutArticles(set, questions)} {
			more, err := askSignals(ctx, o, documents, questions, number, group)
			if err != nil {
				return nil, err
			}
			list = append(list, more...)
		}
	}
	for i, other := range sets {
		if i == number || other.Documents[0].ID == set.Documents[0].ID {
			continue
		}
		more, err := askSignals(ctx, o, other.Documents, set.Questions, number, "another set")
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

func askSignals(ctx context.Context, o Options, documents []corpus.Document, questions []Question, number int, group string) ([]asked, error) {
	x, err := build(ctx, o, &Set{Documents: documents})
	if err != nil {
		return nil, err
	}
	defer x.Close()
	a := answer.New(x, answer.Options{Lexicon: o.Lexicon, Log: o.Log})
	var out []asked
	for _, q := range questions {
		e, err := a.Evidence(ctx, q.Text, answer.Ask{Today: today})
		if err != nil {
			return nil, fmt.Errorf("eval: question %s: %w", q.ID, err)
		}
		if e.Signals != nil {
			out = append(out, asked{number, group, group != "another set" && holds(strings.Join(e.Excerpts, "\n"), q.Answers), 1, e.Signals})
		}
	}
	return out, nil
}

// withoutParagraphs are the documents without the paragraphs that answer.
func withoutParagraphs(set *Set, questions []Question) (out []corpus.Document) {
	gone := map[corpus.Ref]bool{}
	for _, q := range questions {
		for _, g := range q.Gold {
			gone[g] = true
		}
	}
	for _, d := range set.Documents {
		var kept []string
		for _, p := range d.Paragraphs() {
			if !gone[p.Ref] {
				kept = append(kept, p.Text)
			}
		}
		if d.Text = strings.Join(kept, "\n"); len(kept) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// withoutArticles are the documents without those that answer and those of
// the same title, which are other paragraphs of one article in some sets.
func withoutArticles(set *Set, questions []Question) (out []corpus.Document) {
	gone, titles := map[string]bool{}, map[string]bool{}
	for _, q := range questions {
		for _, g := range q.Gold {
			gone[g.Document] = true
		}
	}
	for _, d := range set.Documents {
		titles[d.Title] = titles[d.Title] || gone[d.ID]
	}
	for _, d := range set.Documents {
		if !titles[d.Title] && !gone[d.ID] {
			out = append(out, d)
		}
	}
	return out
}

// logistic fits on all sets but one (-1: on all), with signals scaled by their spread.
func logistic(list []asked, without int) []float64 {
	scale := spreadOf(list)
	n := len(scale)
	w, m, v, g := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for step := 1; step <= steps; step++ {
		clear(g)
		total := 0.0
		for _, a := range list {
			if a.set == without {
				continue
			}
			sum := 0.0
			for f, x := range a.signals {
				sum += w[f] * x / scale[f]
			}
			e := a.weight * (1/(1+math.Exp(-sum)) - count(a.right))
			for f, x := range a.signals {
				g[f] += e * x / scale[f]
			}
			total += a.weight
		}
		for f := range w {
			gradient := g[f] / total
			if f > 0 { // not the bias
				gradient += .003 * w[f]
			}
			m[f] = .9*m[f] + .1*gradient
			v[f] = .999*v[f] + .001*gradient*gradient
			w[f] -= learningRate * m[f] / (1 - math.Pow(.9, float64(step))) / (math.Sqrt(v[f]/(1-math.Pow(.999, float64(step)))) + 1e-8)
		}
	}
	for f := range w {
		w[f] /= scale[f]
	}
	return w
}

func spreadOf(list []asked) []float64 {
	n := len(list[0].signals)
	sum, squares := make([]float64, n), make([]float64, n)
	for _, a := range list {
		for f, x := range a.signals {
			sum[f] += x
			squares[f] += x * x
		}
	}
	out := make([]float64, n)
	for f := range out {
		mean := sum[f] / float64(len(list))
		out[f] = math.Max(math.Sqrt(math.Max(squares[f]/float64(len(list))-mean*mean, 0)), .02)
	}
	out[0] = 1 // the bias
	return out
}

// reportConfidence prints, with weights learned on the other sets and with the
// shipped ones, how well a set's own questions are told from those without an
// answer, and how many are kept when four of five others are refused.
func reportConfidence(o Options, sets []*Set, list []asked) {
	t := tabwriter.NewWriter(o.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "confidence\tagainst\tshipped: AUC\tkept at .8 refused\tlearned on other sets\tkept\ton all\tkept\t")
	everything := logistic(list, -1)
	for i, set := range sets {
		others := logistic(list, i)
		for _, group := range [...]string{"paragraph gone", "article gone", "another set"} {
			fmt.Fprintf(t, "%s\t%s\t", set.Name, group)
			for _, w := range [...][]float64{answer.ConfidenceWeights(), others, everything} {
				with, without := certainties(list, i, "own", w), certainties(list, i, group, w)
				fmt.Fprintf(t, "%.3f\t%.3f\t", above(with, without), keptAt(with, without, .8))
			}
			fmt.Fprintln(t)
		}
	}
	t.Flush()
}

func certainties(list []asked, set int, group string, w []float64) (out []float64) {
	for _, a := range list {
		if a.set == set && a.group == group && (group != "own" || a.right) {
			sum := 0.0
			for f, x := range a.signals {
				sum += w[f] * x
			}
			out = append(out, sum)
		}
	}
	sort.Float64s(out)
	return out
}

// above is the chance that one of with lies above one of without; both sorted.
func above(with, without []float64) float64 {
	n := 0.0
	for _, x := range with {
		n += float64(sort.SearchFloat64s(without, x))
	}
	return n / math.Max(float64(len(with)*len(without)), 1)
}

// keptAt is the share of with above the point that leaves a share of without below.
func keptAt(with, without []float64, share float64) float64 {
	if len(with) == 0 || len(without) == 0 {
		return 0
	}
	t := without[min(int(share*float64(len(without))), len(without)-1)]
	return float64(len(with)-sort.SearchFloat64s(with, t)) / float64(len(with))
}
