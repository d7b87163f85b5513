package index

import (
	"math/bits"
	"slices"

	"mujaz/corpus"
)

// Near-identical paragraphs are shown once. Twins share nearly all their runs
// of three words.
const (
	shingleWords = 3
	leastTwin    = .9  // Jaccard similarity of the runs
	sameScore    = .25 // twins whose scores differ less let the newer one win
)

// shingles are the hashed runs of words of a paragraph, sorted, each once.
// They are made when first needed.
func (p *passage) shingles() []uint64 {
	if made := p.runs.Load(); made != nil {
		return *made
	}
	runs := make([]uint64, 0, len(p.tokens))
	p.eachRun(func(h uint64) { runs = append(runs, h) })
	slices.Sort(runs)
	runs = slices.Compact(runs)
	p.runs.Store(&runs)
	return runs
}

func (p *passage) eachRun(use func(hash uint64)) {
	for i := range p.tokens {
		if i > 0 && i+shingleWords > len(p.tokens) {
			break
		}
		h := uint64(14695981039346656037)
		for j := i; j < min(i+shingleWords, len(p.tokens)); j++ {
			h = (h ^ p.tokens[j].w.hash) * 1099511628211
		}
		use(h)
	}
}

// marks has a bit for every run of words; two runs may share one.
type marks [4]uint64

func (p *passage) marks() (m marks) {
	p.eachRun(func(h uint64) { m[h>>62] |= 1 << (h >> 56 & 63) })
	return m
}

// differing is the least number of runs that only one of two passages has.
func (m *marks) differing(other *marks) (n int) {
	for i := range m {
		n += bits.OnesCount64(m[i] ^ other[i])
	}
	return n
}

// jaccard is the share of common runs, of two sorted lists.
func jaccard(a, b []uint64) float64 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if all := len(a) + len(b) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 1
}

// group is a paragraph and its twins.
type group struct {
	shown  *view
	first  *passage
	marks  marks
	others []*view
}

// fold makes groups of the best views until n are full. Of twins that score
// alike the newest is shown.
func fold(views []view, n int) []group {
	var groups []group
	for i := range views {
		c := &views[i]
		m := c.p.marks()
		at := slices.IndexFunc(groups, func(g group) bool {
			// Twins of n runs differ in a ninth of them at most.
			n := min(len(g.first.tokens), len(c.p.tokens))
			return 9*g.marks.differing(&m) <= n && twins(g.first.shingles(), c.p.shingles())
		})
		switch {
		case at >= 0:
			groups[at].add(c)
		case len(groups) < n:
			groups = append(groups, group{shown: c, first: c.p, marks: m})
		case i > 3*n:
			return groups
		}
	}
	return groups
}

func twins(a, b []uint64) bool {
	return 10*min(len(a), len(b)) >= 8*max(len(a), len(b)) && jaccard(a, b) >= leastTwin
}

func (g *group) add(c *view) {
	if c.day.After(g.shown.day) && g.shown.score-c.score < sameScore {
		g.shown, c = c, g.shown
	}
	g.others = append(g.others, c)
}

func (k *ranker) ref(c *view) corpus.Ref {
	return corpus.Ref{Document: k.s.articles[c.article].id, Paragraph: int(k.s.table[c.number].paragraph)}
}
