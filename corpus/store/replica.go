package store

import (
	"context"
	"strconv"
	"time"
)

// ReplicaTTL is how long a replica counts as alive after its last heartbeat.
const ReplicaTTL = 6 * time.Second

// Allowance is a replica's share of the messages that the bot may send.
type Allowance struct {
	PerSecond int       // may be 0 for a moment while others give up their part
	Valid     time.Time // send nothing after this, on the local clock, without a new allowance
	Pause     time.Time // Telegram said to wait: no send before, local clock
	Replicas  int       // alive now, this one included
}

const (
	slotLease = 5 * time.Second
	// slotRest is the pause between two owners of a slot, so that the old
	// owner's last second and the new one's first do not overlap.
	slotRest = time.Second
)

// Heartbeat says that the replica lives and returns its share of total sends
// per second. Shares are leased: what a dead replica held comes back when its
// lease ends, and what a living one gives up rests for a second, so that the
// sum of all sends never exceeds total. Call it about once a second.
func (s *Store) Heartbeat(ctx context.Context, replica string, total int) (a Allowance, err error) {
	local := s.now() // before the server's clock is read: the lease ends here first
	err = s.change(ctx, func(c conn) error {
		now, err := c.enter(replica)
		if err != nil {
			return err
		}
		fair, err := c.fairShare(replica, total, &a.Replicas)
		if err != nil {
			return err
		}
		if a.PerSecond, err = c.takeSlots(replica, total, fair, now); err != nil {
			return err
		}
		a.Valid = local.Add(slotLease - slotRest)
		a.Pause, err = c.pause(local, now)
		return err
	})
	return a, err
}

// enter records the heartbeat and drops the dead, alone in the transaction.
func (c conn) enter(replica string) (time.Time, error) {
	if _, err := c.hold("replicas"); err != nil {
		return time.Time{}, err
	}
	now, err := c.clock()
	if err != nil {
		return now, err
	}
	if _, err := c.exec(`INSERT INTO replicas (name, seen) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET seen = excluded.seen`, replica, now); err != nil {
		return now, err
	}
	_, err = c.exec(`DELETE FROM replicas WHERE seen < $1`, now.Add(-ReplicaTTL))
	return now, err
}

// fairShare divides total among the living; the first by name take the rest.
func (c conn) fairShare(replica string, total int, living *int) (int, error) {
	names, err := rows(c, scanText, `SELECT name FROM replicas ORDER BY name`)
	if err != nil {
		return 0, err
	}
	*living = len(names)
	fair := total / len(names)
	for i, name := range names {
		if name == replica && i < total%len(names) {
			fair++
		}
	}
	return fair, nil
}

// takeSlots renews, gives up or takes slots until the replica has its share,
// and returns how many it holds now.
func (c conn) takeSlots(replica string, total, fair int, now time.Time) (int, error) {
	for n := range total {
		if _, err := c.exec(`INSERT INTO slots (n, owner, until) VALUES ($1, '', 0) ON CONFLICT DO NOTHING`, n); err != nil {
			return 0, err
		}
	}
	mine, err := rows(c, scanNumber, `SELECT n FROM slots WHERE owner = $1 AND until >= $2 AND n < $3 ORDER BY n`, replica, now, total)
	if err != nil {
		return 0, err
	}
	for i, n := range mine {
		owner, until := replica, now.Add(slotLease)
		if i >= fair {
			owner, until = "", now.Add(slotRest)
		}
		if _, err := c.exec(`UPDATE slots SET owner = $1, until = $2 WHERE n = $3`, owner, until, n); err != nil {
			return 0, err
		}
	}
	held := min(len(mine), fair)
	taken, err := c.exec(`UPDATE slots SET owner = $1, until = $2 WHERE n IN
		(SELECT n FROM slots WHERE until < $3 AND n < $4 ORDER BY n LIMIT $5)`, replica, now.Add(slotLease), now, total, fair-held)
	return held + int(taken), err
}

// pause is when sends may go on, on the local clock.
func (c conn) pause(local, now time.Time) (time.Time, error) {
	text, err := c.meta("pause")
	if err != nil || text == "" {
		return time.Time{}, err
	}
	until, err := strconv.ParseInt(text, 10, 64)
	if left := fromMillis(until).Sub(now); err == nil && left > 0 {
		return local.Add(left), nil
	}
	return time.Time{}, err
}

// Leave gives up the replica's share and leases at once, at a graceful stop.
func (s *Store) Leave(ctx context.Context, replica string) error {
	return s.change(ctx, func(c conn) error {
		now, err := c.clock()
		if err != nil {
			return err
		}
		if _, err := c.exec(`UPDATE slots SET owner = '', until = $1 WHERE owner = $2`, now.Add(slotRest), replica); err != nil {
			return err
		}
		if _, err := c.exec(`DELETE FROM leases WHERE owner = $1`, replica); err != nil {
			return err
		}
		_, err = c.exec(`DELETE FROM replicas WHERE name = $1`, replica)
		return err
	})
}

// Pause tells all replicas that nothing may be sent for so long. A pause that
// ends later stays.
func (s *Store) Pause(ctx context.Context, d time.Duration) error {
	return s.change(ctx, func(c conn) error {
		if _, err := c.hold("replicas"); err != nil {
			return err
		}
		now, err := c.clock()
		if err != nil {
			return err
		}
		old, err := c.pause(now, now)
		if err != nil || !now.Add(d).After(old) {
			return err
		}
		return c.setMeta("pause", strconv.FormatInt(toMillis(now.Add(d)), 10))
	})
}

// Shared tells whether other processes may write to the same store: then
// claims, shares and leases matter.
func (s *Store) Shared() bool { return s.engine == postgres }
