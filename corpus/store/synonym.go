package store

import (
	"context"
	"time"
)

// Synonym is one lexicon line that an admin added.
type Synonym struct {
	ID    int64
	Line  string // in the lexicon's format, stored as given
	By    Actor
	Added time.Time
}

// AddSynonym stores a line; false when the same line is there already.
func (s *Store) AddSynonym(ctx context.Context, line string, by Actor) (added bool, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		added, err = c.addSynonym(line, by)
		return err
	})
	if err == nil && added {
		s.announce(1)
	}
	return added, err
}

func (c conn) addSynonym(line string, by Actor) (bool, error) {
	n, err := c.exec(`INSERT INTO synonyms (id, line, by_id, by_name, added_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`, c.s.newID(), line, by.ID, by.Name, c.s.now())
	if err != nil || n == 0 {
		return false, err
	}
	return true, c.synonymChanged(SynonymAdded, line, by)
}

func (c conn) synonymChanged(a Action, line string, by Actor) error {
	if _, err := c.next("synonyms"); err != nil {
		return err
	}
	_, err := c.record(Entry{By: by, Action: a, Subject: line})
	return err
}

// Synonyms returns all lines, oldest first.
func (s *Store) Synonyms(ctx context.Context) (out []Synonym, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		out, err = rows(c, func(r row) (x Synonym, err error) {
			return x, r.Scan(&x.ID, &x.Line, &x.By.ID, &x.By.Name, into{&x.Added})
		}, `SELECT id, line, by_id, by_name, added_at FROM synonyms ORDER BY id`)
		return err
	})
	return out, err
}

// RemoveSynonym deletes a line, or ErrNotFound.
func (s *Store) RemoveSynonym(ctx context.Context, id int64, by Actor) error {
	err := s.change(ctx, func(c conn) error {
		line, err := first(c, scanText, `SELECT line FROM synonyms WHERE id = $1`, id)
		if err != nil {
			return err
		}
		return c.removeSynonym(line, by)
	})
	if err == nil {
		s.announce(1)
	}
	return err
}

func (c conn) removeSynonym(line string, by Actor) error {
	n, err := c.exec(`DELETE FROM synonyms WHERE line = $1`, line)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	return c.synonymChanged(SynonymRemoved, line, by)
}

// SynonymSeq grows with every change of the synonyms; see Watch.
func (s *Store) SynonymSeq(ctx context.Context) (int64, error) { return s.counter(ctx, "synonyms") }
