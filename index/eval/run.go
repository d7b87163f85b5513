package eval

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
	"mujaz/index/answer"
)

// Options of a run.
type Options struct {
	Dir           string
	QuestionsFile string   // other questions over the same documents
	Without       []string // ingredients to leave out
	Baseline      bool     // measure stock bleve beside it
	Failures      bool     // list questions whose gold is not first
	Explain       bool     // with the features of both paragraphs
	Background    string   // more documents, not asked about
	FitLead       bool     // learn the weights of leads from Dir and FitSets
	Fit           bool     // learn weights from Dir and FitSets
	FitConfidence bool     // learn the model of the confidence from Dir and FitSets
	Table         bool     // print what each ingredient adds on Dir and FitSets
	FitSets       []string // more sets for Fit and Table, each DIR or DIR:QUESTIONS
	FitOut        string   // where the weights go
	K             int      // hits looked at, 10
	Lexicon       *lexicon.Lexicon
	Weights       *index.Weights
	Direct        bool // ask the index alone, without composing replies
	Log           *slog.Logger
	Out           io.Writer
}

// Run measures one set and prints its score sheet.
func Run(ctx context.Context, o Options) error {
	if o.K == 0 {
		o.K = 10
	}
	switch {
	case o.Fit:
		return fit(ctx, o)
	case o.FitLead:
		return fitLead(ctx, o)
	case o.FitConfidence:
		return fitConfidence(ctx, o)
	case o.Table:
		return table(ctx, o)
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

// sets loads Dir with its questions, then FitSets.
func (o Options) sets() ([]*Set, error) {
	first, err := Load(o.Dir, o.QuestionsFile)
	if err != nil {
		return nil, err
	}
	list := []*Set{first}
	for _, spec := range o.FitSets {
		dir, questions, _ := strings.Cut(spec, ":")
		set, err := Load(dir, questions)
		if err != nil {
			return nil, err
		}
		list = append(list, set)
	}
	return list, nil
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
	answerer := answer.New(x, answer.Options{Lexicon: o.Lexicon, Log: o.Log})
	texts, judged := textsOf(set.Documents), set.judged()
	var outcomes []outcome
	for _, q := range set.Questions {
		began := time.Now()
		reply, err := reply(ctx, o, x, answerer, q)
		if err != nil {
			return nil, fmt.Errorf("eval: question %s: %w", q.ID, err)
		}
		out := judge(q, reply.judgedOnly(judged))
		out.took = time.Since(began)
		out.composed = !o.Direct
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

// Reply is what became of a question.
type Reply struct {
	Refs       []corpus.Ref
	Also       [][]corpus.Ref // by hit: the near-identical paragraphs that it stands for
	Lead       string
	Summary    string // all lines, the lead included
	Confidence float64
}

// judgedOnly names a hit in a background document by the judged paragraph that
// it stands for, where there is one: that only one of the two is shown is no
// fault of the ranking.
func (r Reply) judgedOnly(judged map[string]bool) Reply {
	for i, ref := range r.Refs {
		if i >= len(r.Also) || judged[ref.Document] {
			continue
		}
		if j := slices.IndexFunc(r.Also[i], func(twin corpus.Ref) bool { return judged[twin.Document] }); j >= 0 {
			r.Refs[i] = r.Also[i][j]
		}
	}
	return r
}

// reply asks as people do, or the index alone.
func reply(ctx context.Context, o Options, x *index.Index, a *answer.Answerer, q Question) (Reply, error) {
	if o.Direct {
		res, err := x.Search(ctx, query(o, q.Text, o.K))
		r := Reply{Confidence: res.Answerable}
		for _, h := range res.Hits {
			r.Refs, r.Also = append(r.Refs, h.Ref), append(r.Also, h.AlsoIn)
		}
		return r, err
	}
	ans, err := a.Ask(ctx, q.Text, answer.Ask{K: o.K, Today: today})
	r := Reply{Confidence: ans.Confidence}
	for _, e := range ans.Excerpts {
		r.Refs, r.Also = append(r.Refs, e.Ref), append(r.Also, e.AlsoIn)
	}
	var lines []string
	if ans.Summary.Lead != nil {
		r.Lead = ans.Summary.Lead.Text
		lines = append(lines, r.Lead)
	}
	for _, section := range ans.Summary.Sections {
		for _, p := range section.Points {
			lines = append(lines, p.Text)
		}
	}
	r.Summary = strings.Join(lines, "\n")
	return r, err
}

// today is when judged questions are asked, so that scores are the same on
// every day.
var today = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// query reads a question as package answer does.
func query(o Options, text string, k int) index.Query {
	q := answer.Read(text, today, o.Lexicon)
	return index.Query{Text: text, Language: q.Language, Want: q.Want, Speaker: q.Speaker, From: q.From, To: q.To, K: k}
}
