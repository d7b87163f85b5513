package store

import (
	"context"
	"time"
)

// KeepLatest is how long after its last sign of life a chat is tied to its
// latest questions: Telegram lets people edit a message for 48 hours.
const KeepLatest = 48 * time.Hour

// ExtraLatest names the entry of Chat.Extra that leads to the latest questions.
const ExtraLatest = "recent"

// Forgotten counts what Forget deleted.
type Forgotten struct {
	Settings     bool
	Subscription bool
	Alerts       int
	Feedback     int
	Drafts       int
	Deliveries   int
}

// Forget deletes everything that is kept about a person or chat: for a
// private chat the two ids are the same. Documents and the audit log of
// admins stay.
func (s *Store) Forget(ctx context.Context, id int64) (f Forgotten, err error) {
	err = s.change(ctx, func(c conn) error {
		f = Forgotten{}
		return c.forget(id, &f)
	})
	return f, err
}

func (c conn) forget(id int64, f *Forgotten) error {
	var settings, subscription, ignored int
	for _, part := range []struct {
		n     *int
		query string
	}{
		{&settings, `DELETE FROM chats WHERE id = $1`},
		{&subscription, `DELETE FROM subscriptions WHERE chat = $1`},
		{&ignored, `DELETE FROM matches WHERE alert IN (SELECT id FROM alerts WHERE chat = $1)`},
		{&f.Alerts, `DELETE FROM alerts WHERE chat = $1`},
		{&f.Feedback, `DELETE FROM feedback WHERE voter = $1`},
		{&ignored, `DELETE FROM pieces WHERE draft IN (SELECT id FROM drafts WHERE chat = $1 OR user_id = $1)`},
		{&f.Drafts, `DELETE FROM drafts WHERE chat = $1 OR user_id = $1`},
		{&f.Deliveries, `DELETE FROM deliveries WHERE chat = $1`},
		{&ignored, `DELETE FROM moves WHERE from_chat = $1 OR to_chat = $1`},
	} {
		n, err := c.exec(part.query, id)
		if err != nil {
			return err
		}
		*part.n += int(n)
	}
	f.Settings, f.Subscription = settings > 0, subscription > 0
	return nil
}

// Tidy deletes what has outlived its time: questions and feedback after 30
// days, what ties silent chats to them, update ids, kept values, finished deliveries, old drafts, removed
// documents. Run it now and then; it returns the number of rows.
func (s *Store) Tidy(ctx context.Context) (int, error) {
	total := 0
	err := s.change(ctx, func(c conn) error {
		now := s.now()
		month := now.Add(-KeepQuestions)
		for _, part := range []struct {
			query string
			until time.Time
		}{
			{`DELETE FROM questions WHERE at < $1`, month},
			{`DELETE FROM feedback WHERE at < $1`, month},
			{`DELETE FROM updates WHERE received_at < $1`, now.Add(-KeepUpdates)},
			{`DELETE FROM kept WHERE until < $1`, now},
			{`DELETE FROM leases WHERE until < $1`, now.Add(-time.Hour)},
			{`DELETE FROM deliveries WHERE state IN ('sent', 'skipped', 'failed', 'unknown') AND updated_at < $1`, month},
			{`DELETE FROM matches WHERE told = 1 AND at < $1`, month},
			{`DELETE FROM pieces WHERE draft IN (SELECT id FROM drafts WHERE updated_at < $1)`, now.Add(-KeepDrafts)},
			{`DELETE FROM drafts WHERE updated_at < $1`, now.Add(-KeepDrafts)},
		} {
			n, err := c.exec(part.query, part.until)
			if err != nil {
				return err
			}
			total += int(n)
		}
		n, err := c.untie(now.Add(-KeepLatest))
		total += int(n)
		if err != nil {
			return err
		}
		n, err = c.purge()
		total += int(n)
		return err
	})
	return total, err
}

// untie deletes what leads from a chat that was silent since a time to its
// questions, which are kept without the name of who asked.
func (c conn) untie(before time.Time) (n int64, err error) {
	silent, err := rows(c, scanChat, `SELECT `+chatColumns+` FROM chats
		WHERE last_seen < $1 AND (last_question <> '' OR extra LIKE $2)`, before, `%"`+ExtraLatest+`"%`)
	for _, x := range silent {
		x.LastQuestion = ""
		delete(x.Extra, ExtraLatest)
		if err := c.putChat(x); err != nil {
			return n, err
		}
		n++
	}
	return n, err
}
