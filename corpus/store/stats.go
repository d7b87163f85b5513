package store

import (
	"context"
	"time"
)

// Stats is what /stats shows.
type Stats struct {
	Documents      int
	Paragraphs     int
	Removed        int
	QuestionsToday int // since the given start of the day
	Questions30    int // in 30 days
	Answered30     int // of kind answer
	NoAnswer30     int // of kind no_answer
	Subscribers    int
	Alerts         int
	Chats          int
	Feeds          int
	Up, Down       int // feedback in 30 days
	UnknownSends   int // deliveries whose outcome was never learnt
}

// Stats counts; today is the start of the reader's day.
func (s *Store) Stats(ctx context.Context, today time.Time) (x Stats, err error) {
	month := s.now().Add(-KeepQuestions)
	counts := []struct {
		to    *int
		query string
		args  []any
	}{
		{&x.Removed, `SELECT COUNT(*) FROM documents WHERE removed_at > 0 AND paragraphs > 0`, nil},
		{&x.QuestionsToday, `SELECT COUNT(*) FROM questions WHERE at >= $1`, []any{today}},
		{&x.Questions30, `SELECT COUNT(*) FROM questions WHERE at >= $1`, []any{month}},
		{&x.Answered30, `SELECT COUNT(*) FROM questions WHERE kind = 'answer' AND at >= $1`, []any{month}},
		{&x.NoAnswer30, `SELECT COUNT(*) FROM questions WHERE kind = 'no_answer' AND at >= $1`, []any{month}},
		{&x.Subscribers, `SELECT COUNT(*) FROM subscriptions WHERE active = 1`, nil},
		{&x.Alerts, `SELECT COUNT(*) FROM alerts`, nil},
		{&x.Chats, `SELECT COUNT(*) FROM chats`, nil},
		{&x.Feeds, `SELECT COUNT(*) FROM feeds`, nil},
		{&x.Up, `SELECT COUNT(*) FROM feedback WHERE up = 1 AND at >= $1`, []any{month}},
		{&x.Down, `SELECT COUNT(*) FROM feedback WHERE up = 0 AND at >= $1`, []any{month}},
		{&x.UnknownSends, `SELECT COUNT(*) FROM deliveries WHERE state = 'unknown'`, nil},
	}
	err = s.view(ctx, func(c conn) error {
		for _, count := range counts {
			n, err := c.number(count.query, count.args...)
			if err != nil {
				return err
			}
			*count.to = int(n)
		}
		return nil
	})
	if err == nil {
		x.Documents, x.Paragraphs, err = s.Count(ctx)
	}
	return x, err
}
