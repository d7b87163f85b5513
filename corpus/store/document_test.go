package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"mujaz/corpus"
)

func (b bench) lastSeq(t *testing.T) int64 {
	t.Helper()
	n, err := b.LastSeq(t.Context())
	return must(t, n, err)
}

func (b bench) put(t *testing.T, d corpus.Document) Publication {
	t.Helper()
	p, err := b.Publish(t.Context(), d, editor)
	return must(t, p, err)
}

func TestPutIsDecidedByContent(t *testing.T) {
	undated := doc("a", "فقرة\nثانية")
	undated.Date = ""
	steps := []struct {
		name string
		d    corpus.Document
		want PutResult
		seq  int64
	}{
		{"new", doc("a", "فقرة"), Created, 1},
		{"same", doc("a", "فقرة"), Unchanged, 1},
		{"other text", doc("a", "فقرة\nثانية"), Replaced, 2},
		{"other date", undated, Replaced, 3},
		{"another", doc("b", "نص"), Created, 4},
	}
	engines(t, func(t *testing.T, b bench) {
		for _, step := range steps {
			p := b.put(t, step.d)
			equal(t, step.name, p.Result, step.want)
			equal(t, step.name+": sequence", b.lastSeq(t), step.seq)
			got, err := b.Get(t.Context(), step.d.ID)
			check(t, err)
			equal(t, step.name+": document", got.Document, step.d)
		}
		b.again(t)
		a, err := b.Get(t.Context(), "a")
		check(t, err)
		equal(t, "revision", a.Revision, 3)
		equal(t, "paragraphs", a.Paragraphs, 2)
		equal(t, "by", a.By, editor)
		byNumber, err := b.GetNumber(t.Context(), a.Number)
		check(t, err)
		equal(t, "by number", byNumber, a)
	})
}

func TestDocumentWithoutIDGetsOne(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		d := corpus.Document{Text: "نص بلا اسم"}
		first, second := b.put(t, d), b.put(t, d)
		equal(t, "id", first.ID, ContentID(d))
		equal(t, "second", second.Result, Unchanged)
		rs, err := b.PutAll(t.Context(), []corpus.Document{d, {Text: "آخر"}, {Text: "آخر"}}, editor)
		check(t, err)
		equal(t, "batch", [3]PutResult(rs), [3]PutResult{Unchanged, Created, Unchanged})
	})
}

func TestTextIsVerbatimAndCleanOfWhatEnginesRefuse(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		text := "مُوجَـــز\u200f \u200c'; DROP TABLE documents; -- $1 ? \\ \"\n\n  ٢٠٢٥\t<b>&amp;"
		b.put(t, corpus.Document{ID: "x", Text: text})
		b.put(t, corpus.Document{ID: "y", Text: "قبل\x00بعد \xff"})
		x, err := b.Get(t.Context(), "x")
		check(t, err)
		equal(t, "verbatim", x.Text, text)
		y, err := b.Get(t.Context(), "y")
		check(t, err)
		equal(t, "cleaned", y.Text, "قبلبعد \uFFFD")
	})
}

func TestDocumentNeedsText(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		for _, text := range []string{"", " \n\t", "\x00"} {
			_, err := b.Put(t.Context(), corpus.Document{ID: "a", Text: text}, editor)
			if !errors.Is(err, ErrInvalid) {
				t.Errorf("%q: %v", text, err)
			}
		}
		_, err := b.PutAll(t.Context(), []corpus.Document{doc("ok", "نص"), {ID: "bad"}}, editor)
		if !errors.Is(err, ErrInvalid) {
			t.Error("batch:", err)
		}
		n, _, err := b.Count(t.Context())
		check(t, err)
		equal(t, "nothing of a refused batch", n, 0)
		equal(t, "sequence", b.lastSeq(t), 0)
	})
}

func TestPutAllCountsAndReplaces(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		var ds []corpus.Document
		for i := range 700 {
			ds = append(ds, doc("d"+itoa(i), "فقرة\nثانية "+itoa(i)))
		}
		_, err := b.PutAll(t.Context(), ds, editor)
		check(t, err)
		ds[3].Text = "جديد"
		rs, err := b.PutAll(t.Context(), ds, editor)
		check(t, err)
		for i, r := range rs {
			want := Unchanged
			if i == 3 {
				want = Replaced
			}
			equal(t, "result "+itoa(i), r, want)
		}
		n, p, err := b.Count(t.Context())
		check(t, err)
		equal(t, "documents", n, 700)
		equal(t, "paragraphs", p, 1399)
		equal(t, "sequence", b.lastSeq(t), 701)
		log, err := b.Log(t.Context(), 0, 10)
		check(t, err)
		equal(t, "one entry a batch", len(log), 2)
		equal(t, "detail", log[0].Detail, "1")
	})
}

func TestListIsNewestFirstInPages(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		for _, x := range []struct{ id, date, source string }{
			{"old", "2020-01-01", "أ"}, {"undated1", "", "ب"}, {"new", "2027-05-01T10:00:00Z", "أ"}, {"undated2", "", "أ"}, {"mid", "2025", "ب"},
		} {
			b.put(t, corpus.Document{ID: x.id, Text: "نص", Date: x.date, Source: x.source})
			b.clock.pass(time.Minute)
		}
		for _, x := range []struct {
			o    ListOptions
			want string
		}{
			{ListOptions{}, "new undated2 undated1 mid old"},
			{ListOptions{Limit: 2}, "new undated2"},
			{ListOptions{Limit: 2, Offset: 2}, "undated1 mid"},
			{ListOptions{Limit: 2, Offset: 4}, "old"},
			{ListOptions{Source: "أ"}, "new undated2 old"},
			{ListOptions{Since: 3, NoText: true}, "undated2 mid"},
			{ListOptions{Removed: true}, ""},
		} {
			ds, err := b.List(t.Context(), x.o)
			check(t, err)
			equal(t, "list", ids(ds), x.want)
			for _, d := range ds {
				equal(t, "text", d.Text == "", x.o.NoText)
			}
		}
		var order []Stored
		check(t, b.Each(t.Context(), func(d Stored) error { order = append(order, d); return nil }))
		equal(t, "arrival", ids(order), "old undated1 new undated2 mid")
	})
}

func TestRemoveRestorePurge(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		first := b.put(t, doc("a", "نص"))
		b.put(t, doc("b", "نص"))
		_, err := b.Remove(ctx, "a", editor)
		check(t, err)
		if _, err := b.Get(ctx, "a"); !errors.Is(err, ErrNotFound) {
			t.Error("removed is there:", err)
		}
		if _, err := b.Remove(ctx, "a", editor); !errors.Is(err, ErrNotFound) {
			t.Error("removed twice:", err)
		}
		removed, err := b.List(ctx, ListOptions{Removed: true})
		check(t, err)
		equal(t, "removed", ids(removed), "a")
		b.clock.pass(KeepRemoved - time.Hour)
		n, err := b.Purge(ctx)
		check(t, err)
		equal(t, "purged early", n, 0)
		check(t, b.Restore(ctx, "a", editor))
		a, err := b.Get(ctx, "a")
		check(t, err)
		equal(t, "number stays", a.Number, first.Number)
		_, err = b.Remove(ctx, "a", editor)
		check(t, err)
		b.clock.pass(KeepRemoved + time.Hour)
		n, err = b.Purge(ctx)
		check(t, err)
		equal(t, "purged", n, 1)
		if err := b.Restore(ctx, "a", editor); !errors.Is(err, ErrNotFound) {
			t.Error("restored after purge:", err)
		}
		cs, err := b.Changes(ctx, 0, 0)
		check(t, err)
		equal(t, "changes", len(cs), 2)
		equal(t, "tombstone", cs[1].ID+" "+itoa(int(cs[1].Seq)), "a 5")
		equal(t, "tombstone has no document", cs[1].Document == nil, true)
		again := b.put(t, doc("a", "عاد"))
		equal(t, "put after purge", again.Result, Created)
		equal(t, "number after purge", again.Number, first.Number)
	})
}

func TestChangesArePagedAndCoalesced(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		for i := range 5 {
			b.put(t, doc("d"+itoa(i), "نص"))
		}
		b.put(t, doc("d1", "آخر"))
		_, err := b.Remove(t.Context(), "d2", editor)
		check(t, err)
		var got []string
		for after := int64(0); ; {
			cs, err := b.Changes(t.Context(), after, 2)
			check(t, err)
			if len(cs) == 0 {
				break
			}
			for _, c := range cs {
				mark := "-"
				if c.Document != nil {
					mark = c.Document.Text
				}
				got = append(got, c.ID+mark)
				after = c.Seq
			}
		}
		equal(t, "changes", strings.Join(got, " "), "d0نص d3نص d4نص d1آخر d2-")
		equal(t, "last", b.lastSeq(t), 7)
	})
}

// TestSequenceIsVisibleInOrder lets many writers put at once while a follower
// reads: it must never see a number and miss a smaller one.
func TestSequenceIsVisibleInOrder(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		const writers, each = 8, 25
		done := make(chan error, writers)
		for w := range writers {
			go func() {
				for i := range each {
					if _, err := b.Put(context.Background(), doc("w"+itoa(w)+"-"+itoa(i), "نص"), editor); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		seen, after, finished := 0, int64(0), 0
		for {
			select {
			case err := <-done:
				check(t, err)
				finished++
			default:
			}
			cs, err := b.Changes(t.Context(), after, 1000)
			check(t, err)
			for _, c := range cs {
				if c.Seq != after+1 {
					t.Fatalf("after %d came %d", after, c.Seq)
				}
				after = c.Seq
				seen++
			}
			if finished == writers && len(cs) == 0 {
				break
			}
		}
		equal(t, "seen", seen, writers*each)
	})
}

func TestWatchWakes(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx, cancel := context.WithCancel(t.Context())
		ch := b.Watch(ctx)
		b.put(t, doc("a", "نص"))
		wait(t, ch)
		cancel()
		for range ch { // closes
		}
	})
}

func wait(t *testing.T, ch <-chan struct{}) {
	t.Helper()
	select {
	case <-ch:
	case <-time.After(5 * time.Second):
		t.Fatal("not woken")
	}
}

func TestSignatures(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		for _, id := range []string{"a", "b", "c"} {
			b.put(t, doc(id, "نص "+id))
		}
		check(t, b.SetSignature(ctx, "a", []byte{1, 0, 255}, []int64{1, 2, -3}))
		check(t, b.SetSignature(ctx, "b", []byte{2}, []int64{2, 9}))
		un, err := b.Unsigned(ctx, 10)
		check(t, err)
		equal(t, "unsigned", strings.Join(un, " "), "c")
		sim, err := b.Similar(ctx, []int64{1, 2, 77}, 10)
		check(t, err)
		equal(t, "similar", len(sim), 2)
		equal(t, "most shared first", sim[0].ID+string(sim[0].Signature), "a\x01\x00\xff")
		b.put(t, doc("a", "نص آخر"))
		un, err = b.Unsigned(ctx, 10)
		check(t, err)
		equal(t, "unsigned after change", strings.Join(un, " "), "a c")
		if err := b.SetSignature(ctx, "none", nil, nil); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}
