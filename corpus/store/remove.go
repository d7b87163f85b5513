package store

import (
	"context"
	"time"
)

// KeepRemoved is how long a removed document or a replaced revision can be
// brought back.
const KeepRemoved = 30 * 24 * time.Hour

// Remove takes a document out softly: it leaves the index at once and can be
// restored for KeepRemoved. The audit entry is returned for an undo button.
func (s *Store) Remove(ctx context.Context, id string, by Actor) (audit int64, err error) {
	return 0, errPending
}

// Restore brings a removed document back, or ErrNotFound.
func (s *Store) Restore(ctx context.Context, id string, by Actor) error { return errPending }

// Purge forgets for good what was removed or replaced longer than KeepRemoved
// ago. A tombstone without content stays, so that every index learns of it.
func (s *Store) Purge(ctx context.Context) (int, error) { return 0, errPending }
