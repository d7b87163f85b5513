package store

import (
	"context"
	"time"
)

// Alert is a saved question of a chat.
type Alert struct {
	ID        int64
	Chat      int64
	Thread    int
	Words     string
	Language  string
	PerDay    int // at most so many messages a local day
	QuietFrom int // local minutes after midnight; From == To: no quiet hours
	QuietTo   int
	Zone      string
	SentDay   string // local day of SentCount, 2006-01-02
	SentCount int
	Created   time.Time
}

// Match is a document that an alert waits to tell about.
type Match struct {
	Alert    int64
	Chat     int64
	Document string
	Seq      int64
	At       time.Time
}

// PutAlert inserts (ID 0: a new id is set) or replaces an alert.
func (s *Store) PutAlert(ctx context.Context, a Alert) (Alert, error) { return a, errPending }

// Alerts returns a chat's alerts, oldest first.
func (s *Store) Alerts(ctx context.Context, chat int64) ([]Alert, error) { return nil, errPending }

// AllAlerts returns the alerts of reachable chats.
func (s *Store) AllAlerts(ctx context.Context) ([]Alert, error) { return nil, errPending }

// DeleteAlert removes one of the chat's alerts; ErrNotFound when it has no such.
func (s *Store) DeleteAlert(ctx context.Context, chat, id int64) error { return errPending }

// AddMatches remembers matches until they are sent; the same twice counts
// once, also after it was sent. upTo is the change sequence that was looked
// at, see AlertSeq; it is stored in the same transaction.
func (s *Store) AddMatches(ctx context.Context, ms []Match, upTo int64) error { return errPending }

// AlertSeq is how far the changes were compared with the alerts.
func (s *Store) AlertSeq(ctx context.Context) (int64, error) { return 0, errPending }

// PendingMatches returns unsent matches, oldest first.
func (s *Store) PendingMatches(ctx context.Context, limit int) ([]Match, error) {
	return nil, errPending
}

// EnqueueMatches turns matches of one chat into one delivery and counts it
// for the alert's day, in one transaction.
func (s *Store) EnqueueMatches(ctx context.Context, d Delivery, ms []Match, day string) (Delivery, error) {
	return d, errPending
}
