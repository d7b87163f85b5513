package eval

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// Asker answers questions the way people get them answered, for the figures
// that depend on the summary.
type Asker interface {
	// Ask returns the ranked paragraphs, the lead, all lines of the summary and
	// the confidence that the question is answered.
	Ask(ctx context.Context, question string, k int) (Reply, error)
}

// Reply is what an Asker found.
type Reply struct {
	Refs       []corpus.Ref
	Lead       string
	Summary    string // all lines, the lead included
	Confidence float64
}

// Options of a run.
type Options struct {
	Dir           string
	QuestionsFile string   // other questions over the same documents
	Without       []string // ingredients to leave out
	Baseline      bool     // measure stock bleve beside it
	Failures      bool     // list questions whose gold is not first
	Explain       bool     // with the features of both paragraphs
	Background    string   // more documents, not asked about
	Fit           bool     // learn weights from this set and those of FitDirs
	FitSets       []string // DIR or DIR:QUESTIONS
	FitOut        string   // where the weights go
	K             int      // hits looked at, 10
	Lexicon       *lexicon.Lexicon
	Weights       *index.Weights
	Asker         func(*index.Index) Asker // nil: the index is asked directly
	Log           *slog.Logger
	Out           io.Writer
}

// Run measures one set and prints its score sheet.
func Run(ctx context.Context, o Options) error {
	if o.K == 0 {
		o.K = 10
	}
	if o.Fit {
		return fit(ctx, o)
	}
	set, err := Load(o.Dir, o.QuestionsFile)
	if err != nil {
		return err
	}
	x, err := build(ctx, o, set)
	if err != nil {
		return err
	}
	defer x.Close()
	outcomes, err := ask(ctx, o, x, set)
	if err != nil {
		return err
	}
	sheet(o.Out, title(o, set), outcomes)
	if o.Baseline {
		if err := baseline(ctx, o, set); err != nil {
			return err
		}
	}
	return nil
}

func title(o Options, set *Set) string {
	s := fmt.Sprintf("%s: %d documents, %d questions", set.Name, len(set.Documents), len(set.Questions))
	if len(o.Without) > 0 {
		s += ", without " + strings.Join(o.Without, ", ")
	}
	return s
}

// documents is an index.Source of documents that do not change.
type documents []corpus.Document

func (d documents) LastSeq(context.Context) (int64, error) { return int64(len(d)), nil }

func (d documents) Changes(_ context.Context, after int64, limit int) ([]corpus.Change, error) {
	var list []corpus.Change
	for i := int(after); i < len(d) && len(list) < limit; i++ {
		list = append(list, corpus.Change{Seq: int64(i + 1), ID: d[i].ID, Document: &d[i]})
	}
	return list, nil
}

// Source serves documents to an index that follows it.
func Source(docs []corpus.Document) index.Source { return documents(docs) }

// build indexes a set in memory.
func build(ctx context.Context, o Options, set *Set) (*index.Index, error) {
	l := o.Lexicon
	for _, name := range o.Without {
		if name == "lexicon" {
			l = nil
		}
	}
	x, err := index.Open(ctx, index.Options{Lexicon: l, Log: o.Log, Without: o.Without, Weights: o.Weights})
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	docs := set.Documents
	if o.Background != "" {
		if docs, err = withBackground(docs, o.Background); err != nil {
			return nil, err
		}
	}
	if err := x.CatchUp(ctx, documents(docs), nil); err != nil {
		x.Close()
		return nil, fmt.Errorf("eval: %w", err)
	}
	return x, nil
}

// withBackground adds documents whose ids and texts are not in the set.
func withBackground(docs []corpus.Document, name string) ([]corpus.Document, error) {
	more, err := ReadDocuments(name)
	if err != nil {
		return nil, fmt.Errorf("eval: background: %w", err)
	}
	ids, texts := map[string]bool{}, map[string]bool{}
	for _, d := range docs {
		ids[d.ID], texts[d.Text] = true, true
	}
	for _, d := range more {
		if !ids[d.ID] && !texts[d.Text] {
			docs = append(docs, d)
		}
	}
	return docs, nil
}

// ask asks all questions, each timed.
func ask(ctx context.Context, o Options, x *index.Index, set *Set) ([]outcome, error) {
	var asker Asker = direct{x}
	if o.Asker != nil {
		asker = o.Asker(x)
	}
	texts := textsOf(set.Documents)
	var outcomes []outcome
	for _, q := range set.Questions {
		began := time.Now()
		reply, err := asker.Ask(ctx, q.Text, o.K)
		if err != nil {
			return nil, fmt.Errorf("eval: question %s: %w", q.ID, err)
		}
		out := judge(q, reply)
		out.took = time.Since(began)
		out.composed = o.Asker != nil
		outcomes = append(outcomes, out)
		if o.Failures && q.Answerable() && out.rank != 1 {
			if err := failure(ctx, o, x, q, out, texts); err != nil {
				return nil, err
			}
		}
	}
	return outcomes, nil
}

func judge(q Question, r Reply) outcome {
	out := outcome{question: q, certainty: r.Confidence}
	for i, ref := range r.Refs {
		if i >= 10 {
			break
		}
		if q.isGold(ref) && out.rank == 0 {
			out.rank = i + 1
		}
		if q.isGoldDocument(ref.Document) {
			if i == 0 {
				out.article = true
			}
			if !out.seen {
				out.seen = true
				out.inside = q.isGold(ref)
			}
		}
	}
	out.lead, out.summary = holds(r.Lead, q.Answers), holds(r.Summary, q.Answers)
	return out
}

// direct asks the index itself.
type direct struct{ x *index.Index }

// Ask implements Asker.
func (d direct) Ask(ctx context.Context, question string, k int) (Reply, error) {
	res, err := d.x.Search(ctx, index.Query{Text: question, K: k})
	r := Reply{Confidence: res.Answerable}
	for _, h := range res.Hits {
		r.Refs = append(r.Refs, h.Ref)
	}
	return r, err
}
