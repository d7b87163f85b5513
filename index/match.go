package index

import (
	"strings"

	"mujaz/corpus/lexicon"
)

// What a meeting of two words is worth in the second stage, 1 for the same.
const (
	cliticWorth   = .97
	stemWorth     = .9
	skeletonMatch = .55
	conceptMatch  = .7
)

// commonConcept is what the commonest concept keeps of its worth.
const commonConcept = .4

// affinity is how well a word of a document serves a term of the question.
type affinity struct {
	term  int
	worth float64
	how   How
}

// occurrence is an affinity at a place of a passage.
type occurrence struct {
	affinity
	token int
}

// matcher compares the words of passages with one question, each form once.
type matcher struct {
	r        *reading
	off      map[string]bool
	concepts map[lexicon.ID][]affinity
	sieve    [16]uint64 // a bit per concept: most concepts of a text are not the question's
	stems    uint64     // the same for words, see word.sieve
	skels    uint64
	*memo
}

// memo keeps the affinities of forms that a question has met, those that came
// last where two have one place. Its memory is used again: stamp tells entries
// of this question from old.
type memo struct {
	stamp   uint32
	entries [memoSize]memoEntry
	list    []affinity
}

// memoSize is more than the forms that pass the sieve of one question.
const memoSize = 1 << 11

type memoEntry struct {
	stamp, id uint32
	from, to  uint32
}

// next makes the memo ready for another question.
func (m *memo) next(int) {
	m.list = m.list[:0]
	if m.stamp++; m.stamp == 0 {
		clear(m.entries[:])
		m.stamp = 1
	}
}

func newMatcher(r *reading, off map[string]bool, reuse *memo) *matcher {
	m := &matcher{r: r, off: off, concepts: map[lexicon.ID][]affinity{}, memo: reuse}
	for i := range r.terms {
		m.expect(r.terms[i].w)
		for _, o := range r.terms[i].others {
			m.expect(o.w)
		}
		for _, c := range r.terms[i].concepts {
			worth := min(conceptMatch*c.weight, .85)
			if !r.terms[i].own {
				worth = min(c.weight, 1)
			}
			if c.idf < r.terms[i].idf { // a common concept tells less than a rare word
				worth *= commonConcept + (1-commonConcept)*c.idf/r.terms[i].idf
			}
			m.sieve[c.id/64%16] |= 1 << (c.id % 64)
			m.concepts[c.id] = append(m.concepts[c.id], affinity{i, worth, ByConcept})
		}
	}
	return m
}

// expect lets words pass the sieve that can meet a word of the question.
func (m *matcher) expect(w *word) {
	stem, skeleton := w.sieve()
	m.stems |= 1 << stem
	m.skels |= 1 << skeleton
}

// occurrences lists where the passage meets the question, at most one per term
// and token, in the order of tokens.
func (m *matcher) occurrences(p *passage, into []occurrence) []occurrence {
	next := 0
	for i := range p.tokens {
		for next < len(p.meanings) && int(p.meanings[next].last) < i {
			next++
		}
		from := len(into)
		for _, a := range m.at(&p.tokens[i]) {
			into = append(into, occurrence{a, i})
		}
		for k := next; k < len(p.meanings) && int(p.meanings[k].first) <= i; k++ {
			if int(p.meanings[k].last) < i {
				continue
			}
			id := p.meanings[k].id
			if m.sieve[id/64%16]>>(id%64)&1 == 0 || p.meanings[k].first == p.meanings[k].last && p.tokens[i].id == stopID {
				continue
			}
			for _, a := range m.concepts[id] {
				into = better(into, from, occurrence{a, i})
			}
		}
	}
	return into
}

// better keeps the stronger of two occurrences of one term at one token.
func better(list []occurrence, from int, o occurrence) []occurrence {
	for i := from; i < len(list); i++ {
		if list[i].term == o.term {
			if o.worth > list[i].worth {
				list[i] = o
			}
			return list
		}
	}
	return append(list, o)
}

// at lists the affinities of a token, without looking at its word where the
// question has met the form before.
func (m *matcher) at(t *token) []affinity {
	if t.id == stopID || (m.stems>>t.stem|m.skels>>t.skel)&1 == 0 {
		return nil
	}
	if e := &m.entries[t.id%memoSize]; e.stamp == m.stamp && e.id == t.id && t.id != 0 {
		return m.list[e.from:e.to:e.to]
	}
	return m.affinities(t.w)
}

func (m *matcher) affinities(w *word) []affinity {
	if w.flags&isStop != 0 {
		return nil
	}
	if w.id == 0 {
		return m.all(w, nil)
	}
	e := &m.entries[w.id%memoSize]
	if e.stamp != m.stamp || e.id != w.id {
		from := len(m.list)
		m.list = m.all(w, m.list)
		*e = memoEntry{m.stamp, w.id, uint32(from), uint32(len(m.list))}
	}
	return m.list[e.from:e.to:e.to]
}

func (m *matcher) all(w *word, into []affinity) []affinity {
	for i := range m.r.terms {
		if worth, how := m.compare(&m.r.terms[i], w); worth > 0 {
			into = append(into, affinity{i, worth, how})
		}
	}
	return into
}

func (m *matcher) compare(t *term, w *word) (float64, How) {
	worth, how := meet(t.w, w)
	if m.r.q.Exact && worth < stemWorth || m.off[string(how)] {
		worth = 0
	}
	for _, o := range t.others {
		if now, _ := meet(o.w, w); now*o.weight > worth {
			worth, how = now*o.weight, o.how
		}
	}
	return worth, how
}

// meet compares two words by all views.
func meet(a, b *word) (float64, How) {
	if sameStem(a, b) {
		switch {
		case a.folded == b.folded:
			return 1, BySurface
		case (a.flags|b.flags)&isDigits != 0:
			return 0, ""
		case strings.HasSuffix(a.folded, b.folded), strings.HasSuffix(b.folded, a.folded):
			return cliticWorth, ByClitic
		}
		return stemWorth, ByStem
	}
	if (a.flags|b.flags)&isDigits != 0 {
		return 0, ""
	}
	if sameSkeleton(a, b) && len(a.skeleton) >= 6 && len(a.stem) >= 6 && len(b.stem) >= 6 {
		return skeletonMatch, BySkeleton
	}
	return 0, ""
}

func sameStem(a, b *word) bool     { return a.stemHash == b.stemHash && a.stem == b.stem }
func sameSkeleton(a, b *word) bool { return a.skelHash == b.skelHash && a.skeleton == b.skeleton }
