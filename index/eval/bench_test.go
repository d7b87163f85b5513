package eval_test

import (
	"os"
	"testing"

	"mujaz/corpus/lexicon"
	"mujaz/index"
	"mujaz/index/eval"
)

// BenchmarkSearch asks judged questions of the index at scale, in turn.
func BenchmarkSearch(b *testing.B) {
	folder := os.Getenv("MUJAZ_SCALE_FOLDER")
	if folder == "" {
		b.Skip("set MUJAZ_SCALE_FOLDER to a folder that TestScale has filled")
	}
	l, _, err := lexicon.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	x, err := index.Open(b.Context(), index.Options{Path: folder + "/own", Lexicon: l})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	if documents, _ := x.Count(); documents == 0 {
		b.Skip("the index is of another version: run TestScale again")
	}
	set, err := eval.Load(os.Getenv(scaleQuestions), "")
	if err != nil {
		b.Fatal(err)
	}
	for i := range set.Questions {
		if _, err := x.Search(b.Context(), index.Query{Text: set.Questions[i].Text}); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; b.Loop(); i++ {
		if _, err := x.Search(b.Context(), index.Query{Text: set.Questions[i%len(set.Questions)].Text}); err != nil {
			b.Fatal(err)
		}
	}
}
