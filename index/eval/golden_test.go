package eval_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"mujaz/corpus/lexicon"
	"mujaz/index"
	"mujaz/index/answer"
	"mujaz/index/eval"
)

var update = flag.Bool("update", false, "write the golden ranking anew")

// TestGoldenRanking holds the first paragraph for every question about the
// documents that the project wrote itself, under one score. A change of
// ranking is a diff of this file.
func TestGoldenRanking(t *testing.T) {
	const golden = "testdata/own/ranking.golden"
	got := ranking(t)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the ranking changed; if for the better, go test ./index/eval -update\n%s", diff(string(want), got))
	}
}

func ranking(t *testing.T) string {
	t.Helper()
	set, err := eval.Load("testdata/own", "")
	if err != nil {
		t.Fatal(err)
	}
	x, l := filled(t, set)
	var lines strings.Builder
	var n, first, five float64
	var abroad, abroadFive float64
	for _, q := range set.Questions {
		read := answer.Read(q.Text, noon, l)
		res, err := x.Search(t.Context(), index.Query{Text: q.Text, Language: read.Language, Want: read.Want, Speaker: read.Speaker, K: 5})
		if err != nil {
			t.Fatal(err)
		}
		rank := 0
		var refs []string
		for i, h := range res.Hits {
			if i == 0 {
				refs = append(refs, fmt.Sprintf("%s/%d", h.Ref.Document, h.Ref.Paragraph))
			}
			for _, g := range q.Gold {
				if h.Ref == g && rank == 0 {
					rank = i + 1
				}
			}
		}
		fmt.Fprintf(&lines, "%s %-14s %d  %-14s %s\n", q.ID, q.Type, rank, strings.Join(refs, " "), q.Text)
		if q.Answerable() {
			n++
			first += is(rank == 1)
			five += is(rank > 0)
		}
		if q.Type == "arabic-english" {
			abroad++
			abroadFive += is(rank > 0)
		}
	}
	if abroadFive/abroad < .85 {
		t.Errorf("Arabic questions about English documents: hit@5 %.3f", abroadFive/abroad)
	}
	return fmt.Sprintf("hit@1 %.3f, hit@5 %.3f of %.0f questions; Arabic about English hit@5 %.3f of %.0f\n\n", first/n, five/n, n, abroadFive/abroad, abroad) + lines.String()
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func filled(t *testing.T, set *eval.Set) (*index.Index, *lexicon.Lexicon) {
	t.Helper()
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(t.Context(), index.Options{Lexicon: l})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	if err := x.CatchUp(t.Context(), eval.Source(set.Documents), nil); err != nil {
		t.Fatal(err)
	}
	return x, l
}

// diff lists the lines that changed.
func diff(want, got string) string {
	var out strings.Builder
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			fmt.Fprintf(&out, "- %s\n+ %s\n", x, y)
		}
	}
	return out.String()
}
