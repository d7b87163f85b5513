package store

import (
	"context"
	"time"
)

// Action names what an audit entry records.
type Action string

// Actions that the store records by itself.
const (
	DocumentCreated  Action = "document.created"
	DocumentReplaced Action = "document.replaced"
	DocumentRemoved  Action = "document.removed"
	DocumentRestored Action = "document.restored"
	DocumentsPut     Action = "documents.put" // a batch
	AdminAdded       Action = "admin.added"
	AdminRemoved     Action = "admin.removed"
	FeedAdded        Action = "feed.added"
	FeedRemoved      Action = "feed.removed"
	FeedPaused       Action = "feed.paused"
	FeedResumed      Action = "feed.resumed"
	SynonymAdded     Action = "synonym.added"
	SynonymRemoved   Action = "synonym.removed"
	Undone           Action = "undone"
)

// Entry is one line of the audit log.
type Entry struct {
	ID      int64
	At      time.Time
	By      Actor
	Action  Action
	Subject string // document id, user id, feed address, synonym line
	Detail  string // title or what else a reader wants to see
	Before  int    // DocumentReplaced: the revision that Undo brings back
	Undone  time.Time
}

// Record adds an entry that the store does not record by itself.
func (s *Store) Record(ctx context.Context, e Entry) (int64, error) { return 0, errPending }

// Log returns entries newest first, those before the id when it is not 0.
func (s *Store) Log(ctx context.Context, before int64, limit int) ([]Entry, error) {
	return nil, errPending
}

// Undo reverses a recorded change, once. ErrFinal when it was undone before,
// is no longer the latest change of its subject, or cannot be undone.
func (s *Store) Undo(ctx context.Context, entry int64, by Actor) (Entry, error) {
	return Entry{}, errPending
}
