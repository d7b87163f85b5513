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
func (s *Store) PutFeedback(ctx context.Context, f Feedback) error { return errPending }

// Feedbacks returns votes newest first, with the questions still remembered.
func (s *Store) Feedbacks(ctx context.Context, limit, offset int) ([]Feedback, error) {
	return nil, errPending
}
