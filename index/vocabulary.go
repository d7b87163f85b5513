package index

import (
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
	words  []string // folded
	counts []uint32 // rows that have the word
	index  map[string]uint32
	grams  map[uint32][]uint32 // trigram → words
	sounds map[string][]uint32 // consonant skeleton → words
}

func (s *snapshot) vocabulary() (*vocabulary, error) {
	s.vocab.once.Do(func() { s.vocab.v, s.vocab.err = s.readVocabulary() })
	return s.vocab.v, s.vocab.err
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

// similar lists the words that share the most trigrams with a word, at most n.
func (v *vocabulary) similar(folded string, n int) []uint32 {
	var stack [48]uint32
	shared := map[uint32]uint8{}
	for _, g := range hashedGrams(folded, stack[:0]) {
		for _, w := range v.grams[g] {
			if shared[w] < 255 {
				shared[w]++
			}
		}
	}
	best := newLeaders[uint32](n)
	for w, count := range shared {
		if length := len(v.words[w]); length*2 > len(folded) && length < len(folded)*2 {
			best.offer(w, 2*float32(count)/float32(len(folded)+length+4))
		}
	}
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
