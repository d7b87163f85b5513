package store

import (
	"context"

	"mujaz/corpus"
)

// Changes returns what happened after the sequence number, oldest first, at
// most limit of them (0 means 500). A document that changed several times
// appears once, with its latest change.
func (s *Store) Changes(ctx context.Context, after int64, limit int) (cs []corpus.Change, err error) {
	if limit <= 0 {
		limit = 500
	}
	err = s.view(ctx, func(c conn) (err error) {
		cs, err = rows(c, scanChange, `SELECT `+documentColumns+`, text FROM documents
			WHERE seq > $1 ORDER BY seq LIMIT $2`, after, limit)
		return err
	})
	return cs, err
}

func scanChange(r row) (corpus.Change, error) {
	d, err := scanStored(r)
	c := corpus.Change{Seq: d.Seq, ID: d.ID}
	if d.Removed.IsZero() {
		c.Document = &d.Document
	}
	return c, err
}

// LastSeq is the number of the latest change, 0 in an empty store. Numbers
// become visible in order: when n is visible, so is everything before it,
// because every change holds the counter until it is committed.
func (s *Store) LastSeq(ctx context.Context) (int64, error) { return s.counter(ctx, "documents") }

func (s *Store) counter(ctx context.Context, name string) (n int64, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		n, err = c.number(`SELECT value FROM counters WHERE name = $1`, name)
		return err
	})
	return n, err
}

// Identity names this body of data. A restored or moved store has another
// one, and an index made from the old one must be rebuilt.
func (s *Store) Identity(ctx context.Context) (string, error) { return s.Meta(ctx, "identity") }
