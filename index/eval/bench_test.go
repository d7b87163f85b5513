package eval_test

import (
	"os"
	"testing"

	"mujaz/corpus/lexicon"
	"mujaz/index"
	"mujaz/index/answer"
	"mujaz/index/eval"
)

// BenchmarkSearch asks judged questions of the index at scale, in turn.
func BenchmarkSearch(b *testing.B) {
	atScale(b, func(x *index.Index, _ *lexicon.Lexicon) func(string) error {
		return func(q string) error {
			_, err := x.Search(b.Context(), index.Query{Text: q})
			return err
		}
	})
}

// BenchmarkAsk composes the replies, too.
func BenchmarkAsk(b *testing.B) {
	atScale(b, func(x *index.Index, l *lexicon.Lexicon) func(string) error {
		a := answer.New(x, answer.Options{Lexicon: l})
		return func(q string) error {
			_, err := a.Ask(b.Context(), q, answer.Ask{})
			return err
		}
	})
}

func atScale(b *testing.B, asker func(*index.Index, *lexicon.Lexicon) func(string) error) {
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
	ask := asker(x, l)
	for i := range set.Questions {
		if err := ask(set.Questions[i].Text); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; b.Loop(); i++ {
		if err := ask(set.Questions[i%len(set.Questions)].Text); err != nil {
			b.Fatal(err)
		}
	}
}
