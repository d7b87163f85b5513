package index

import "sync"

// lazyVocabulary is the list of all words of a snapshot, made when a question
// has a word that the index does not know.
type lazyVocabulary struct {
	once sync.Once
	v    *vocabulary
	err  error
}

// vocabulary finds words by their looks.
type vocabulary struct {
	words  []string
	counts []uint32
}

// nearest finds the words of the index that a typed word may mean.
func (x *Index) nearest(s *snapshot, r *reading, t *term) ([]other, error) { return nil, nil }

// Known reports whether a folded word stands in any document.
func (x *Index) Known(folded string) bool { return x.Frequency(folded) > 0 }

// Frequency is the number of paragraphs and titles with a folded word.
func (x *Index) Frequency(folded string) int {
	s, err := x.snapshot()
	if err != nil {
		return 0
	}
	defer s.release()
	n, err := s.count(surfaceField, []byte(folded))
	if err != nil {
		x.log.Error("look up a word", "err", err)
		return 0
	}
	return n
}
