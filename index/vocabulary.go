package index

import (
	"errors"
	"slices"
	"sync"

	"mujaz/corpus/lexicon"
)

// lazyVocabulary is the list of all words of a snapshot, made when a question
// first has a word that the index does not know.
type lazyVocabulary struct {
	once sync.Once
	v    *vocabulary
	err  error
}

// vocabulary finds words of the documents by their looks and by their sound.
type vocabulary struct {
	words   []string // folded
	counts  []uint32 // rows that have the word
	index   map[string]uint32
	grams   map[uint32][]uint32 // trigram → words
	sounds  map[string][]uint32 // consonant skeleton → words
	tallies sync.Pool
}

func (s *snapshot) vocabulary() (*vocabulary, error) {
	s.vocab.once.Do(func() { s.vocab.v, s.vocab.err = s.readVocabulary() })
	return s.vocab.v, s.vocab.err
}

// warmRows is the size from which the vocabulary is made before it is needed:
// smaller ones take a few milliseconds.
const warmRows = 5000

// warm makes the vocabulary in the background. Close waits for it, and ends it.
func (x *Index) warm(s *snapshot) {
	if len(s.rows) < warmRows {
		return
	}
	s.users.Add(1)
	x.background.Go(func() {
		defer s.release()
		x.busy.Add(1) // searches do without this processor meanwhile
		defer x.busy.Add(-1)
		s.letGo()
		defer s.letGo()
		if _, err := s.vocabulary(); err != nil && !errors.Is(err, ErrClosed) {
			x.log.Error("read the vocabulary", "err", err)
		}
	})
}

func (s *snapshot) readVocabulary() (*vocabulary, error) {
	dict, err := s.reader.FieldDict(surfaceField)
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	v := &vocabulary{index: map[string]uint32{}, grams: map[uint32][]uint32{}, sounds: map[string][]uint32{}}
	for {
		entry, err := dict.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			return v, nil
		}
		if s.ending.Load() {
			return nil, ErrClosed
		}
		v.add(entry.Term, uint32(entry.Count))
	}
}

func (v *vocabulary) add(folded string, count uint32) {
	n := uint32(len(v.words))
	v.words, v.counts = append(v.words, folded), append(v.counts, count)
	v.index[folded] = n
	if isNumeral(folded) {
		return
	}
	var stack [48]uint32
	for _, g := range hashedGrams(folded, stack[:0]) {
		if list := v.grams[g]; len(list) == 0 || list[len(list)-1] != n {
			v.grams[g] = append(list, n)
		}
	}
	for _, sound := range soundsOf(folded) {
		v.sounds[sound] = append(v.sounds[sound], n)
	}
}

// soundsOf are the consonant skeletons of a word of either script.
func soundsOf(folded string) []string {
	if isLatinWord(folded) {
		return lexicon.LatinSkeleton(folded)
	}
	if s := lexicon.ArabicSkeleton(folded); s != "" {
		return []string{s}
	}
	return nil
}

// hashedGrams lists the padded trigrams of a word as numbers.
func hashedGrams(folded string, into []uint32) []uint32 {
	a, b := uint32('^'), uint32('^')
	for _, r := range folded {
		into = append(into, (a&0x3FF)<<20|(b&0x3FF)<<10|uint32(r)&0x3FF)
		a, b = b, uint32(r)
	}
	return append(into, (a&0x3FF)<<20|(b&0x3FF)<<10|'$')
}

// tally counts shared trigrams, dense by word.
type tally struct {
	shared  []uint8
	touched []uint32
}

// similar lists the words that share the most trigrams with a word, at most n.
func (v *vocabulary) similar(folded string, n int) []uint32 {
	t, _ := v.tallies.Get().(*tally)
	if t == nil {
		t = &tally{shared: make([]uint8, len(v.words))}
	}
	defer v.tallies.Put(t)
	var stack [48]uint32
	for _, g := range hashedGrams(folded, stack[:0]) {
		for _, w := range v.grams[g] {
			if t.shared[w] == 0 {
				t.touched = append(t.touched, w)
			}
			if t.shared[w] < 255 {
				t.shared[w]++
			}
		}
	}
	best := newLeaders[uint32](n)
	for _, w := range t.touched {
		count := t.shared[w]
		t.shared[w] = 0
		if length := len(v.words[w]); count > 1 && length*2 > len(folded) && length < len(folded)*2 {
			best.offer(w, 2*float32(count)/float32(len(folded)+length+4))
		}
	}
	t.touched = t.touched[:0]
	list := best.items()
	slices.Sort(list)
	return list
}

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
