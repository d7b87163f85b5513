package index

// A newspaper paragraph leaves out what title and lead have said. What they
// say counts for every paragraph of the article; what only repeats them adds
// nothing.

// context fills how much of the question the paragraph answers together with
// its title and, where that is a candidate, its lead; and how much those two
// alone have, where the paragraph holds the number or the cause that is asked
// for: it need not name what it is about.
func (k *ranker) context(views []view) {
	leads := map[uint32]*view{}
	for i := range views {
		if k.s.table[views[i].number].paragraph == 0 {
			leads[views[i].article] = &views[i]
		}
	}
	for i := range views {
		c := &views[i]
		before, with := k.known(c, leads[c.article])
		c.v[fContext] = with
		if c.gives && k.r.want == WantNumber {
			c.v[fNumberContext] = before
		}
		if c.gives && k.r.want == WantCause {
			c.v[fCauseContext] = before
		}
	}
}

// known are the shares of the question that title and lead have, before the
// paragraph and with it.
func (k *ranker) known(c, lead *view) (before, with float64) {
	for t := range k.r.terms {
		worth := k.r.terms[t].weight * k.r.terms[t].idf
		told := c.told[t]
		if lead != nil && lead != c {
			told = max(told, lead.best[t])
		}
		before += worth * told
		with += worth * max(told, c.best[t])
	}
	total := k.worth()
	return before / total, with / total
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
