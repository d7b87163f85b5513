package store

import (
	"context"
	"time"
)

// Feedback is a thumb under an answer. Voter only keeps one person from
// voting twice; it is not shown, and forgotten on request.
type Feedback struct {
	Question int64
	Voter    int64
	Up       bool
	At       time.Time
	Text     string // of the question; filled by Feedbacks
}

// PutFeedback stores or changes a vote.
func (s *Store) PutFeedback(ctx context.Context, f Feedback) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.exec(`INSERT INTO feedback (question, voter, up, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (question, voter) DO UPDATE SET up = excluded.up, at = excluded.at`, f.Question, f.Voter, f.Up, s.now())
		return err
	})
}

// Feedbacks returns votes newest first, with the questions still remembered.
func (s *Store) Feedbacks(ctx context.Context, limit, offset int) (fs []Feedback, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		fs, err = rows(c, func(r row) (f Feedback, err error) {
			return f, r.Scan(&f.Question, &f.Voter, into{&f.Up}, into{&f.At}, &f.Text)
		}, `SELECT f.question, f.voter, f.up, f.at, q.text FROM feedback f JOIN questions q ON q.id = f.question
			ORDER BY f.at DESC, f.question DESC LIMIT $1 OFFSET $2`, limit, max(offset, 0))
		return err
	})
	return fs, err
}
