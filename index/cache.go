package index

import "sync"

// postingsBudget bounds the postings kept decoded, in postings of 4 bytes: the
// words that people ask for again and again.
const postingsBudget = 12 << 20

type termKey struct{ field, term string }

// postingsCache keeps decoded postings of one snapshot.
type postingsCache struct {
	mu   sync.Mutex
	kept map[termKey][]posting
	used int
}

func newPostingsCache() *postingsCache { return &postingsCache{kept: map[termKey][]posting{}} }

// list returns the postings of a term, which must not be changed.
func (s *snapshot) list(field, term string) ([]posting, error) {
	key := termKey{field, term}
	c := s.postings
	c.mu.Lock()
	list, ok := c.kept[key]
	c.mu.Unlock()
	if ok {
		return list, nil
	}
	list, err := s.read(field, []byte(term))
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.kept[key]; !ok {
		c.kept[key] = list
		c.used += len(list) + 16
	}
	for k, l := range c.kept { // in random order
		if c.used <= postingsBudget {
			break
		}
		c.used -= len(l) + 16
		delete(c.kept, k)
	}
	return list, nil
}

// passagesKept bounds the analysed paragraphs kept, about 3 KB each.
const passagesKept = 12_000

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
