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
func (s *Store) AddSynonym(ctx context.Context, line string, by Actor) (bool, error) {
	return false, errPending
}

// Synonyms returns all lines, oldest first.
func (s *Store) Synonyms(ctx context.Context) ([]Synonym, error) { return nil, errPending }

// RemoveSynonym deletes a line, or ErrNotFound.
func (s *Store) RemoveSynonym(ctx context.Context, id int64, by Actor) error { return errPending }

// SynonymSeq grows with every change of the synonyms; see Watch.
func (s *Store) SynonymSeq(ctx context.Context) (int64, error) { return 0, errPending }
