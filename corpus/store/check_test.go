package store

import (
	"context"
	"strings"
	"testing"
)

// fakeIndex is an index by its contents.
type fakeIndex struct {
	seq  int64
	docs map[string]int
}

func (f fakeIndex) Seq() int64 { return f.seq }

func (f fakeIndex) EachDocument(_ context.Context, visit func(string, int) error) error {
	for id, n := range f.docs {
		if err := visit(id, n); err != nil {
			return err
		}
	}
	return nil
}

func TestCheckComparesWithTheIndex(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		for _, id := range []string{"a", "b", "c", "gone"} {
			b.put(t, doc(id, "نص\nثان"))
		}
		_, err := b.Remove(ctx, "gone", editor)
		check(t, err)
		good := fakeIndex{5, map[string]int{"a": 2, "b": 2, "c": 2}}
		r, err := b.Check(ctx, good)
		check(t, err)
		equal(t, "sound", r.Sound(), true)
		equal(t, "counts", r.Documents*100+r.Paragraphs, 306)
		r, err = b.Check(ctx, fakeIndex{4, map[string]int{"a": 2, "b": 1, "gone": 2, "other": 1}})
		check(t, err)
		equal(t, "missing", strings.Join(r.Missing, " "), "b c")
		equal(t, "extra", strings.Join(r.Extra, " "), "gone other")
		equal(t, "behind", r.Behind, 1)
		check(t, b.Touch(ctx, append(r.Missing, r.Extra...)))
		cs, err := b.Changes(ctx, 5, 0)
		check(t, err)
		var got []string
		for _, c := range cs {
			got = append(got, c.ID)
		}
		equal(t, "touched", strings.Join(got, " "), "b c gone")
	})
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		b.put(t, doc("a", "نص"))
		_, err := b.write.Exec(`UPDATE documents SET paragraphs = 5, seq = 77`)
		check(t, err)
		r, err := b.Check(t.Context(), nil)
		check(t, err)
		equal(t, "problems", len(r.Problems), 2)
	})
}
