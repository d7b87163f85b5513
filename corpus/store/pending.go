package store

import (
	"context"
	"errors"

	"mujaz/corpus"
)

var errPending = errors.New("store: not built yet")

type engine int
type idSource struct{}
type broadcast struct{}
type corpusDocument = corpus.Document

// Open opens the store, creating and migrating it where needed.
func Open(ctx context.Context, o Options) (*Store, error) { return nil, errPending }

// Close releases everything. It waits for the watchers to end.
func (s *Store) Close() error { return nil }
