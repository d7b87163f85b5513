package lexicon

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"sync"
)

// sum is the same for lines with the same set of folded terms, whatever their
// order, marks and kind.
func (l Line) sum() uint64 {
	var seen [64]uint64
	hashes, total := seen[:0], uint64(0)
	for _, list := range [...][]Term{l.Arabic, l.Dialect, l.English} {
		for _, t := range list {
			h := hashTerm(t.Folded)
			if !slices.Contains(hashes, h) {
				hashes = append(hashes, h)
				total += h
			}
		}
	}
	return total
}

// hashTerm is FNV-1a with a last mixing step: ids are kept in indexes, so it
// must never depend on the process.
func hashTerm(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// build gives ids, leaves equal concepts out and fills the tables.
func (b *base) build(files []file) []Problem {
	var problems []Problem
	total := 0
	for _, f := range files {
		total += len(f.lines)
	}
	words, standard := newBuilder(total*8), newBuilder(1024)
	b.byID = make(map[ID]int32, total)
	b.lines = make([]source, 0, total)
	sums := make(map[uint64]struct{}, total)
	print := sha256.New()
	print.Write([]byte(matcher))
	for _, d := range b.dictionary {
		print.Write([]byte(d.name))
		print.Write(binary.AppendUvarint(nil, uint64(len(d.text))))
	}
	for _, f := range files {
		print.Write(f.sum[:])
		problems = append(problems, f.problems...)
		for i := range f.lines {
			p := &f.lines[i]
			if _, ok := sums[p.sum]; ok {
				problems = append(problems, duplicate(f.name, p))
				continue
			}
			sums[p.sum] = struct{}{}
			id := b.newID(p.sum)
			b.byID[id] = int32(len(b.lines))
			b.lines = append(b.lines, source{id, p.text})
			if p.Kind == Stop {
				addStandard(standard, p.Line)
			} else {
				addTerms(words, p.Line, id)
			}
		}
	}
	b.table, b.standard = words.done(), standard.done()
	b.stems = sync.OnceValue(b.table.stems)
	b.fingerprint = hex.EncodeToString(print.Sum(nil)[:12])
	return problems
}

// newID makes an id of the sum, the next free one where two sums meet.
func (b *base) newID(sum uint64) ID {
	for id := firstID(sum); ; id++ {
		if _, taken := b.byID[id]; !taken {
			return id
		}
	}
}

func firstID(sum uint64) ID { return max(ID(sum^sum>>32), 1) }

func addTerms(to *builder, l Line, id ID) {
	for _, list := range [...][]Term{l.Arabic, l.Dialect, l.English} {
		for _, t := range list {
			c := Concept{ID: id, Weight: l.Kind.Weight(), Kind: l.Kind}
			if t.Ambiguous {
				c.Weight *= ambiguous
			}
			to.add(t.Folded, c)
		}
	}
}
