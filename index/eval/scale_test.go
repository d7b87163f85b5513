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
	within(t, "median of first times", ours.first.p50, 3*stock.first.p50)
	within(t, "p99 of first times", ours.first.p99, 3*stock.first.p99)
	within(t, "median", ours.again.p50, 3*stock.again.p50)
	within(t, "p99", ours.again.p99, 3*stock.again.p99)
	within(t, "size", time.Duration(ours.size), 3*time.Duration(stock.size))
	within(t, "import", ours.build, 2*stock.build)
	within(t, "open", ours.open, 100*time.Millisecond)
	if ours.resident > 400<<20 {
		t.Errorf("heap: %d MB are over the limit of 400", ours.resident>>20)
	}
}

func within(t *testing.T, what string, got, limit time.Duration) {
	t.Helper()
	if got > limit {
		t.Errorf("%s: %v is over the limit of %v", what, got, limit)
	}
}

// latencies are what questions took.
type latencies struct{ p50, p90, p99 time.Duration }

func (l latencies) String() string {
	return fmt.Sprintf("p50 %v, p90 %v, p99 %v", l.p50.Round(time.Microsecond), l.p90.Round(time.Microsecond), l.p99.Round(time.Microsecond))
}

type cost struct {
	build, open  time.Duration
	first, again latencies // of every question's first time, and of its least in later ones
	size         int64
	resident     uint64 // bytes of heap
}

func (c cost) String() string {
	return fmt.Sprintf("build %v, open %v, first times %v, then %v, %d MB, heap %d MB", c.build.Round(time.Millisecond), c.open.Round(time.Millisecond),
		c.first, c.again, c.size>>20, c.resident>>20)
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

// rounds is how often every question is asked of an index that was opened for
// it: the least of its times counts, because others use the machine, too.
const rounds = 5

// timed asks every question of an open index, and once more when all are
// through; open is called for every round.
func timed(t *testing.T, c *cost, texts []string, open func() (ask func(string) error, end func() error)) {
	t.Helper()
	first, again := make([]time.Duration, len(texts)), make([]time.Duration, len(texts))
	for range rounds {
		ask, end := open()
		for _, least := range [][]time.Duration{first, again} {
			for i, text := range texts {
				began := time.Now()
				if err := ask(text); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); least[i] == 0 || took < least[i] {
					least[i] = took
				}
			}
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	c.first, c.again = latenciesOf(first), latenciesOf(again)
}

func latenciesOf(took []time.Duration) latencies {
	slices.Sort(took)
	return latencies{took[len(took)/2], took[len(took)*9/10], took[len(took)*99/100]}
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
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	timed(t, &c, texts, func() (func(string) error, func() error) {
		b, err := index.OpenBaseline(path)
		if err != nil {
			t.Fatal(err)
		}
		return func(q string) error { _, err := b.Search(t.Context(), q, 10); return err }, b.Close
	})
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
	timed(t, &c, texts, func() (func(string) error, func() error) {
		runtime.GC()
		began := time.Now()
		x, err := index.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); c.open == 0 || took < c.open {
			c.open = took
		}
		return func(q string) error { _, err := x.Search(t.Context(), index.Query{Text: q, K: 10}); return err }, func() error {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			c.resident = m.HeapAlloc
			return x.Close()
		}
	})
	c.size = size(t, path)
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
