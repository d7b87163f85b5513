package lexicon

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"mujaz/corpus/arabic"
)

// table holds the vocabulary: every word of every term by number, the concepts
// of single words, and a tree of phrases whose edges are hashed by node and
// word. It does not change once it is built.
type table struct {
	words    map[string]uint32 // folded word → number, from 1
	spelled  []string          // by number
	inPhrase []bool            // by number: a phrase holds the word
	single   postings          // by word number
	edges    map[uint64]uint32 // node<<32 | word number → node
	phrase   postings          // by node; node 0 is the root
}

// postings are lists of concepts, one after the other in one slice.
type postings struct {
	ends []uint32 // list n ends here and starts where n-1 ends
	all  []Concept
}

// at returns list n, nil when it is empty.
func (p *postings) at(n uint32) []Concept {
	if n == 0 || int(n) >= len(p.ends) || p.ends[n-1] == p.ends[n] {
		return nil
	}
	return p.all[p.ends[n-1]:p.ends[n]:p.ends[n]]
}

// posting is one term's concept before the lists are laid out.
type posting struct {
	at uint32
	Concept
}

// builder collects terms for a table.
type builder struct {
	table
	single, phrase []posting
	nodes          uint32
	tokens         []arabic.Token
}

func newBuilder(terms int) *builder {
	// Of the terms that the lexicon ships three fifths are single words; they
	// have three eighths as many different words and as many edges. A map that
	// is made twice as large as that costs a tenth of the time of loading.
	b := &builder{nodes: 1, single: make([]posting, 0, terms*5/8), phrase: make([]posting, 0, terms*3/8)}
	b.words = make(map[string]uint32, terms*3/8)
	b.spelled = make([]string, 1, terms*3/8)
	b.inPhrase = make([]bool, 1, terms*3/8)
	b.edges = make(map[uint64]uint32, terms*3/8)
	return b
}

// add files one folded term under its concept.
func (b *builder) add(folded string, c Concept) {
	if isOneWord(folded) {
		b.addWord(folded, c)
		return
	}
	b.tokens = arabic.AppendWords(b.tokens[:0], folded)
	words := make([]string, 0, 8)
	for _, t := range b.tokens {
		if !transparent(t.Text) {
			words = append(words, t.Text)
		}
	}
	switch {
	case len(words) == 1:
		b.addWord(words[0], c)
	case len(words) > 1:
		b.addPhrase(words, c)
	}
}

// isOneWord is a cheap look that spares most terms the tokeniser.
func isOneWord(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x80 && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s[0] < 0x80 || !strings.ContainsFunc(s, func(r rune) bool { return r < 0x600 || r > 0x6FF })
}

// transparent words may stand in a Latin phrase or be left out of it.
func transparent(word string) bool {
	switch word {
	case "al", "el", "the":
		return true
	}
	return false
}

// addWord files a word as it stands. One that is written with its article has
// it in the text too: الخرج is a town, خرج a verb.
func (b *builder) addWord(word string, c Concept) {
	b.single = append(b.single, posting{b.number(word), c})
}

func (b *builder) addPhrase(words []string, c Concept) {
	node := uint32(0)
	for _, word := range words {
		n := b.number(withoutArticle(word))
		b.inPhrase[n] = true
		edge := uint64(node)<<32 | uint64(n)
		next, ok := b.edges[edge]
		if !ok {
			next = b.nodes
			b.nodes++
			b.edges[edge] = next
		}
		node = next
	}
	b.phrase = append(b.phrase, posting{node, c})
}

func (b *builder) number(word string) uint32 {
	n, ok := b.words[word]
	if !ok {
		n = uint32(len(b.spelled))
		b.words[word] = n
		b.spelled = append(b.spelled, word)
		b.inPhrase = append(b.inPhrase, false)
	}
	return n
}

// withoutArticle keeps الله and words of which less than two letters remain.
func withoutArticle(word string) string {
	bare, ok := strings.CutPrefix(word, "ال")
	if !ok || len(bare) < 4 || word == "الله" {
		return word
	}
	return bare
}

// done lays the lists out.
func (b *builder) done() *table {
	var wg sync.WaitGroup
	wg.Go(func() { b.table.single = layOut(b.single, len(b.spelled)) })
	b.table.phrase = layOut(b.phrase, int(b.nodes))
	wg.Wait()
	t := b.table
	return &t
}

// layOut puts the postings into their lists, the heaviest first and one of
// each concept.
func layOut(all []posting, lists int) postings {
	p := postings{ends: make([]uint32, lists), all: make([]Concept, len(all))}
	for _, x := range all {
		p.ends[x.at]++
	}
	total := uint32(0)
	for n, size := range p.ends {
		p.ends[n] = total // where the list starts, until it is filled
		total += size
	}
	for _, x := range all {
		p.all[p.ends[x.at]] = x.Concept
		p.ends[x.at]++
	}
	start, kept := uint32(0), uint32(0)
	for n, end := range p.ends {
		kept += uint32(tidy(p.all[start:end], p.all[kept:]))
		start, p.ends[n] = end, kept
	}
	p.all = slices.Clip(p.all[:kept])
	return p
}

// tidy copies a list to the front, sorted and without repetitions, and returns
// what is left of it. The two may overlap.
func tidy(list, front []Concept) int {
	if len(list) > 1 {
		slices.SortFunc(list, func(x, y Concept) int { return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.ID, y.ID)) })
	}
	kept := 0
	for _, c := range list {
		if !slices.ContainsFunc(front[:kept], func(k Concept) bool { return k.ID == c.ID }) {
			front[kept] = c
			kept++
		}
	}
	return kept
}
