package store

import (
	"context"
	"time"
)

// ReplicaTTL is how long a replica counts as alive after its last heartbeat.
const ReplicaTTL = 10 * time.Second

// Allowance is a replica's share of the messages that the bot may send.
type Allowance struct {
	PerSecond int       // may be 0 for a moment while others give up their part
	Valid     time.Time // send nothing after this, on the local clock, without a new allowance
	Pause     time.Time // Telegram said to wait: no send before, local clock
	Replicas  int       // alive now, this one included
}

// Heartbeat says that the replica lives and returns its share of total sends
// per second. Shares are leased: what a dead replica held comes back when its
// lease ends, and what a living one gives up rests for a second, so that the
// sum of all sends never exceeds total. Call it about once a second.
func (s *Store) Heartbeat(ctx context.Context, replica string, total int) (Allowance, error) {
	return Allowance{}, errPending
}

// Leave gives up the replica's share and claims at once, at a graceful stop.
func (s *Store) Leave(ctx context.Context, replica string) error { return errPending }

// Pause tells all replicas that nothing may be sent for so long.
func (s *Store) Pause(ctx context.Context, d time.Duration) error { return errPending }
