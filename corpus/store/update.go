package store

import (
	"context"
	"time"
)

// KeepUpdates is how long an update id is remembered; Telegram keeps
// undelivered updates for 24 hours.
const KeepUpdates = 48 * time.Hour

// Update is one of Telegram's, stored before it is acknowledged.
type Update struct {
	ID       int64
	Chat     int64  // order is kept within a chat; 0: in no chat
	Payload  []byte // as received
	Received time.Time
	Attempts int // claims so far, this one included
}

// AddUpdate stores an update to be claimed; false when its id is known: a
// repeated webhook call has no second effect.
func (s *Store) AddUpdate(ctx context.Context, u Update) (bool, error) { return false, errPending }

// ClaimUpdates takes updates for the lease: the oldest open one of each chat,
// never one of a chat that has another in work.
func (s *Store) ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) ([]Update, error) {
	return nil, errPending
}

// FinishUpdate records that an update was dealt with. Its payload is erased.
func (s *Store) FinishUpdate(ctx context.Context, id int64) error { return errPending }

// UpdateDone tells whether an update was dealt with before.
func (s *Store) UpdateDone(ctx context.Context, id int64) (bool, error) { return false, errPending }

// OpenUpdates counts the updates that wait or are in work.
func (s *Store) OpenUpdates(ctx context.Context) (int, error) { return 0, errPending }
