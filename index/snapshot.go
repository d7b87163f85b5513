package index

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"

	api "github.com/blevesearch/bleve_index_api"
)

// row is what the ranker knows of a paragraph or title without reading it.
type row struct {
	article   uint32 // index of snapshot.articles
	paragraph int16
	length    uint16 // informative words
}

// deadRow marks document numbers of removed paragraphs.
const deadRow = ^uint32(0)

// article is one document of the snapshot.
type article struct {
	id   string
	rows []uint32 // document numbers by paragraph, the title first
}

// snapshot is one state of the index with tables made from it. Document
// numbers hold for one snapshot only.
type snapshot struct {
	reader     api.IndexReader
	table      []row // by document number
	rows       []uint32
	articles   []article
	lengths    []float32 // of articles: informative words, the title counted titleCount times
	parting    uint32    // a document number about the middle that parts no article
	byID       map[string]uint32
	rowAverage float64
	artAverage float64

	dictionary *dictionary
	pages      []pageAt               // of the dictionary, ascending
	known      []atomic.Pointer[word] // by number; shared with other snapshots

	postings *postingsCache
	passages *passageCache
	abouts   sync.Map // article index → *about
	scratch  reuse[scratch]
	readers  map[string]*reuse[postingsReader] // by field
	vocab    lazyVocabulary
	users    atomic.Int64
	ending   atomic.Bool // the index is being closed
}

// snapshot returns the current state, which the caller must release.
func (x *Index) snapshot() (*snapshot, error) {
	x.mu.RLock()
	if s := x.snap; s != nil && !x.closed {
		s.users.Add(1)
		x.mu.RUnlock()
		return s, nil
	}
	x.mu.RUnlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil, ErrClosed
	}
	if x.snap == nil {
		s, err := x.newSnapshot()
		if err != nil {
			return nil, err
		}
		x.snap = s
		if x.catch == nil {
			x.warm(s)
		}
	}
	x.snap.users.Add(1)
	return x.snap, nil
}

// refresh lets the next search see what was written. It needs x.mu.
func (x *Index) refresh() {
	if x.snap != nil {
		x.snap.release()
		x.snap = nil
	}
}

func (s *snapshot) release() {
	if s.users.Add(-1) == 0 {
		s.reader.Close()
	}
}

// newSnapshot needs x.mu.
func (x *Index) newSnapshot() (*snapshot, error) {
	reader, err := x.raw.Reader()
	if err != nil {
		return nil, err
	}
	s := &snapshot{reader: reader, byID: map[string]uint32{}, postings: newPostingsCache(), passages: newPassageCache(), readers: newReaders()}
	s.users.Store(1)
	if err := s.load(); err != nil {
		reader.Close()
		return nil, fmt.Errorf("read index: %w", err)
	}
	s.bind(x.words.dictionary.Load())
	s.measure()
	s.part()
	return s, nil
}

// load reads the names of all rows.
func (s *snapshot) load() error {
	ids, err := s.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer ids.Close()
	for {
		id, err := ids.Next()
		if err != nil {
			return err
		}
		if id == nil {
			return nil
		}
		name, err := s.reader.ExternalID(id)
		if err != nil {
			return err
		}
		r, err := parseRowID(name)
		if err != nil {
			return err
		}
		if r.paragraph == pageParagraph {
			err = s.addPage(uint32(id.Value()), r)
		} else {
			s.add(uint32(id.Value()), r)
		}
		if err != nil {
			return err
		}
	}
}

func (s *snapshot) add(number uint32, r rowID) {
	for uint32(len(s.table)) <= number {
		s.table = append(s.table, row{article: deadRow})
	}
	a, ok := s.byID[r.document]
	if !ok {
		a = uint32(len(s.articles))
		s.byID[r.document] = a
		s.articles = append(s.articles, article{id: r.document})
	}
	s.table[number] = row{a, int16(r.paragraph), uint16(min(r.length, 1<<16-1))}
	s.articles[a].rows = append(s.articles[a].rows, number)
	s.rows = append(s.rows, number)
}

// part looks for the place nearest to the middle before which all rows of the
// articles stand that have begun. Documents are written whole, some thousand
// rows at a time, so that there is one wherever more rows are.
func (s *snapshot) part() {
	left := make([]int32, len(s.articles))
	open, middle := 0, len(s.table)/2
	s.parting = uint32(len(s.table))
	for n, r := range s.table {
		if open == 0 && distance(n, middle) < distance(int(s.parting), middle) {
			s.parting = uint32(n)
		}
		if r.article == deadRow {
			continue
		}
		if left[r.article] == 0 {
			left[r.article] = int32(len(s.articles[r.article].rows))
			open++
		}
		if left[r.article]--; left[r.article] == 0 {
			open--
		}
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

// measure sorts the articles' rows and takes the averages that BM25 needs.
func (s *snapshot) measure() {
	words, all := 0, 0
	s.lengths = make([]float32, len(s.articles))
	for i := range s.articles {
		a, length := &s.articles[i], 0
		sort.Slice(a.rows, func(i, j int) bool { return s.table[a.rows[i]].paragraph < s.table[a.rows[j]].paragraph })
		for _, n := range a.rows {
			r := s.table[n]
			if r.paragraph == titleParagraph {
				length += titleCount * int(r.length)
			} else {
				length += int(r.length)
				words += int(r.length)
			}
		}
		all += length
		s.lengths[i] = float32(length)
	}
	s.rowAverage = float64(max(words, 1)) / float64(max(len(s.rows)-len(s.articles), 1))
	s.artAverage = float64(max(all, 1)) / float64(max(len(s.articles), 1))
}
