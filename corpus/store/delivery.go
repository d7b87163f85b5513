package store

import (
	"context"
	"time"
)

// DeliveryState is how far a delivery came.
type DeliveryState string

// States of a delivery.
const (
	Pending DeliveryState = "pending" // to be sent at Try
	Claimed DeliveryState = "claimed" // a worker has it, nothing was sent yet
	Sending DeliveryState = "sending" // the send began
	Sent    DeliveryState = "sent"
	Skipped DeliveryState = "skipped" // nothing new
	Failed  DeliveryState = "failed"  // given up
	Unknown DeliveryState = "unknown" // sent twice without learning the outcome
)

// Kinds of a delivery.
const (
	DigestDelivery = "digest"
	AlertDelivery  = "alert"
)

// Delivery is one message owed to a chat.
type Delivery struct {
	ID       int64
	Chat     int64
	Thread   int
	Kind     string
	Due      time.Time // when it was owed; unique with Chat and Kind
	State    DeliveryState
	Worker   string
	Lease    time.Time // until when the claim holds
	Attempts int       // sends begun
	Unknowns int       // sends whose outcome was not learnt
	Try      time.Time // not before
	Payload  []byte    // JSON of the sender
	Message  int       // message id when sent
	Error    string    // last cause, for admins
	Created  time.Time
	Updated  time.Time
}

// Slot is a digest to enqueue: the subscription's Due becomes a delivery and
// its NextDue moves to Next.
type Slot struct {
	Chat int64
	Due  time.Time
	Next time.Time
	Day  string // local day that this digest is for
}

// EnqueueDigests makes deliveries of due subscriptions and moves their
// NextDue in one transaction. A slot whose subscription has another NextDue
// by now, or was served on Day already, is left out: two replicas may try.
func (s *Store) EnqueueDigests(ctx context.Context, slots []Slot) (int, error) {
	return 0, errPending
}

// Enqueue adds a delivery; false when Chat, Kind and Due are there already.
func (s *Store) Enqueue(ctx context.Context, d Delivery) (bool, error) { return false, errPending }

// Claim takes up to limit deliveries whose time has come, earliest first, for
// the lease. Deliveries of an expired claim are taken again; one whose send
// had begun counts as Unknown and is tried once more at most.
func (s *Store) Claim(ctx context.Context, worker string, limit int, lease time.Duration) ([]Delivery, error) {
	return nil, errPending
}

// BeginSend records that the send starts now; ErrLost when the claim expired
// and another worker has it: do not send.
func (s *Store) BeginSend(ctx context.Context, id int64, worker string) error { return errPending }

// Outcome is how a claimed delivery ended.
type Outcome struct {
	State   DeliveryState // Sent, Skipped, Failed, Unknown, or Pending to try again
	Message int           // Sent: message id
	Seq     int64         // Sent, Skipped: changes up to here are told; moves the subscription's LastSeq
	Retry   time.Time     // Pending: not before
	Error   string
}

// Finish records the outcome, and for a digest the subscription's LastSeq and
// LastDigest, in one transaction. Unknown is tried again once, then final.
// ErrLost when another worker has it by now.
func (s *Store) Finish(ctx context.Context, id int64, worker string, o Outcome) error {
	return errPending
}

// ReleaseDead gives back the claims of workers that are no longer alive: on
// SQLite all but the workers named, on PostgreSQL those without a heartbeat.
func (s *Store) ReleaseDead(ctx context.Context, alive ...string) (int, error) {
	return 0, errPending
}

// Deliveries returns the latest deliveries in a state (empty: any), newest first.
func (s *Store) Deliveries(ctx context.Context, state DeliveryState, limit int) ([]Delivery, error) {
	return nil, errPending
}

// Backlog counts open deliveries and tells since when the oldest is owed.
func (s *Store) Backlog(ctx context.Context) (n int, oldest time.Time, err error) {
	return 0, time.Time{}, errPending
}
