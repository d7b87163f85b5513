package index

import (
	"math"
	"slices"

	"mujaz/corpus/lexicon"
)

// BM25 after Robertson and Zaragoza 2009, with the constants that served
// Arabic news best.
const (
	bm25K1     = .9
	bm25B      = .6
	titleCount = 2 // how often a word of the title counts in its article
)

// What a view of a word is worth beside its stem in the first stage.
const (
	conceptWorth  = .55
	skeletonWorth = .35
	articleWorth  = .8
	titleWorth    = .25
)

// commonIDF is the least rarity at which skeletons and concepts add to the
// first stage: commoner ones cost more time than they find.
const commonIDF = 3.2

// candidatesKept is how many paragraphs go to the second stage.
const candidatesKept = 40

// topArticles is how many of the best articles send all their paragraphs.
const topArticles = 2

// scratch is the working memory of one search, dense by document number and by
// article.
type scratch struct {
	row, rowNow []float32 // BM25 of the question, of the current term
	art, artNow []float32
	frequency   []float32 // of the current term's view, by article
	rows, arts  []uint32  // touched so far
	now, nowArt []uint32  // touched by the current term
	view        []uint32  // articles touched by the current view
	memo, aside memo      // of the search, of the worker beside it
}

func newScratch(rows, articles int) *scratch {
	return &scratch{
		row: make([]float32, rows), rowNow: make([]float32, rows),
		art: make([]float32, articles), artNow: make([]float32, articles), frequency: make([]float32, articles),
	}
}

func (c *scratch) reset() {
	for _, n := range c.rows {
		c.row[n] = 0
	}
	for _, a := range c.arts {
		c.art[a] = 0
	}
	c.rows, c.arts = c.rows[:0], c.arts[:0]
}

// candidate is a paragraph on its way through the second stage.
type candidate struct {
	number  uint32
	article uint32
	bm25    float64 // of the paragraph, by the question's total idf
	whole   float64 // of the article
	title   float64
	first   float64 // first-stage score
}

// gather scores all paragraphs by BM25 and returns the best.
func (x *Index) gather(s *snapshot, r *reading, c *scratch, l *lexicon.Lexicon) ([]candidate, error) {
	for i := range r.terms {
		if err := x.addTerm(s, &r.terms[i], c, l); err != nil {
			return nil, err
		}
		s.endTerm(r.terms[i].weight, c)
	}
	if x.off["whole_article"] {
		for _, a := range c.arts {
			c.art[a] = 0
		}
	}
	return s.pick(r, c), nil
}

func (x *Index) addTerm(s *snapshot, t *term, c *scratch, l *lexicon.Lexicon) error {
	n := float64(len(s.rows))
	if t.own {
		list, err := s.list(stemField, t.w.stem)
		if err != nil {
			return err
		}
		s.addView(list, t.idf, 1, c)
	}
	if t.own && !x.off["skeletons"] && t.w.skeleton != t.w.stem && len(t.w.skeleton) >= 6 {
		found, err := s.lookup(skeletonField, t.w.skeleton, s.wanted(t))
		if err != nil {
			return err
		}
		if rare := idf(n, found.n); rare > commonIDF {
			s.addView(found.list, min(t.idf, rare), skeletonWorth, c)
		}
	}
	for _, concept := range t.concepts {
		found, err := s.conceptPostings(l, concept.id, s.wanted(t))
		if err != nil {
			return err
		}
		if rare := idf(n, found.n); rare > commonIDF || !t.own {
			s.addView(found.list, min(t.idf, rare), conceptWorth*concept.weight, c)
		}
	}
	for _, o := range t.others {
		list, err := s.list(stemField, o.w.stem)
		if err != nil {
			return err
		}
		s.addView(list, min(t.idf, idf(n, len(list))), o.weight, c)
	}
	return nil
}

// wanted is how many postings of a skeleton or concept can serve a term: those
// of commoner ones are not decoded. A word that no document has takes all.
func (s *snapshot) wanted(t *term) int {
	if !t.own {
		return math.MaxInt
	}
	return int(float64(len(s.rows)+1)/math.Exp(commonIDF)) + 1
}

// addView lets the current term score the greater of what it has and what
// this list gives it, in paragraphs and in whole articles.
func (s *snapshot) addView(list []posting, idf, worth float64, c *scratch) {
	full := float32(idf * worth * (bm25K1 + 1))
	k, slope := float32(bm25K1*(1-bm25B)), float32(bm25K1*bm25B/s.rowAverage)
	for _, p := range list {
		n := p.number()
		r := s.table[n]
		tf := float32(p.count())
		score := full * tf / (tf + k + slope*float32(r.length))
		if now := c.rowNow[n]; now == 0 {
			c.now = append(c.now, n)
			c.rowNow[n] = score
		} else if score > now {
			c.rowNow[n] = score
		}
		if r.paragraph == titleParagraph {
			tf *= titleCount
		}
		if c.frequency[r.article] == 0 {
			c.view = append(c.view, r.article)
		}
		c.frequency[r.article] += tf
	}
	s.endView(idf, worth, c)
}

func (s *snapshot) endView(rowIDF, worth float64, c *scratch) {
	full := float32(min(rowIDF, idf(float64(len(s.articles)), len(c.view))) * worth * (bm25K1 + 1))
	k, slope := float32(bm25K1*(1-bm25B)), float32(bm25K1*bm25B/s.artAverage)
	for _, a := range c.view {
		tf := c.frequency[a]
		c.frequency[a] = 0
		score := full * tf / (tf + k + slope*float32(s.articles[a].length))
		if now := c.artNow[a]; now == 0 {
			c.nowArt = append(c.nowArt, a)
			c.artNow[a] = score
		} else if score > now {
			c.artNow[a] = score
		}
	}
	c.view = c.view[:0]
}

// endTerm adds the current term to the question's scores.
func (s *snapshot) endTerm(weight float64, c *scratch) {
	w := float32(weight)
	for _, n := range c.now {
		if c.row[n] == 0 {
			c.rows = append(c.rows, n)
		}
		c.row[n] += w * c.rowNow[n]
		c.rowNow[n] = 0
	}
	for _, a := range c.nowArt {
		if c.art[a] == 0 {
			c.arts = append(c.arts, a)
		}
		c.art[a] += w * c.artNow[a]
		c.artNow[a] = 0
	}
	c.now, c.nowArt = c.now[:0], c.nowArt[:0]
}

// pick takes the best paragraphs, and all of the best articles.
func (s *snapshot) pick(r *reading, c *scratch) []candidate {
	total := math.Max(r.totalIDF, 1e-6)
	best := newLeaders[uint32](candidatesKept)
	for _, n := range c.rows {
		if s.table[n].paragraph == titleParagraph {
			continue
		}
		best.offer(n, c.row[n]+articleWorth*c.art[s.table[n].article])
	}
	numbers := best.items()
	articles := newLeaders[uint32](topArticles)
	for _, a := range c.arts {
		articles.offer(a, c.art[a])
	}
	for _, a := range articles.items() {
		numbers = append(numbers, s.paragraphs(a)...)
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	out := make([]candidate, len(numbers))
	for i, n := range numbers {
		a := s.table[n].article
		out[i] = candidate{number: n, article: a, bm25: float64(c.row[n]) / total, whole: float64(c.art[a]) / total}
		if t := s.articles[a].rows[0]; s.table[t].paragraph == titleParagraph {
			out[i].title = float64(c.row[t]) / total
		}
		out[i].first = out[i].bm25 + articleWorth*out[i].whole + titleWorth*out[i].title
	}
	return out
}

// maxSent bounds the paragraphs that one article sends for its own sake.
const maxSent = 10

// paragraphs lists the first paragraphs of an article, without its title.
func (s *snapshot) paragraphs(a uint32) []uint32 {
	rows := s.articles[a].rows
	if len(rows) > 0 && s.table[rows[0]].paragraph == titleParagraph {
		rows = rows[1:]
	}
	return rows[:min(len(rows), maxSent)]
}
