package store

import (
	"context"
	"time"
)

// Slot is a digest to enqueue: the subscription's Due becomes a delivery and
// its NextDue moves to Next.
type Slot struct {
	Chat int64
	Due  time.Time
	Next time.Time
	Day  string // local day that this digest is for, 2006-01-02
}

// EnqueueDigests makes deliveries of due subscriptions and moves their
// NextDue in one transaction, and returns how many it made. A slot whose
// subscription has another NextDue by now is left out: two replicas may try.
// One that was served on Day already only moves.
func (s *Store) EnqueueDigests(ctx context.Context, slots []Slot) (made int, err error) {
	err = s.change(ctx, func(c conn) error {
		made = 0
		for _, slot := range slots {
			ok, err := c.enqueueDigest(slot)
			if err != nil {
				return err
			}
			if ok {
				made++
			}
		}
		return nil
	})
	return made, err
}

func (c conn) enqueueDigest(slot Slot) (bool, error) {
	sub, err := rows(c, scanSubscription, `SELECT `+subscriptionColumns+` FROM subscriptions
		WHERE chat = $1 AND active = 1 AND next_due = $2`+c.forUpdate(), slot.Chat, slot.Due)
	if err != nil || len(sub) == 0 {
		return false, err
	}
	served := sub[0].LastDay >= slot.Day
	if _, err := c.exec(`UPDATE subscriptions SET next_due = $1, last_day = CASE WHEN last_day < $2 THEN $2 ELSE last_day END
		WHERE chat = $3`, slot.Next, slot.Day, slot.Chat); err != nil || served {
		return false, err
	}
	return c.enqueue(&Delivery{Chat: slot.Chat, Thread: sub[0].Thread, Kind: DigestDelivery, Due: slot.Due})
}

// Enqueue adds a delivery; false when Chat, Kind and Due are there already.
// Due zero means now.
func (s *Store) Enqueue(ctx context.Context, d Delivery) (added bool, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		added, err = c.enqueue(&d)
		return err
	})
	return added, err
}

func (c conn) enqueue(d *Delivery) (bool, error) {
	now := c.s.now()
	d.ID, d.State, d.Created, d.Updated = c.s.newID(), Pending, now, now
	if d.Due.IsZero() {
		d.Due = now
	}
	if d.Try.IsZero() {
		d.Try = d.Due
	}
	n, err := c.exec(`INSERT INTO deliveries (`+deliveryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, '', 0, 0, 0, $7, 0, '', $8, $8, $9)
		ON CONFLICT (chat, kind, due) DO NOTHING`,
		d.ID, d.Chat, d.Thread, d.Kind, d.Due, string(d.State), d.Try, now, d.Payload)
	return n > 0, err
}
