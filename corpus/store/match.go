package store

import (
	"context"
	"time"
)

// Match is a document that an alert waits to tell about.
type Match struct {
	Alert    int64
	Chat     int64 // filled by PendingMatches
	Document string
	Seq      int64
	At       time.Time
}

// AddMatches remembers matches until they are sent; the same alert and
// document twice counts once, also after it was sent. upTo is the change
// sequence that was looked at, see AlertSeq; it is stored in the same
// transaction.
func (s *Store) AddMatches(ctx context.Context, ms []Match, upTo int64) error {
	return s.change(ctx, func(c conn) error {
		for _, m := range ms {
			if _, err := c.exec(`INSERT INTO matches (alert, document_id, seq, at, told) VALUES ($1, $2, $3, $4, 0)
				ON CONFLICT DO NOTHING`, m.Alert, m.Document, m.Seq, s.now()); err != nil {
				return err
			}
		}
		_, err := c.exec(`INSERT INTO counters (name, value) VALUES ('alerts', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE counters.value < excluded.value`, upTo)
		return err
	})
}

// AlertSeq is how far the changes were compared with the alerts.
func (s *Store) AlertSeq(ctx context.Context) (int64, error) { return s.counter(ctx, "alerts") }

// PendingMatches returns unsent matches of the alerts, oldest first, at most
// limit of them.
func (s *Store) PendingMatches(ctx context.Context, alerts []int64, limit int) (ms []Match, err error) {
	if len(alerts) == 0 {
		return nil, nil
	}
	args := []any{limit}
	for _, id := range alerts {
		args = append(args, id)
	}
	err = s.view(ctx, func(c conn) (err error) {
		ms, err = rows(c, func(r row) (m Match, err error) {
			return m, r.Scan(&m.Alert, &m.Chat, &m.Document, &m.Seq, into{&m.At})
		}, `SELECT m.alert, a.chat, m.document_id, m.seq, m.at FROM matches m JOIN alerts a ON a.id = m.alert
			WHERE m.told = 0 AND m.alert IN (`+holes(2, len(alerts))+`) ORDER BY m.at, m.seq, m.alert LIMIT $1`, args...)
		return err
	})
	return ms, err
}

// WaitingAlerts returns the alerts of reachable chats that have unsent
// matches, in order of chat and age.
func (s *Store) WaitingAlerts(ctx context.Context) ([]Alert, error) {
	return s.alerts(ctx, reachable+` AND id IN (SELECT alert FROM matches WHERE told = 0) ORDER BY chat, thread, id`)
}

// EnqueueMatches turns matches of one chat into one delivery and counts it
// for the day of the chat: of all its alerts, in one transaction. ErrLost when
// another replica took one of them.
func (s *Store) EnqueueMatches(ctx context.Context, d Delivery, ms []Match, day string) (Delivery, error) {
	err := s.change(ctx, func(c conn) error {
		for _, m := range ms {
			n, err := c.exec(`UPDATE matches SET told = 1 WHERE alert = $1 AND document_id = $2 AND told = 0`, m.Alert, m.Document)
			if err != nil {
				return err
			}
			if n == 0 {
				return ErrLost
			}
		}
		if err := c.countAlerts(d.Chat, day); err != nil {
			return err
		}
		_, err := c.enqueue(&d)
		return err
	})
	return d, err
}

func (c conn) countAlerts(chat int64, day string) error {
	_, err := c.exec(`UPDATE alerts SET sent_count = CASE WHEN sent_day = $2 THEN sent_count + 1 ELSE 1 END, sent_day = $2
		WHERE chat = $1`, chat, day)
	return err
}
