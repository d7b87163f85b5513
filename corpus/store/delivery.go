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
	Unknown DeliveryState = "unknown" // sent, and again, without learning the outcome
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
	Unknowns int       // sends to which no reply came
	Try      time.Time // not before
	Payload  []byte    // JSON of the sender
	Message  int       // message id when sent
	Error    string    // last cause, for admins
	Created  time.Time
	Updated  time.Time
}

const deliveryColumns = `id, chat, thread, kind, due, state, worker, lease, attempts, unknowns, try_at, message, error,
	created_at, updated_at, payload`

func scanDelivery(r row) (d Delivery, err error) {
	return d, r.Scan(&d.ID, &d.Chat, &d.Thread, &d.Kind, into{&d.Due}, &d.State, &d.Worker, into{&d.Lease}, &d.Attempts,
		&d.Unknowns, into{&d.Try}, &d.Message, &d.Error, into{&d.Created}, into{&d.Updated}, into{&d.Payload})
}

// Deliveries returns the latest deliveries in a state (empty: any), newest first.
func (s *Store) Deliveries(ctx context.Context, state DeliveryState, limit int) (ds []Delivery, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		ds, err = rows(c, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE state = $1 OR $1 = ''
			ORDER BY id DESC LIMIT $2`, string(state), limit)
		return err
	})
	return ds, err
}

// Delivery returns one or ErrNotFound.
func (s *Store) Delivery(ctx context.Context, id int64) (d Delivery, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		d, err = first(c, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE id = $1`, id)
		return err
	})
	return d, err
}

// Backlog counts open deliveries and tells since when the oldest is owed.
func (s *Store) Backlog(ctx context.Context) (n int, oldest time.Time, err error) {
	err = s.view(ctx, func(c conn) error {
		_, err := first(c, func(r row) (x struct{}, err error) { return x, r.Scan(&n, into{&oldest}) },
			`SELECT COUNT(*), CAST(COALESCE(MIN(due), 0) AS BIGINT) FROM deliveries WHERE state IN ('pending', 'claimed', 'sending')`)
		return err
	})
	return n, oldest, err
}
