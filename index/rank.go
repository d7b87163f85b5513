package index

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"mujaz/corpus/lexicon"
)

// ranker is the second stage for one question.
type ranker struct {
	x               *Index
	s               *snapshot
	r               *reading
	m               *matcher
	scores          *scratch
	lexicon         *lexicon.Lexicon
	total           float64
	titles          map[uint32][]float64
	titlePassages   map[uint32]*passage
	speakerConcepts map[lexicon.ID]bool

	// memory that is used again for every candidate
	found        []occurrence
	sentenceBest []float64
}

func (x *Index) newRanker(s *snapshot, r *reading, c *scratch, l *lexicon.Lexicon) *ranker {
	c.memo.next(x.words.size())
	k := &ranker{
		x: x, s: s, r: r, m: newMatcher(r, x.off, &c.memo), scores: c, lexicon: l, total: max(r.totalIDF, 1e-6),
		titles: map[uint32][]float64{}, titlePassages: map[uint32]*passage{}, speakerConcepts: map[lexicon.ID]bool{},
	}
	if l != nil && len(r.speaker) > 0 {
		words := make([]string, len(r.speaker))
		for i, w := range r.speaker {
			words[i] = w.folded
		}
		for _, m := range l.Match(words) {
			for _, concept := range m.Concepts {
				if concept.Kind == lexicon.Name || concept.Kind == lexicon.Association {
					k.speakerConcepts[concept.ID] = true
				}
			}
		}
	}
	return k
}

// rank orders the candidates by the learned weights, best first.
func (k *ranker) rank(ctx context.Context, list []candidate) ([]view, error) {
	views := make([]view, len(list))
	n := len(k.r.terms)
	best, how, at := make([]float64, n*len(list)), make([]How, n*len(list)), make([]int, n*len(list))
	for i, c := range list {
		from, to := i*n, (i+1)*n
		views[i] = view{candidate: c, best: best[from:to:to], how: how[from:to:to], at: at[from:to:to]}
	}
	if err := k.see(ctx, views); err != nil {
		return nil, err
	}
	k.compare(views)
	if err := k.dates(views); err != nil {
		return nil, err
	}
	for i := range views {
		if views[i].score = views[i].first; !k.x.off["second_stage"] {
			views[i].score = k.x.weight.score(&views[i].v)
		}
	}
	slices.SortStableFunc(views, func(a, b view) int {
		if order := cmp.Compare(b.score, a.score); order != 0 {
			return order
		}
		return b.day.Compare(a.day)
	})
	return views, nil
}

// seeAll reads the views' passages and measures them.
func (k *ranker) seeAll(ctx context.Context, views []view) (err error) {
	for i := range views {
		if err := ctx.Err(); err != nil {
			return err
		}
		if views[i].p, err = k.x.passage(k.s, views[i].number, k.lexicon); err != nil {
			return err
		}
		k.measure(&views[i])
	}
	return nil
}

// dates prefers documents of the days that the question names.
func (k *ranker) dates(views []view) error {
	for i := range views {
		c := &views[i]
		about, err := k.s.about(c.article)
		if err != nil {
			return err
		}
		c.day = about.day
		if wish := !k.r.q.From.IsZero() || !k.r.q.To.IsZero(); wish && !c.day.IsZero() && k.wished(c.day) {
			c.v[fDate] = 1
		}
	}
	return nil
}

func (k *ranker) wished(day time.Time) bool {
	from, to := k.r.q.From, k.r.q.To
	day = day.Truncate(24 * time.Hour)
	return (from.IsZero() || !day.Before(from.Truncate(24*time.Hour))) && (to.IsZero() || !day.After(to))
}

// compare fills the features that need the other candidates.
func (k *ranker) compare(views []view) {
	article := 0.0
	for i := range views {
		article = max(article, views[i].whole)
	}
	k.distinguish(views)
	k.context(views)
	for i := range views {
		c := &views[i]
		c.v[fArticleLead] = share(c.whole, article)
		for f := range c.v {
			if k.x.off[featureNames[f]] {
				c.v[f] = 0
			}
		}
	}
}

// distinguish weighs each word by how few candidates of the same article have
// it: a word that the whole article repeats does not tell its paragraphs apart.
func (k *ranker) distinguish(views []view) {
	n := map[uint32]float64{}
	with := map[uint32][]float64{}
	for i := range views {
		c := &views[i]
		n[c.article]++
		if with[c.article] == nil {
			with[c.article] = make([]float64, len(k.r.terms))
		}
		for t, worth := range c.best {
			if worth > .4 {
				with[c.article][t]++
			}
		}
	}
	for i := range views {
		c := &views[i]
		sum := 0.0
		for t, worth := range c.best {
			rare := math.Log((n[c.article] + 1) / (with[c.article][t] + .5))
			sum += k.r.terms[t].weight * k.r.terms[t].idf * worth * max(rare, 0)
		}
		c.v[fDistinct] = sum / k.total
	}
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return part / whole
}

// titlePassage is the analysed title of an article, empty where it has none.
func (k *ranker) titlePassage(a uint32) *passage {
	if p, ok := k.titlePassages[a]; ok {
		return p
	}
	p := &passage{}
	if n := k.s.articles[a].rows[0]; k.s.table[n].paragraph == titleParagraph {
		if found, err := k.x.passage(k.s, n, k.lexicon); err == nil {
			p = found
		}
	}
	k.titlePassages[a] = p
	return p
}

// titleCover is how well the title covers each term.
func (k *ranker) titleCover(a uint32) []float64 {
	if cover, ok := k.titles[a]; ok {
		return cover
	}
	cover := make([]float64, len(k.r.terms))
	for _, o := range k.m.occurrences(k.titlePassage(a), nil) {
		cover[o.term] = max(cover[o.term], o.worth)
	}
	k.titles[a] = cover
	return cover
}

func (k *ranker) inTitle(a uint32, w *word) bool {
	for _, t := range k.titlePassage(a).tokens {
		if sameStem(t.w, w) {
			return true
		}
	}
	return false
}
