package eval

import (
	"context"
	"fmt"
	"strings"

	"mujaz/corpus"
	"mujaz/index/answer"
)

// way says how a question was made to have its answer or to lack it.
type way string

const (
	asWritten   way = "as written"
	noParagraph way = "paragraphs gone" // the answering paragraphs taken out of their articles
	noArticle   way = "articles gone"
	oneDocument way = "one document" // nothing but the article that answers, or should
	onePart     way = "one document, paragraph gone"
	oneOther    way = "one document, another's question"
	otherSet    way = "another set's question"
)

// shares say how much a way counts among the questions of a set that have, or
// lack, their answer: what people wrote counts most, because a paragraph that
// was taken away often leaves one behind that answers as well.
var shares = map[way]float64{asWritten: 3, noParagraph: .5, noArticle: .7, oneDocument: 2, onePart: 1, oneOther: .5, otherSet: 3}

const (
	goneFolds  = 6   // in how many goes paragraphs are taken away
	otherAsked = 120 // questions of another set that are asked of one
	otherStep  = 11  // whose question is asked of one document: the question so many places on
	ownWorth   = 1.5 // of a set that is the only one over its documents
)

// instance is one question asked once.
type instance struct {
	set      int
	question Question
	way      way
	signals  map[string]float64
	right    bool // answered in the first excerpts
	told     bool // whether right or wrong teaches anything: not where the search missed the answer
	weight   float64
}

// single reports ways with a collection of one document, which count as a set of their own.
func (i *instance) single() bool {
	return i.way == oneDocument || i.way == onePart || i.way == oneOther
}

// instances asks the questions of one set in every way.
func instances(ctx context.Context, o Options, sets []*Set, number int) ([]instance, error) {
	set := sets[number]
	list, err := o.instancesOf(ctx, set.Documents, set.Questions, asWritten)
	if err != nil {
		return nil, err
	}
	for i, other := range sets {
		if i == number || sameDocuments(set, other) {
			continue
		}
		more, err := o.instancesOf(ctx, set.Documents, sample(other.Questions, otherAsked), otherSet)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	for _, more := range []func(context.Context, *Set) ([]instance, error){o.withGoldGone, o.ofOneDocument} {
		some, err := more(ctx, set)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	for i := range list {
		list[i].set = number
	}
	return list, nil
}

func sameDocuments(a, b *Set) bool {
	return len(a.Documents) == len(b.Documents) && a.Documents[0].ID == b.Documents[0].ID
}

func sample(list []Question, n int) []Question {
	var out []Question
	for i := range min(n, len(list)) {
		out = append(out, list[i*len(list)/min(n, len(list))])
	}
	return out
}

// instancesOf asks questions of documents.
func (o Options) instancesOf(ctx context.Context, docs []corpus.Document, questions []Question, as way) ([]instance, error) {
	if len(docs) == 0 || len(questions) == 0 {
		return nil, nil
	}
	x, err := build(ctx, o, &Set{Documents: docs})
	if err != nil {
		return nil, err
	}
	defer x.Close()
	a := answer.New(x, answer.Options{Lexicon: o.Lexicon, Log: o.Log})
	var list []instance
	for _, q := range questions {
		e, err := a.Evidence(ctx, q.Text, answer.Ask{Today: today})
		if err != nil {
			return nil, fmt.Errorf("eval: question %s: %w", q.ID, err)
		}
		if len(e.Signals) > 0 {
			list = append(list, instanceOf(q, as, e))
		}
	}
	return list, nil
}

func instanceOf(q Question, as way, e answer.Evidence) instance {
	i := instance{question: q, way: as, signals: e.Signals}
	has := q.Answerable() && (as == asWritten || as == oneDocument)
	for _, ref := range e.Excerpts {
		i.right = i.right || has && q.isGold(ref)
	}
	i.told = i.right || !has
	return i
}

// withGoldGone asks with the answering paragraphs, then with their articles,
// taken away.
func (o Options) withGoldGone(ctx context.Context, set *Set) ([]instance, error) {
	var list []instance
	for fold := range min(goneFolds, len(set.Questions)) {
		var asked []Question
		gone := map[corpus.Ref]bool{}
		for i, q := range set.Questions {
			if q.Answerable() && i%goneFolds == fold {
				asked = append(asked, q)
				for _, g := range q.Gold {
					gone[g] = true
				}
			}
		}
		for _, as := range []way{noParagraph, noArticle} {
			more, err := o.instancesOf(ctx, lacking(set.Documents, gone, as == noArticle), asked, as)
			if err != nil {
				return nil, err
			}
			list = append(list, more...)
		}
	}
	return list, nil
}

// lacking is the documents without some paragraphs, or without all of their articles.
func lacking(docs []corpus.Document, gone map[corpus.Ref]bool, articles bool) []corpus.Document {
	touched := map[string]bool{}
	for ref := range gone {
		touched[ref.Document] = true
	}
	var out []corpus.Document
	for _, d := range docs {
		if touched[d.ID] {
			d.Text = rest(d, gone)
			if articles || d.Text == "" {
				continue
			}
		}
		out = append(out, d)
	}
	return out
}

func rest(d corpus.Document, gone map[corpus.Ref]bool) string {
	var kept []string
	for _, p := range d.Paragraphs() {
		if !gone[p.Ref] {
			kept = append(kept, p.Text)
		}
	}
	return strings.Join(kept, "\n")
}

// ofOneDocument asks of single articles with more than one paragraph, as of
// the collection of somebody who begins.
func (o Options) ofOneDocument(ctx context.Context, set *Set) ([]instance, error) {
	byID := map[string]corpus.Document{}
	for _, d := range set.Documents {
		byID[d.ID] = d
	}
	var list []instance
	for i, q := range set.Questions {
		if !q.Answerable() || len(byID) == 1 {
			continue
		}
		d := byID[q.Gold[0].Document]
		if len(d.Paragraphs()) < 2 {
			continue
		}
		more, err := o.ofThis(ctx, d, q, set.Questions[(i+otherStep)%len(set.Questions)])
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

func (o Options) ofThis(ctx context.Context, d corpus.Document, q, other Question) ([]instance, error) {
	whole := []corpus.Document{d}
	list, err := o.instancesOf(ctx, whole, []Question{q}, oneDocument)
	if err != nil {
		return nil, err
	}
	gone := map[corpus.Ref]bool{}
	for _, g := range q.Gold {
		gone[g] = true
	}
	more, err := o.instancesOf(ctx, lacking(whole, gone, false), []Question{q}, onePart)
	if err != nil || other.isGoldDocument(d.ID) {
		return append(list, more...), err
	}
	others, err := o.instancesOf(ctx, whole, []Question{other}, oneOther)
	return append(append(list, more...), others...), err
}
