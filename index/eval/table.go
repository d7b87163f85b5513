package eval

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"
)

// ladder adds one ingredient after the other: what each rung leaves out.
var ladder = []struct {
	added   string
	without []string
}{
	{"BM25 of the paragraph, light stems", []string{"second_stage", "whole_article", "concepts", "corrections", "transliteration", "skeletons", "skeleton"}},
	{"+ the whole article", []string{"second_stage", "concepts", "corrections", "transliteration", "skeletons", "skeleton"}},
	{"+ concepts of the lexicon", []string{"second_stage", "corrections", "transliteration", "skeletons", "skeleton"}},
	{"+ corrections and transliteration", []string{"second_stage", "skeletons", "skeleton"}},
	{"+ skeletons", []string{"second_stage"}},
	{"+ second stage: best sentence, kind of answer, neighbours", without(besideNoun, byUnit, inContext)},
	{"+ numbers beside their nouns", without(byUnit, inContext)},
	{"+ figures by their unit, people counted, what is chosen, days", without(inContext)},
	{"+ what title, lead and the rest of the article have said", nil},
}

// Features that came together.
var (
	besideNoun = []string{"number_beside", "number_around"}
	byUnit     = []string{"unit", "unit_missing", "people", "focus_new", "day"}
	inContext  = []string{"distinct", "context", "number_context", "cause_context", "repeats", "nothing"}
)

func without(groups ...[]string) []string { return slices.Concat(groups...) }

// table prints, for every rung of the ladder and every set, hit@1, hit@5 and
// MRR@10, as rows of Markdown. Weights are those that the program ships.
func table(ctx context.Context, o Options) error {
	sets, err := o.sets()
	if err != nil {
		return err
	}
	head, line := "| hit@1 hit@5 MRR@10 |", "|---|"
	for _, set := range sets {
		head += " " + set.Name + " |"
		line += "---|"
	}
	fmt.Fprintf(o.Out, "%s\n%s\n", head, line)
	w := tabwriter.NewWriter(o.Out, 0, 0, 1, ' ', 0)
	if err := stockRow(ctx, o, w, sets); err != nil {
		return err
	}
	for _, rung := range ladder {
		fmt.Fprintf(w, "| %s", rung.added)
		for _, set := range sets {
			run := o
			run.Without, run.Direct = rung.without, true
			s, err := score(ctx, run, set)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "\t| %.3f %.3f %.3f", s.Hit1, s.Hit5, s.MRR)
		}
		fmt.Fprintln(w, "\t|")
	}
	return w.Flush()
}

func stockRow(ctx context.Context, o Options, w *tabwriter.Writer, sets []*Set) error {
	fmt.Fprint(w, "| stock bleve, ar analyzer")
	for _, set := range sets {
		outcomes, err := askBaseline(ctx, o, set)
		if err != nil {
			return err
		}
		s := scoreOf(outcomes)
		fmt.Fprintf(w, "\t| %.3f %.3f %.3f", s.Hit1, s.Hit5, s.MRR)
	}
	_, err := fmt.Fprintln(w, "\t|")
	return err
}

func score(ctx context.Context, o Options, set *Set) (Score, error) {
	x, err := build(ctx, o, set)
	if err != nil {
		return Score{}, err
	}
	defer x.Close()
	outcomes, err := ask(ctx, o, x, set)
	return scoreOf(outcomes), err
}
