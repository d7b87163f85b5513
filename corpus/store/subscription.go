package store

import (
	"context"
	"time"
)

// Weekdays is a set: bit 1<<time.Weekday.
type Weekdays uint8

// EveryDay is the full week.
const EveryDay Weekdays = 1<<7 - 1

// Has tells whether the day is in the set.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// Length is how long a digest is.
type Length string

// Lengths of a digest.
const (
	Headlines Length = "headlines"
	Short     Length = "short"
	Full      Length = "full"
)

// Subscription is the daily digest of one chat.
type Subscription struct {
	Chat        int64
	Thread      int // topic of a forum group, 0 outside
	Minutes     int // local time of day, minutes after midnight, 0..1439
	Zone        string
	Days        Weekdays
	Topics      []string // only matching documents; empty: all
	Length      Length
	Silent      bool
	Language    string
	Calendar    string
	PausedUntil time.Time
	Always      bool // send also when nothing is new
	Active      bool // false after /unsubscribe: the settings are kept
	NextDue     time.Time
	LastSeq     int64 // changes up to here were in a digest
	LastDigest  time.Time
	LastDay     string // local day of the last digest, 2006-01-02
	Created     time.Time
}

// Subscription returns the chat's, active or not, or ErrNotFound.
func (s *Store) Subscription(ctx context.Context, chat int64) (Subscription, error) {
	return Subscription{}, errPending
}

// PutSubscription inserts or replaces the whole subscription.
func (s *Store) PutSubscription(ctx context.Context, sub Subscription) error { return errPending }

// UpdateSubscription changes one in a transaction; ErrNotFound when there is
// none. f may be called more than once.
func (s *Store) UpdateSubscription(ctx context.Context, chat int64, f func(*Subscription)) (Subscription, error) {
	return Subscription{}, errPending
}

// DeleteSubscription removes it with its open deliveries. No error when absent.
func (s *Store) DeleteSubscription(ctx context.Context, chat int64) error { return errPending }

// Due returns active subscriptions of reachable chats whose NextDue has come,
// earliest first.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]Subscription, error) {
	return nil, errPending
}

// NextDue is the earliest NextDue of all, zero when nobody is subscribed.
func (s *Store) NextDue(ctx context.Context) (time.Time, error) { return time.Time{}, errPending }

// Subscriptions returns the active ones in order of chat id, after the id.
func (s *Store) Subscriptions(ctx context.Context, after int64, limit int) ([]Subscription, error) {
	return nil, errPending
}
