package index

import (
	"math"
	"sync"
)

// postingsBudget bounds the postings kept decoded, in postings of 4 bytes: the
// words that people ask for again and again.
const postingsBudget = 12 << 20

// entryCost is what an entry takes beside its postings, in postings.
const entryCost = 16

type termKey struct{ field, term string }

// postings are the rows of a term; list is nil where they were only counted.
type postings struct {
	list []posting
	n    int
}

// postingsCache keeps decoded postings of one snapshot.
type postingsCache struct {
	mu   sync.Mutex
	kept map[termKey]postings
	used int
}

func newPostingsCache() *postingsCache { return &postingsCache{kept: map[termKey]postings{}} }

// list returns the postings of a term, which must not be changed.
func (s *snapshot) list(field, term string) ([]posting, error) {
	found, err := s.lookup(field, term, math.MaxInt)
	return found.list, err
}

// lookup is list for at most so many postings; more are counted only.
func (s *snapshot) lookup(field, term string, most int) (postings, error) {
	key := termKey{field, term}
	c := s.postings
	c.mu.Lock()
	found, ok := c.kept[key]
	c.mu.Unlock()
	if ok && (found.list != nil || found.n > most) {
		return found, nil
	}
	list, n, err := s.read(field, []byte(term), most)
	if err != nil {
		return postings{}, err
	}
	c.put(key, postings{list, n})
	return postings{list, n}, nil
}

func (c *postingsCache) put(key termKey, p postings) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if before, ok := c.kept[key]; ok {
		c.used -= len(before.list) + entryCost
	}
	c.kept[key] = p
	c.used += len(p.list) + entryCost
	for k, kept := range c.kept { // in random order
		if c.used <= postingsBudget {
			break
		}
		c.used -= len(kept.list) + entryCost
		delete(c.kept, k)
	}
}

// passagesKept bounds the analysed paragraphs kept, about 4 KB each.
const passagesKept = 8_000

// passageCache keeps analysed paragraphs of one snapshot by document number.
type passageCache struct {
	mu   sync.Mutex
	kept map[uint32]*passage
}

func newPassageCache() *passageCache { return &passageCache{kept: map[uint32]*passage{}} }

func (c *passageCache) get(number uint32) *passage {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kept[number]
}

func (c *passageCache) put(number uint32, p *passage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept[number] = p
	for k := range c.kept { // in random order
		if len(c.kept) <= passagesKept {
			break
		}
		delete(c.kept, k)
	}
}

func (c *passageCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.kept)
}
