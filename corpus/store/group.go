package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// groupSize is how many changes share one commit at most.
const groupSize = 64

// group lets changes that arrive while another one is being committed share
// the next transaction: SQLite waits for the disk at every commit, and many
// readers asking at once would wait in a row. Each change stands in a
// savepoint of its own, so that one that fails takes nothing along. Nobody is
// told of success before the common commit returned.
type group struct {
	s      *Store
	leader chan struct{} // holds one token: who has it commits
	mu     sync.Mutex
	queue  []*job
}

// job is one change that waits.
type job struct {
	ctx  context.Context
	f    func(conn) error
	mu   sync.Mutex
	took bool // a leader works on it: too late to give up
	gone bool // its caller gave up
	done chan error
	oops any // what f panicked with
}

func newGroup(s *Store) *group { return &group{s: s, leader: make(chan struct{}, 1)} }

// do runs f in a transaction, perhaps together with others. A context that
// ends before the change was begun takes it back.
func (g *group) do(ctx context.Context, f func(conn) error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	j := &job{ctx: ctx, f: f, done: make(chan error, 1)}
	g.mu.Lock()
	g.queue = append(g.queue, j)
	g.mu.Unlock()
	for {
		select {
		case err := <-j.done:
			return j.end(err)
		case g.leader <- struct{}{}:
			g.lead()
			<-g.leader
		case <-ctx.Done():
			if j.giveUp() {
				return context.Cause(ctx)
			}
			return j.end(<-j.done)
		}
	}
}

// end passes a panic of f on to the goroutine that it belongs to.
func (j *job) end(err error) error {
	if j.oops != nil {
		panic(j.oops)
	}
	return err
}

func (j *job) giveUp() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.gone = !j.took
	return j.gone
}

// take claims the job for a leader.
func (j *job) take() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.gone = j.gone || j.ctx.Err() != nil
	j.took = !j.gone
	return j.took
}

// lead commits what waits.
func (g *group) lead() {
	jobs := g.next()
	if len(jobs) == 0 {
		return
	}
	results, err := g.together(jobs)
	for i, j := range jobs {
		if err != nil {
			results[i] = err
			if len(jobs) > 1 { // perhaps another's fault: each by itself
				results[i] = g.alone(j)
			}
		}
		j.done <- results[i]
	}
}

func (g *group) next() (jobs []*job) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for len(g.queue) > 0 && len(jobs) < groupSize {
		if j := g.queue[0]; j.take() {
			jobs = append(jobs, j)
		}
		g.queue = g.queue[1:]
	}
	return jobs
}

func (g *group) alone(j *job) error {
	results, err := g.together([]*job{j})
	return errors.Join(results[0], err)
}

// together runs the jobs in one transaction and returns the error of each. The
// last result is the failure of the transaction itself: nothing happened then.
func (g *group) together(jobs []*job) ([]error, error) {
	results := make([]error, len(jobs))
	// An interrupted statement would roll everybody's changes back.
	ctx := context.WithoutCancel(jobs[0].ctx)
	tx, err := g.s.write.BeginTx(ctx, nil)
	if err != nil {
		return results, err
	}
	for i, j := range jobs {
		if results[i], err = j.run(conn{ctx, tx, g.s}); err != nil {
			return results, errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}
	return results, tx.Commit()
}

// run is one job in its savepoint. The second error means that the
// transaction is lost.
func (j *job) run(c conn) (result, broken error) {
	if _, err := c.exec(`SAVEPOINT change`); err != nil {
		return nil, err
	}
	if result = j.call(c); result != nil {
		if _, err := c.exec(`ROLLBACK TO change`); err != nil {
			return result, fmt.Errorf("%w, then %w", result, err) // a full disk ends the transaction by itself
		}
	}
	_, err := c.exec(`RELEASE change`)
	return result, err
}

func (j *job) call(c conn) (err error) {
	j.oops = nil
	defer func() {
		if j.oops = recover(); j.oops != nil {
			err = errors.New("store: panic in a change")
		}
	}()
	return j.f(c)
}
