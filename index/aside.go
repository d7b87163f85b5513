package index

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"slices"

	"mujaz/corpus/lexicon"
)

// aside runs a part of a search on another processor while one is free, and
// not at all otherwise: under load, searches side by side use them better. The
// wait it returns must be called; it panics as the work did.
func (x *Index) aside(work func() error) (wait func() error, ok bool) {
	if int(x.busy.Add(1)) > runtime.GOMAXPROCS(0) {
		x.busy.Add(-1)
		return nil, false
	}
	var err error
	var met any
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer x.busy.Add(-1)
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		defer func() { met = recover() }()
		err = work()
	}()
	return func() error {
		<-done
		if met != nil {
			panic(met)
		}
		return err
	}, true
}

// leastAside is how many candidates are worth a second worker.
const leastAside = 12

// see measures all views, half of them aside where that is possible.
func (k *ranker) see(ctx context.Context, views []view) error {
	half := len(views) / 2
	if len(views) < leastAside {
		return k.seeAll(ctx, views)
	}
	other := k.twin()
	wait, ok := k.x.aside(func() error { return other.seeAll(ctx, views[half:]) })
	if !ok {
		return k.seeAll(ctx, views)
	}
	return both(func() error { return k.seeAll(ctx, views[:half]) }, wait)
}

// twin is a ranker for the same question that another goroutine may use.
func (k *ranker) twin() *ranker {
	other := *k
	k.scores.aside.next(k.x.words.size())
	other.m = newMatcher(k.r, k.x.off, &k.scores.aside)
	other.titles, other.titlePassages = map[uint32][]float64{}, map[uint32]*passage{}
	other.found, other.sentenceBest = nil, nil
	return &other
}

// fetch decodes the postings of the last terms aside, while the first are
// weighed: both meet somewhere in between.
func (x *Index) fetch(s *snapshot, r *reading, l *lexicon.Lexicon) (wait func() error, ok bool) {
	if len(r.terms) < 2 {
		return nil, false
	}
	terms := slices.Clone(r.terms)
	for i := range terms {
		terms[i].concepts = slices.Clone(terms[i].concepts)
	}
	return x.aside(func() error {
		for i := len(terms) - 1; i > 0; i-- {
			if r.weighed.Load() >= int32(i) {
				return nil
			}
			if err := x.weighTerm(s, &terms[i], l); err != nil {
				return err
			}
		}
		return nil
	})
}

// both calls two functions, the second whatever the first did.
func both(first, second func() error) (err error) {
	defer func() { err = errors.Join(err, second()) }()
	return first()
}
