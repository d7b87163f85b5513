package answer

import (
	"math"

	"mujaz/index"
)

// signalsOf names what tells whether the first excerpts answer at all. Signals
// of what is asked for count within their kind only: that «كم» finds no figure
// says much, and nothing about «من». Left out because nothing was lost without
// them on sets that the model had not seen: how well the article fits, the
// distance to the next one, words that nothing meets, the rarest word, idf,
// matches by concept only, causes for «لماذا», places for «أين».
func (w *writer) signalsOf(r index.Result, matter matter, e evidence) map[string]float64 {
	s := map[string]float64{
		"bias": 1, "asks_" + string(matter): 1,
		"score":    r.Hits[0].Score / 10,
		"article":  featureOf(r.Hits[0], "article_lead"),
		"sentence": e.sentence,
		"dense":    w.dense(),
		"words":    math.Log1p(float64(len(r.Words))),
	}
	switch matter {
	case matterNumber:
		s["number_none"], s["number_unit_none"] = 1-e.number, featureOf(r.Hits[0], "unit_missing")
	case matterName:
		s["name_met"] = e.met
	case matterPerson:
		s["person_met"], s["person_beside"] = e.met, e.beside
	}
	if w.question.Speaker != "" {
		s["speaker_silent"] = truth(!e.says)
	}
	return s
}

// dense is the share of matched words among those of the sentence that is
// chosen best.
func (w *writer) dense() float64 {
	best := &w.sentences[0]
	for i := range w.evidenceSentences() {
		if w.sentences[i].score > best.score {
			best = &w.sentences[i]
		}
	}
	met := 0
	for _, n := range best.met {
		met += int(truth(n >= 0))
	}
	return float64(met) / float64(max(len(best.met), 1))
}

// covers is what the best excerpt covers of the question. A question about a
// whole story is covered by all of them together.
func (w *writer) covers() cover {
	whole := w.terms.newCover()
	for e := range w.excerpts[:min(len(w.excerpts), evidenceExcerpts)] {
		c := w.coverOf(e)
		switch {
		case w.question.wholeStory():
			whole.join(c)
		case w.terms.share(c) > w.terms.share(whole):
			whole = c
		}
	}
	return whole
}

// coverOf is what one excerpt covers.
func (w *writer) coverOf(excerpt int) cover {
	c := w.terms.newCover()
	for i := range w.sentences {
		if w.sentences[i].excerpt == excerpt {
			c.join(w.sentences[i].cover)
		}
	}
	return c
}

func (c cover) join(other cover) {
	for n, worth := range other {
		c[n] = max(c[n], worth)
	}
}

// featureOf is a named ingredient of a hit's score, 0 where it has none.
func featureOf(h index.Hit, name string) float64 {
	for _, f := range h.Features {
		if f.Name == name {
			return f.Value
		}
	}
	return 0
}
