package eval_test

import (
	"strings"
	"testing"

	"mujaz/corpus/lexicon"
	"mujaz/index/eval"
)

// learnt runs a way of learning on the project's own judged sets.
func learnt(t *testing.T, o eval.Options) string {
	t.Helper()
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	o.Dir, o.FitSets, o.Lexicon, o.Out = "testdata/own", []string{"testdata/briefing"}, l, &out
	if err := eval.Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func holdsAll(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %s in\n%s", part, text)
		}
	}
}

// TestFitLead learns which sentence leads and prints figures on documents that
// were left out.
func TestFitLead(t *testing.T) {
	holdsAll(t, learnt(t, eval.Options{FitLead: true}), "on other documents", `"near_time"`)
}

// TestFitConfidence learns when a question is answered at all, and prints what
// a model that has not seen a set does on it.
func TestFitConfidence(t *testing.T) {
	holdsAll(t, learnt(t, eval.Options{FitConfidence: true}), "left out", "own", "briefing", `"bias"`, `"number_none"`)
}
