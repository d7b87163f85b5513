package store

import (
	"context"
	"time"
)

// Keep stores a value under a new short key (at most 13 ASCII letters and
// digits, fit for callback data) until the time to live is over. Buttons that
// carry such a key work after a restart and on every replica.
func (s *Store) Keep(ctx context.Context, value []byte, ttl time.Duration) (string, error) {
	return "", errPending
}

// KeepAs stores a value under a key of the caller's choice, replacing it.
func (s *Store) KeepAs(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	return errPending
}

// Kept returns the value, or ErrNotFound when it was never there or is too old.
func (s *Store) Kept(ctx context.Context, key string) ([]byte, error) { return nil, errPending }

// SetMeta stores a small fact about this installation, without an end.
func (s *Store) SetMeta(ctx context.Context, key, value string) error { return errPending }

// Meta returns it, or "" when it was never set.
func (s *Store) Meta(ctx context.Context, key string) (string, error) { return "", errPending }
