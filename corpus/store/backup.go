package store

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// dumpFormat is the first line of a dump.
const dumpFormat = "mujaz dump 1"

// Backup writes a consistent copy to a file while others read and write: a
// database file on SQLite, a dump of JSON lines on PostgreSQL. The file
// appears under its name only when it is whole.
func (s *Store) Backup(ctx context.Context, file string) error {
	temp := fmt.Sprintf("%s.%d.part", file, os.Getpid())
	if err := os.Remove(temp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return s.translate(err)
	}
	write := s.vacuumInto
	if s.engine == postgres {
		write = s.dumpInto
	}
	if err := write(ctx, temp); err != nil {
		return errors.Join(s.translate(err), ignoreMissing(os.Remove(temp)))
	}
	return s.translate(settle(temp, file))
}

// settle makes a finished file durable and gives it its name.
func settle(temp, file string) error {
	f, err := os.OpenFile(temp, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, file); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// vacuumInto copies the database as of one moment, compacted. It uses a
// connection of its own: the readers may not write anything.
func (s *Store) vacuumInto(ctx context.Context, file string) error {
	if err := createFile(file); err != nil { // 0600 from the start
		return err
	}
	db, err := openLite(filepath.Join(s.o.Dir, databaseFile), "ro", 1)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO $1`, file)
	return errors.Join(err, db.Close())
}

// dumpInto writes every table as JSON lines: a header, for each table its
// name and columns, then its rows, and a last line that counts them.
func (s *Store) dumpInto(ctx context.Context, file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	err = s.snapshot(conn{ctx, nil, s}, func(c conn) error { return c.dump(w) })
	return errors.Join(err, w.Flush(), f.Close())
}

type dumpHead struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

type dumpEnd struct {
	End int64 `json:"rows"`
}

func (c conn) dump(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	if err := out.Encode(dumpFormat); err != nil {
		return err
	}
	var n int64
	for _, t := range tables {
		if err := out.Encode(dumpHead{t.name, t.columns}); err != nil {
			return err
		}
		err := c.each(t, func(r []any) error { n++; return out.Encode(r) })
		if err != nil {
			return err
		}
	}
	return out.Encode(dumpEnd{n})
}
