package eval_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
	"mujaz/index/eval"
)

// scaleFile names real documents, scaleQuestions a folder with questions; the
// measurement runs only where both are given.
const (
	scaleFile      = "MUJAZ_SCALE_DOCUMENTS"
	scaleQuestions = "MUJAZ_SCALE_QUESTIONS"
)

// TestScale holds the cost of everything switched on against stock bleve over
// the same paragraphs in the same run.
func TestScale(t *testing.T) {
	if os.Getenv(scaleFile) == "" || os.Getenv(scaleQuestions) == "" {
		t.Skipf("set %s and %s", scaleFile, scaleQuestions)
	}
	docs, err := eval.ReadDocuments(os.Getenv(scaleFile))
	if err != nil {
		t.Fatal(err)
	}
	dir := os.Getenv("MUJAZ_SCALE_FOLDER")
	if dir == "" {
		dir = t.TempDir()
	}
	texts := questions(t)
	stock := stockCost(t, filepath.Join(dir, "stock"), docs, texts)
	ours := ownCost(t, filepath.Join(dir, "own"), docs, texts)
	t.Logf("documents %d\nstock %v\nours  %v", len(docs), stock, ours)
	within(t, "median", ours.p50, 3*stock.p50)
	within(t, "p99", ours.p99, 3*stock.p99)
	within(t, "size", time.Duration(ours.size), 3*time.Duration(stock.size))
	within(t, "import", ours.build, 2*stock.build)
	within(t, "open", ours.open, 100*time.Millisecond)
}

func within(t *testing.T, what string, got, limit time.Duration) {
	t.Helper()
	if got > limit {
		t.Errorf("%s: %v is over the limit of %v", what, got, limit)
	}
}

type cost struct {
	build, open, first, p50, p90, p99 time.Duration
	size                              int64
	resident                          uint64
}

func (c cost) String() string {
	return fmt.Sprintf("build %v, open %v, first %v, p50 %v, p90 %v, p99 %v, %d MB, heap %d MB", c.build.Round(time.Millisecond), c.open.Round(time.Millisecond),
		c.first.Round(time.Microsecond), c.p50.Round(time.Microsecond), c.p90.Round(time.Microsecond), c.p99.Round(time.Microsecond), c.size>>20, c.resident>>20)
}

func questions(t testing.TB) (texts []string) {
	t.Helper()
	for _, name := range []string{"questions.jsonl", "questions-more.jsonl"} {
		set, err := eval.Load(os.Getenv(scaleQuestions), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range set.Questions {
			texts = append(texts, q.Text)
		}
	}
	return texts
}

func timed(t *testing.T, c *cost, texts []string, ask func(string) error) {
	t.Helper()
	var took []time.Duration
	for _, text := range texts {
		began := time.Now()
		if err := ask(text); err != nil {
			t.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	if c.first == 0 {
		c.first = took[0]
	}
	slices.Sort(took)
	c.p50, c.p90, c.p99 = took[len(took)/2], took[len(took)*9/10], took[len(took)*99/100]
}

func stockCost(t *testing.T, path string, docs []corpus.Document, texts []string) (c cost) {
	os.RemoveAll(path)
	began := time.Now()
	b, err := index.NewBaseline(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Add(docs); err != nil {
		t.Fatal(err)
	}
	c.build = time.Since(began)
	timed(t, &c, texts, func(q string) error {
		_, err := b.Search(t.Context(), q, 10)
		return err
	})
	t.Logf("stock, every question for the first time: %v", c)
	timed(t, &c, texts, func(q string) error {
		_, err := b.Search(t.Context(), q, 10)
		return err
	})
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	c.size = size(t, path)
	return c
}

func ownCost(t *testing.T, path string, docs []corpus.Document, texts []string) (c cost) {
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	o := index.Options{Path: path, Lexicon: l}
	c.build = ownBuild(t, o, docs)
	runtime.GC()
	began := time.Now()
	x, err := index.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	c.open = time.Since(began)
	timed(t, &c, texts, func(q string) error {
		_, err := x.Search(t.Context(), index.Query{Text: q, K: 10})
		return err
	})
	t.Logf("ours, every question for the first time: %v", c)
	timed(t, &c, texts, func(q string) error {
		_, err := x.Search(t.Context(), index.Query{Text: q, K: 10})
		return err
	})
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	c.resident, c.size = m.HeapAlloc, size(t, path)
	return c
}

// ownBuild fills the index; one that is kept in a folder and up to date takes
// no time.
func ownBuild(t *testing.T, o index.Options, docs []corpus.Document) time.Duration {
	x, err := index.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := x.CatchUp(t.Context(), eval.Source(docs), nil); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return took
}

func size(t *testing.T, path string) (n int64) {
	t.Helper()
	err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
