package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"text/tabwriter"

	"mujaz/index/answer"
)

// leadSetSize is for how many questions a set counts at most in the choice of
// a lead: more than in ranking, where sets differ less in what they teach.
const leadSetSize = 400

// folds is in how many parts a set is cut, by documents, to measure weights on
// questions that they were not learned from while others of the set were.
const folds = 5

// led is one question for the choice of the lead.
type led struct {
	example
	fold int
}

// fitLead learns the weights that choose the lead from all sets. It prints
// what the lead holds with weights learned on the other sets and on other
// documents.
func fitLead(ctx context.Context, o Options) error {
	sets, err := o.sets()
	if err != nil {
		return err
	}
	var names []string
	var leads []led
	for i, set := range sets {
		names = append(names, set.Name)
		more, err := collectLeads(ctx, o, set, i)
		if err != nil {
			return err
		}
		leads = append(leads, more...)
	}
	reportLeads(o, names, leads)
	data, err := json.MarshalIndent(rounded(answer.FeatureNames(), learnLeads(leads, func(led) bool { return true })), "", "  ")
	if err == nil {
		_, err = fmt.Fprintf(o.Out, "%s\n", data)
	}
	return err
}

// collectLeads asks a set for the sentences that could lead the replies.
func collectLeads(ctx context.Context, o Options, set *Set, number int) ([]led, error) {
	x, err := build(ctx, o, set)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	a := answer.New(x, answer.Options{Lexicon: o.Lexicon, Log: o.Log})
	var out []led
	for _, q := range set.Questions {
		if !q.Answerable() {
			continue
		}
		e, err := a.Evidence(ctx, q.Text, answer.Ask{Today: today})
		if err != nil {
			return nil, fmt.Errorf("eval: question %s: %w", q.ID, err)
		}
		l := led{example: example{set: number, weight: math.Min(1, leadSetSize/float64(len(set.Questions)))}, fold: part(q.Gold[0].Document, folds)}
		for _, c := range e.Lines {
			l.gold, l.values = append(l.gold, holds(c.Text, q.Answers)), append(l.values, c.Values)
		}
		out = append(out, l)
	}
	return out, nil
}

// part deals a document to one of n parts.
func part(id string, n int) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32()>>4) % n
}

func learnLeads(leads []led, use func(led) bool) []float64 {
	var examples []example
	for _, l := range leads {
		if use(l) && len(l.values) > 0 {
			examples = append(examples, l.example)
		}
	}
	return learn(examples, -1)
}

// reportLeads prints the share of questions whose best sentence holds an answer.
func reportLeads(o Options, names []string, leads []led) {
	var apart [folds][]float64
	for f := range folds {
		apart[f] = learnLeads(leads, func(l led) bool { return l.fold != f })
	}
	t := tabwriter.NewWriter(o.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "lead\tn\tshipped\tlearned on other sets\ton other documents\tbest possible\t")
	for i, name := range names {
		others := learnLeads(leads, func(l led) bool { return l.set != i })
		var n, shipped, left, cross, possible float64
		for _, l := range leads {
			if l.set != i {
				continue
			}
			n++
			shipped += count(l.rank(answer.LeadWeights()) == 1)
			left += count(l.rank(others) == 1)
			cross += count(l.rank(apart[l.fold]) == 1)
			possible += count(l.rank(others) > 0)
		}
		fmt.Fprintf(t, "%s\t%.0f\t%.3f\t%.3f\t%.3f\t%.3f\t\n", name, n, shipped/n, left/n, cross/n, possible/n)
	}
	t.Flush()
}

func rounded(names []string, w []float64) map[string]float64 {
	out := map[string]float64{}
	for i, name := range names {
		out[name] = math.Round(w[i]*100) / 100
	}
	return out
}
