package answer

import (
	"context"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// answerFrom is the confidence from which an answer is given.
const answerFrom = 0.35

// onTopicFrom is the share of the question that the best paragraph and its
// article must cover for the documents to speak of the subject at all.
const onTopicFrom = 0.4

// judge decides what kind of reply this is and how sure it is.
func (w *writer) judge(r index.Result) (Kind, float64) {
	if len(r.Hits) == 0 || len(w.sentences) == 0 {
		return OffTopic, 0
	}
	confidence := r.Answerable
	if !w.holdsKind() {
		confidence *= 0.4
	}
	switch {
	case confidence >= answerFrom:
		return Answered, confidence
	case w.known(r) < onTopicFrom:
		return OffTopic, confidence
	}
	return NoAnswer, confidence
}

// holdsKind reports that a sentence which covers the question well holds the
// kind of answer that a question of number or time wants.
func (w *writer) holdsKind() bool {
	if w.question.Want != index.WantNumber && w.question.Want != index.WantTime {
		return true
	}
	best := 0.0
	for i := range w.sentences {
		best = max(best, w.sentences[i].share)
	}
	for i := range w.sentences {
		s := &w.sentences[i]
		if s.share >= best/2 && (w.answersKind(s) || s.cues&arabic.HasNumber != 0 && w.question.Want == index.WantTime && w.hasNewNumber(s)) {
			return true
		}
	}
	return false
}

// known is the share of the question's informative words that the first hit covers.
func (w *writer) known(r index.Result) float64 {
	total, covered := 0.0, 0.0
	for _, word := range r.Words {
		total += word.IDF
		covered += word.IDF * word.Coverage
	}
	if total == 0 {
		return 0
	}
	return covered / total
}

// nearestLines is how many lines are offered when there is no answer.
const nearestLines = 2

// nearest offers what comes nearest, not as an answer.
func (w *writer) nearest() Summary {
	var s Summary
	var chosen []line
	for _, i := range w.byScore() {
		if len(chosen) == nearestLines {
			break
		}
		if l, ok := w.fitting(i, leadWords, chosen); ok {
			chosen = append(chosen, l)
			s.add(Nearest, "", w.point(l))
		}
	}
	return s
}

// about tells what the documents speak of: the lead of the newest ones. It
// lists their first paragraphs where the search has left room.
func (a *Answerer) about(ctx context.Context, ans *Answer, k int) {
	if a.o.Newest == nil {
		return
	}
	documents, err := a.o.Newest(ctx, k)
	if err != nil {
		a.o.Log.Warn("newest documents cannot be read", "error", err)
		return
	}
	for _, d := range documents {
		paragraphs := d.Paragraphs()
		if len(paragraphs) == 0 {
			continue
		}
		first := paragraphs[0]
		e := ans.listed(Excerpt{Ref: first.Ref, Title: d.Title, Source: d.Source, Date: d.Date, URL: d.URL, Text: first.Text}, k)
		if e == nil {
			continue
		}
		spans := arabic.Sentences(e.Text)
		text, shortened := cut(e.Text[spans[0].Start:spans[0].End], leadWords)
		ans.Summary.add(About, "", Point{Text: text, Cut: shortened, Cite: e.N, Ref: e.Ref})
	}
}

// listed returns the excerpt of that paragraph, adding it while fewer than k
// are listed; nil when there is no room.
func (ans *Answer) listed(e Excerpt, k int) *Excerpt {
	for i := range ans.Excerpts {
		if ans.Excerpts[i].Ref == e.Ref {
			return &ans.Excerpts[i]
		}
	}
	if len(ans.Excerpts) >= k {
		return nil
	}
	e.N = len(ans.Excerpts) + 1
	ans.Excerpts = append(ans.Excerpts, e)
	return &ans.Excerpts[len(ans.Excerpts)-1]
}
