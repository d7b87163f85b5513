package index

// wants measures whether the paragraph holds the kind of answer that the
// question wants, near what the question is about.
func (k *ranker) wants(c *view) {
	v := &c.v
	switch k.r.want {
	case WantNumber:
		v[fNumberWanted] = k.inSentence(c, isNumber)
		v[fNumberBeside] = k.counted(c)
		v[fNumberAround] = k.beside(c, isNumber, 8)
		c.gives = k.holds(c, isNumber)
	case WantTime:
		v[fTimeWanted] = k.inSentence(c, isMonth)
		v[fDay] = k.dayOfMonth(c)
	case WantCause:
		v[fCauseBeside] = k.beside(c, isCause, 8)
		c.gives = k.holds(c, isCause)
	case WantPlace:
		v[fPlaceWanted] = k.newPlace(c)
	case WantPosition:
		v[fSayWanted] = k.inSentence(c, isSay)
	case WantNext:
		v[fFutureWanted] = k.inSentence(c, isFuture)
	case WantManner:
		v[fMannerWanted] = k.inSentence(c, isManner)
	}
	if k.r.chosen {
		v[fFocusNew] = k.named(c)
	}
	switch {
	case k.r.unit == people:
		v[fPeople] = k.hasUnit(c)
	case k.r.unit != noUnit:
		v[fUnit] = k.hasUnit(c)
		v[fUnitMissing] = 1 - v[fUnit]
	}
	if len(k.r.speaker) > 0 {
		v[fSpeaker] = k.speaks(c)
	}
}

// holds reports a word of the kind that the question itself does not have.
func (k *ranker) holds(c *view, kind flag) bool {
	for _, t := range c.p.tokens {
		if t.w.flags&kind != 0 && !k.asked(t.w) {
			return true
		}
	}
	return false
}

// inSentence reports 1 when the best sentence has a word of the kind that the
// question itself does not have.
func (k *ranker) inSentence(c *view, kind flag) float64 {
	for _, t := range c.p.tokens {
		if int(t.sentence) == c.sentence && t.w.flags&kind != 0 && !k.asked(t.w) {
			return 1
		}
	}
	return 0
}

// asked reports whether the question has the very word.
func (k *ranker) asked(w *word) bool {
	for i := range k.r.terms {
		if k.r.terms[i].w.folded == w.folded {
			return true
		}
	}
	return false
}

// beside is the share of the question covered within some words of a word of
// the kind, in one sentence.
func (k *ranker) beside(c *view, kind flag, within int) float64 {
	best := 0.0
	for i, t := range c.p.tokens {
		if t.w.flags&kind != 0 && !k.asked(t.w) {
			best = max(best, k.around(c, i, within))
		}
	}
	return best
}

// around is the share of the question, by idf, that matches within some words
// of a token in its sentence.
func (k *ranker) around(c *view, token, within int) float64 {
	var seen [maxQuestionWords + 1]bool
	sum := 0.0
	for _, o := range c.found {
		if d := o.token - token; d < -within || d > within || d == 0 || seen[o.term] || c.p.tokens[o.token].sentence != c.p.tokens[token].sentence {
			continue
		}
		seen[o.term] = true
		t := &k.r.terms[o.term]
		sum += t.weight * t.idf * o.worth
	}
	return sum / k.total
}

// counted tells whether a number stands within three words of the noun that
// the question counts, or of any matched word where it names none; the nearer
// the better.
func (k *ranker) counted(c *view) float64 {
	best := 0.0
	for i, t := range c.p.tokens {
		if t.w.flags&isNumber == 0 || k.asked(t.w) {
			continue
		}
		var near [maxQuestionWords + 1]float64
		sum := 0.0
		for _, o := range c.found {
			d := max(o.token-i, i-o.token)
			if d == 0 || d > 3 || t.sentence != c.p.tokens[o.token].sentence || o.term >= len(near) {
				continue
			}
			share := k.r.focus[o.term]
			if len(k.r.focus) == 0 {
				share = .5
			}
			worth := share * o.worth * (1.1 - .1*float64(d))
			if worth > near[o.term] {
				sum += worth - near[o.term]
				near[o.term] = worth
			}
		}
		best = max(best, sum)
	}
	return min(best, 1.5)
}

// named tells whether a word that neither question nor title has stands behind
// what the question chooses one of: its name.
func (k *ranker) named(c *view) float64 {
	fresh := 0.0
	for _, o := range c.found {
		share := k.r.focus[o.term]
		if share == 0 || o.worth < .4 {
			continue
		}
		for j := o.token + 1; j <= o.token+2 && j < len(c.p.tokens); j++ {
			t := c.p.tokens[j]
			if t.sentence != c.p.tokens[o.token].sentence {
				break
			}
			if t.w.flags&isStop == 0 && len(k.m.affinities(t.w)) == 0 && !k.inTitle(c.article, t.w) {
				fresh = max(fresh, share*o.worth)
			}
		}
	}
	return fresh
}

// dayOfMonth tells whether the best sentence has a day with its month.
func (k *ranker) dayOfMonth(c *view) float64 {
	tokens := c.p.tokens
	for i, t := range tokens {
		if int(t.sentence) != c.sentence || t.w.flags&isDigits == 0 || len(t.w.folded) > 2 {
			continue
		}
		for j := max(0, i-1); j < min(len(tokens), i+3); j++ {
			if f := tokens[j].w.flags; f&isMonth != 0 && f&isDigits == 0 {
				return 1
			}
		}
	}
	return 0
}

// newPlace tells whether a word for a place stands before a name that neither
// question nor title has.
func (k *ranker) newPlace(c *view) float64 {
	tokens := c.p.tokens
	for i := 0; i+1 < len(tokens); i++ {
		if tokens[i].w.flags&isPlace == 0 || int(tokens[i].sentence) != c.sentence {
			continue
		}
		if w := tokens[i+1].w; w.flags&isStop == 0 && len(k.m.affinities(w)) == 0 && !k.inTitle(c.article, w) {
			return 1
		}
	}
	return 0
}

// speaks tells whether the one asked about is who says something here: a verb
// of saying with the name right behind it, or the name opening the sentence.
func (k *ranker) speaks(c *view) float64 {
	best := 0.0
	tokens := c.p.tokens
	for i := range tokens {
		if k.isSpeaker(tokens[i].w) {
			best = max(best, saysNear(tokens, i))
		}
	}
	for _, m := range c.p.meanings {
		if k.speakerConcepts[m.id] && int(m.last) < len(tokens) {
			best = max(best, saysNear(tokens, int(m.first)))
		}
	}
	return best
}

// saysNear is 1 for a name near a verb of saying, less for one that opens its
// sentence, little for any other.
func saysNear(tokens []token, i int) float64 {
	for j := max(0, i-4); j < min(len(tokens), i+6); j++ {
		if tokens[j].sentence == tokens[i].sentence && tokens[j].w.flags&isSay != 0 {
			return 1
		}
	}
	if i == 0 || tokens[i-1].sentence != tokens[i].sentence {
		return .7
	}
	return .2
}

func (k *ranker) isSpeaker(w *word) bool {
	if w.flags&isStop != 0 {
		return false
	}
	for _, s := range k.r.speaker {
		if sameStem(s, w) {
			return true
		}
	}
	return false
}
