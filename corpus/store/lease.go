package store

import (
	"context"
	"time"
)

// Lease takes or renews a named right for the owner; false while another
// owner holds it. Leases order the work of replicas: "chat:42", "alerts".
func (s *Store) Lease(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error) {
	err = s.change(ctx, func(c conn) error {
		now, err := c.clock()
		if err != nil {
			return err
		}
		n, err := c.exec(`INSERT INTO leases (name, owner, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
			WHERE leases.owner = excluded.owner OR leases.until < $4`, name, owner, now.Add(ttl), now)
		held = n > 0
		return err
	})
	return held, err
}

// Release gives a lease back early. Releasing what one does not hold is no error.
func (s *Store) Release(ctx context.Context, name, owner string) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.exec(`DELETE FROM leases WHERE name = $1 AND owner = $2`, name, owner)
		return err
	})
}
