package store

import (
	"context"
	"strconv"
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
func (s *Store) AddAdmin(ctx context.Context, user int64, name string, by Actor) (added bool, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		added, err = c.addAdmin(user, name, by)
		return err
	})
	return added, err
}

func (c conn) addAdmin(user int64, name string, by Actor) (bool, error) {
	n, err := c.exec(`INSERT INTO admins (user_id, name, by_id, by_name, added_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`, user, name, by.ID, by.Name, c.s.now())
	if err != nil || n == 0 {
		return false, err
	}
	_, err = c.record(Entry{By: by, Action: AdminAdded, Subject: strconv.FormatInt(user, 10), Detail: name})
	return true, err
}

// RemoveAdmin revokes; ErrNotFound when the user was none.
func (s *Store) RemoveAdmin(ctx context.Context, user int64, by Actor) error {
	return s.change(ctx, func(c conn) error { return c.removeAdmin(user, by) })
}

func (c conn) removeAdmin(user int64, by Actor) error {
	name, err := first(c, scanText, `DELETE FROM admins WHERE user_id = $1 RETURNING name`, user)
	if err != nil {
		return err
	}
	_, err = c.record(Entry{By: by, Action: AdminRemoved, Subject: strconv.FormatInt(user, 10), Detail: name})
	return err
}

// Admins returns all, oldest first.
func (s *Store) Admins(ctx context.Context) (as []Admin, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		as, err = rows(c, func(r row) (a Admin, err error) {
			return a, r.Scan(&a.User, &a.Name, &a.By.ID, &a.By.Name, into{&a.Added})
		}, `SELECT user_id, name, by_id, by_name, added_at FROM admins ORDER BY added_at, user_id`)
		return err
	})
	return as, err
}

// IsAdmin tells whether the user was made an admin.
func (s *Store) IsAdmin(ctx context.Context, user int64) (bool, error) {
	var n int64
	err := s.view(ctx, func(c conn) (err error) {
		n, err = c.number(`SELECT COUNT(*) FROM admins WHERE user_id = $1`, user)
		return err
	})
	return n > 0, err
}
