package index

import (
	"math"

	"mujaz/corpus/lexicon"
)

// weigh looks up how rare every term is and finds what stands in for words
// that the index does not have.
func (x *Index) weigh(s *snapshot, r *reading, l *lexicon.Lexicon) error {
	for i := 0; i < len(r.terms); i++ {
		r.weighed.Store(int32(i))
		if err := x.weighTerm(s, &r.terms[i], l); err != nil {
			return err
		}
		if r.terms[i].known || r.q.Exact || r.terms[i].weight == 0 {
			continue
		}
		done, err := x.joined(s, r, i, l)
		if err == nil && !done {
			done, err = x.respelled(s, &r.terms[i], l)
		}
		if err == nil && !done {
			err = x.rejoin(s, r, i, l)
		}
		if err != nil {
			return err
		}
	}
	for _, t := range r.terms {
		share := 1.0
		if !t.known {
			share = unknownShare
		}
		r.totalIDF += share * t.weight * t.idf
	}
	return nil
}

// unknownShare is what a word that no document has still counts: by it no two
// paragraphs differ.
const unknownShare = .25

func (x *Index) weighTerm(s *snapshot, t *term, l *lexicon.Lexicon) error {
	list, err := s.list(stemField, t.w.stem)
	if err != nil {
		return err
	}
	t.own = len(list) > 0
	t.known = t.own
	t.idf = idf(float64(len(s.rows)), len(list))
	if x.usesSkeleton(t) { // gather needs it: fetch reads ahead
		if _, err := s.lookup(skeletonField, t.w.skeleton, s.wanted(t)); err != nil {
			return err
		}
	}
	return s.weighConcepts(t, l)
}

// weighConcepts looks up how rare the concepts of a word are. A word that no
// document has is as rare as the rarest of them.
func (s *snapshot) weighConcepts(t *term, l *lexicon.Lexicon) error {
	rarest := 0.0
	for i := range t.concepts {
		found, err := s.conceptPostings(l, t.concepts[i].id, s.wanted(t))
		if err != nil {
			return err
		}
		if found.n > 0 {
			t.concepts[i].idf = idf(float64(len(s.rows)), found.n)
			rarest = max(rarest, t.concepts[i].idf)
		}
	}
	if !t.own && rarest > 0 {
		t.known, t.idf = true, rarest
	}
	return nil
}

// rejoin serves a term that documents have in no form: near words, or the two
// words that a missing space joined.
func (x *Index) rejoin(s *snapshot, r *reading, i int, l *lexicon.Lexicon) error {
	t := &r.terms[i]
	others, err := x.nearest(s, r, t, l)
	if err != nil {
		return err
	}
	v, err := s.vocabulary()
	if err != nil {
		return err
	}
	a, b, ok, err := v.split(t.w.folded)
	if err != nil {
		return err
	}
	if ok && !x.off["corrections"] && (len(others) == 0 || others[0].weight < correctionWorth) {
		second := *t
		second.w = x.words.look(b)
		t.w = x.words.look(a)
		t.parted = true
		second.parted = true
		t.partner = len(r.terms)
		r.terms = append(r.terms, second)
		return x.weighTerm(s, &r.terms[i], l)
	}
	if len(others) == 0 {
		return nil
	}
	t.others, t.known = others, true
	for _, o := range others {
		list, err := s.list(stemField, o.w.stem)
		if err != nil {
			return err
		}
		t.idf = min(t.idf, idf(float64(len(s.rows)), len(list)))
	}
	return nil
}

func idf(n float64, df int) float64 {
	return math.Log(1 + (n-float64(df)+.5)/(float64(df)+.5))
}
