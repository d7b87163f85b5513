package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	databaseFile = "mujaz.db"
	lockFile     = "lock"
	// busyTimeout is how long a connection waits for another one, in
	// milliseconds: longer than any transaction of ours.
	busyTimeout = 10000
	// readers is the number of reading connections; a read takes well under a
	// millisecond of the disk cache, so a few serve many goroutines.
	readers = 4
)

// openSQLite opens one writing connection, so that writers queue in the
// program instead of failing in the engine, and a few reading ones.
func (s *Store) openSQLite(ctx context.Context) (err error) {
	file := filepath.Join(s.o.Dir, databaseFile)
	if s.o.ReadOnly {
		return s.openReader(ctx, file)
	}
	if err := s.lockFolder(); err != nil {
		return err
	}
	if err := createFile(file); err != nil {
		return err
	}
	// synchronous=FULL: a commit that returned survives the loss of power.
	if s.write, err = openLite(file, "rwc", 1, "journal_mode(WAL)", "synchronous(FULL)"); err != nil {
		return err
	}
	if err := s.write.PingContext(ctx); err != nil {
		return err
	}
	s.group = newGroup(s)
	if s.read, err = openLite(file, "ro", readers, "query_only(1)"); err != nil {
		return err
	}
	return s.prepare(ctx)
}

// openReader opens a database that somebody else may be writing. On a medium
// that cannot be written SQLite cannot share its log; then the file is read
// as it lies.
func (s *Store) openReader(ctx context.Context, file string) (err error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrNotFound, databaseFile)
	}
	if s.read, err = openLite(file, "ro", readers, "query_only(1)"); err != nil {
		return err
	}
	err = s.prepare(ctx)
	if !errors.Is(s.translate(err), ErrReadOnly) {
		return err
	}
	old := s.read
	if s.read, err = openLite(file, "ro&immutable=1", readers, "query_only(1)"); err != nil {
		return err
	}
	return errors.Join(old.Close(), s.prepare(ctx))
}

func openLite(file, mode string, connections int, pragmas ...string) (*sql.DB, error) {
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?mode=" + mode + "&_txlock=immediate" +
		fmt.Sprintf("&_pragma=busy_timeout(%d)", busyTimeout)
	for _, p := range pragmas {
		dsn += "&_pragma=" + p
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// lockFolder makes this process the only writer of the data folder.
func (s *Store) lockFolder() error {
	if err := os.MkdirAll(s.o.Dir, 0o700); err != nil {
		return err
	}
	l := flock.New(filepath.Join(s.o.Dir, lockFile), flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	switch {
	case err != nil:
		return err
	case !ok:
		return ErrLocked
	}
	s.lock = l.Close
	return nil
}

// createFile makes sure that the database exists and is readable to its owner
// only; SQLite gives its log the same rights.
func createFile(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
