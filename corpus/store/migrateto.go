package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// copyPage is how many rows a step of MigrateTo carries: a transaction of
// well under a second, so that little is repeated after an interruption.
const copyPage = 500

// MigrateTo copies everything into the PostgreSQL database at url and
// compares counts and checksums. It can be called again after an interruption
// and goes on where it stopped. It reports progress on w when it is not nil.
// ErrNotEmpty when the target holds something else.
func (s *Store) MigrateTo(ctx context.Context, url string, w io.Writer) error {
	if w == nil {
		w = io.Discard
	}
	to, err := Open(ctx, Options{URL: url, Now: s.o.Now, Log: s.o.Log})
	if err != nil {
		return err
	}
	return errors.Join(s.moveTo(ctx, to, w), to.Close())
}

func (s *Store) moveTo(ctx context.Context, to *Store, w io.Writer) error {
	if err := s.beginMove(ctx, to); err != nil {
		return err
	}
	for _, t := range tables {
		if err := s.copyTable(ctx, to, t); err != nil {
			return fmt.Errorf("copying %s: %w", t.name, err)
		}
		n, err := s.verifyTable(ctx, to, t)
		if err != nil {
			return fmt.Errorf("verifying %s: %w", t.name, err)
		}
		if _, err := fmt.Fprintf(w, "%-14s %9d rows, counts and checksums equal\n", t.name, n); err != nil {
			return err
		}
	}
	return to.change(ctx, func(c conn) error {
		_, err := c.exec(`DELETE FROM meta WHERE name LIKE 'moving%'`)
		return err
	})
}

// beginMove marks the target as filled from this store. Only an empty target,
// or one with that mark, is taken.
func (s *Store) beginMove(ctx context.Context, to *Store) error {
	me, err := s.Identity(ctx)
	if err != nil {
		return err
	}
	return to.change(ctx, func(c conn) error {
		mark, err := c.meta("moving")
		if err != nil || mark == me {
			return err
		}
		if err := c.mustBeEmpty(); err != nil || mark != "" {
			return errors.Join(ErrNotEmpty, err)
		}
		if _, err := c.exec(`DELETE FROM meta`); err != nil {
			return err
		}
		return c.setMeta("moving", me)
	})
}

// copyTable carries the rows after the last key that arrived. Rows and key
// are written in one transaction.
func (s *Store) copyTable(ctx context.Context, to *Store, t table) error {
	after, err := to.movedUpTo(ctx, t)
	if err != nil {
		return err
	}
	for {
		var page [][]any
		if err := s.view(ctx, func(c conn) (err error) { page, err = c.page(t, after, copyPage); return err }); err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		after = t.keyOf(page[len(page)-1])
		if err := to.change(ctx, func(c conn) error { return c.arrive(t, page, after) }); err != nil {
			return err
		}
	}
}

func (c conn) arrive(t table, page [][]any, last []any) error {
	for _, r := range page {
		if err := c.insert(t, r); err != nil {
			return err
		}
	}
	key, err := json.Marshal(last)
	if err != nil {
		return err
	}
	return c.setMeta("moving."+t.name, string(key))
}

// movedUpTo is the last key of the table that arrived, nil at the start.
func (s *Store) movedUpTo(ctx context.Context, t table) ([]any, error) {
	text, err := s.Meta(ctx, "moving."+t.name)
	if err != nil || text == "" {
		return nil, err
	}
	r, err := decodeRow([]byte(text))
	return r, err
}

// errDiffers means that two tables are not equal.
var errDiffers = errors.New("store: the copy differs")

// verifyTable compares both sides. A table that changed while it was being
// copied, because the program ran between two attempts, is copied once more.
func (s *Store) verifyTable(ctx context.Context, to *Store, t table) (int64, error) {
	for try := 0; ; try++ {
		a, err := s.tableSum(ctx, t)
		if err != nil {
			return 0, err
		}
		b, err := to.tableSum(ctx, t)
		if err != nil || a == b {
			return a.rows, err
		}
		if try > 0 {
			return 0, fmt.Errorf("%w: %d rows here, %d there", errDiffers, a.rows, b.rows)
		}
		if err := to.clearTable(ctx, t); err != nil {
			return 0, err
		}
		if err := s.copyTable(ctx, to, t); err != nil {
			return 0, err
		}
	}
}

func (s *Store) tableSum(ctx context.Context, t table) (x sum, err error) {
	err = s.translate(s.snapshot(conn{ctx, nil, s}, func(c conn) (err error) { x, err = c.sum(t); return err }))
	return x, err
}

func (s *Store) clearTable(ctx context.Context, t table) error {
	return s.change(ctx, func(c conn) error {
		if _, err := c.exec(`DELETE FROM ` + t.name + ` WHERE ` + t.own()); err != nil {
			return err
		}
		return c.setMeta("moving."+t.name, "")
	})
}
