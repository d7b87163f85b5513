package eval

import (
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"text/tabwriter"
	"time"
)

// outcome is what became of one question.
type outcome struct {
	question  Question
	rank      int  // of the first gold paragraph, 0 none of the first ten
	article   bool // the first hit is of a gold document
	inside    bool // the best ranked paragraph of a gold document is gold; counts when seen
	seen      bool // a gold document is among the hits
	lead      bool // an answer stands in the lead of the summary
	summary   bool // an answer stands in the summary
	composed  bool // lead and summary were made
	certainty float64
	took      time.Duration
}

// Score sums up outcomes.
type Score struct {
	N                       int
	Hit1, Hit3, Hit5, Hit10 float64
	MRR                     float64 // of the first ten
	Article, Inside         float64
	Lead, Summary           float64
	Composed                bool
	P50, P99                time.Duration
}

func scoreOf(outcomes []outcome) Score {
	var s Score
	var took []time.Duration
	seen := 0.0
	for _, o := range outcomes {
		took = append(took, o.took)
		if !o.question.Answerable() {
			continue
		}
		s.N++
		s.Composed = s.Composed || o.composed
		s.Hit1 += within(o.rank, 1)
		s.Hit3 += within(o.rank, 3)
		s.Hit5 += within(o.rank, 5)
		s.Hit10 += within(o.rank, 10)
		if o.rank > 0 {
			s.MRR += 1 / float64(o.rank)
		}
		s.Article += count(o.article)
		seen += count(o.seen)
		s.Inside += count(o.inside)
		s.Lead += count(o.lead)
		s.Summary += count(o.summary)
	}
	n := math.Max(float64(s.N), 1)
	for _, p := range []*float64{&s.Hit1, &s.Hit3, &s.Hit5, &s.Hit10, &s.MRR, &s.Article, &s.Lead, &s.Summary} {
		*p /= n
	}
	s.Inside /= math.Max(seen, 1)
	s.P50, s.P99 = percentile(took, .5), percentile(took, .99)
	return s
}

func within(rank, n int) float64 { return count(rank > 0 && rank <= n) }

func count(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func percentile(list []time.Duration, p float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	list = slices.Clone(list)
	slices.Sort(list)
	return list[min(int(p*float64(len(list))), len(list)-1)]
}

// auc is the chance that a question with an answer is held more certain than
// one without; .5 where one of the two is missing.
func auc(outcomes []outcome) float64 {
	var with, without []float64
	for _, o := range outcomes {
		if o.question.Answerable() {
			with = append(with, o.certainty)
		} else {
			without = append(without, o.certainty)
		}
	}
	return area(with, without)
}

// area is the chance that one of the first list is greater than one of the
// second, ties counting half; .5 where one of the lists is empty.
func area(with, without []float64) float64 {
	if len(with) == 0 || len(without) == 0 {
		return .5
	}
	won := 0.0
	for _, a := range with {
		for _, b := range without {
			switch {
			case a > b:
				won++
			case a == b:
				won += .5
			}
		}
	}
	return won / float64(len(with)*len(without))
}

// sheet prints the scores of all types and of all together.
func sheet(out io.Writer, title string, outcomes []outcome) {
	groups := map[string][]outcome{}
	for _, o := range outcomes {
		groups[o.question.Type] = append(groups[o.question.Type], o)
	}
	var types []string
	for t := range groups {
		types = append(types, t)
	}
	sort.Strings(types)
	fmt.Fprintln(out, title)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "type\tn\thit@1\thit@3\thit@5\thit@10\tMRR@10\tarticle first\tparagraph in article\tlead\tsummary\tp50\tp99\t")
	for _, t := range types {
		if s := scoreOf(groups[t]); s.N > 0 {
			s.print(w, t)
		}
	}
	if len(types) > 1 {
		scoreOf(outcomes).print(w, "in all")
	}
	w.Flush()
	if a := auc(outcomes); a != .5 {
		fmt.Fprintf(out, "no-answer AUC %.3f\n", a)
		for _, t := range types {
			if !groups[t][0].question.Answerable() {
				fmt.Fprintf(out, "  against %s %.3f\n", t, auc(append(answerable(outcomes), groups[t]...)))
			}
		}
		reliability(out, outcomes)
	}
}

func answerable(outcomes []outcome) (list []outcome) {
	for _, o := range outcomes {
		if o.question.Answerable() {
			list = append(list, o)
		}
	}
	return list
}

func (s Score) print(w io.Writer, name string) {
	lead, summary := "–", "–"
	if s.Composed {
		lead, summary = fmt.Sprintf("%.3f", s.Lead), fmt.Sprintf("%.3f", s.Summary)
	}
	fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%s\t%s\t%s\t%s\t\n", name, s.N, s.Hit1, s.Hit3, s.Hit5, s.Hit10, s.MRR,
		s.Article, s.Inside, lead, summary, s.P50.Round(10*time.Microsecond), s.P99.Round(10*time.Microsecond))
}

// reliability prints how often questions of each certainty have an answer
// among the first three hits.
func reliability(out io.Writer, outcomes []outcome) {
	const bands = 5
	var n, right [bands]int
	var sum [bands]float64
	for _, o := range outcomes {
		b := min(int(o.certainty*bands), bands-1)
		n[b]++
		sum[b] += o.certainty
		if o.rank > 0 && o.rank <= 3 {
			right[b]++
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "confidence\tn\tmean\tanswered in 3\t")
	for b := range n {
		if n[b] > 0 {
			fmt.Fprintf(w, "%.1f–%.1f\t%d\t%.2f\t%.2f\t\n", float64(b)/bands, float64(b+1)/bands, n[b], sum[b]/float64(n[b]), float64(right[b])/float64(n[b]))
		}
	}
	w.Flush()
}
