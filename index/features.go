package index

import (
	"math"
	"time"
)

// feature numbers the ingredients of the second stage. Names are those of the
// weights file and of -explain.
type feature int

const (
	fParagraph      feature = iota // BM25 of the paragraph by the question's idf
	fArticle                       // BM25 of the whole article
	fTitle                         // BM25 of the title
	fArticleLead                   // article's BM25 by that of the best article
	fParagraphLead                 // paragraph's BM25 by that of the best paragraph
	fInArticle                     // paragraph's BM25 by that of the best of its article
	fCovered                       // share of the words covered, by idf
	fExact                         // the same, by surface and stem only
	fBeyondTitle                   // share covered of what the title leaves open
	fRarest                        // the rarest word is covered
	fAll                           // every word is covered
	fSentence                      // best sentence: share covered
	fSentenceBeyond                // best sentence: share covered of what the title leaves open
	fDense                         // best sentence: matched words by its length
	fNear                          // rarest two words within eight
	fPairs                         // neighbours of the question are neighbours here
	fSkeleton                      // share covered through skeletons only
	fConcept                       // share covered through concepts only
	fPrevious                      // BM25 of the paragraph before
	fNext                          // BM25 of the paragraph behind
	fFirst                         // first paragraph
	fSecond                        // second paragraph
	fLate                          // logarithm of the paragraph number
	fShort                         // fewer than twelve words
	fLength                        // logarithm of the number of words
	fNumberWanted                  // number wanted: the best sentence has one
	fNumberBeside                  // number wanted: one stands within 3 words of what is counted
	fTimeWanted                    // time wanted: the best sentence has one
	fTimeBeside                    // time wanted: one within 8 words of a matched word
	fCauseWanted                   // cause wanted: the best sentence gives one
	fCauseBeside                   // cause wanted: one behind a matched word of its sentence
	fPlaceWanted                   // place wanted: a word for a place near a match
	fPersonWanted                  // person wanted: new words near matches
	fSayWanted                     // position wanted: somebody says
	fSpeaker                       // the speaker asked about is the one who says
	fFutureWanted                  // what comes next is wanted: an announcement
	fMannerWanted                  // manner wanted: a means
	fNumberExact                   // a number of the question stands here
	fAbsent                        // a number of the question does not stand here
	fDate                          // document date is in the wanted range
	fQuestionLike                  // the paragraph itself asks
	fDistinct                      // share covered by words that few paragraphs of the article have
	fFocusNew                      // what is asked for stands here with a word that the question lacks
	fFocus                         // what is asked for stands here
	fUnit                          // a number of the class asked for
	fUnitMissing                   // such a number is asked for and the best sentence has none
	featureCount
)

var featureNames = [featureCount]string{
	"paragraph", "article", "title", "article_lead", "paragraph_lead", "in_article", "covered", "exact", "beyond_title",
	"rarest", "all", "sentence", "sentence_beyond", "dense", "near", "pairs", "skeleton", "concept", "previous", "next",
	"first", "second", "late", "short", "length", "number_wanted", "number_beside", "time_wanted", "time_beside",
	"cause_wanted", "cause_beside", "place_wanted", "person_wanted", "say_wanted", "speaker", "future_wanted",
	"manner_wanted", "number_exact", "number_absent", "date", "question_like", "distinct", "focus_new", "focus", "unit", "unit_missing",
}

// vector holds the features of one candidate.
type vector [featureCount]float64

// view is one candidate seen against the question.
type view struct {
	candidate
	p        *passage
	found    []occurrence
	best     []float64 // by term: strongest worth
	how      []How     // by term: how the strongest met
	at       []int     // by term: token of the strongest
	sentence int       // best sentence
	v        vector
	score    float64
	day      time.Time // of the document, zero where unknown
}

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
	v := &c.v
	v[fParagraph], v[fArticle], v[fTitle] = c.bm25, c.whole, c.title
	k.coverage(c)
	k.sentences(c)
	k.nearness(c)
	k.place(c)
	k.wants(c)
}

func (k *ranker) coverage(c *view) {
	r, v := k.r, &c.v
	title := k.titleCover(c.article)
	var covered, exact, beyond, open, soft, concept, total float64
	all, rarest := true, -1
	for i := range r.terms {
		t := &r.terms[i]
		worth := t.weight * t.idf
		total += worth
		covered += worth * c.best[i]
		switch c.how[i] {
		case BySurface, ByClitic, ByStem:
			exact += worth * c.best[i]
		case BySkeleton:
			soft += worth * c.best[i]
		case ByConcept:
			concept += worth * c.best[i]
		}
		left := worth * (1 - title[i])
		open += left
		beyond += left * c.best[i]
		all = all && c.best[i] > .4
		if t.known && (rarest < 0 || worth > r.terms[rarest].weight*r.terms[rarest].idf) {
			rarest = i
		}
		if t.w.flags&isDigits != 0 {
			if c.best[i] > 0 {
				v[fNumberExact] = 1
			} else {
				v[fAbsent] = 1
			}
		}
	}
	if total == 0 {
		return
	}
	v[fCovered], v[fExact], v[fSkeleton], v[fConcept] = covered/total, exact/total, soft/total, concept/total
	if open > .05*total {
		v[fBeyondTitle] = beyond / open
	}
	if rarest >= 0 {
		v[fRarest] = c.best[rarest]
	}
	if all {
		v[fAll] = 1
	}
}

// sentences finds the sentence that covers most.
func (k *ranker) sentences(c *view) {
	n := max(len(c.p.sentences), 1)
	best := cleared(&k.sentenceBest, n*len(k.r.terms))
	lengths, hits := cleared(&k.lengths, n), cleared(&k.hits, n)
	for _, t := range c.p.tokens {
		lengths[t.sentence]++
	}
	for _, o := range c.found {
		s := int(c.p.tokens[o.token].sentence)
		hits[s]++
		if b := &best[s*len(k.r.terms)+o.term]; o.worth > *b {
			*b = o.worth
		}
	}
	title := k.titleCover(c.article)
	top := -1.0
	for s := range n {
		var covered, beyond, open, total float64
		for i := range k.r.terms {
			worth := k.r.terms[i].weight * k.r.terms[i].idf
			b := best[s*len(k.r.terms)+i]
			total += worth
			covered += worth * b
			open += worth * (1 - title[i])
			beyond += worth * (1 - title[i]) * b
		}
		if total == 0 {
			continue
		}
		if covered /= total; covered+k.answers(c, s) > top {
			top = covered + k.answers(c, s)
			c.sentence = s
			c.v[fSentence] = covered
			c.v[fSentenceBeyond] = 0
			if open > .05*total {
				c.v[fSentenceBeyond] = beyond / open
			}
			c.v[fDense] = float64(hits[s]) / float64(lengths[s]+4)
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

func (k *ranker) nearness(c *view) {
	r, v := k.r, &c.v
	first, second := -1, -1
	for i := range r.terms {
		if c.best[i] < .4 {
			continue
		}
		switch w := r.terms[i].idf * r.terms[i].weight; {
		case first < 0 || w > r.terms[first].idf*r.terms[first].weight:
			first, second = i, first
		case second < 0 || w > r.terms[second].idf*r.terms[second].weight:
			second = i
		}
	}
	if second >= 0 {
		if d := k.distance(c, first, second); d <= 8 {
			v[fNear] = 1 - float64(d-1)/10
		}
	}
	pairs, adjacent := 0.0, 0.0
	for i := 1; i < len(r.terms); i++ {
		worth := math.Min(r.terms[i].idf, r.terms[i-1].idf)
		pairs += worth
		if c.best[i] > .4 && c.best[i-1] > .4 && k.distance(c, i-1, i) <= 2 {
			adjacent += worth
		}
	}
	if pairs > 0 {
		v[fPairs] = adjacent / pairs
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

func (k *ranker) place(c *view) {
	v, paragraph := &c.v, int(k.s.table[c.number].paragraph)
	switch paragraph {
	case 0:
		v[fFirst] = 1
	case 1:
		v[fSecond] = 1
	}
	v[fLate] = math.Log1p(float64(paragraph)) / 3
	if len(c.p.tokens) < 12 {
		v[fShort] = 1
	}
	v[fLength] = math.Log1p(float64(len(c.p.tokens))) / 5
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
