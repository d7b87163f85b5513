package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mujaz/corpus/lexicon"
	"mujaz/index/eval"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// TestRun prints a score sheet with everything that can be asked for.
func TestRun(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	err = eval.Run(t.Context(), eval.Options{Dir: "testdata/own", Baseline: true, Failures: true, Explain: true, Lexicon: l, Out: &out})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"own: 11 documents, 51 questions", "hit@1", "arabic-english", "in all", "no-answer AUC", "baseline", "gold at", "score", "confidence"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("no %q in\n%s", part, out.String())
		}
	}
}

// TestWithout shows that leaving an ingredient out does leave it out.
func TestWithout(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	sheet := func(without ...string) string {
		var out strings.Builder
		o := eval.Options{Dir: "testdata/own", Without: without, Direct: true, Lexicon: l, Out: &out}
		if err := eval.Run(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	scores := func(s string) string {
		for line := range strings.Lines(s) {
			if f := strings.Fields(line); len(f) > 5 && f[0] == "arabic-english" {
				return f[2]
			}
		}
		return ""
	}
	if with, without := scores(sheet()), scores(sheet("concepts", "lexicon")); with <= without {
		t.Errorf("Arabic about English: hit@1 %s with the lexicon, %s without", with, without)
	}
	if err := eval.Run(t.Context(), eval.Options{Dir: "testdata/own", Without: []string{"magic"}, Lexicon: l, Out: &strings.Builder{}}); err == nil {
		t.Error("an unknown ingredient is accepted")
	}
}

// TestFit learns weights from small sets and uses them.
func TestFit(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "weights.json")
	var out strings.Builder
	o := eval.Options{Fit: true, Dir: "testdata/own", FitSets: []string{"testdata/own:questions.jsonl"}, FitOut: file, Lexicon: l, Out: &out}
	if err := eval.Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"article_lead"`, `"sets"`, `"date"`} {
		if !strings.Contains(string(data), part) {
			t.Errorf("no %s in %s", part, data)
		}
	}
}

// TestBadSets reports files that are missing or broken, with their line.
func TestBadSets(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := eval.Load(dir, ""); err == nil {
		t.Error("an empty folder is a set")
	}
	write("docs.jsonl", `{"id":"a","text":"x"}`+"\n"+`{"id":`)
	write("questions.jsonl", `{"id":"q"}`)
	if _, err := eval.Load(dir, ""); err == nil || !strings.Contains(err.Error(), "docs.jsonl line 2") {
		t.Errorf("got %v", err)
	}
}
