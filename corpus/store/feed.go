package store

import (
	"context"
	"time"
)

// Feed is an RSS or Atom address that is polled.
type Feed struct {
	ID           int64
	URL          string
	Title        string
	ETag         string
	LastModified string
	Failures     int // in a row
	LastError    string
	NextPoll     time.Time
	LastOK       time.Time
	Paused       bool
	By           Actor
	Added        time.Time
}

// AddFeed adds an address; false, with the feed of that address, when it was there.
func (s *Store) AddFeed(ctx context.Context, f Feed, by Actor) (Feed, bool, error) {
	return f, false, errPending
}

// Feeds returns all, oldest first.
func (s *Store) Feeds(ctx context.Context) ([]Feed, error) { return nil, errPending }

// UpdateFeed changes one in a transaction, or ErrNotFound.
func (s *Store) UpdateFeed(ctx context.Context, id int64, f func(*Feed)) (Feed, error) {
	return Feed{}, errPending
}

// PauseFeed stops or resumes polling, with an audit entry.
func (s *Store) PauseFeed(ctx context.Context, id int64, paused bool, by Actor) error {
	return errPending
}

// RemoveFeed deletes it; its documents stay.
func (s *Store) RemoveFeed(ctx context.Context, id int64, by Actor) error { return errPending }

// ClaimFeeds takes feeds that are due and moves their NextPoll by the lease,
// so that no other replica polls them meanwhile. UpdateFeed sets the real one.
func (s *Store) ClaimFeeds(ctx context.Context, limit int, lease time.Duration) ([]Feed, error) {
	return nil, errPending
}

// ItemSeen tells whether an item of a feed became a document before.
func (s *Store) ItemSeen(ctx context.Context, feed int64, guid string) (bool, error) {
	return false, errPending
}

// PublishItem stores an item's document and marks the item in one
// transaction. An item seen before is Unchanged, also after its removal.
func (s *Store) PublishItem(ctx context.Context, feed int64, guid string, d corpusDocument, by Actor) (Publication, error) {
	return Publication{}, errPending
}
