package index

import (
	"cmp"
	"math"
	"slices"
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
	counts      []float32 // of the current term's view, by article
	parts       [2]part
	memo, aside memo // of the search, of the worker beside it
}

func newScratch(rows, articles int) *scratch {
	return &scratch{
		row: make([]float32, rows), rowNow: make([]float32, rows),
		art: make([]float32, articles), artNow: make([]float32, articles), counts: make([]float32, articles),
	}
}

// newScratch returns clean memory for one search, to be brought back by free.
func (s *snapshot) newScratch() *scratch {
	if c := s.scratch.take(); c != nil {
		return c
	}
	return newScratch(len(s.table), len(s.articles))
}

func (s *snapshot) free(c *scratch) {
	c.reset()
	s.scratch.give(c)
}

func (c *scratch) reset() {
	c.parts[0].reset(c)
	c.parts[1].reset(c)
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

// wanted is how many postings of a skeleton or concept can serve a term: those
// of commoner ones are not decoded. A word that no document has takes all.
func (s *snapshot) wanted(t *term) int {
	if !t.own {
		return math.MaxInt
	}
	return int(float64(len(s.rows)+1)/math.Exp(commonIDF)) + 1
}

// lead finds the best rows and articles of one part.
func (s *snapshot) lead(p *part, c *scratch) {
	p.best.clear(candidatesKept)
	for _, n := range p.rows {
		if r := s.table[n]; r.paragraph != titleParagraph {
			p.best.offer(n, c.row[n]+articleWorth*c.art[r.article])
		}
	}
	p.bestArts.clear(topArticles)
	for _, a := range p.arts {
		p.bestArts.offer(a, c.art[a])
	}
}

// pick takes the best paragraphs, and all of the best articles.
func (s *snapshot) pick(r *reading, c *scratch) []candidate {
	total := math.Max(r.totalIDF, 1e-6)
	a, b := &c.parts[0], &c.parts[1]
	b.best.join(&a.best)
	b.bestArts.join(&a.bestArts)
	numbers := slices.Clone(a.best.items())
	for _, article := range a.bestArts.items() {
		numbers = append(numbers, s.paragraphs(article)...)
	}
	slices.SortFunc(numbers, s.compareRows)
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

// compareRows orders rows by their articles: of rows that fit alike the first
// is shown, whatever numbers an index has given them.
func (s *snapshot) compareRows(a, b uint32) int {
	x, y := s.table[a], s.table[b]
	if x.article != y.article {
		return cmp.Compare(s.articles[x.article].id, s.articles[y.article].id)
	}
	return cmp.Compare(x.paragraph, y.paragraph)
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
