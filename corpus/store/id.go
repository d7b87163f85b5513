package store

import (
	"math/rand/v2"
	"sync"
	"time"
)

// idEpoch is subtracted from ids so that they stay small for decades.
var idEpoch = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// idSource makes ids that grow with time and that two replicas do not make
// alike: milliseconds, then 22 random bits, always above the one before.
type idSource struct {
	mu   sync.Mutex
	last int64
}

func (x *idSource) next(now time.Time) int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	id := max(now.Sub(idEpoch).Milliseconds(), 1)<<22 | rand.Int64N(1<<22)
	x.last = max(x.last+1, id)
	return x.last
}

// atLeast makes the next id greater than one that is known.
func (x *idSource) atLeast(id int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.last = max(x.last, id)
}

func (s *Store) newID() int64 { return s.ids.next(s.now()) }

// now is the injected clock or the machine's, to the stored precision.
func (s *Store) now() time.Time {
	if s.o.Now != nil {
		return s.o.Now().UTC().Truncate(time.Millisecond)
	}
	return time.Now().UTC().Truncate(time.Millisecond)
}
