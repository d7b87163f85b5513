package index

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"
)

// Search finds the paragraphs that fit the query best.
func (x *Index) Search(ctx context.Context, q Query) (res Result, err error) {
	began := time.Now()
	x.mu.RLock()
	l := x.lexicon
	x.mu.RUnlock()
	s, err := x.snapshot()
	if err != nil {
		return Result{}, err
	}
	defer s.release()
	x.busy.Add(1)
	defer x.busy.Add(-1)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			x.broken.Store(true)
			x.log.Error("a search met damage", "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("search: the index is damaged: %v", p)
		}
	}()
	if q.K <= 0 {
		q.K = 10
	}
	r, err := x.read(s, q, l)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	c := s.newScratch()
	defer s.free(c)
	list, err := x.gather(s, r, c, l)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	gathered := time.Since(began)
	k := x.newRanker(s, r, c, l)
	views, err := k.rank(ctx, list)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	res, err = k.result(views)
	res.Took, res.Gathered = time.Since(began), gathered
	return res, err
}

// result turns the ranked views into hits.
func (k *ranker) result(views []view) (Result, error) {
	res := Result{Answerable: k.answerable(views)}
	for i := range k.r.terms {
		t := &k.r.terms[i]
		w := Word{Typed: t.typed, Span: t.span, IDF: t.idf * t.weight, Known: t.known}
		if len(views) > 0 {
			w.Coverage = views[0].best[i]
		}
		res.Words = append(res.Words, w)
	}
	for _, g := range fold(views, k.r.q.K) {
		h, err := k.hit(g.shown)
		if err != nil {
			return Result{}, err
		}
		for _, twin := range g.others {
			h.AlsoIn = append(h.AlsoIn, k.ref(twin))
		}
		res.Hits = append(res.Hits, h)
	}
	k.understand(views, &res)
	return res, nil
}

func (k *ranker) hit(c *view) (Hit, error) {
	about, err := k.s.about(c.article)
	if err != nil {
		return Hit{}, err
	}
	h := Hit{
		Ref:   k.ref(c),
		Title: about.Title, Source: about.Source, Date: about.Date, URL: about.URL,
		Text: c.p.text, Score: c.score, Article: c.whole, Matches: c.matches(),
	}
	if c.sentence < len(c.p.sentences) {
		s := c.p.sentences[c.sentence]
		h.Sentence = Span{s.Start, s.End}
	}
	if k.r.q.Explain {
		k.explain(c, &h)
	}
	return h, nil
}

// matches lists the matched words of the paragraph.
func (c *view) matches() []Span {
	var spans []Span
	for _, o := range c.found {
		t := c.p.tokens[o.token]
		span := Span{int(t.start), int(t.end)}
		if o.worth > .3 && (len(spans) == 0 || spans[len(spans)-1] != span) {
			spans = append(spans, span)
		}
	}
	return spans
}

func (k *ranker) explain(c *view, h *Hit) {
	k.x.weight.score(&vector{})
	for f, value := range c.v {
		if value != 0 || k.r.q.Explain {
			h.Features = append(h.Features, Feature{featureNames[f], value, k.x.weight.ranking[f]})
		}
	}
	slices.SortStableFunc(h.Features, func(a, b Feature) int {
		x, y := a.Value*a.Weight, b.Value*b.Weight
		switch {
		case x*x > y*y:
			return -1
		case x*x < y*y:
			return 1
		}
		return 0
	})
	for i := range k.r.terms {
		m := Match{Typed: k.r.terms[i].typed, How: c.how[i], Worth: c.best[i]}
		if m.Worth > 0 {
			t := c.p.tokens[c.at[i]]
			m.Met = c.p.text[t.start:t.end]
		}
		h.Words = append(h.Words, m)
	}
}

// answerable is the chance that the first views answer the question.
func (k *ranker) answerable(views []view) float64 { return k.x.weight.answerable(k.signals(views)) }

// tellingShare is how much rarer than the rest a word must be, by the rarest,
// for a stand-in to be told to people.
const tellingShare = .5

// understand tells which other words decided the first hit, and how the
// question reads with them where it was corrected.
func (k *ranker) understand(views []view, res *Result) {
	if len(views) == 0 {
		return
	}
	c := &views[0]
	rarest := 0.0
	for i := range k.r.terms {
		rarest = max(rarest, k.r.terms[i].idf)
	}
	corrected := []byte{}
	last := 0
	for i := range k.r.terms {
		t := &k.r.terms[i]
		as, how := k.standsFor(c, i)
		if as == "" || how == ByConcept && t.own && t.idf < tellingShare*rarest {
			continue
		}
		res.Understood = append(res.Understood, Understood{t.typed, as, how})
		if how == ByCorrection && t.span.Start >= last {
			corrected = append(append(corrected, k.r.q.Text[last:t.span.Start]...), as...)
			last = t.span.End
		}
	}
	if last > 0 {
		res.Searched = string(corrected) + k.r.q.Text[last:]
	}
}

// standsFor is the word that stood in for a term in a paragraph.
func (k *ranker) standsFor(c *view, i int) (string, How) {
	t := &k.r.terms[i]
	if t.parted {
		if t.partner == 0 {
			return "", ""
		}
		return t.w.folded + " " + k.r.terms[t.partner].w.folded, ByCorrection
	}
	switch c.how[i] {
	case ByConcept, ByCorrection, ByTransliteration, ByDictionary:
		at := c.p.tokens[c.at[i]]
		return c.p.text[at.start:at.end], c.how[i]
	}
	if len(t.others) > 0 && t.others[0].how == ByCorrection {
		return t.others[0].w.folded, ByCorrection
	}
	return "", ""
}
