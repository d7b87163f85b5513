package answer

import (
	"math"
	"strings"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

func (w *writer) features(i int, title cover) [featureCount]float64 {
	s := &w.sentences[i]
	e := w.excerpts[s.excerpt]
	var f [featureCount]float64
	f[featShare] = s.share
	f[featHit] = w.relative[s.excerpt]
	f[featFirstHit] = truth(s.excerpt == 0)
	f[featBest] = truth(e.Sentence.Start < s.span.End && s.span.Start < e.Sentence.End)
	f[featAround] = w.around(i)
	f[featTitle] = w.terms.share(title)
	f[featByTitle] = w.beyond(s, title)
	f[featWindow] = w.window(s)
	f[featStart] = w.shareWithin(s, 0, startWords)
	f[featFirstWord] = s.cover.first()
	f[featOpening] = truth(s.position == 0)
	f[featPosition] = math.Log1p(float64(s.position)) / 2
	f[featStatement] = truth(w.question.isPosition() && s.cues&arabic.HasAttribution != 0 && s.stance != otherSide)
	w.kindFeatures(s, &f)
	return f
}

// kindFeatures measure the kind of answer that is wanted.
func (w *writer) kindFeatures(s *sentence, f *[featureCount]float64) {
	want := w.question.Want
	f[featKind] = truth(w.answersKind(s))
	f[featNear] = w.numberNear(s)
	f[featRareNumber] = truth((want == index.WantNumber || want == index.WantTime) && w.hasNewNumber(s))
	if w.asks != 0 {
		f[featFigure] = 2*truth(w.asks.In(s.words, w.isTyped)) - 1
	}
	if want == index.WantTime {
		f[featNearTime] = w.nearTime(s)
		f[featLife] = truth(w.lifeDates(s))
	}
}

func (w *writer) isTyped(word string) bool { return w.terms.typed[word] }

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// around is what the sentences before and after cover beyond this one.
func (w *writer) around(i int) float64 {
	s := &w.sentences[i]
	both := make(cover, len(s.cover))
	copy(both, s.cover)
	for _, j := range [...]int{i - 1, i + 1} {
		if j >= 0 && j < len(w.sentences) && w.sentences[j].excerpt == s.excerpt {
			both.join(w.sentences[j].cover)
		}
	}
	return w.terms.share(both) - s.share
}

// titleCovers is what the title of each excerpt covers of the question.
func (w *writer) titleCovers() []cover {
	out := make([]cover, len(w.excerpts))
	for i, e := range w.excerpts {
		if i > 0 && e.Title == w.excerpts[i-1].Title {
			out[i] = out[i-1]
			continue
		}
		out[i] = w.terms.newCover()
		for _, word := range arabic.FoldedWords(e.Title) {
			out[i].take(w.terms.meets(word, arabic.Stem(word)))
		}
	}
	return out
}

// beyond is what a title covers of the question and a sentence does not.
func (w *writer) beyond(s *sentence, title cover) float64 {
	if w.terms.total == 0 {
		return 0
	}
	sum := 0.0
	for n, idf := range w.terms.idf {
		sum += idf * max(title[n]-s.cover[n], 0)
	}
	return sum / w.terms.total
}

// first is how well the first informative word of the question is met.
func (c cover) first() float64 {
	if len(c) == 0 {
		return 0
	}
	return c[0]
}

// headingWords is the most words of a caption or byline.
const headingWords = 12

// isHeading recognises a paragraph that is no sentence: few words and no full
// stop behind them.
func isHeading(s *sentence, paragraph string) bool {
	return len(s.words) < headingWords && s.position == 0 && len(s.text) == len(strings.TrimSpace(paragraph)) && !strings.HasSuffix(strings.TrimRight(s.text, "»”\") "), ".")
}
