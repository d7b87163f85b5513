package store

import (
	"context"
	"time"
)

// KeepUpdates is how long an update id is remembered; Telegram keeps
// undelivered updates for 24 hours.
const KeepUpdates = 48 * time.Hour

// Update is one of Telegram's, stored before it is acknowledged.
type Update struct {
	ID       int64
	Chat     int64  // order is kept within a chat; 0: in no chat
	Payload  []byte // as received
	Received time.Time
	Attempts int // claims so far, this one included
}

// States of an update.
const (
	updateOpen = iota
	updateInWork
	updateDone
)

// AddUpdate stores an update to be claimed; false when its id is known: a
// repeated webhook call has no second effect.
func (s *Store) AddUpdate(ctx context.Context, u Update) (added bool, err error) {
	all, err := s.AddUpdates(ctx, []Update{u})
	return all[u.ID], err
}

// AddUpdates stores updates in one commit, and tells which ids were not known.
func (s *Store) AddUpdates(ctx context.Context, us []Update) (added map[int64]bool, err error) {
	err = s.change(ctx, func(c conn) error {
		added = map[int64]bool{}
		now := s.now()
		for _, u := range us {
			n, err := c.exec(`INSERT INTO updates (id, chat, state, worker, lease, attempts, received_at, payload)
				VALUES ($1, $2, 0, '', 0, 0, $3, $4) ON CONFLICT DO NOTHING`, u.ID, u.Chat, now, u.Payload)
			if err != nil {
				return err
			}
			if n > 0 {
				added[u.ID] = true
			}
		}
		return nil
	})
	return added, err
}

// AddClaimed stores updates that a worker took before the store knew of them.
// What is known stays as it is.
func (s *Store) AddClaimed(ctx context.Context, us []Update, worker string, lease time.Duration) error {
	return s.change(ctx, func(c conn) error {
		now, err := c.clock()
		if err != nil {
			return err
		}
		for _, u := range us {
			if _, err = c.exec(`INSERT INTO updates (id, chat, state, worker, lease, attempts, received_at, payload)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
				u.ID, u.Chat, updateInWork, worker, now.Add(lease), u.Attempts, s.now(), u.Payload); err != nil {
				return err
			}
		}
		return nil
	})
}

// ClaimUpdates takes updates for the lease: the oldest open one of each chat,
// never one of a chat that has another in work.
func (s *Store) ClaimUpdates(ctx context.Context, worker string, limit int, lease time.Duration) (us []Update, err error) {
	err = s.change(ctx, func(c conn) error {
		now, err := c.clock()
		if err != nil {
			return err
		}
		us, err = rows(c, scanUpdate, `SELECT id, chat, payload, received_at, attempts FROM updates u
			WHERE (state = 0 OR state = 1 AND lease < $1) AND (chat = 0 OR NOT EXISTS
				(SELECT 1 FROM updates o WHERE o.chat = u.chat AND (o.state < 2 AND o.id < u.id OR o.state = 1 AND o.lease >= $1)))
			ORDER BY id LIMIT $2`+c.skipLocked(), now, limit)
		if err != nil {
			return err
		}
		for i := range us {
			us[i].Attempts++
			if _, err := c.exec(`UPDATE updates SET state = 1, worker = $1, lease = $2, attempts = attempts + 1 WHERE id = $3`,
				worker, now.Add(lease), us[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return us, err
}

func scanUpdate(r row) (u Update, err error) {
	return u, r.Scan(&u.ID, &u.Chat, into{&u.Payload}, into{&u.Received}, &u.Attempts)
}

// SetAside lets a claimed update stay in work without holding up those that
// follow it in its chat.
func (s *Store) SetAside(ctx context.Context, id int64) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.exec(`UPDATE updates SET chat = 0 WHERE id = $1 AND state = $2`, id, updateInWork)
		return err
	})
}

// FinishUpdate records that an update was dealt with, whether or not it was
// added before. Its payload is erased.
func (s *Store) FinishUpdate(ctx context.Context, id int64) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.exec(`INSERT INTO updates (id, chat, state, worker, lease, attempts, received_at, payload)
			VALUES ($1, 0, $2, '', 0, 1, $3, '')
			ON CONFLICT (id) DO UPDATE SET state = excluded.state, chat = 0, worker = '', lease = 0, payload = ''`, id, updateDone, s.now())
		return err
	})
}

// ReleaseUpdate gives an update back to be claimed again, not before the time.
func (s *Store) ReleaseUpdate(ctx context.Context, id int64, after time.Time) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.exec(`UPDATE updates SET lease = $1 WHERE id = $2 AND state = 1`, after, id)
		return err
	})
}

// UpdateDone tells whether an update was dealt with before.
func (s *Store) UpdateDone(ctx context.Context, id int64) (bool, error) {
	var n int64
	err := s.view(ctx, func(c conn) (err error) {
		n, err = c.number(`SELECT COUNT(*) FROM updates WHERE id = $1 AND state = $2`, id, updateDone)
		return err
	})
	return n > 0, err
}

// OpenUpdates counts the updates that wait or are in work.
func (s *Store) OpenUpdates(ctx context.Context) (int, error) {
	var n int64
	err := s.view(ctx, func(c conn) (err error) {
		n, err = c.number(`SELECT COUNT(*) FROM updates WHERE state < $1`, updateDone)
		return err
	})
	return int(n), err
}

// StillOpen tells which of the updates wait or are in work, in order of id.
func (s *Store) StillOpen(ctx context.Context, ids []int64) (open []int64, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{updateDone}
	for _, id := range ids {
		args = append(args, id)
	}
	err = s.view(ctx, func(c conn) (err error) {
		open, err = rows(c, scanNumber, `SELECT id FROM updates WHERE state < $1 AND id IN (`+holes(2, len(ids))+`) ORDER BY id`, args...)
		return err
	})
	return open, err
}
