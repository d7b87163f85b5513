package answer

import (
	"context"

	"mujaz/corpus/arabic"
)

// nearestLines is how many lines are offered when there is no answer.
const nearestLines = 3

// nearest offers what comes nearest, not as an answer: one line a paragraph,
// each on the topic under whose name they are printed.
func (w *writer) nearest() Summary {
	var s Summary
	var chosen []line
	used := map[int]bool{}
	words, sentences := 0, 0
	for _, i := range w.byScore() {
		if len(chosen) == nearestLines {
			break
		}
		if used[w.sentences[i].excerpt] || !w.near(&w.sentences[i]) {
			continue
		}
		if l, ok := w.fitting(i, min(leadWords, summaryWords-words), chosen); ok && sentences+l.sentences() <= summaryLines {
			words, sentences = words+l.words, sentences+l.sentences()
			chosen = append(chosen, l)
			used[w.sentences[i].excerpt] = true
			s.add(Nearest, "", w.point(l))
		}
	}
	return s
}

// nearShare is how much of the question a nearest line without a word of the
// topic must cover, against the sentence that covers most.
const nearShare = 0.45

func (w *writer) near(s *sentence) bool {
	return s.share > 0 && (w.onTopic(s) || s.share >= nearShare*w.bestShare())
}

func (w *writer) bestShare() float64 {
	best := 0.0
	for i := range w.sentences {
		best = max(best, w.sentences[i].share)
	}
	return best
}

// about tells what the documents speak of: the lead of the newest ones. Where
// the search has left no room the newest is listed behind the excerpts asked
// for, which stay the best paragraphs whatever the kind of reply.
func (a *Answerer) about(ctx context.Context, ans *Answer, k int) {
	if a.o.Newest == nil {
		return
	}
	documents, err := a.o.Newest(ctx, min(k, aboutLines))
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

// aboutLines is how many documents at most are named: what they are about is
// told, not listed. Their lines fill no more than the budget of a summary.
const aboutLines = 2

// listed returns the excerpt of that paragraph, adding it while there is room
// or nothing is told yet; nil otherwise.
func (ans *Answer) listed(e Excerpt, k int) *Excerpt {
	for i := range ans.Excerpts {
		if ans.Excerpts[i].Ref == e.Ref {
			return &ans.Excerpts[i]
		}
	}
	if len(ans.Excerpts) >= k && len(ans.Summary.Sections) > 0 {
		return nil
	}
	e.N = len(ans.Excerpts) + 1
	ans.Excerpts = append(ans.Excerpts, e)
	return &ans.Excerpts[len(ans.Excerpts)-1]
}
