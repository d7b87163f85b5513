package index

import (
	"sort"

	"mujaz/corpus/lexicon"
)

// scored is a list of rows with what a view of a term is worth in them.
type scored struct {
	list       []posting
	idf, worth float64
}

// evidence is all that speaks for the terms of a question: by term, its views.
type evidence struct {
	views   [][]scored
	weights []float64 // by term
}

// gather scores all paragraphs by BM25 and returns the best. The rows are
// parted at a place that parts no article, and the second part is scored aside
// where a processor is free.
func (x *Index) gather(s *snapshot, r *reading, c *scratch, l *lexicon.Lexicon) ([]candidate, error) {
	e := evidence{make([][]scored, len(r.terms)), make([]float64, len(r.terms))}
	for i := range r.terms {
		var err error
		if e.views[i], err = x.viewsOf(s, &r.terms[i], l); err != nil {
			return nil, err
		}
		e.weights[i] = r.terms[i].weight
	}
	a, b := &c.parts[0], &c.parts[1]
	a.from, a.to, b.from, b.to = 0, s.parting, s.parting, uint32(len(s.table))
	whole := !x.off["whole_article"]
	x.beside(e.size(), func() { s.scoreRows(e, a, c) }, func() { s.scoreRows(e, b, c) })
	x.beside(e.size(), func() { s.finish(e, a, b, c, whole) }, func() { s.finish(e, b, a, c, whole) })
	return s.pick(r, c), nil
}

// size is the number of postings.
func (e evidence) size() (n int) {
	for _, views := range e.views {
		for _, v := range views {
			n += len(v.list)
		}
	}
	return n
}

// finish scores the part's articles and finds its best.
func (s *snapshot) finish(e evidence, p, other *part, c *scratch, whole bool) {
	s.scoreArticles(e, p, other, c)
	if !whole {
		p.forgetArticles(c)
	}
	s.lead(p, c)
}

// leastBeside is how many postings are worth a second processor.
const leastBeside = 8000

// beside runs two functions, at the same time where a processor is free and
// they have much to do.
func (x *Index) beside(postings int, first, second func()) {
	if postings >= leastBeside {
		if wait, ok := x.aside(func() error { second(); return nil }); ok {
			_ = both(func() error { first(); return nil }, wait) // neither has errors
			return
		}
	}
	first()
	second()
}

// viewsOf lists what speaks for one term: its stem, its skeleton, its concepts,
// and the words that stand in for it.
func (x *Index) viewsOf(s *snapshot, t *term, l *lexicon.Lexicon) (views []scored, err error) {
	n := float64(len(s.rows))
	if t.own {
		list, err := s.list(stemField, t.w.stem)
		if err != nil {
			return nil, err
		}
		views = append(views, scored{list, t.idf, 1})
	}
	if x.usesSkeleton(t) {
		found, err := s.lookup(skeletonField, t.w.skeleton, s.wanted(t))
		if err != nil {
			return nil, err
		}
		if rare := idf(n, found.n); rare > commonIDF {
			views = append(views, scored{found.list, min(t.idf, rare), skeletonWorth})
		}
	}
	for _, concept := range t.concepts {
		found, err := s.conceptPostings(l, concept.id, s.wanted(t))
		if err != nil {
			return nil, err
		}
		if rare := idf(n, found.n); rare > commonIDF || !t.own {
			views = append(views, scored{found.list, min(t.idf, rare), conceptWorth * concept.weight})
		}
	}
	for _, o := range t.others {
		list, err := s.list(stemField, o.w.stem)
		if err != nil {
			return nil, err
		}
		views = append(views, scored{list, min(t.idf, idf(n, len(list))), o.weight})
	}
	return views, nil
}

// usesSkeleton reports whether the skeleton of a term is looked for.
func (x *Index) usesSkeleton(t *term) bool {
	return t.own && !x.off["skeletons"] && t.w.skeleton != t.w.stem && len(t.w.skeleton) >= 6
}

// part is the working memory for one part of the rows. Parts share the dense
// arrays of a scratch, of which each touches its own rows and articles.
type part struct {
	from, to uint32          // document numbers
	rows     []uint32        // touched so far
	arts     []uint32        // articles touched so far
	now      []uint32        // touched by the current term
	nowArt   []uint32        // articles touched by the current term
	view     []uint32        // articles touched by the current view
	met      []frequency     // of all views, one after the other
	ends     []int           // by view: where it ends in met
	best     leaders[uint32] // rows
	bestArts leaders[uint32]
}

// frequency tells how often a view stands in an article.
type frequency struct {
	article uint32
	count   float32
}

// reset leaves the dense arrays clean for the next question.
func (p *part) reset(c *scratch) {
	for _, n := range p.rows {
		c.row[n] = 0
	}
	p.forgetArticles(c)
	p.rows, p.arts = p.rows[:0], p.arts[:0]
	p.met, p.ends = p.met[:0], p.ends[:0]
}

func (p *part) forgetArticles(c *scratch) {
	for _, a := range p.arts {
		c.art[a] = 0
	}
}

// within are the postings of the part's rows.
func (p *part) within(list []posting) []posting {
	from := sort.Search(len(list), func(i int) bool { return list[i].number() >= p.from })
	list = list[from:]
	return list[:sort.Search(len(list), func(i int) bool { return list[i].number() >= p.to })]
}

// scoreRows adds up BM25 of the part's rows and counts in articles. A term
// scores the greatest of its views.
func (s *snapshot) scoreRows(e evidence, p *part, c *scratch) {
	for i, views := range e.views {
		w := float32(e.weights[i])
		if len(views) == 1 {
			s.addOnly(views[0], w, p, c)
			continue
		}
		for _, v := range views {
			s.addView(v, p, c)
		}
		for _, n := range p.now {
			if c.row[n] == 0 {
				p.rows = append(p.rows, n)
			}
			c.row[n] += w * c.rowNow[n]
			c.rowNow[n] = 0
		}
		p.now = p.now[:0]
	}
}

// addOnly is what comes of addView and of adding its scores up for a term with
// one view.
func (s *snapshot) addOnly(v scored, w float32, p *part, c *scratch) {
	full := float32(v.idf * v.worth * (bm25K1 + 1))
	k, slope := float32(bm25K1*(1-bm25B)), float32(bm25K1*bm25B/s.rowAverage)
	table, row, rows, view, counts := s.table, c.row, p.rows, p.view[:0], c.counts
	for _, x := range p.within(v.list) {
		n := x.number()
		r := table[n]
		tf := float32(x.count())
		if row[n] == 0 {
			rows = append(rows, n)
		}
		row[n] += w * (full * tf / (tf + k + slope*float32(r.length)))
		view = count(counts, view, r, tf)
	}
	p.rows, p.view = rows, view
	p.endView(c)
}

// count adds to how often the current view stands in an article, and lists the
// article when it is the first time.
func count(counts []float32, view []uint32, r row, tf float32) []uint32 {
	if r.paragraph == titleParagraph {
		tf *= titleCount
	}
	before := counts[r.article]
	counts[r.article] = before + tf
	if before == 0 {
		view = append(view, r.article)
	}
	return view
}

// endView puts the counts of the current view by.
func (p *part) endView(c *scratch) {
	for _, a := range p.view {
		p.met = append(p.met, frequency{a, c.counts[a]})
		c.counts[a] = 0
	}
	p.ends = append(p.ends, len(p.met))
}

func (s *snapshot) addView(v scored, p *part, c *scratch) {
	full := float32(v.idf * v.worth * (bm25K1 + 1))
	k, slope := float32(bm25K1*(1-bm25B)), float32(bm25K1*bm25B/s.rowAverage)
	table, rowNow, now, view, counts := s.table, c.rowNow, p.now, p.view[:0], c.counts
	first := len(now) == 0 // no row has a score of this term: nothing to compare
	for _, x := range p.within(v.list) {
		n := x.number()
		r := table[n]
		tf := float32(x.count())
		score := full * tf / (tf + k + slope*float32(r.length))
		if first || rowNow[n] == 0 {
			now = append(now, n)
			rowNow[n] = score
		} else {
			rowNow[n] = max(rowNow[n], score)
		}
		view = count(counts, view, r, tf)
	}
	p.now, p.view = now, view
	p.endView(c)
}

// scoreArticles adds up BM25 of the part's whole articles, when both parts have
// counted: how rare a view is among articles takes both.
func (s *snapshot) scoreArticles(e evidence, p, other *part, c *scratch) {
	at := 0
	for i, views := range e.views {
		for _, v := range views {
			s.addArticles(v, p.of(at), len(p.of(at))+len(other.of(at)), p, c)
			at++
		}
		w := float32(e.weights[i])
		for _, a := range p.nowArt {
			if c.art[a] == 0 {
				p.arts = append(p.arts, a)
			}
			c.art[a] += w * c.artNow[a]
			c.artNow[a] = 0
		}
		p.nowArt = p.nowArt[:0]
	}
}

// of lists what view i has met.
func (p *part) of(i int) []frequency {
	from := 0
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.met[from:p.ends[i]]
}

func (s *snapshot) addArticles(v scored, met []frequency, all int, p *part, c *scratch) {
	full := float32(min(v.idf, idf(float64(len(s.articles)), all)) * v.worth * (bm25K1 + 1))
	k, slope := float32(bm25K1*(1-bm25B)), float32(bm25K1*bm25B/s.artAverage)
	for _, f := range met {
		score := full * f.count / (f.count + k + slope*float32(s.lengths[f.article]))
		if now := c.artNow[f.article]; now == 0 {
			p.nowArt = append(p.nowArt, f.article)
			c.artNow[f.article] = score
		} else if score > now {
			c.artNow[f.article] = score
		}
	}
}
