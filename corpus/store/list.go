package store

import (
	"context"
	"strings"
)

// ListOptions choose a page of documents.
type ListOptions struct {
	Limit   int    // at most so many; 0 means 20
	Offset  int    // skip so many
	Removed bool   // the removed ones instead of the live ones
	Source  string // only this source, when set
	Since   int64  // only documents that changed after this sequence number
	BySeq   bool   // in order of their latest changes, the earliest first
	NoText  bool   // leave Text empty: cheaper for lists
}

// List returns documents newest first: by Date where known, then by arrival.
// Removed ones come latest removal first.
func (s *Store) List(ctx context.Context, o ListOptions) (ds []Stored, err error) {
	query, args, scan := o.query()
	err = s.view(ctx, func(c conn) (err error) {
		ds, err = rows(c, scan, query, args...)
		return err
	})
	return ds, err
}

func (o ListOptions) query() (string, []any, func(row) (Stored, error)) {
	columns, scan := documentColumns+`, text`, scanStored
	if o.NoText {
		columns, scan = documentColumns, scanListed
	}
	where, order := `removed_at = 0`, `sort_at DESC, number DESC`
	if o.Removed {
		where, order = `removed_at > 0 AND paragraphs > 0`, `removed_at DESC, number DESC`
	}
	if o.BySeq {
		order = `seq`
	}
	if o.Limit <= 0 {
		o.Limit = 20
	}
	args := []any{o.Limit, max(o.Offset, 0)}
	if o.Source != "" {
		args = append(args, o.Source)
		where += ` AND source = $` + itoa(len(args))
	}
	if o.Since > 0 {
		args = append(args, o.Since)
		where += ` AND seq > $` + itoa(len(args))
	}
	return strings.Join([]string{`SELECT`, columns, `FROM documents WHERE`, where, `ORDER BY`, order, `LIMIT $1 OFFSET $2`}, " "), args, scan
}

// Each calls f for every live document in order of arrival, reading in small
// pages, so that an export of any size needs little memory.
func (s *Store) Each(ctx context.Context, f func(Stored) error) error {
	const page = 200
	for after := int64(0); ; {
		var ds []Stored
		err := s.view(ctx, func(c conn) (err error) {
			ds, err = rows(c, scanStored, `SELECT `+documentColumns+`, text FROM documents
				WHERE number > $1 AND removed_at = 0 ORDER BY number LIMIT $2`, after, page)
			return err
		})
		if err != nil || len(ds) == 0 {
			return err
		}
		for _, d := range ds {
			if err := f(d); err != nil {
				return err
			}
		}
		after = ds[len(ds)-1].Number
	}
}

// Count tells how many documents and paragraphs are live.
func (s *Store) Count(ctx context.Context) (documents, paragraphs int, err error) {
	err = s.view(ctx, func(c conn) error {
		type pair struct{ d, p int }
		n, err := first(c, func(r row) (x pair, err error) { return x, r.Scan(&x.d, &x.p) },
			`SELECT COUNT(*), CAST(COALESCE(SUM(paragraphs), 0) AS BIGINT) FROM documents WHERE removed_at = 0`)
		documents, paragraphs = n.d, n.p
		return err
	})
	return documents, paragraphs, err
}
