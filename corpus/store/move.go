package store

import "context"

// MoveChat follows a group that became a supergroup: settings, subscription,
// alerts, drafts and open deliveries go along. Moving twice is no error.
func (s *Store) MoveChat(ctx context.Context, from, to int64) error {
	if from == to {
		return nil
	}
	return s.change(ctx, func(c conn) error { return c.moveChat(from, to) })
}

func (c conn) moveChat(from, to int64) error {
	for _, query := range []string{
		`INSERT INTO moves (from_chat, to_chat) VALUES ($1, $2) ON CONFLICT (from_chat) DO UPDATE SET to_chat = excluded.to_chat`,
		`UPDATE chats SET id = $2, kind = 'supergroup' WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM chats WHERE id = $2)`,
		`UPDATE subscriptions SET chat = $2 WHERE chat = $1 AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE chat = $2)`,
		`UPDATE alerts SET chat = $2 WHERE chat = $1`,
		`UPDATE drafts SET chat = $2 WHERE chat = $1`,
		`UPDATE deliveries SET chat = $2 WHERE chat = $1 AND NOT EXISTS
			(SELECT 1 FROM deliveries o WHERE o.chat = $2 AND o.kind = deliveries.kind AND o.due = deliveries.due)`,
	} {
		if _, err := c.exec(query, from, to); err != nil {
			return err
		}
	}
	// What the new chat had already stays; the old chat's is not needed twice.
	for _, query := range []string{`DELETE FROM chats WHERE id = $1`, `DELETE FROM subscriptions WHERE chat = $1`, `DELETE FROM deliveries WHERE chat = $1`} {
		if _, err := c.exec(query, from); err != nil {
			return err
		}
	}
	return nil
}

// MovedChat returns where a chat went, or the same id.
func (s *Store) MovedChat(ctx context.Context, id int64) (int64, error) {
	to := id
	err := s.view(ctx, func(c conn) error {
		n, err := c.number(`SELECT to_chat FROM moves WHERE from_chat = $1`, id)
		if n != 0 {
			to = n
		}
		return err
	})
	return to, err
}
