package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Indexed is what Check needs of an index.
type Indexed interface {
	Seq() int64
	// EachDocument calls f for every document of the index with its number
	// of paragraphs.
	EachDocument(ctx context.Context, f func(id string, paragraphs int) error) error
}

// Report is what Check found.
type Report struct {
	Documents  int
	Paragraphs int
	Problems   []string // of the store itself
	Missing    []string // live documents that the index lacks or has other paragraphs of
	Extra      []string // documents of the index that are not live
	Behind     int64    // changes that the index has not read yet
}

// Sound tells whether the store is whole and the index equals it.
func (r Report) Sound() bool {
	return len(r.Problems) == 0 && len(r.Missing) == 0 && len(r.Extra) == 0 && r.Behind == 0
}

// Check verifies the store and, when x is not nil, the index against it. All
// of the store is read as of one moment.
func (s *Store) Check(ctx context.Context, x Indexed) (r Report, err error) {
	live := map[string]int{}
	err = s.snapshot(conn{ctx, nil, s}, func(c conn) error {
		if r.Problems, err = c.integrity(); err != nil {
			return err
		}
		if err := c.checkDocuments(&r, live); err != nil {
			return err
		}
		last, err := c.number(`SELECT value FROM counters WHERE name = 'documents'`)
		if x != nil {
			r.Behind = last - x.Seq()
		}
		return err
	})
	if errors.Is(s.translate(err), ErrDamaged) {
		r.Problems = append(r.Problems, err.Error())
		return r, nil
	}
	if err != nil || x == nil {
		return r, s.translate(err)
	}
	return r, r.compare(ctx, x, live)
}

// integrity asks the engine about its file; PostgreSQL checks its own pages.
func (c conn) integrity() ([]string, error) {
	if c.s.engine == postgres {
		return nil, nil
	}
	lines, err := rows(c, scanText, `PRAGMA integrity_check(20)`)
	if len(lines) == 1 && lines[0] == "ok" {
		lines = nil
	}
	return lines, err
}

// checkDocuments reads every document and compares what is noted of it with
// what it is.
func (c conn) checkDocuments(r *Report, live map[string]int) error {
	last, err := c.number(`SELECT value FROM counters WHERE name = 'documents'`)
	if err != nil {
		return err
	}
	for after := int64(0); ; {
		ds, err := rows(c, scanStored, `SELECT `+documentColumns+`, text FROM documents WHERE number > $1 ORDER BY number LIMIT 200`, after)
		if err != nil || len(ds) == 0 {
			return err
		}
		for _, d := range ds {
			if d.Seq > last {
				r.Problems = append(r.Problems, fmt.Sprintf("document %q has change %d after the last, %d", d.ID, d.Seq, last))
			}
			if n := len(d.Document.Paragraphs()); n != d.Paragraphs {
				r.Problems = append(r.Problems, fmt.Sprintf("document %q has %d paragraphs, noted are %d", d.ID, n, d.Paragraphs))
			}
			if d.Removed.IsZero() {
				live[d.ID] = d.Paragraphs
				r.Documents++
				r.Paragraphs += d.Paragraphs
			}
		}
		after = ds[len(ds)-1].Number
	}
}

func (r *Report) compare(ctx context.Context, x Indexed, live map[string]int) error {
	err := x.EachDocument(ctx, func(id string, paragraphs int) error {
		want, ok := live[id]
		switch {
		case !ok:
			r.Extra = append(r.Extra, id)
		case want != paragraphs:
			return nil // stays in live, and is reported as missing
		}
		delete(live, id)
		return nil
	})
	for id := range live {
		r.Missing = append(r.Missing, id)
	}
	slices.Sort(r.Missing)
	slices.Sort(r.Extra)
	return err
}

// Touch gives documents a new change, so that every index reads them again:
// the repair for Missing and Extra. Unknown ids are passed over.
func (s *Store) Touch(ctx context.Context, ids []string) error {
	var seq int64
	err := s.change(ctx, func(c conn) error {
		if _, err := c.hold("documents"); err != nil {
			return err
		}
		for _, id := range ids {
			var err error
			if seq, err = c.next("documents"); err != nil {
				return err
			}
			if _, err := c.exec(`UPDATE documents SET seq = $1 WHERE id = $2`, seq, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.announce(seq)
	}
	return err
}
