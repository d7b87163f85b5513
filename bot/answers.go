package bot

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"mujaz/index/answer"
)

// answersKept is how many answers are remembered: what a crowd asks in the
// minutes after a piece of news.
const answersKept = 512

// inquiry is what decides an answer besides the corpus.
type inquiry struct {
	text     string
	previous string
	language string
	day      string // relative words such as «أمس» depend on it
	k        int
	exact    bool
	follow   bool // look for follow-up questions, too
}

// answers asks, computes equal questions once, and forgets everything when the
// corpus changes.
type answers struct {
	from   Answerer
	corpus Progress
	flight singleflight.Group
	mu     sync.Mutex
	seq    int64
	kept   map[inquiry]answer.Answer
}

func newAnswers(from Answerer, corpus Progress) *answers {
	return &answers{from: from, corpus: corpus, kept: map[inquiry]answer.Answer{}}
}

// ask returns the answer. The answer is shared: callers must not change it.
func (s *answers) ask(ctx context.Context, q inquiry, today time.Time) (answer.Answer, error) {
	q.day = today.Format(time.DateOnly)
	seq := s.corpus.Seq()
	if a, ok := s.look(q, seq); ok {
		return a, nil
	}
	// The leader's context must not end the wait of the others.
	ch := s.flight.DoChan(flightKey(q, seq), func() (any, error) {
		a, err := s.from.Ask(context.WithoutCancel(ctx), q.text, answer.Ask{
			K: q.k, Language: q.language, Today: today, Previous: q.previous, Exact: q.exact, FollowUps: q.follow,
		})
		if err == nil {
			s.keep(q, seq, a)
		}
		return a, err
	})
	select {
	case <-ctx.Done():
		return answer.Answer{}, ctx.Err()
	case r := <-ch:
		if r.Err != nil {
			return answer.Answer{}, r.Err
		}
		return r.Val.(answer.Answer), nil
	}
}

func flightKey(q inquiry, seq int64) string {
	return fmt.Sprintf("%d %q %q %s %s %d %t %t", seq, q.text, q.previous, q.language, q.day, q.k, q.exact, q.follow)
}

func (s *answers) look(q inquiry, seq int64) (answer.Answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seq != s.seq {
		clear(s.kept)
		s.seq = seq
	}
	a, ok := s.kept[q]
	return a, ok
}

func (s *answers) keep(q inquiry, seq int64, a answer.Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seq != s.seq {
		return // the corpus changed while it was computed
	}
	if len(s.kept) >= answersKept {
		for k := range s.kept { // any: the map's order is random
			delete(s.kept, k)
			break
		}
	}
	s.kept[q] = a
}
