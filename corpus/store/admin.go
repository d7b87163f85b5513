package store

import (
	"context"
	"time"
)

// Admin may change the corpus. Owners come from the configuration and are
// never stored, so nobody can remove them here.
type Admin struct {
	User  int64
	Name  string
	By    Actor
	Added time.Time
}

// AddAdmin grants; false when the user was one already.
func (s *Store) AddAdmin(ctx context.Context, user int64, name string, by Actor) (bool, error) {
	return false, errPending
}

// RemoveAdmin revokes; ErrNotFound when the user was none.
func (s *Store) RemoveAdmin(ctx context.Context, user int64, by Actor) error { return errPending }

// Admins returns all, oldest first.
func (s *Store) Admins(ctx context.Context) ([]Admin, error) { return nil, errPending }

// IsAdmin tells whether the user was made an admin.
func (s *Store) IsAdmin(ctx context.Context, user int64) (bool, error) { return false, errPending }
