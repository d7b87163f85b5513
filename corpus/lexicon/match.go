package lexicon

import (
	"strings"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// maxKeys bounds the forms under which one word can stand in a phrase.
const maxKeys = 4

// reading is what one word of a text means to the lexicon, kept for the next
// time that the word comes by.
type reading struct {
	word     string
	concepts []Concept       // of the word alone
	keys     [maxKeys]uint32 // numbers of the words that phrases may know it by
	n        uint8           // how many keys
	starts   bool            // a phrase starts with one of the keys
	skipped  bool            // transparent inside Latin phrases
}

// Match finds what the lexicon knows in folded words, from left to right: the
// longest phrase, then each of its words by itself, reduced to the
// least-stripped form that the lexicon knows. The words count beside the
// phrase because a question may hold one of them only («المعركة» for «معركة
// انتخابية»): hit@1 rose from .64 to .68 over 180 news questions. Phrases do
// not overlap. Words in Latin letters are read as English. Safe for concurrent
// use.
func (l *Lexicon) Match(words []string) []Match {
	if len(words) == 0 {
		return nil
	}
	return l.overlaid(words, l.base.match(words))
}

// MatchEnglish is Match for words of an English text: longest phrase first, as
// typed and then without -s, -es, -ed, -ing.
func (l *Lexicon) MatchEnglish(words []string) []Match { return l.Match(words) }

func (b *base) match(words []string) []Match {
	out := make([]Match, 0, len(words))
	var stack [64]*reading
	readings := append(stack[:0], make([]*reading, 0)...)
	for _, w := range words {
		readings = append(readings, b.read(w))
	}
	for i := 0; i < len(words); {
		last, concepts := b.longest(readings, i)
		if concepts != nil {
			out = append(out, Match{i, last, concepts})
		}
		for ; i <= last; i++ {
			if concepts := readings[i].concepts; concepts != nil {
				out = append(out, Match{i, i, concepts})
			}
		}
	}
	return out
}

// longest follows the phrases that start at i and returns the last word and
// the concepts of the longest.
func (b *base) longest(readings []*reading, i int) (int, []Concept) {
	if !readings[i].starts {
		return i, nil
	}
	last, concepts := i, []Concept(nil)
	var now, next [8]uint32
	nodes := now[:1]
	for j := i; j < len(readings) && len(nodes) > 0; j++ {
		if j > i && readings[j].skipped {
			continue
		}
		reached := next[:0]
		for _, node := range nodes {
			for _, key := range readings[j].keys[:readings[j].n] {
				if to, ok := b.edges[uint64(node)<<32|uint64(key)]; ok && len(reached) < cap(reached) {
					reached = append(reached, to)
				}
			}
		}
		for _, node := range reached {
			if found := b.phrase.at(node); found != nil && (last < j || concepts == nil) {
				last, concepts = j, found
			}
		}
		nodes = append(now[:0], reached...)
	}
	return last, concepts
}

// read returns the meaning of one word, from memory or by reducing it.
func (b *base) read(word string) *reading {
	if r := b.memory.get(word); r != nil {
		return r
	}
	r := b.reduce(strings.Clone(word))
	b.memory.put(r)
	return r
}

// search collects what the reduced forms of one word have to say.
type search struct {
	b        *base
	r        *reading
	cost     int  // of the first form with concepts
	prefixed bool // a clitic was taken off for it
	done     bool // no further form can add concepts; function words have none
}

func (b *base) reduce(word string) *reading {
	r := &reading{word: word, skipped: transparent(word)}
	if word == "" {
		return r
	}
	s := search{b: b, r: r, done: arabic.IsStop(word) || arabic.IsQuestionWord(word)}
	if word[0] < utf8.RuneSelf {
		if !r.skipped {
			reduceEnglish(word, s.visit)
		}
	} else {
		reduceArabic(word, s.visit)
	}
	if r.concepts == nil && r.n == 0 && !s.done {
		r.concepts = b.lastResort(word)
	}
	for _, key := range r.keys[:r.n] {
		_, ok := b.edges[uint64(key)]
		r.starts = r.starts || ok
	}
	return r
}

// visit takes the concepts of the first known form. Where that form is known
// to the English glossary alone, a further form of the same beginning adds
// what Arabic questions need.
func (s *search) visit(form string, cost int, prefixed bool) bool {
	if s.done && cost > s.cost+4 {
		return false // phrases know the word by a form near to this one
	}
	n, ok := s.b.words[form]
	if !ok {
		return true
	}
	if s.b.inPhrase[n] && s.r.n < maxKeys && !s.holds(n) {
		s.r.keys[s.r.n] = n
		s.r.n++
	}
	found := s.b.single.at(n)
	switch {
	case s.done || found == nil:
	case s.r.concepts == nil:
		s.r.concepts, s.cost, s.prefixed = found, cost, prefixed
		s.done = !onlyGloss(found)
	case prefixed == s.prefixed && !onlyGloss(found):
		s.r.concepts = append(s.r.concepts[:len(s.r.concepts):len(s.r.concepts)], newIn(found, s.r.concepts)...)
		s.done = true
	}
	return !s.done || s.r.n < maxKeys
}

func (s *search) holds(key uint32) bool {
	for _, k := range s.r.keys[:s.r.n] {
		if k == key {
			return true
		}
	}
	return false
}

func onlyGloss(list []Concept) bool {
	for _, c := range list {
		if c.Kind != Gloss {
			return false
		}
	}
	return true
}

// newIn returns the concepts of list that known does not hold.
func newIn(list, known []Concept) []Concept {
	var out []Concept
next:
	for _, c := range list {
		for _, k := range known {
			if k.ID == c.ID {
				continue next
			}
		}
		out = append(out, c)
	}
	return out
}
