package index

import (
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/document"
	api "github.com/blevesearch/bleve_index_api"
)

// The dictionary numbers every folded form that the index has, from 1, so that
// rows can keep their words as numbers. It is stored in rows of its own, which
// are written in the same batch as the rows that need them and never removed.

// pageParagraph is the paragraph number under which a page is indexed; the
// number of its first word stands for the document, their count for the length.
const pageParagraph = -2

// pageRow makes the bleve document of one page.
func pageRow(list []*word) *document.Document {
	id := rowID{strconv.FormatUint(uint64(list[0].id), 10), pageParagraph, len(list)}
	row := document.NewDocument(id.String())
	row.AddField(document.NewTextFieldCustom(wordsField, nil, encodePage(list), api.StoreField, nil))
	return row
}

// pageAt says where a page lies in a snapshot.
type pageAt struct {
	first  uint32 // number of its first word
	count  uint32
	number uint32 // document number
}

// dictionary keeps what was read of the pages; snapshots of one index share it.
type dictionary struct {
	mu    sync.Mutex
	pages map[uint32]page // by first word
	known []atomic.Pointer[word]
	slab  []word // room for the next words
}

func newDictionary() *dictionary { return &dictionary{pages: map[uint32]page{}} }

func (d *dictionary) size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.known)
}

// room returns places for the words up to a number.
func (d *dictionary) room(last uint32) []atomic.Pointer[word] {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := int(last) + 1; n > len(d.known) {
		more := make([]atomic.Pointer[word], n+n/8)
		for i := range d.known {
			more[i].Store(d.known[i].Load())
		}
		d.known = more
	}
	return d.known
}

// addPage takes note of a page row.
func (s *snapshot) addPage(number uint32, r rowID) error {
	first, err := strconv.ParseUint(r.document, 10, 32)
	if err != nil {
		return err
	}
	if r.length > 0 && r.length <= pageWords && first+uint64(r.length) <= maxWords+1 {
		s.pages = append(s.pages, pageAt{uint32(first), uint32(r.length), number})
	}
	return nil
}

// bind makes the words of all pages ready to be read.
func (s *snapshot) bind(d *dictionary) {
	slices.SortFunc(s.pages, func(a, b pageAt) int { return int(a.first) - int(b.first) })
	s.dictionary = d
	last := uint32(0)
	for _, at := range s.pages {
		last = max(last, at.first+at.count-1)
	}
	s.known = d.room(last)
}

// page reads a page, once for all snapshots.
func (s *snapshot) page(at pageAt) (page, error) {
	d := s.dictionary
	d.mu.Lock()
	defer d.mu.Unlock()
	if p, ok := d.pages[at.first]; ok {
		return p, nil
	}
	p, bad := page{}, errPage
	err := s.visit(at.number, func(field string, value []byte) {
		if field == wordsField {
			p, bad = openPage(value)
		}
	})
	if err == nil {
		err = bad
	}
	if err == nil {
		d.pages[at.first] = p
	}
	return p, err
}

// word is the word of a number; nil where the index does not have it.
func (s *snapshot) word(id uint32) *word {
	if int(id) >= len(s.known) {
		return nil
	}
	if w := s.known[id].Load(); w != nil {
		return w
	}
	return s.readWord(id)
}

func (s *snapshot) readWord(id uint32) *word {
	i, exact := slices.BinarySearchFunc(s.pages, id, func(at pageAt, id uint32) int { return int(at.first) - int(id) })
	if !exact {
		i--
	}
	if i < 0 || id >= s.pages[i].first+s.pages[i].count {
		return nil
	}
	at := s.pages[i]
	p, err := s.page(at)
	if err != nil || int(id-at.first) >= p.count {
		return nil
	}
	w, ok := p.word(int(id-at.first), at.first)
	if !ok {
		return nil
	}
	s.known[id].CompareAndSwap(nil, s.dictionary.store(w))
	return s.known[id].Load()
}

// slabSize is how many words are allocated at a time: those of one passage are
// then near to each other.
const slabSize = 128

func (d *dictionary) store(w word) *word {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.slab) == 0 {
		d.slab = make([]word, slabSize)
	}
	at := &d.slab[0]
	*at, d.slab = w, d.slab[1:]
	return at
}
