package index_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

func found(t *testing.T, x *index.Index, question string) []string {
	t.Helper()
	res, err := x.Search(t.Context(), index.Query{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range res.Hits {
		ids = append(ids, fmt.Sprintf("%s/%d", h.Ref.Document, h.Ref.Paragraph))
	}
	return ids
}

var twoDocuments = documents(
	corpus.Document{ID: "a", Title: "محادثات مسقط", Text: "اختُتمت جولة المحادثات في مسقط.\n\nبلغ عدد القتلى ١٢ شخصا."},
	corpus.Document{ID: "b", Title: "أسعار النفط", Text: "ارتفعت أسعار النفط أمس."},
)

// TestChanges replaces and removes documents.
func TestChanges(t *testing.T) {
	source := twoDocuments
	x := open(t, filepath.Join(t.TempDir(), "index"), source)
	if got := found(t, x, "أسعار النفط"); len(got) == 0 || got[0] != "b/0" {
		t.Fatalf("before: %v", got)
	}
	source = append(source[:2:2],
		corpus.Change{Seq: 3, ID: "b", Document: &corpus.Document{ID: "b", Text: "تراجع الذهب.\nتراجع الدولار."}},
		corpus.Change{Seq: 4, ID: "a"},
	)
	if err := x.CatchUp(t.Context(), source, nil); err != nil {
		t.Fatal(err)
	}
	if got := found(t, x, "أسعار النفط"); len(got) != 0 {
		t.Errorf("the replaced text is still found: %v", got)
	}
	if got := found(t, x, "كم عدد القتلى؟"); len(got) != 0 {
		t.Errorf("the removed document is still found: %v", got)
	}
	if got := found(t, x, "الدولار"); len(got) == 0 || got[0] != "b/1" {
		t.Errorf("the new text is not found: %v", got)
	}
	if d, p := x.Count(); d != 1 || p != 2 || x.Seq() != 4 {
		t.Errorf("got %d documents, %d paragraphs, sequence %d", d, p, x.Seq())
	}
}

// TestReopen finds everything again, and nothing to do.
func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	open(t, path, twoDocuments).Close()
	x := reopen(t, path)
	if x.Seq() != 2 {
		t.Fatalf("sequence %d", x.Seq())
	}
	if got := found(t, x, "أسعار النفط"); len(got) == 0 || got[0] != "b/0" {
		t.Errorf("got %v", got)
	}
}

func reopen(t *testing.T, path string) *index.Index {
	t.Helper()
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(t.Context(), index.Options{Path: path, Lexicon: l})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// TestDamage spoils the files of an index in several ways; each time it is
// made again.
func TestDamage(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"segment cut":       func(t *testing.T, path string) { eachFile(t, path, "*.zap", cut) },
		"segment changed":   func(t *testing.T, path string) { eachFile(t, path, "*.zap", flip) },
		"segment gone":      func(t *testing.T, path string) { eachFile(t, path, "*.zap", os.Remove) },
		"root cut":          func(t *testing.T, path string) { eachFile(t, path, "root.bolt", cut) },
		"root empty":        func(t *testing.T, path string) { eachFile(t, path, "root.bolt", empty) },
		"root gone":         func(t *testing.T, path string) { eachFile(t, path, "root.bolt", os.Remove) },
		"description empty": func(t *testing.T, path string) { must(t, empty(filepath.Join(path, "index_meta.json"))) },
		"description gone":  func(t *testing.T, path string) { must(t, os.Remove(filepath.Join(path, "index_meta.json"))) },
		"a file in place": func(t *testing.T, path string) {
			must(t, os.RemoveAll(path))
			must(t, os.WriteFile(path, []byte("x"), 0o644))
		},
		"empty folder": func(t *testing.T, path string) { must(t, os.RemoveAll(path)); must(t, os.Mkdir(path, 0o755)) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "index")
			open(t, path, twoDocuments).Close()
			spoil(t, path)
			x := reopen(t, path)
			if x.Seq() != 0 {
				t.Fatalf("sequence %d after the damage", x.Seq())
			}
			must(t, x.CatchUp(t.Context(), twoDocuments, nil))
			if got := found(t, x, "أسعار النفط"); len(got) == 0 || got[0] != "b/0" {
				t.Errorf("got %v", got)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func eachFile(t *testing.T, path, pattern string, spoil func(string) error) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(path, "store", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %v", pattern, files, err)
	}
	for _, f := range files {
		must(t, spoil(f))
	}
}

func cut(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	return os.Truncate(name, info.Size()/2)
}

func empty(name string) error { return os.Truncate(name, 0) }

func flip(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	data[len(data)/3] ^= 0xFF
	return os.WriteFile(name, data, 0o600)
}

// TestOtherRules makes the index again when the lexicon is another.
func TestOtherRules(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	open(t, path, twoDocuments).Close()
	x, err := index.Open(t.Context(), index.Options{Path: path})
	must(t, err)
	defer x.Close()
	if x.Seq() != 0 {
		t.Errorf("sequence %d with another lexicon", x.Seq())
	}
}

// TestReadBeside reads an index that another one is writing.
func TestReadBeside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	writer := open(t, path, twoDocuments)
	reader := reopen(t, path)
	if !reader.ReadOnly() || writer.ReadOnly() {
		t.Fatalf("read only: reader %v, writer %v", reader.ReadOnly(), writer.ReadOnly())
	}
	must(t, reader.CatchUp(t.Context(), twoDocuments, nil))
	if got := found(t, reader, "أسعار النفط"); len(got) == 0 || got[0] != "b/0" {
		t.Errorf("got %v", got)
	}
	more := append(twoDocuments[:2:2], corpus.Change{Seq: 3, ID: "c", Document: &corpus.Document{ID: "c", Text: "تراجع الدولار."}})
	must(t, writer.CatchUp(t.Context(), more, nil))
	must(t, reader.CatchUp(t.Context(), more, nil))
	if got := found(t, reader, "الدولار"); len(got) == 0 || got[0] != "c/0" {
		t.Errorf("the reader does not follow: %v", got)
	}
	must(t, writer.Close())
	if got := found(t, reader, "الدولار"); len(got) == 0 || got[0] != "c/0" {
		t.Errorf("the reader ends with the writer: %v", got)
	}
}

// TestReadWhileWriting opens readers again and again while batches are written.
func TestReadWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	writer := open(t, path, twoDocuments)
	source := twoDocuments[:2:2]
	done := make(chan error, 1)
	go func() {
		for i := 3; i < 40; i++ {
			id := fmt.Sprint("n", i)
			source = append(source, corpus.Change{Seq: int64(i), ID: id, Document: &corpus.Document{ID: id, Text: fmt.Sprint("خبر رقم ", i)}})
			if err := writer.CatchUp(context.Background(), source, nil); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for range 8 {
		reader := reopen(t, path)
		if got := found(t, reader, "أسعار النفط"); len(got) == 0 || got[0] != "b/0" {
			t.Errorf("got %v", got)
		}
		must(t, reader.Close())
	}
	must(t, <-done)
}

// TestSearchWhileWriting searches from many goroutines during changes, until
// the index is closed under them.
func TestSearchWhileWriting(t *testing.T) {
	x := open(t, "", twoDocuments)
	var searchers sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for range 4 {
		searchers.Go(func() {
			for ctx.Err() == nil {
				_, err := x.Search(context.Background(), index.Query{Text: "كم عدد القتلى في مسقط؟"})
				if err != nil && !errors.Is(err, index.ErrClosed) {
					t.Error(err)
					return
				}
			}
		})
	}
	source := twoDocuments[:2:2]
	for i := 3; i < 20; i++ {
		source = append(source, corpus.Change{Seq: int64(i), ID: "b", Document: &corpus.Document{ID: "b", Text: fmt.Sprint("أسعار النفط ", i)}})
		must(t, x.CatchUp(t.Context(), source, nil))
	}
	must(t, x.Close())
	stop()
	searchers.Wait()
}

// TestStrangeQuestions asks what no question is.
func TestStrangeQuestions(t *testing.T) {
	x := open(t, "", twoDocuments)
	for _, q := range []string{"", " ", "؟", "من", "ا", "\x00\xff\xfe", "😀😀", "漢字", "<script>", "\u202e", "ـــــ", "12", "٢٠١٥"} {
		if _, err := x.Search(t.Context(), index.Query{Text: q}); err != nil {
			t.Errorf("%q: %v", q, err)
		}
	}
	long := make([]byte, 0, 20000)
	for range 2000 {
		long = append(long, "النفط "...)
	}
	if _, err := x.Search(t.Context(), index.Query{Text: string(long)}); err != nil {
		t.Errorf("long: %v", err)
	}
}

// TestMatches holds the offsets of matched words on vowelled, elongated and
// mixed text.
func TestMatches(t *testing.T) {
	x := open(t, "", documents(corpus.Document{ID: "a", Text: "قالَ «بَـرَّاد كُوبَر» إنَّ الولايـــات المُتَّحِدَة (USA) أَرسلت ١٢ سفينةً."}))
	res, err := x.Search(t.Context(), index.Query{Text: "كم سفينه ارسلت الولايات المتحده usa"})
	must(t, err)
	if len(res.Hits) != 1 {
		t.Fatalf("got %d hits", len(res.Hits))
	}
	var words []string
	for _, m := range res.Hits[0].Matches {
		words = append(words, res.Hits[0].Text[m.Start:m.End])
	}
	want := []string{"الولايـــات", "المُتَّحِدَة", "USA", "أَرسلت", "سفينةً"}
	if fmt.Sprint(words) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", words, want)
	}
}
