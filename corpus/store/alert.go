package store

import (
	"context"
	"time"
)

// Alert is a saved question of a chat.
type Alert struct {
	ID        int64
	Chat      int64
	Thread    int
	Words     string
	Language  string
	PerDay    int // at most so many messages a local day to the chat
	QuietFrom int // local minutes after midnight; From == To: no quiet hours
	QuietTo   int
	Zone      string
	SentDay   string // local day of SentCount, 2006-01-02
	SentCount int    // messages to the chat on that day, of whichever alert
	Created   time.Time
}

const alertColumns = `id, chat, thread, words, language, per_day, quiet_from, quiet_to, zone, sent_day, sent_count, created_at`

func scanAlert(r row) (a Alert, err error) {
	return a, r.Scan(&a.ID, &a.Chat, &a.Thread, &a.Words, &a.Language, &a.PerDay, &a.QuietFrom, &a.QuietTo, &a.Zone,
		&a.SentDay, &a.SentCount, into{&a.Created})
}

// PutAlert inserts (ID 0: a new id is set) or replaces an alert.
func (s *Store) PutAlert(ctx context.Context, a Alert) (Alert, error) {
	if a.ID == 0 {
		a.ID, a.Created = s.newID(), s.now()
	}
	return a, s.change(ctx, func(c conn) error {
		_, err := c.exec(`INSERT INTO alerts (`+alertColumns+`) VALUES (`+holes(1, 12)+`)
			ON CONFLICT (id) DO UPDATE SET chat = excluded.chat, thread = excluded.thread, words = excluded.words,
				language = excluded.language, per_day = excluded.per_day, quiet_from = excluded.quiet_from,
				quiet_to = excluded.quiet_to, zone = excluded.zone, sent_day = excluded.sent_day, sent_count = excluded.sent_count`,
			a.ID, a.Chat, a.Thread, a.Words, a.Language, a.PerDay, a.QuietFrom, a.QuietTo, a.Zone, a.SentDay, a.SentCount, a.Created)
		return err
	})
}

// Alerts returns a chat's alerts, oldest first.
func (s *Store) Alerts(ctx context.Context, chat int64) ([]Alert, error) {
	return s.alerts(ctx, `chat = $1 ORDER BY id`, chat)
}

// AllAlerts returns the alerts of reachable chats.
func (s *Store) AllAlerts(ctx context.Context) ([]Alert, error) {
	return s.alerts(ctx, reachable+` ORDER BY id`)
}

func (s *Store) alerts(ctx context.Context, where string, args ...any) (as []Alert, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		as, err = rows(c, scanAlert, `SELECT `+alertColumns+` FROM alerts WHERE `+where, args...)
		return err
	})
	return as, err
}

// DeleteAlert removes one of the chat's alerts; ErrNotFound when it has no such.
func (s *Store) DeleteAlert(ctx context.Context, chat, id int64) error {
	return s.change(ctx, func(c conn) error {
		n, err := c.exec(`DELETE FROM alerts WHERE id = $1 AND chat = $2`, id, chat)
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		_, err = c.exec(`DELETE FROM matches WHERE alert = $1`, id)
		return err
	})
}
