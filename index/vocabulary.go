package index

import (
	"cmp"
	"errors"
	"slices"
	"sync"

	"mujaz/corpus/lexicon"
)

// lazyVocabulary is the list of all words of a snapshot, read when a question
// first has a word that the index does not know.
type lazyVocabulary struct {
	once sync.Once
	v    *vocabulary
	err  error
}

// vocabulary finds words of the documents by their looks and by their sound.
// It goes through the records of the whole dictionary: a quarter of a million
// take less than a millisecond, and no table has to be made or kept. The
// dictionary never forgets, so what is found is good only where count says so.
type vocabulary struct {
	s       *snapshot
	pages   []page
	tallies reuse[tally]
}

func (s *snapshot) vocabulary() (*vocabulary, error) {
	s.vocab.once.Do(func() { s.vocab.v, s.vocab.err = s.readVocabulary() })
	return s.vocab.v, s.vocab.err
}

// warmRows is the size from which the dictionary is read before it is needed:
// smaller ones take less than a millisecond.
const warmRows = 5000

// warm reads the dictionary in the background. Close waits for it, and ends it.
func (x *Index) warm(s *snapshot) {
	if len(s.rows) < warmRows {
		return
	}
	s.users.Add(1)
	x.background.Go(func() {
		defer s.release()
		if _, err := s.vocabulary(); err != nil && !errors.Is(err, ErrClosed) {
			x.log.Error("read the vocabulary", "err", err)
		}
	})
}

func (s *snapshot) readVocabulary() (*vocabulary, error) {
	v := &vocabulary{s: s}
	for _, at := range s.pages {
		if s.ending.Load() {
			return nil, ErrClosed
		}
		p, err := s.page(at)
		if err != nil {
			return nil, err
		}
		v.pages = append(v.pages, p)
	}
	return v, nil
}

// count is the number of rows that have a word.
func (v *vocabulary) count(folded string) (int, error) {
	found, err := v.s.lookup(surfaceField, folded, 0)
	return found.n, err
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

// sounding lists the words of the other script that can sound like a name: by
// the order of its sounds, then of their letters.
func (v *vocabulary) sounding(name string, latin bool) []string {
	hashes, sieve := []uint32{}, uint64(0)
	for _, s := range soundsOf(name) {
		hashes = append(hashes, hashSound(s))
		sieve |= 1 << (hashSound(s) % 64)
	}
	type found struct {
		sound int
		word  string
	}
	var list []found
	for _, p := range v.pages {
		for i, sound := range p.sound {
			if sound == 0 || sound != manySounds && sieve&(1<<(sound%64)) == 0 || (recordKind(p.record(i))&kindLatin != 0) == latin {
				continue
			}
			p.sounds(i, func(hash uint32) {
				if n := slices.Index(hashes, hash); n >= 0 {
					list = append(list, found{n, p.folded(i)})
				}
			})
		}
	}
	slices.SortFunc(list, func(a, b found) int { return cmp.Or(cmp.Compare(a.sound, b.sound), cmp.Compare(a.word, b.word)) })
	words := make([]string, len(list))
	for i, f := range list {
		words[i] = f.word
	}
	return words
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
