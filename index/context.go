package index

// A newspaper paragraph leaves out what title and lead have said. What they
// say counts for every paragraph of the article; what only repeats them adds
// nothing.

// context fills how much of the question the paragraph answers together with
// its title and, where that is a candidate, its lead.
func (k *ranker) context(views []view) {
	leads := map[uint32][]float64{}
	for i := range views {
		if k.s.table[views[i].number].paragraph == 0 {
			leads[views[i].article] = views[i].best
		}
	}
	for i := range views {
		c := &views[i]
		lead, sum := leads[c.article], 0.0
		for t := range k.r.terms {
			known := max(c.best[t], c.told[t])
			if lead != nil {
				known = max(known, lead[t])
			}
			sum += k.r.terms[t].weight * k.r.terms[t].idf * known
		}
		c.v[fContext] = sum / k.worth()
	}
}

// worth is what all words of the question are worth, at least a little.
func (k *ranker) worth() float64 {
	total := 1e-6
	for t := range k.r.terms {
		total += k.r.terms[t].weight * k.r.terms[t].idf
	}
	return total
}

// repeatsOf is how many words of a paragraph are looked at: one that repeats
// its title and says more is told by its beginning.
const repeatsOf = 40

// repeats measures which share of the paragraph's words the title has, as in
// the link to the story that some pages end with.
func (k *ranker) repeats(c *view) {
	sieve := k.titleSieve(c.article)
	same, all := 0, 0
	for i := range c.p.tokens {
		t := &c.p.tokens[i]
		if t.id == stopID {
			continue
		}
		if all == repeatsOf {
			break
		}
		all++
		if sieve>>t.stem&1 != 0 && k.inTitle(c.article, t.w) {
			same++
		}
	}
	if all > 0 {
		c.v[fRepeats] = float64(same) / float64(all)
	}
}

// titleSieve has a bit per stem of the title, see word.sieve.
func (k *ranker) titleSieve(a uint32) (bits uint64) {
	for _, t := range k.titlePassage(a).tokens {
		bits |= 1 << t.stem
	}
	return bits
}
