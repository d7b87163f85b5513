package store

import (
	"context"
	"time"
)

// Lease takes or renews a named right for the owner; false while another
// owner holds it. Leases order the work of replicas: "chat:42", "alerts".
func (s *Store) Lease(ctx context.Context, name, owner string, ttl time.Duration) (bool, error) {
	return false, errPending
}

// Release gives a lease back early. Releasing what one does not hold is no error.
func (s *Store) Release(ctx context.Context, name, owner string) error { return errPending }
