package index

import (
	"context"
	"path/filepath"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/store"
)

func openStoreAt(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestIndexOfAnotherStoreIsMadeAgain restores an older backup beside an index
// that is ahead of it, and a backup whose numbers have caught up since.
func TestIndexOfAnotherStoreIsMadeAgain(t *testing.T) {
	ctx := t.Context()
	s := openStoreAt(t, t.TempDir())
	put := func(s *store.Store, id, text string) {
		t.Helper()
		if _, err := s.Put(ctx, corpus.Document{ID: id, Text: text}, store.Actor{}); err != nil {
			t.Fatal(err)
		}
	}
	put(s, "kept", "فقرة باقية")
	file := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	put(s, "lost", "فقرة بعد النسخة")
	x, err := Open(ctx, Options{Path: filepath.Join(t.TempDir(), "index")})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	follow := func(s *store.Store) {
		t.Helper()
		if err := x.CatchUp(ctx, s, nil); err != nil {
			t.Fatal(err)
		}
		r, err := s.Check(ctx, x)
		if err != nil || !r.Sound() {
			t.Errorf("index and store differ: %+v %v", r, err)
		}
	}
	follow(s)
	dir := t.TempDir()
	if err := store.RestoreBackup(context.Background(), file, store.Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	old := openStoreAt(t, dir)
	follow(old)
	put(old, "other", "غيرها") // takes the number that "lost" had
	follow(old)
	follow(s)
}
