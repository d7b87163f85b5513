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
	s     *snapshot
	pages []page
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
		s.letGo()
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

// likeness is the share of common trigrams of two words, by their bytes.
func likeness(shared, a, b int) float32 { return 2 * float32(shared) / float32(a+b+4) }

// similar lists the words that share the most trigrams with a word: the first
// n and those that are as like as the last of them, by the order of their
// letters.
func (v *vocabulary) similar(folded string, n int) []string {
	var stack [48]uint32
	grams := hashedGrams(folded, stack[:0])
	best := newLeaders[struct{}](n)
	type like struct {
		word  string
		score float32
	}
	var met []like
	hopes := v.hopes(folded, len(grams))
	for most := len(hopes) - 1; most > 1; most-- {
		for _, at := range hopes[most] {
			p, i := v.pages[at/pageWords], int(at%pageWords)
			length := recordLength(p.record(i))
			if len(best.scores) == n && likeness(most, len(folded), length) < best.scores[0] {
				continue
			}
			word := p.folded(i)
			if shared := sharedGrams(grams, word); shared > 1 {
				score := likeness(shared, len(folded), length)
				best.offer(struct{}{}, score)
				met = append(met, like{word, score})
			}
		}
	}
	var list []string
	for _, m := range met {
		if m.score >= best.scores[0] {
			list = append(list, m.word)
		}
	}
	slices.Sort(list)
	return list
}

// hopes lists the words that can share trigrams with a word of so many, by how
// many that can be: page × pageWords + place in the page. Whoever begins with the
// greatest hopes needs to read few words.
func (v *vocabulary) hopes(folded string, grams int) [][]uint32 {
	hopes, look, bytes := make([][]uint32, grams+1), gramsOf(folded), len(folded)
	for at, p := range v.pages {
		for i := range p.count {
			r := p.record(i)
			most := grams - look.lacking(r) // a missing bit is a missing trigram
			if most < 2 {
				continue
			}
			if length := recordLength(r); length*2 > bytes && length < bytes*2 && recordKind(r)&(kindStop|kindNumeral) == 0 {
				hopes[most] = append(hopes[most], uint32(at)*pageWords+uint32(i))
			}
		}
	}
	return hopes
}

// sharedGrams counts the trigrams that a word has.
func sharedGrams(grams []uint32, word string) (n int) {
	var stack [48]uint32
	has := hashedGrams(word, stack[:0])
	for _, g := range grams {
		if slices.Contains(has, g) {
			n++
		}
	}
	return n
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
		for i := range p.count {
			r := p.record(i)
			if kind := recordKind(r); kind&(kindStop|kindNumeral) != 0 || (kind&kindLatin != 0) == latin {
				continue
			}
			if recordSounds(r) < 2 && sieve&(1<<(recordSound(r)%64)) == 0 {
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
