package eval_test

import (
	"strings"
	"testing"

	"mujaz/corpus/lexicon"
	"mujaz/index/eval"
)

// TestFitAnswer learns the weights of leads and confidence from a small set
// and prints figures on documents that were left out.
func TestFitAnswer(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	o := eval.Options{FitAnswer: true, Dir: "testdata/own", FitSets: []string{"testdata/own:questions.jsonl"}, Lexicon: l, Out: &out}
	if err := eval.Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"on other documents", "article gone", `"near_time"`, `"bias"`} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("no %s in\n%s", part, out.String())
		}
	}
}
