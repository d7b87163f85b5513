package index

import "math"

// measure fills what can be told from the candidate alone.
func (k *ranker) measure(c *view) {
	from := len(k.found)
	k.found = k.m.occurrences(c.p, k.found)
	c.found = k.found[from:len(k.found):len(k.found)]
	for _, o := range c.found {
		if o.worth > c.best[o.term] {
			c.best[o.term], c.how[o.term], c.at[o.term] = o.worth, o.how, o.token
		}
	}
	c.v[fTitle] = c.title
	c.told = k.titleCover(c.article)
	k.coverage(c)
	k.sentences(c)
	k.neighbours(c)
	k.place(c)
	k.repeats(c)
	k.wants(c)
}

// coverage sums up what the paragraph has of the question. All but the share
// of concepts serves the no-answer model alone: beside the best sentence it
// tells paragraphs apart no better.
func (k *ranker) coverage(c *view) {
	var covered, exact, concept, total, rarest float64
	c.all = true
	for i := range k.r.terms {
		t := &k.r.terms[i]
		worth := t.weight * t.idf
		total += worth
		covered += worth * c.best[i]
		switch c.how[i] {
		case BySurface, ByClitic, ByStem:
			exact += worth * c.best[i]
		case ByConcept:
			concept += worth * c.best[i]
		}
		c.all = c.all && c.best[i] > .4
		if t.known && worth > rarest {
			rarest, c.rarest = worth, c.best[i]
		}
	}
	if total > 0 {
		c.covered, c.exact, c.v[fConcept] = covered/total, exact/total, concept/total
	}
}

// sentences finds the sentence that covers most.
func (k *ranker) sentences(c *view) {
	n := max(len(c.p.sentences), 1)
	best := cleared(&k.sentenceBest, n*len(k.r.terms))
	for _, o := range c.found {
		s := int(c.p.tokens[o.token].sentence)
		if b := &best[s*len(k.r.terms)+o.term]; o.worth > *b {
			*b = o.worth
		}
	}
	top := -1.0
	for s := range n {
		var covered, total float64
		for i := range k.r.terms {
			worth := k.r.terms[i].weight * k.r.terms[i].idf
			total += worth
			covered += worth * best[s*len(k.r.terms)+i]
		}
		if total == 0 {
			continue
		}
		covered /= total
		if now := covered + k.answers(c, s); now > top {
			top, c.sentence, c.v[fSentence] = now, s, covered
		}
	}
}

// cleared returns n zero values from memory that is used again.
func cleared[T any](kept *[]T, n int) []T {
	if cap(*kept) < n {
		*kept = make([]T, 2*n)
	}
	list := (*kept)[:n]
	clear(list)
	return list
}

// answers is what a sentence of the wanted kind is worth when two sentences
// cover the question alike.
func (k *ranker) answers(c *view, sentence int) float64 {
	if k.r.want == WantAny {
		return 0
	}
	for _, t := range c.p.tokens {
		if int(t.sentence) == sentence && k.gives(t.w) {
			return .08
		}
	}
	return 0
}

// gives reports whether a word can be, or open, the wanted kind of answer.
func (k *ranker) gives(w *word) bool {
	switch k.r.want {
	case WantNumber:
		return w.flags&isNumber != 0
	case WantTime:
		return w.flags&isDate != 0
	case WantCause:
		return w.flags&isCause != 0
	case WantPosition:
		return w.flags&isSay != 0
	case WantNext:
		return w.flags&isFuture != 0
	case WantManner:
		return w.flags&isManner != 0
	}
	return false
}

// neighbours is the share of the question's neighbours that are neighbours
// here, by the idf of the commoner of the two.
func (k *ranker) neighbours(c *view) {
	r := k.r
	pairs, adjacent := 0.0, 0.0
	for i := 1; i < len(r.terms); i++ {
		worth := math.Min(r.terms[i].idf, r.terms[i-1].idf)
		pairs += worth
		if c.best[i] > .4 && c.best[i-1] > .4 && k.distance(c, i-1, i) <= 2 {
			adjacent += worth
		}
	}
	if pairs > 0 {
		c.v[fPairs] = adjacent / pairs
	}
}

// distance is the least number of tokens from one term to another.
func (k *ranker) distance(c *view, a, b int) int {
	least := math.MaxInt
	for _, x := range c.found {
		if x.term != a {
			continue
		}
		for _, y := range c.found {
			if y.term == b && y.token != x.token {
				least = min(least, max(y.token-x.token, x.token-y.token))
			}
		}
	}
	return least
}

// fewWords is the length below which a paragraph is no better for being short:
// it is a heading or a mark.
const fewWords = 12

func (k *ranker) place(c *view) {
	v, paragraph := &c.v, int(k.s.table[c.number].paragraph)
	if paragraph == 0 {
		v[fFirst] = 1
	}
	v[fLength] = math.Log(float64(max(len(c.p.tokens), fewWords))) / 5
	if len(c.found) == 0 {
		v[fNothing] = 1
	}
	rows := k.s.articles[c.article].rows
	for i, n := range rows {
		if n != c.number {
			continue
		}
		if i > 0 && k.s.table[rows[i-1]].paragraph != titleParagraph {
			v[fPrevious] = float64(k.scores.row[rows[i-1]]) / k.total
		}
		if i+1 < len(rows) {
			v[fNext] = float64(k.scores.row[rows[i+1]]) / k.total
		}
	}
	for _, s := range c.p.sentences {
		if text := c.p.text[s.Start:s.End]; len(text) > 0 && (text[len(text)-1] == '?' || len(text) > 2 && text[len(text)-2:] == "؟") {
			v[fQuestionLike] = 1
		}
	}
}
