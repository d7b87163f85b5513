package index

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"mujaz/corpus"
)

// story is a source of so many documents.
type story int64

func (s story) LastSeq(context.Context) (int64, error) { return int64(s), nil }

func (s story) Changes(_ context.Context, after int64, _ int) (list []corpus.Change, err error) {
	for seq := after + 1; seq <= int64(s); seq++ {
		id := string(rune('a' + seq))
		list = append(list, corpus.Change{Seq: seq, ID: id, Document: &corpus.Document{ID: id, Text: "ارتفعت أسعار القمح."}})
	}
	return list, nil
}

// TestADeadWriterEndsTheWait tells of deaths that only bleve can cause.
func TestADeadWriterEndsTheWait(t *testing.T) {
	x, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "index")})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	follow := func(s story) {
		t.Helper()
		if err := x.CatchUp(t.Context(), s, nil); err != nil {
			t.Fatal(err)
		}
		if n, _ := x.Count(); n != int(s) {
			t.Errorf("%d documents of %d", n, s)
		}
	}
	follow(2)
	for _, who := range []string{"persister", "merger"} {
		noteDeath(scorch.NewScorchError(who, "panic: page 9 is missing", scorch.ErrAsyncPanic), x.files())
	}
	follow(3)
	noteDeath(scorch.NewScorchError("persister", "disk is full", scorch.ErrPersist), x.files()) // is tried again by bleve itself
	follow(4)
}
