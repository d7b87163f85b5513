package lexicon

import (
	"strings"

	"mujaz/corpus/arabic"
)

// stemmed is what a word that is known by its light stem only keeps of its
// concepts' weight.
const stemmed = .8

// byStem is the last resort: the word of the lexicon that shares the stem.
func (b *base) byStem(word string) []Concept {
	stem := arabic.Stem(word)
	if len(stem) < 6 {
		return nil
	}
	found := b.single.at(b.stems()[stem])
	if found == nil {
		return nil
	}
	out := make([]Concept, len(found))
	for i, c := range found {
		c.Weight *= stemmed
		out[i] = c
	}
	return out
}

// stems maps light stems to the first word that has them; made when the first
// word needs it.
func (t *table) stems() map[string]uint32 {
	stems := make(map[string]uint32, len(t.spelled)/2)
	for n, word := range t.spelled {
		if t.single.at(uint32(n)) == nil || strings.ContainsFunc(word, func(r rune) bool { return r < 0x600 }) {
			continue
		}
		if stem := arabic.Stem(word); len(stem) >= 6 {
			if _, taken := stems[stem]; !taken {
				stems[stem] = uint32(n)
			}
		}
	}
	return stems
}
