package store

import (
	"context"
	"time"
)

// KeepQuestions is how long a question is remembered.
const KeepQuestions = 30 * 24 * time.Hour

// Question is one that was asked, without its asker.
type Question struct {
	ID         int64
	At         time.Time
	Text       string
	Key        string // folded text: equal questions have equal keys
	Language   string
	Kind       string // answer, no_answer, off_topic
	Confidence float64
	Via        string // private, group, inline, terminal
}

// LogQuestion remembers a question for KeepQuestions and returns its id.
func (s *Store) LogQuestion(ctx context.Context, q Question) (int64, error) { return 0, errPending }

// Question returns one or ErrNotFound.
func (s *Store) Question(ctx context.Context, id int64) (Question, error) {
	return Question{}, errPending
}

// Unanswered is a group of equal questions that got no answer.
type Unanswered struct {
	Text  string // as last asked
	Count int
	Last  time.Time
}

// Unanswered groups the questions of kind no_answer, latest first.
func (s *Store) Unanswered(ctx context.Context, limit, offset int) ([]Unanswered, error) {
	return nil, errPending
}

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
func (s *Store) Stats(ctx context.Context, today time.Time) (Stats, error) {
	return Stats{}, errPending
}
