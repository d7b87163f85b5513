package index_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// TestDamagedListOfFiles spoils each page of the list of the index's files: some
// of the damage is met only by the writer. However that is, the index catches
// up.
func TestDamagedListOfFiles(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	must(t, err)
	for name, first := range map[string]list{"empty": nil, "two documents": twoDocuments} {
		t.Run(name, func(t *testing.T) {
			whole := filepath.Join(t.TempDir(), "index")
			open(t, whole, first).Close()
			spoilPages(t, l, whole)
		})
	}
}

func spoilPages(t *testing.T, l *lexicon.Lexicon, whole string) {
	t.Helper()
	info, err := os.Stat(filepath.Join(whole, "store", "root.bolt"))
	must(t, err)
	more := append(twoDocuments[:2:2], corpus.Change{Seq: 3, ID: "z", Document: &corpus.Document{ID: "z", Text: "ارتفعت أسعار القمح."}})
	page := int64(os.Getpagesize())
	for at := page; at < info.Size(); at += page {
		for name, spoil := range map[string]func(f *os.File) error{
			"cut":     func(f *os.File) error { return f.Truncate(at) },
			"zeroed":  func(f *os.File) error { _, err := f.WriteAt(make([]byte, page), at); return err },
			"garbled": func(f *os.File) error { _, err := f.WriteAt(bytes.Repeat([]byte{0xA5}, int(page)), at); return err },
			"renamed": func(f *os.File) error { _, err := f.WriteAt([]byte{0xff, 0, 0, 0, 0, 0, 0, 0}, at); return err },
		} {
			path := filepath.Join(t.TempDir(), "index")
			must(t, os.CopyFS(path, os.DirFS(whole)))
			f, err := os.OpenFile(filepath.Join(path, "store", "root.bolt"), os.O_RDWR, 0)
			must(t, err)
			must(t, errors.Join(spoil(f), f.Close()))
			catchesUp(t, l, fmt.Sprintf("%s at %d", name, at), path, more)
		}
	}
}

func catchesUp(t *testing.T, l *lexicon.Lexicon, name, path string, s list) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		x, err := index.Open(ctx, index.Options{Path: path, Lexicon: l})
		if err == nil {
			err = errors.Join(x.CatchUp(ctx, s, nil), x.CatchUp(ctx, s, nil))
			if n, _ := x.Count(); n != 3 {
				err = errors.Join(err, fmt.Errorf("%d documents", n))
			}
			err = errors.Join(err, x.Close())
		}
		ended <- err
	}()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	case <-ctx.Done():
		t.Errorf("%s: it hangs", name)
	}
}
