package store

import (
	"context"
	"errors"
	"strconv"
	"time"
)

// Keep stores a value under a new short key (at most 13 ASCII letters and
// digits, fit for callback data) until the time to live is over. Buttons that
// carry such a key work after a restart and on every replica.
func (s *Store) Keep(ctx context.Context, value []byte, ttl time.Duration) (string, error) {
	key := strconv.FormatInt(s.newID(), 36)
	return key, s.KeepAs(ctx, key, value, ttl)
}

// KeepAs stores a value under a key of the caller's choice, replacing it.
func (s *Store) KeepAs(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.exec(`INSERT INTO kept (name, until, value) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET until = excluded.until, value = excluded.value`, key, s.now().Add(ttl), value)
		return err
	})
}

// Kept returns the value, or ErrNotFound when it was never there or is too old.
func (s *Store) Kept(ctx context.Context, key string) (value []byte, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		value, err = first(c, func(r row) (b []byte, err error) { return b, r.Scan(into{&b}) },
			`SELECT value FROM kept WHERE name = $1 AND until > $2`, key, s.now())
		return err
	})
	return value, err
}

// SetMeta stores a small fact about this installation, without an end.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	return s.change(ctx, func(c conn) error { return c.setMeta(key, value) })
}

func (c conn) setMeta(key, value string) error {
	_, err := c.exec(`INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// Meta returns it, or "" when it was never set.
func (s *Store) Meta(ctx context.Context, key string) (value string, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		value, err = c.meta(key)
		return err
	})
	return value, err
}

func (c conn) meta(key string) (string, error) {
	v, err := first(c, scanText, `SELECT value FROM meta WHERE name = $1`, key)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return v, err
}
