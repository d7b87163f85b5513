package bot

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// floodBurst questions in a row are answered at once: more than a person
	// types, less than a script sends.
	floodBurst = 20
	// floodEvery is the pace that a person is held to afterwards.
	floodEvery = 3 * time.Second
	// floodForget is when a quiet person's count is dropped: the burst is full again.
	floodForget = floodBurst * floodEvery
)

// flood slows down who asks faster than can be read.
type flood struct {
	now    func() time.Time
	mu     sync.Mutex
	people map[int64]*pace
	swept  time.Time
}

type pace struct {
	limiter *rate.Limiter
	last    time.Time
	warned  bool
}

func newFlood(now func() time.Time) *flood {
	return &flood{now: now, people: map[int64]*pace{}, swept: now()}
}

// take counts a question. When it comes too fast, wait is how long the person
// should pause, and first is true for the one that deserves a notice.
func (f *flood) take(user int64) (wait time.Duration, first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	f.sweep(now)
	p := f.people[user]
	if p == nil {
		p = &pace{limiter: rate.NewLimiter(rate.Every(floodEvery), floodBurst)}
		f.people[user] = p
	}
	p.last = now
	if p.limiter.AllowN(now, 1) {
		p.warned = p.warned && p.limiter.TokensAt(now) < 1
		return 0, false
	}
	first = !p.warned
	p.warned = true
	missing := 1 - p.limiter.TokensAt(now)
	return time.Duration(missing * float64(floodEvery)), first
}

func (f *flood) sweep(now time.Time) {
	if now.Sub(f.swept) < floodForget {
		return
	}
	f.swept = now
	for id, p := range f.people {
		if now.Sub(p.last) >= floodForget {
			delete(f.people, id)
		}
	}
}

// pressWindow is how long a second press of the same button by the same person
// counts as a slip of the finger.
const pressWindow = 2 * time.Second

// presses tells double presses.
type presses struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[string]time.Time
}

func newPresses(now func() time.Time) *presses {
	return &presses{now: now, seen: map[string]time.Time{}}
}

// first reports whether the key was not seen within the window.
func (p *presses) first(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	for k, at := range p.seen {
		if now.Sub(at) >= pressWindow {
			delete(p.seen, k)
		}
	}
	if _, twice := p.seen[key]; twice {
		return false
	}
	p.seen[key] = now
	return true
}
