package store

import (
	"context"

	"mujaz/corpus"
)

// Changes returns what happened after the sequence number, oldest first, at
// most limit of them (0 means 500). A document that changed several times
// appears once, with its latest change.
func (s *Store) Changes(ctx context.Context, after int64, limit int) ([]corpus.Change, error) {
	return nil, errPending
}

// LastSeq is the number of the latest change, 0 in an empty store. Numbers
// become visible in order: when n is visible, so is everything before it.
func (s *Store) LastSeq(ctx context.Context) (int64, error) { return 0, errPending }

// Identity names this body of data. A restored or moved store has another
// one, and an index made from the old one must be rebuilt.
func (s *Store) Identity(ctx context.Context) (string, error) { return "", errPending }

// Watch wakes its reader after changes of documents or synonyms, by this
// process at once, by others within the poll interval at the latest. Wake-ups
// are coalesced; read LastSeq to learn more. The channel is closed when ctx
// ends or the store closes.
func (s *Store) Watch(ctx context.Context) <-chan struct{} { return nil }
