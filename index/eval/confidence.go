package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"mujaz/index/answer"
)

// fitConfidence learns the model of answer.Confidence on all sets and prints
// for each what one learned on the others does.
func fitConfidence(ctx context.Context, o Options) error {
	sets, err := o.sets()
	if err != nil {
		return err
	}
	if len(sets) < 2 {
		return errors.New("eval: learning needs another set beside the first, see -fit-sets")
	}
	var list []instance
	c := answer.Confidence{Date: time.Now().Format(time.DateOnly)}
	for i, set := range sets {
		c.Sets = append(c.Sets, set.Name)
		more, err := instances(ctx, o, sets, i)
		if err != nil {
			return err
		}
		list = append(list, more...)
	}
	weigh(list, sets)
	confidenceTable(o.Out, sets, list)
	c.Weights = learnConfidence(list, -1)
	return write(o, c)
}

// confidenceTable prints what models learned without a set do on it.
func confidenceTable(out io.Writer, sets []*Set, list []instance) {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "left out\tanswerable kept\tunanswerable refused\tAUC\tlearned on all: kept\trefused\tAUC\t")
	everything := learnConfidence(list, -1)
	for i, set := range sets {
		a, b := kept(list, i, learnConfidence(list, i)), kept(list, i, everything)
		fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t\n", set.Name, a[0], a[1], a[2], b[0], b[1], b[2])
	}
	t.Flush()
}

// kept is the share of answerable questions that a model answers, of the
// others that it refuses, and the AUC, over questions as written or, where a set has
// no unanswerable ones, with those of other sets.
func kept(list []instance, set int, weights map[string]float64) [3]float64 {
	c := answer.Confidence{Weights: weights}
	var yes, no, strange []float64
	for _, i := range list {
		switch {
		case i.set != set:
		case i.way == otherSet:
			strange = append(strange, c.Of(i.signals))
		case i.way != asWritten:
		case i.question.Answerable():
			yes = append(yes, c.Of(i.signals))
		default:
			no = append(no, c.Of(i.signals))
		}
	}
	if len(no) == 0 {
		no = strange
	}
	return [3]float64{1 - below(yes, .5), below(no, .5), area(yes, no)}
}

func below(list []float64, limit float64) float64 {
	n := 0.0
	for _, x := range list {
		n += count(x < limit)
	}
	return n / float64(max(len(list), 1))
}
