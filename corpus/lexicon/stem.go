package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// stemmed is what a word that is known by its light stem only keeps of its
// concepts' weight.
const stemmed = .8

// translated is what a word that only a dictionary knows keeps of the weight
// of its equivalents' concepts.
const translated = .6

// lastResort finds concepts for a word that the lexicon does not have: those
// of the word that shares its light stem, or of its equivalents in a
// dictionary.
func (b *base) lastResort(word string) []Concept {
	if word[0] >= utf8.RuneSelf {
		return b.byStem(word)
	}
	for _, term := range b.dictionary.translate(word) {
		if found := b.single.at(b.words[term]); found != nil {
			return lighter(found, translated)
		}
	}
	return nil
}

func (b *base) byStem(word string) []Concept {
	stem := arabic.Stem(word)
	if len(stem) < 6 {
		return nil
	}
	return lighter(b.single.at(b.stems()[stem]), stemmed)
}

func lighter(list []Concept, by float32) []Concept {
	out := slices.Clone(list)
	for i := range out {
		out[i].Weight *= by
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
