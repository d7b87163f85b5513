package index

import "sync"

// mostReused bounds what a reuse keeps: more than that many work at the same
// time only under load.
const mostReused = 8

// reuse keeps things that are costly to make for whoever needs one next. A
// sync.Pool would lose them to every other garbage collection.
type reuse[T any] struct {
	mu   sync.Mutex
	kept []*T
}

// take returns one, nil where none is kept.
func (r *reuse[T]) take() *T {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.kept)
	if n == 0 {
		return nil
	}
	last := r.kept[n-1]
	r.kept = r.kept[:n-1]
	return last
}

// give brings one back.
func (r *reuse[T]) give(x *T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.kept) < mostReused {
		r.kept = append(r.kept, x)
	}
}
