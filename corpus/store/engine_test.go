package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func TestSecondWriterIsRefusedAndReaderIsNot(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, Options{Dir: dir})
	check(t, put(s, "a"))
	if _, err := Open(t.Context(), Options{Dir: dir}); !errors.Is(err, ErrLocked) {
		t.Fatal("second writer:", err)
	}
	r := mustOpen(t, Options{Dir: dir, ReadOnly: true})
	check(t, put(s, "b"))
	_, err := r.Get(t.Context(), "b")
	check(t, err)
	if err := put(r, "c"); !errors.Is(err, ErrReadOnly) {
		t.Error("write through a reader:", err)
	}
}

func put(s *Store, id string) error {
	_, err := s.Put(context.Background(), doc(id, "نص"), editor)
	return err
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := mustOpen(t, Options{Dir: dir})
	check(t, put(s, "a"))
	check(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v", filepath.Base(path), info.Mode().Perm())
		}
		return err
	}))
}

func TestReaderNeedsAStore(t *testing.T) {
	if _, err := Open(t.Context(), Options{Dir: t.TempDir(), ReadOnly: true}); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
}

func TestDamagedFileIsNamed(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, databaseFile), []byte("this is no database, whatever it was before\n"), 0o600))
	if _, err := Open(t.Context(), Options{Dir: dir}); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
}

func TestOtherSchemasAreRefused(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		_, err := b.write.Exec(`INSERT INTO schema_version (version_id, is_applied) VALUES (9999, ` + b.trueWord() + `)`)
		check(t, err)
		check(t, b.Close())
		for _, readOnly := range []bool{false, true} {
			o := b.o
			o.ReadOnly = readOnly
			if _, err := Open(t.Context(), o); !errors.Is(err, ErrNewer) {
				t.Error("newer:", err)
			}
		}
		b.reopenRaw(t, func(db *sql.DB) { _, err = db.Exec(`DELETE FROM schema_version`) })
		check(t, err)
		o := b.o
		o.ReadOnly = true
		if _, err := Open(t.Context(), o); !errors.Is(err, ErrOutdated) {
			t.Error("outdated:", err)
		}
		b.reopenRaw(t, func(db *sql.DB) {
			_, err = db.Exec(`INSERT INTO schema_version (version_id, is_applied) VALUES (0, ` + b.trueWord() + `), (1, ` + b.trueWord() + `)`)
		})
		check(t, err)
		b.Store = mustOpen(t, b.o)
	})
}

func (b bench) trueWord() string {
	if b.engine == postgres {
		return "true"
	}
	return "1"
}

// reopenRaw gives the bare database of a closed store.
func (b bench) reopenRaw(t *testing.T, f func(*sql.DB)) {
	t.Helper()
	driver, dsn := "sqlite", "file:"+filepath.Join(b.o.Dir, databaseFile)
	if b.engine == postgres {
		driver, dsn = "pgx", b.o.URL
	}
	db, err := sql.Open(driver, dsn)
	check(t, err)
	defer db.Close()
	f(db)
}

// TestFullDisk limits the number of pages, which gives the engine's own error
// of a full disk, and looks for what a failed write must not leave behind.
func TestFullDisk(t *testing.T) {
	s := mustOpen(t, Options{Dir: t.TempDir()})
	check(t, put(s, "a"))
	var pages int
	check(t, s.write.QueryRow(`PRAGMA page_count`).Scan(&pages))
	_, err := s.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+2))
	check(t, err)
	big := doc("big", string(make([]byte, 0)))
	for range 2000 {
		big.Text += "سطر طويل من النص العربي\n"
	}
	_, err = s.Put(t.Context(), big, editor)
	if !errors.Is(err, ErrFull) {
		t.Fatal("full:", err)
	}
	if _, err := s.Get(t.Context(), "big"); !errors.Is(err, ErrNotFound) {
		t.Error("half a document:", err)
	}
	n, err := s.LastSeq(t.Context())
	check(t, err)
	equal(t, "sequence", n, 1)
	_, err = s.write.Exec(`PRAGMA max_page_count = 1000000`)
	check(t, err)
	_, err = s.Put(t.Context(), big, editor)
	check(t, err)
}

func TestStartingReplicasMigrateOnce(t *testing.T) {
	o := Options{URL: postgresURL(t)}
	const replicas = 4
	stores := make([]*Store, replicas)
	var all sync.WaitGroup
	for i := range replicas {
		all.Go(func() {
			s, err := Open(context.Background(), o)
			if err != nil {
				t.Error(err)
				return
			}
			stores[i] = s
		})
	}
	all.Wait()
	identities := map[string]bool{}
	for _, s := range stores {
		if s != nil {
			id, err := s.Identity(t.Context())
			check(t, err)
			identities[id] = true
			check(t, s.Close())
		}
	}
	equal(t, "identities", len(identities), 1)
}

func TestNotificationReachesOtherReplicas(t *testing.T) {
	o := Options{URL: postgresURL(t), Poll: time.Hour} // only a notification can wake
	a, b := mustOpen(t, o), mustOpen(t, o)
	ch := b.Watch(t.Context())
	wait(t, ch) // b listens
	check(t, put(a, "a"))
	wait(t, ch)
	_, err := b.Get(t.Context(), "a")
	check(t, err)
}

func TestPollFindsWhatOtherProcessesChanged(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, Options{Dir: dir})
	r := mustOpen(t, Options{Dir: dir, ReadOnly: true, Poll: 10 * time.Millisecond})
	ch := r.Watch(t.Context())
	check(t, put(s, "a"))
	wait(t, ch)
}

func TestBadAddressHidesThePassword(t *testing.T) {
	_, err := Open(t.Context(), Options{URL: "postgres://u:geheim@127.0.0.1:1/x?connect_timeout=1"})
	if !errors.Is(err, ErrUnavailable) {
		t.Error(err)
	}
	for _, url := range []string{"postgres://u:geheim@h:port/x", "postgres://u:geheim@127.0.0.1:1/x?connect_timeout=1"} {
		_, err := Open(t.Context(), Options{URL: url})
		if err == nil || errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if s := err.Error(); contains(s, "geheim") {
			t.Error("password in:", s)
		}
	}
}
