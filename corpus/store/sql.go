package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
)

// querier is what a pool and a transaction have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// conn runs statements of one call. It carries the context of that call and
// lives no longer than it.
type conn struct {
	ctx context.Context
	q   querier
	s   *Store
}

// row is one result row.
type row interface{ Scan(dest ...any) error }

// exec returns the number of rows that it changed.
func (c conn) exec(query string, args ...any) (int64, error) {
	r, err := c.q.ExecContext(c.ctx, query, encode(args)...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// rows collects all result rows.
func rows[T any](c conn, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rs, err := c.q.QueryContext(c.ctx, query, encode(args)...)
	if err != nil {
		return nil, err
	}
	defer rs.Close()
	var out []T
	for rs.Next() {
		v, err := scan(rs)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rs.Err()
}

// first returns the first result row or ErrNotFound.
func first[T any](c conn, scan func(row) (T, error), query string, args ...any) (T, error) {
	all, err := rows(c, scan, query, args...)
	var zero T
	switch {
	case err != nil:
		return zero, err
	case len(all) == 0:
		return zero, ErrNotFound
	}
	return all[0], nil
}

func scanNumber(r row) (n int64, err error)   { return n, r.Scan(&n) }
func scanText(r row) (text string, err error) { return text, r.Scan(&text) }

// number returns the single number of a query, 0 when there is no row.
func (c conn) number(query string, args ...any) (int64, error) {
	n, err := first(c, scanNumber, query, args...)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	return n, err
}

// forUpdate ends a SELECT whose rows the transaction is going to change.
// SQLite has one writer at a time and needs no such words.
func (c conn) forUpdate() string {
	if c.s.engine == postgres {
		return " FOR UPDATE"
	}
	return ""
}

// skipLocked is forUpdate that passes over what another claimer has locked.
func (c conn) skipLocked() string {
	if c.s.engine == postgres {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// hold locks a counter until the transaction ends and returns its value. Who
// holds it is alone in what it counts.
func (c conn) hold(counter string) (int64, error) {
	return first(c, scanNumber, `SELECT value FROM counters WHERE name = $1`+c.forUpdate(), counter)
}

// next counts up and returns the new value.
func (c conn) next(counter string) (int64, error) {
	return first(c, scanNumber, `UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value`, counter)
}

// clock is the time that leases are measured with: the server's when several
// machines share it, unless a clock was injected.
func (c conn) clock() (time.Time, error) {
	if c.s.engine != postgres || c.s.o.Now != nil {
		return c.s.now(), nil
	}
	ms, err := first(c, scanNumber, `SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`)
	return fromMillis(ms), err
}

// view runs reads.
func (s *Store) view(ctx context.Context, f func(conn) error) error {
	ctx, cancel := s.deadline(ctx)
	defer cancel()
	return s.translate(f(conn{ctx, s.read, s}))
}

// change runs f in a transaction that is committed when it returns nil. f may
// run again when the server asks for a repetition.
func (s *Store) change(ctx context.Context, f func(conn) error) error {
	if s.write == nil {
		return ErrReadOnly
	}
	ctx, cancel := s.deadline(ctx)
	defer cancel()
	return s.whole(ctx, f)
}

// whole is change without our limit of time, for loading a backup.
func (s *Store) whole(ctx context.Context, f func(conn) error) error {
	for try := 0; ; try++ {
		err := s.once(ctx, f)
		if err == nil || try == 9 || !repeatable(err) {
			return s.translate(err)
		}
	}
}

func (s *Store) once(ctx context.Context, f func(conn) error) error {
	if s.group != nil {
		return s.group.do(ctx, f)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(conn{ctx, tx, s}); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

// ignoreDone drops the complaint that a failed connection already rolled back.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// holes makes "$from, $from+1, …" for n arguments.
func holes(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(itoa(from + i))
	}
	return b.String()
}
