package index

import (
	"math/bits"
	"slices"
)

// likeness is the share of common trigrams of two words, by their bytes.
func likeness(shared, a, b int) float32 { return 2 * float32(shared) / float32(a+b+4) }

// like is a word that was read, with its likeness to the one that is looked for.
type like struct {
	word  string
	score float32
}

// similar lists the words that share the most trigrams with a word: the first
// n and those that are as like as the last of them, by the order of their
// letters. It begins with the words that can share most, and ends when no
// other can be like enough: few words are read.
func (v *vocabulary) similar(folded string, n int) []string {
	var stack [48]uint32
	grams := hashedGrams(folded, stack[:0])
	t := v.tallies.take()
	if t == nil {
		t = &tally{}
	}
	defer v.tallies.give(t)
	t.fill(v.pages, grams)
	best, met, latin := newLeaders[struct{}](n), []like(nil), isLatinWord(folded)
	for most := len(grams); most > 1; most-- {
		if len(best.scores) == n && likeness(most, len(folded), len(folded)/2+1) < best.scores[0] {
			break
		}
		t.each(v.pages, most, func(p page, i int) {
			r := p.record(i)
			length := recordLength(r)
			if (recordKind(r)&kindLatin != 0) != latin || length*2 <= len(folded) || length >= len(folded)*2 || len(best.scores) == n && likeness(most, len(folded), length) < best.scores[0] {
				return
			}
			word := p.folded(i)
			if shared := sharedGrams(grams, word); shared > 1 {
				score := likeness(shared, len(folded), length)
				best.offer(struct{}{}, score)
				met = append(met, like{word, score})
			}
		})
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

// tallyBits is enough to count the trigrams of a word up to 63.
const tallyBits = 6

// tally counts, for every word of all pages, how many trigrams of one word it
// can share: those of whose kind it has one. It counts 64 words at once, in
// numbers whose binary digits lie in tallyBits words of memory.
type tally struct{ digits [][tallyBits]uint64 }

func (t *tally) fill(pages []page, grams []uint32) {
	t.digits = t.digits[:0]
	for _, p := range pages {
		from := len(t.digits)
		t.digits = slices.Grow(t.digits, rowLength(p.count))[:from+rowLength(p.count)]
		block := t.digits[from:]
		clear(block)
		for _, g := range grams[:min(len(grams), 1<<tallyBits-1)] {
			for k, carry := range p.have(gramKind(g)) {
				for d := 0; carry != 0; d++ {
					block[k][d], carry = block[k][d]^carry, block[k][d]&carry
				}
			}
		}
	}
}

// each calls use for every word that can share just so many.
func (t *tally) each(pages []page, count int, use func(p page, i int)) {
	at := 0
	for _, p := range pages {
		for k := range rowLength(p.count) {
			alike := ^uint64(0)
			for d, digit := range t.digits[at] {
				if count>>d&1 == 0 {
					digit = ^digit
				}
				alike &= digit
			}
			for ; alike != 0; alike &= alike - 1 {
				if i := 64*k + bits.TrailingZeros64(alike); i < p.count {
					use(p, i)
				}
			}
			at++
		}
	}
}
