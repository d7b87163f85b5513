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

const questionColumns = `id, at, text, folded, language, kind, confidence, via`

func scanQuestion(r row) (q Question, err error) {
	return q, r.Scan(&q.ID, into{&q.At}, &q.Text, &q.Key, &q.Language, &q.Kind, &q.Confidence, &q.Via)
}

// LogQuestion remembers a question for KeepQuestions and returns its id.
func (s *Store) LogQuestion(ctx context.Context, q Question) (int64, error) {
	q.ID = s.newID()
	if q.At.IsZero() {
		q.At = s.now()
	}
	return q.ID, s.change(ctx, func(c conn) error {
		_, err := c.exec(`INSERT INTO questions (`+questionColumns+`) VALUES (`+holes(1, 8)+`)`,
			q.ID, q.At, q.Text, q.Key, q.Language, q.Kind, q.Confidence, q.Via)
		return err
	})
}

// Question returns one or ErrNotFound.
func (s *Store) Question(ctx context.Context, id int64) (q Question, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		q, err = first(c, scanQuestion, `SELECT `+questionColumns+` FROM questions WHERE id = $1`, id)
		return err
	})
	return q, err
}

// Unanswered is a group of equal questions that got no answer.
type Unanswered struct {
	Text  string // as last asked
	Count int
	Last  time.Time
}

// Unanswered groups the questions of kind no_answer, latest first.
func (s *Store) Unanswered(ctx context.Context, limit, offset int) (us []Unanswered, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		us, err = rows(c, func(r row) (u Unanswered, err error) { return u, r.Scan(&u.Text, &u.Count, into{&u.Last}) },
			`SELECT q.text, g.n, g.last FROM
				(SELECT folded, COUNT(*) AS n, MAX(id) AS id, MAX(at) AS last FROM questions WHERE kind = 'no_answer' GROUP BY folded) g
				JOIN questions q ON q.id = g.id
			ORDER BY g.last DESC, g.id DESC LIMIT $1 OFFSET $2`, limit, max(offset, 0))
		return err
	})
	return us, err
}
