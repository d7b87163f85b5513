package answer

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// Answerer answers questions from an index. Its methods may be called
// concurrently.
type Answerer struct {
	find    Finder
	o       Options
	dropped atomic.Int64
}

// New makes an Answerer that searches with f.
func New(f Finder, o Options) *Answerer {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Answerer{find: f, o: o}
}

// Dropped counts lines that were kept from being printed because they were not
// verbatim; it stays 0 unless there is a defect.
func (a *Answerer) Dropped() int64 { return a.dropped.Load() }

const (
	defaultExcerpts = 3
	leastHits       = 8    // searched for at least: the next ones tell how sure the first is
	storyHits       = 16   // for questions that several paragraphs answer together
	questionRunes   = 2000 // longer questions are read to here
)

// Ask answers one question. That nothing was found is an Answer, too; the
// error is the index's.
func (a *Answerer) Ask(ctx context.Context, text string, o Ask) (Answer, error) {
	began := a.o.Now()
	o = a.complete(o)
	ans := Answer{Question: text, Language: languageOf(text)}
	text = readable(text)
	if c := courtesyAfter(o.Previous, text); c != "" {
		ans.Kind, ans.Courtesy = OffTopic, c
		return ans, a.beside(ctx, &ans, text, o)
	}
	searched, carried := withPrevious(text, o.Previous)
	if carried != "" {
		ans.Searched = searched
		ans.Understood = []Understanding{{Typed: text, As: searched, Why: FromPrevious}}
	}
	q, searched := a.read(searched, o)
	r, err := a.search(ctx, q, searched, o)
	if err != nil {
		return Answer{}, err
	}
	found := time.Now()
	a.compose(ctx, &ans, q, r, o)
	composed := time.Now()
	if o.FollowUps {
		ans.FollowUps = a.Suggest(ctx, ans, o)
	}
	ans.Took = a.o.Now().Sub(began)
	ans.Stages = Stages{Search: r.Gathered, Rank: r.Took - r.Gathered, Summary: composed.Sub(found), Suggest: time.Since(composed)}
	return ans, nil
}

// read tells what a question asks, and what is to be searched for it.
func (a *Answerer) read(text string, o Ask) (Question, string) {
	text, isSubject := subjectOf(text)
	q := Read(text, o.Today, a.o.Lexicon)
	q.Subject = isSubject
	return q, text
}

func (a *Answerer) search(ctx context.Context, q Question, text string, o Ask) (index.Result, error) {
	least := leastHits
	if q.wholeStory() {
		least = storyHits
	}
	r, err := a.find.Search(ctx, index.Query{
		Text: text, Language: q.Language, Want: q.Want, Speaker: q.Speaker, From: q.From, To: q.To,
		Exact: o.Exact, K: max(o.K, least), Explain: true,
	})
	if err != nil {
		return index.Result{}, fmt.Errorf("answer: %w", err)
	}
	return r, nil
}

// beside lists the best paragraphs for a text that is no question all the same:
// whoever reads the list decides better with it than without.
func (a *Answerer) beside(ctx context.Context, ans *Answer, text string, o Ask) error {
	r, err := a.find.Search(ctx, index.Query{Text: text, Language: ans.Language, Exact: o.Exact, K: o.K})
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	ans.Excerpts = excerptsOf(r.Hits, o.K)
	return nil
}

func (a *Answerer) complete(o Ask) Ask {
	if o.K <= 0 {
		o.K = defaultExcerpts
	}
	if o.Today.IsZero() {
		o.Today = a.o.Now()
	}
	return o
}

// readable makes typed text fit for reading: valid, without control
// characters, of bounded length.
func readable(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	if runes := []rune(text); len(runes) > questionRunes {
		text = string(runes[:questionRunes])
	}
	return strings.TrimSpace(text)
}

// compose fills the answer from what the index found.
func (a *Answerer) compose(ctx context.Context, ans *Answer, q Question, r index.Result, o Ask) {
	if r.Searched != "" {
		ans.Searched = r.Searched
	}
	a.preferKind(q, r)
	ans.Excerpts = excerptsOf(r.Hits, o.K)
	ans.Understood = append(ans.Understood, understood(r.Understood)...)
	w := newWriter(q, a.o.Lexicon, r, ans.Excerpts)
	ans.Topic = w.topic()
	ans.Kind, ans.Confidence = w.judge(r)
	ans.Missing = missing(q, r, ans.Kind)
	switch ans.Kind {
	case Answered:
		ans.Summary = w.summary()
	case NoAnswer:
		ans.Summary = w.nearest()
	default:
		a.about(ctx, ans, o.K)
	}
	a.verify(ctx, ans)
}

// missing are the informative words that no document contains. Where the
// documents do not speak of the subject at all, a word that only the lexicon
// brings together with one of theirs is missing, too.
func missing(q Question, r index.Result, kind Kind) (words []string) {
	stands := map[string]bool{}
	for _, h := range r.Hits {
		for _, m := range h.Words {
			stands[m.Typed] = stands[m.Typed] || m.Worth > 0 && m.How != index.ByConcept
		}
	}
	for _, w := range r.Words {
		known := w.Known && (kind != OffTopic || q.Language == "en" || stands[w.Typed])
		if !known && !framing[arabic.Fold(w.Typed)] {
			words = append(words, w.Typed)
		}
	}
	return words
}

func excerptsOf(hits []index.Hit, k int) []Excerpt {
	out := make([]Excerpt, 0, k)
	for i, h := range hits[:min(len(hits), k)] {
		e := Excerpt{N: i + 1, Ref: h.Ref, Title: h.Title, Source: h.Source, Date: h.Date, URL: h.URL, Text: h.Text,
			Score: h.Score, AlsoIn: h.AlsoIn, Sentence: Span(h.Sentence)}
		for _, m := range h.Matches {
			e.Matches = append(e.Matches, Span(m))
		}
		out = append(out, e)
	}
	return out
}

var reasons = map[index.How]Reason{
	index.ByConcept: ByConcept, index.ByCorrection: Corrected, index.ByTransliteration: Transliterated, index.ByDictionary: ByConcept,
}

func understood(list []index.Understood) []Understanding {
	var out []Understanding
	for _, u := range list {
		typed, as := arabic.Fold(u.Typed), arabic.Fold(u.As)
		if why, ok := reasons[u.How]; ok && arabic.Skeleton(typed) != arabic.Skeleton(as) && !framing[typed] {
			out = append(out, Understanding{u.Typed, u.As, why})
		}
	}
	return out
}

// verify drops every line that is not a verbatim part of the paragraph it
// cites. There must be none: each is counted and logged.
func (a *Answerer) verify(ctx context.Context, ans *Answer) {
	holds := func(p Point) bool {
		ok := p.Cite >= 1 && p.Cite <= len(ans.Excerpts) && verbatim(p.Text, ans.Excerpts[p.Cite-1].Text)
		if !ok {
			a.dropped.Add(1)
			a.o.Log.ErrorContext(ctx, "line is not in its paragraph", "document", p.Ref.Document, "paragraph", p.Ref.Paragraph)
		}
		return ok
	}
	if l := ans.Summary.Lead; l != nil && !holds(*l) {
		ans.Summary.Lead = nil
	}
	sections := ans.Summary.Sections[:0]
	for _, s := range ans.Summary.Sections {
		points := s.Points[:0]
		for _, p := range s.Points {
			if holds(p) {
				points = append(points, p)
			}
		}
		if s.Points = points; len(points) > 0 {
			sections = append(sections, s)
		}
	}
	ans.Summary.Sections = sections
}
