package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrBackup means that a file is no backup, or not a whole one.
var ErrBackup = errors.New("store: the file is not a whole backup")

// RestoreBackup fills an empty data folder or an empty PostgreSQL database
// from a file that Backup made, either kind into either engine. ErrNotEmpty
// when the target holds documents. After an error the target is as empty as
// before.
func RestoreBackup(ctx context.Context, file string, o Options) error {
	if o.URL == "" {
		if _, err := os.Stat(filepath.Join(o.Dir, databaseFile)); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(ErrNotEmpty, err)
		}
	}
	kind, err := backupKind(file)
	switch {
	case err != nil:
		return err
	case kind == sqlite3Engine && o.URL == "":
		return restoreFile(ctx, file, o)
	case kind == sqlite3Engine:
		return restoreAcross(ctx, file, o)
	}
	return restoreDump(ctx, file, o)
}

func backupKind(file string) (engine, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	switch head = head[:n]; {
	case bytes.Equal(head, []byte("SQLite format 3\x00")):
		return sqlite3Engine, nil
	case bytes.HasPrefix(head, []byte(`"`+dumpFormat[:10])):
		return postgres, nil
	}
	return 0, errors.Join(ErrBackup, err)
}

// restoreFile puts a copy of the database in its place once it proved sound.
func restoreFile(ctx context.Context, file string, o Options) (err error) {
	target := &Store{o: o}
	if err := target.lockFolder(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.lock()) }()
	temp, err := os.MkdirTemp(o.Dir, "restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := copyFile(file, filepath.Join(temp, databaseFile)); err != nil {
		return err
	}
	s, err := Open(ctx, Options{Dir: temp, Now: o.Now})
	if err != nil {
		return errors.Join(ErrBackup, err)
	}
	r, err := s.Check(ctx, nil)
	if err == nil && !r.Sound() {
		err = fmt.Errorf("%w: %s", ErrBackup, r.Problems[0])
	}
	if err = errors.Join(err, s.renew(ctx), s.Close()); err != nil {
		return err
	}
	return settle(filepath.Join(temp, databaseFile), filepath.Join(o.Dir, databaseFile))
}

// renew gives a restored store an identity of its own, so that no index of
// the original is taken for its own.
func (s *Store) renew(ctx context.Context) error { return s.SetMeta(ctx, "identity", rand.Text()) }

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// restoreAcross reads a database file as a store and moves it to PostgreSQL.
func restoreAcross(ctx context.Context, file string, o Options) error {
	temp, err := os.MkdirTemp("", "mujaz-restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	local := Options{Dir: temp}
	if err := restoreFile(ctx, file, local); err != nil {
		return err
	}
	s, err := Open(ctx, local)
	if err != nil {
		return err
	}
	return errors.Join(s.MigrateTo(ctx, o.URL, nil), s.Close())
}

// restoreDump loads a dump in one transaction.
func restoreDump(ctx context.Context, file string, o Options) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	err = s.whole(ctx, func(c conn) error {
		if err := c.mustBeEmpty(); err != nil {
			return err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil { // the transaction may run again
			return err
		}
		return c.load(bufio.NewReader(f))
	})
	if err == nil {
		err = s.renew(ctx)
	}
	err = errors.Join(err, s.Close())
	if err != nil && o.URL == "" {
		err = errors.Join(err, removeDatabase(o.Dir))
	}
	return err
}

func removeDatabase(dir string) error {
	var errs []error
	for _, end := range []string{"", "-wal", "-shm"} {
		errs = append(errs, ignoreMissing(os.Remove(filepath.Join(dir, databaseFile+end))))
	}
	return errors.Join(errs...)
}

func (c conn) mustBeEmpty() error {
	n, err := c.number(`SELECT (SELECT COUNT(*) FROM documents) + (SELECT COUNT(*) FROM chats) + (SELECT COUNT(*) FROM audit)`)
	if err == nil && n > 0 {
		err = ErrNotEmpty
	}
	return err
}

// load reads what dump wrote. Tables and columns are checked against our own
// list: nothing of the file becomes part of a statement.
func (c conn) load(r io.Reader) error {
	in := json.NewDecoder(r)
	in.UseNumber()
	var format string
	if err := in.Decode(&format); err != nil || format != dumpFormat {
		return ErrBackup
	}
	var n int64
	var t table
	for {
		var line json.RawMessage
		if err := in.Decode(&line); err != nil {
			return fmt.Errorf("%w: %w", ErrBackup, err)
		}
		switch {
		case line[0] == '[':
			if err := c.loadRow(t, line); err != nil {
				return err
			}
			n++
		case bytes.HasPrefix(line, []byte(`{"rows"`)):
			var end dumpEnd
			if err := json.Unmarshal(line, &end); err != nil || end.End != n {
				return ErrBackup
			}
			return nil
		default:
			var err error
			if t, err = tableOf(line); err != nil {
				return err
			}
		}
	}
}

func tableOf(line []byte) (table, error) {
	var head dumpHead
	if err := json.Unmarshal(line, &head); err != nil {
		return table{}, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	for _, t := range tables {
		if t.name == head.Table && fmt.Sprint(t.columns) == fmt.Sprint(head.Columns) {
			return t, nil
		}
	}
	return table{}, fmt.Errorf("%w: table %q", ErrBackup, head.Table)
}

func (c conn) loadRow(t table, line []byte) error {
	r, err := decodeRow(line)
	if err != nil {
		return err
	}
	return c.insert(t, r)
}

// decodeRow reads the JSON of a row; whole numbers keep all their digits.
func decodeRow(line []byte) ([]any, error) {
	in := json.NewDecoder(bytes.NewReader(line))
	in.UseNumber()
	var r []any
	if err := in.Decode(&r); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	for i, v := range r {
		n, ok := v.(json.Number)
		if !ok {
			continue
		}
		if whole, err := n.Int64(); err == nil {
			r[i] = whole
		} else if r[i], err = n.Float64(); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBackup, err)
		}
	}
	return r, nil
}
