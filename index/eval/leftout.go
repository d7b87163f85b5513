package eval

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"

	"mujaz/index"
)

// leaveOut prints every set's figures, and those of its kinds of question, with
// weights learned on the others; with Failures also what they get wrong.
func leaveOut(ctx context.Context, o Options, sets []*Set, examples []example) error {
	t := tabwriter.NewWriter(o.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "left out\tn\thit@1\thit@5\tMRR@10\tin candidates\tlearned on all: hit@1\thit@5\tMRR@10\t")
	everything := learn(examples, -1)
	others := make([][]float64, len(sets))
	for i, set := range sets {
		others[i] = learn(examples, i)
		asked := slices.DeleteFunc(slices.Clone(examples), func(e example) bool { return e.set != i })
		row(t, set.Name, asked, others[i], everything)
		for _, kind := range kindsOf(asked) {
			row(t, "  "+kind.name, kind.of(asked), others[i], everything)
		}
	}
	t.Flush()
	for i, set := range sets {
		if o.Failures {
			if err := failures(ctx, o, set, others[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func row(out io.Writer, name string, asked []example, others, everything []float64) {
	a, b := figures(asked, others), figures(asked, everything)
	fmt.Fprintf(out, "%s\t%.0f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t\n", name, a[0], a[1], a[2], a[3], a[4], b[1], b[2], b[3])
}

// kind is a group of the questions of one set.
type kind struct {
	name string
	has  func(kind string) bool
}

func (k kind) of(list []example) []example {
	return slices.DeleteFunc(slices.Clone(list), func(e example) bool { return !k.has(e.kind) })
}

// kindsOf lists the types of the questions, and all but the English ones
// together; none where there is one type only.
func kindsOf(list []example) []kind {
	var names []string
	for _, e := range list {
		if !slices.Contains(names, e.kind) {
			names = append(names, e.kind)
		}
	}
	if len(names) < 2 {
		return nil
	}
	slices.Sort(names)
	var out []kind
	if slices.Contains(names, "english") {
		out = append(out, kind{"all but english", func(kind string) bool { return kind != "english" }})
	}
	for _, name := range names {
		out = append(out, kind{name, func(kind string) bool { return kind == name }})
	}
	return out
}

// figures are n, hit@1, hit@5, MRR@10 and the share with gold among candidates.
func figures(list []example, w []float64) [5]float64 {
	var out [5]float64
	for _, e := range list {
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

// failures lists the questions of a set that weights learned on others miss.
func failures(ctx context.Context, o Options, set *Set, w []float64) error {
	o.Weights, o.Direct = &index.Weights{Ranking: named(w)}, true
	x, err := build(ctx, o, set)
	if err != nil {
		return err
	}
	defer x.Close()
	_, err = ask(ctx, o, x, set)
	return err
}
