package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mujaz/corpus"
)

// fill puts something into every table that a backup carries.
func (b bench) fill(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	var ds []corpus.Document
	for i := range 1203 { // more than two pages of a copy
		ds = append(ds, doc("d"+itoa(i), "فقرة «أولى»\nثانية "+itoa(i)))
	}
	_, err := b.PutAll(ctx, ds, editor)
	check(t, err)
	b.put(t, doc("d1", "غيرها"))
	_, err = b.Remove(ctx, "d2", editor)
	check(t, err)
	check(t, b.SetSignature(ctx, "d3", []byte{0, 1, 2}, []int64{-5, 5}))
	_, err = b.UpdateChat(ctx, -9, func(x *Chat) { x.Title = "غرفة \"<&>\" \\ \u2028"; x.Extra["k"] = "ق" })
	check(t, err)
	b.subscribe(t, -9)
	check(t, b.MoveChat(ctx, -8, -9))
	a, err := b.PutAlert(ctx, Alert{Chat: -9, Words: "هدنة"})
	check(t, err)
	check(t, b.AddMatches(ctx, []Match{{Alert: a.ID, Document: "d3", Seq: 4}}, 4))
	_, err = b.Enqueue(ctx, Delivery{Chat: -9, Kind: DigestDelivery, Payload: []byte{0xff, 0}})
	check(t, err)
	q, err := b.LogQuestion(ctx, Question{Text: "سؤال؟", Key: "سؤال", Kind: "no_answer", Confidence: 0.1 + 0.2})
	check(t, err)
	check(t, b.PutFeedback(ctx, Feedback{Question: q, Voter: 1, Up: true}))
	f, _, err := b.AddFeed(ctx, Feed{URL: "https://example.org/rss"}, editor)
	check(t, err)
	_, err = b.PublishItem(ctx, f.ID, "g", doc("item", "نص"), editor)
	check(t, err)
	_, err = b.AddSynonym(ctx, "هدنة = تهدئة", editor)
	check(t, err)
	_, err = b.AddAdmin(ctx, 5, "سارة", editor)
	check(t, err)
	d, err := b.PutDraft(ctx, Draft{Chat: -9, User: 5, Body: []byte("{}")})
	check(t, err)
	_, err = b.AddPiece(ctx, d.ID, Piece{1, "قطعة"})
	check(t, err)
	_, err = b.AddUpdate(ctx, Update{ID: 1, Payload: []byte("{}")})
	check(t, err)
	check(t, b.KeepAs(ctx, "key", []byte("v"), time.Hour))
}

// same compares every table of two stores, but for the identity.
func same(t *testing.T, a, b *Store) {
	t.Helper()
	for _, s := range []*Store{a, b} {
		check(t, s.SetMeta(t.Context(), "identity", "compared"))
	}
	for _, table := range tables {
		x, err := a.tableSum(t.Context(), table)
		check(t, err)
		y, err := b.tableSum(t.Context(), table)
		check(t, err)
		if x != y || x.rows == 0 {
			t.Errorf("%s: %v and %v", table.name, x, y)
		}
	}
}

// TestTablesAreAllCarried compares the list of tables with the schema.
func TestTablesAreAllCarried(t *testing.T) {
	s := mustOpen(t, Options{Dir: t.TempDir()})
	rs, err := s.read.Query(`SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT IN ('schema_version', 'leases', 'replicas', 'slots')`)
	check(t, err)
	defer rs.Close()
	found := map[string]bool{}
	for rs.Next() {
		var table, column string
		check(t, rs.Scan(&table, &column))
		found[table+"."+column] = true
	}
	for _, table := range tables {
		for _, column := range table.columns {
			if !found[table.name+"."+column] {
				t.Errorf("%s.%s is not in the schema", table.name, column)
			}
			delete(found, table.name+"."+column)
		}
	}
	for name := range found {
		t.Errorf("%s is not carried", name)
	}
}

func TestBackupAndRestoreInEveryDirection(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		b.fill(t)
		before, err := b.Identity(t.Context())
		check(t, err)
		file := filepath.Join(t.TempDir(), "backup")
		check(t, b.Backup(t.Context(), file))
		info, err := os.Stat(file)
		check(t, err)
		equal(t, "rights", info.Mode().Perm(), 0o600)
		engines(t, func(t *testing.T, target bench) {
			check(t, target.Close())
			if target.engine != postgres {
				check(t, removeDatabase(target.o.Dir))
			}
			check(t, RestoreBackup(t.Context(), file, target.o))
			target.Store = mustOpen(t, target.o)
			after, err := target.Identity(t.Context())
			check(t, err)
			if before == after {
				t.Error("the restored store has the identity of the original")
			}
			same(t, b.Store, target.Store)
			r, err := target.Check(t.Context(), nil)
			check(t, err)
			equal(t, "problems", strings.Join(r.Problems, "; "), "")
			check(t, target.Close())
			if err := RestoreBackup(t.Context(), file, target.o); !errors.Is(err, ErrNotEmpty) {
				t.Error("restored over data:", err)
			}
		})
	})
}

func TestBackupIsConsistentWhileWriting(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := 0; ctx.Err() == nil; i++ {
				// Each batch is two documents: half a batch in a backup would show.
				if _, err := b.PutAll(context.Background(), []corpus.Document{doc("x"+itoa(i), "نص"), doc("y"+itoa(i), "نص")}, editor); err != nil {
					t.Error(err)
					return
				}
			}
		}()
		for i := range 5 {
			file := filepath.Join(t.TempDir(), "backup"+itoa(i))
			check(t, b.Backup(t.Context(), file))
			o := Options{Dir: t.TempDir()}
			check(t, RestoreBackup(t.Context(), file, o))
			s := mustOpen(t, o)
			n, _, err := s.Count(t.Context())
			check(t, err)
			if n%2 != 0 {
				t.Error("half a batch:", n)
			}
			r, err := s.Check(t.Context(), nil)
			check(t, err)
			equal(t, "sound", r.Sound(), true)
		}
		cancel()
		<-done
	})
}

func TestBrokenBackupsAreRefused(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		b.put(t, doc("a", "نص"))
		whole := filepath.Join(t.TempDir(), "whole")
		check(t, b.Backup(t.Context(), whole))
		data, err := os.ReadFile(whole)
		check(t, err)
		for name, bad := range map[string][]byte{
			"empty": nil, "other": []byte("hello world, this is not it"), "cut": data[:len(data)*2/3], "head only": data[:30],
		} {
			file, dir := filepath.Join(t.TempDir(), "bad"), t.TempDir()
			check(t, os.WriteFile(file, bad, 0o600))
			if err := RestoreBackup(t.Context(), file, Options{Dir: dir}); !errors.Is(err, ErrBackup) {
				t.Errorf("%s: %v", name, err)
			}
			left, err := filepath.Glob(filepath.Join(dir, "*.db*"))
			check(t, err)
			equal(t, name+" left", strings.Join(left, " "), "")
			check(t, RestoreBackup(t.Context(), whole, Options{Dir: dir}))
		}
	})
}

// TestBackupWithoutItsFolder: a file that cannot be made is no server that is away.
func TestBackupWithoutItsFolder(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		err := b.Backup(t.Context(), filepath.Join(t.TempDir(), "none", "copy"))
		if !errors.Is(err, os.ErrNotExist) || errors.Is(err, ErrUnavailable) {
			t.Errorf("a backup into no folder: %v", err)
		}
	})
}

func TestRotationKeepsSeven(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		dir := filepath.Join(t.TempDir(), "backups")
		var last string
		for range 10 {
			file, err := b.Rotate(t.Context(), dir)
			check(t, err)
			last = file
			again, err := b.Rotate(t.Context(), dir)
			check(t, err)
			equal(t, "one a day", again, file)
			b.clock.pass(24 * time.Hour)
		}
		check(t, os.WriteFile(filepath.Join(dir, "mine.db"), nil, 0o600))
		files, err := filepath.Glob(filepath.Join(dir, "mujaz-*"))
		check(t, err)
		equal(t, "files", len(files), 7)
		equal(t, "latest", files[6], last)
		_, err = os.Stat(filepath.Join(dir, "mine.db"))
		check(t, err)
	})
}

// stopAfter ends a context after so many reports, as an interruption does.
type stopAfter struct {
	n      int
	cancel context.CancelFunc
}

func (s *stopAfter) Write(p []byte) (int, error) {
	if s.n--; s.n <= 0 {
		s.cancel()
	}
	return len(p), nil
}

func TestMigrateToIsResumable(t *testing.T) {
	url := postgresURL(t)
	b := openBench(t, Options{Dir: t.TempDir()})
	b.fill(t)
	stops := 0
	for n := 1; ; n += 4 {
		ctx, cancel := context.WithCancel(t.Context())
		err := b.MigrateTo(ctx, url, &stopAfter{n, cancel})
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		stops++
		b.put(t, doc("d7", "تغير أثناء التوقف "+itoa(stops)))
	}
	if stops < 3 {
		t.Error("interrupted only", stops)
	}
	before, err := b.Identity(t.Context())
	check(t, err)
	to := mustOpen(t, Options{URL: url, Now: b.clock.now})
	after, err := to.Identity(t.Context())
	check(t, err)
	equal(t, "identity moves along", after, before)
	same(t, b.Store, to)
	_, err = to.Put(t.Context(), doc("new", "نص"), editor)
	check(t, err)
	if err := b.MigrateTo(t.Context(), url, io.Discard); !errors.Is(err, ErrNotEmpty) {
		t.Error("moved over data:", err)
	}
}

func TestMigrateToRefusesForeignData(t *testing.T) {
	b := openBench(t, Options{Dir: t.TempDir()})
	o := Options{URL: postgresURL(t)}
	check(t, put(mustOpen(t, o), "theirs"))
	if err := b.MigrateTo(t.Context(), o.URL, nil); !errors.Is(err, ErrNotEmpty) {
		t.Error(err)
	}
}
