package eval_test

import (
	"os"
	"slices"
	"testing"
	"time"

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

// BenchmarkFirst asks every question once of an index that has just been
// opened, and opens it again when they are through. First: stock bleve.
func BenchmarkFirst(b *testing.B) {
	folder, texts := scaleFolder(b), questions(b)
	b.Run("stock", func(b *testing.B) {
		firstTimes(b, texts, func() (func(string) error, func() error) {
			x, err := index.OpenBaseline(folder + "/stock")
			if err != nil {
				b.Fatal(err)
			}
			return func(q string) error { _, err := x.Search(b.Context(), q, 10); return err }, x.Close
		})
	})
	l, _, err := lexicon.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	open := func() *index.Index {
		x, err := index.Open(b.Context(), index.Options{Path: folder + "/own", Lexicon: l})
		if err != nil {
			b.Fatal(err)
		}
		return x
	}
	b.Run("search", func(b *testing.B) {
		firstTimes(b, texts, func() (func(string) error, func() error) {
			x := open()
			return func(q string) error { _, err := x.Search(b.Context(), index.Query{Text: q}); return err }, x.Close
		})
	})
	b.Run("ask", func(b *testing.B) {
		firstTimes(b, texts, func() (func(string) error, func() error) {
			x := open()
			a := answer.New(x, answer.Options{Lexicon: l})
			return func(q string) error { _, err := a.Ask(b.Context(), q, answer.Ask{}); return err }, x.Close
		})
	})
}

// firstTimes reports the median and p99 of questions that were not asked
// before since the index was opened.
func firstTimes(b *testing.B, texts []string, open func() (ask func(string) error, end func() error)) {
	var took []time.Duration
	ask, end := open()
	for i := 0; b.Loop(); i++ {
		if i > 0 && i%len(texts) == 0 {
			b.StopTimer()
			if err := end(); err != nil {
				b.Fatal(err)
			}
			ask, end = open()
			b.StartTimer()
		}
		began := time.Now()
		if err := ask(texts[i%len(texts)]); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	if err := end(); err != nil {
		b.Fatal(err)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "median-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

func scaleFolder(b *testing.B) string {
	folder := os.Getenv("MUJAZ_SCALE_FOLDER")
	if folder == "" {
		b.Skip("set MUJAZ_SCALE_FOLDER to a folder that TestScale has filled")
	}
	return folder
}

func atScale(b *testing.B, asker func(*index.Index, *lexicon.Lexicon) func(string) error) {
	folder := scaleFolder(b)
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
