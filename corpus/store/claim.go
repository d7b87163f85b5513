package store

import (
	"context"
	"time"
)

// Claim takes up to limit deliveries whose time has come, earliest first, for
// the lease. Deliveries of an expired claim are taken again; one whose send
// had begun counts as an unknown outcome, and after deathsMost of those as one
// that nobody will send.
func (s *Store) Claim(ctx context.Context, worker string, limit int, lease time.Duration) (ds []Delivery, err error) {
	err = s.change(ctx, func(c conn) error {
		ds = nil
		now, err := c.clock()
		if err != nil {
			return err
		}
		found, err := rows(c, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries
			WHERE (state = 'pending' AND try_at <= $1 OR state IN ('claimed', 'sending') AND lease < $1) AND `+reachable+`
			ORDER BY attempts, try_at, id LIMIT $2`+c.skipLocked(), now, limit)
		if err != nil {
			return err
		}
		for _, d := range found {
			if err := c.claim(&d, worker, now, now.Add(lease)); err != nil {
				return err
			}
			if d.State == Claimed {
				ds = append(ds, d)
			}
		}
		return nil
	})
	return ds, err
}

// deathsMost is how often a send is begun again whose worker died in it. A
// reply that was lost most likely followed a message that came; a process that
// died as likely died before it: nobody shall go without a digest for that.
const deathsMost = 5

// claim takes one, unless its outcome has been unknown too often.
func (c conn) claim(d *Delivery, worker string, now, until time.Time) error {
	if d.State == Sending {
		d.Unknowns++
	}
	d.State, d.Worker, d.Lease, d.Updated = Claimed, worker, until, now
	if d.Unknowns > deathsMost {
		d.State, d.Worker, d.Lease = Unknown, "", time.Time{}
	}
	_, err := c.exec(`UPDATE deliveries SET state = $1, worker = $2, lease = $3, unknowns = $4, updated_at = $5 WHERE id = $6`,
		string(d.State), d.Worker, d.Lease, d.Unknowns, now, d.ID)
	return err
}

// BeginSend records that the send starts now; ErrLost when the claim expired
// or another worker has it: do not send.
func (s *Store) BeginSend(ctx context.Context, id int64, worker string) error {
	return s.change(ctx, func(c conn) error {
		now, err := c.clock()
		if err != nil {
			return err
		}
		n, err := c.exec(`UPDATE deliveries SET state = 'sending', attempts = attempts + 1, updated_at = $1
			WHERE id = $2 AND worker = $3 AND state = 'claimed' AND lease >= $1`, now, id, worker)
		if err == nil && n == 0 {
			err = ErrLost
		}
		return err
	})
}

// Outcome is how a claimed delivery ended.
type Outcome struct {
	State   DeliveryState // Sent, Skipped, Failed, Unknown, or Pending to try again
	Message int           // Sent: message id
	Seq     int64         // Sent, Skipped: changes up to here are told; moves the subscription's LastSeq
	Retry   time.Time     // Pending, Unknown: not before
	Error   string
}

// Finish records the outcome, and for a digest the subscription's LastSeq and
// LastDigest, in one transaction. Unknown is tried again once, then final.
// ErrLost when another worker has it by now.
func (s *Store) Finish(ctx context.Context, id int64, worker string, o Outcome) error {
	return s.change(ctx, func(c conn) error {
		d, err := first(c, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries
			WHERE id = $1 AND worker = $2 AND state IN ('claimed', 'sending')`+c.forUpdate(), id, worker)
		if err == ErrNotFound {
			return ErrLost
		}
		if err != nil {
			return err
		}
		if o.State == Unknown {
			if d.Unknowns++; d.Unknowns < 2 {
				o.State = Pending
			}
		}
		return c.finish(d, o)
	})
}

func (c conn) finish(d Delivery, o Outcome) error {
	now := c.s.now()
	if _, err := c.exec(`UPDATE deliveries SET state = $1, worker = '', lease = 0, unknowns = $2, try_at = $3, message = $4, error = $5,
		updated_at = $6 WHERE id = $7`, string(o.State), d.Unknowns, o.Retry, o.Message, o.Error, now, d.ID); err != nil {
		return err
	}
	if d.Kind != DigestDelivery || o.State != Sent && o.State != Skipped {
		return nil
	}
	_, err := c.exec(`UPDATE subscriptions SET last_digest = $1, last_seq = CASE WHEN last_seq < $2 THEN $2 ELSE last_seq END
		WHERE chat = $3`, now, o.Seq, d.Chat)
	return err
}

// ReleaseDead gives back the claims of workers that are no longer alive: on
// SQLite all but those named, as nobody else can write the folder; on
// PostgreSQL those that also have no living heartbeat under their name.
func (s *Store) ReleaseDead(ctx context.Context, alive ...string) (released int, err error) {
	err = s.change(ctx, func(c conn) error {
		now, err := c.clock()
		if err != nil {
			return err
		}
		args := []any{now, now.Add(-ReplicaTTL)}
		for _, a := range append(alive, "") {
			args = append(args, a)
		}
		gone := `NOT IN (` + holes(3, len(args)-2) + `) AND worker NOT IN (SELECT name FROM replicas WHERE seen >= $2)`
		n, err := c.exec(`UPDATE deliveries SET lease = 0 WHERE state IN ('claimed', 'sending') AND lease >= $1 AND worker `+gone, args...)
		if err != nil {
			return err
		}
		m, err := c.exec(`UPDATE updates SET lease = 0 WHERE state = 1 AND lease >= $1 AND worker `+gone, args...)
		released = int(n + m)
		return err
	})
	return released, err
}
