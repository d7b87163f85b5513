package index_test

import (
	"context"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// list is a Source of documents that were all put once.
type list []corpus.Change

func documents(docs ...corpus.Document) list {
	var l list
	for i, d := range docs {
		l = append(l, corpus.Change{Seq: int64(i + 1), ID: d.ID, Document: &d})
	}
	return l
}

func (l list) LastSeq(context.Context) (int64, error) { return int64(len(l)), nil }

func (l list) Changes(_ context.Context, after int64, limit int) ([]corpus.Change, error) {
	if after >= int64(len(l)) {
		return nil, nil
	}
	return l[after:min(int(after)+limit, len(l))], nil
}

func open(t *testing.T, path string, source list) *index.Index {
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
	if err := x.CatchUp(t.Context(), source, nil); err != nil {
		t.Fatal(err)
	}
	return x
}

func TestSearch(t *testing.T) {
	x := open(t, t.TempDir()+"/index", documents(
		corpus.Document{ID: "a", Title: "محادثات مسقط", Text: "اختُتمت جولة المحادثات في مسقط.\n\nبلغ عدد القتلى ١٢ شخصا."},
		corpus.Document{ID: "b", Title: "أسعار النفط", Text: "ارتفعت أسعار النفط أمس."},
	))
	res, err := x.Search(t.Context(), index.Query{Text: "كم عدد القتلى؟"})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Hits) == 0 || res.Hits[0].Ref != (corpus.Ref{Document: "a", Paragraph: 1}) {
		t.Fatalf("got %+v", res.Hits)
	}
}
