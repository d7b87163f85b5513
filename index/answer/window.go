package answer

import (
	"strings"

	"mujaz/corpus/arabic"
)

const (
	windowWords = 10 // what stands together says one thing
	startWords  = 5  // where a sentence names its subject
	nearWords   = 8  // a date within so many words belongs to the event
)

// window is the greatest share of the question that stands within a few words.
func (w *writer) window(s *sentence) float64 {
	best := 0.0
	for i, n := range s.met {
		if n >= 0 {
			best = max(best, w.shareWithin(s, i, i+windowWords))
		}
	}
	return best
}

// shareWithin is the share of the question that words from..to-1 speak of.
func (w *writer) shareWithin(s *sentence, from, to int) float64 {
	if w.terms.total == 0 {
		return 0
	}
	sum := 0.0
	for i := from; i < min(to, len(s.met)); i++ {
		if n := s.met[i]; n >= 0 && !metBefore(s.met[from:i], n) {
			sum += w.terms.idf[n]
		}
	}
	return sum / w.terms.total
}

func metBefore(list []int, n int) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return false
}

// nearTime is how near a date or figure that the question does not have stands
// to a word of the question, by what that word is worth.
func (w *writer) nearTime(s *sentence) float64 {
	best := 0.0
	for i, word := range s.words {
		if digit := word[0] >= '0' && word[0] <= '9'; w.terms.typed[word] || !digit && arabic.DateAt(s.words, i) == 0 {
			continue
		}
		for j := max(i-nearWords, 0); j < min(i+nearWords+1, len(s.met)); j++ {
			if n := s.met[j]; n >= 0 {
				best = max(best, (1-float64(abs(i-j)-1)/nearWords)*w.terms.idf[n]/w.terms.total)
			}
		}
	}
	return best
}

// lifeAsked are words that ask for a birth or a death.
var lifeAsked = wordSet("ولد ولدت توفي توفى توفيت مات ماتت ميلاد وفاة مولد ولادة وفاته ميلاده born died birth death")

// lifeWithin is how many words may stand before the bracket with the dates.
const lifeWithin = 14

// lifeDates recognises «نجيب محفوظ (11 ديسمبر 1911 – 30 أغسطس 2006)» where a
// birth or death is asked for: the dates stand there without the verb.
func (w *writer) lifeDates(s *sentence) bool {
	bracket := strings.IndexByte(s.text, '(')
	if bracket < 0 || !w.asksLife() {
		return false
	}
	named := false
	for i, t := range arabic.Words(s.text) {
		switch {
		case t.Start < bracket:
			named = named || s.met[i] >= 0
		case !named || i > lifeWithin:
			return false
		default:
			return hasYear(s.words[i:min(i+nearWords, len(s.words))])
		}
	}
	return false
}

func (w *writer) asksLife() bool {
	for _, word := range w.question.words {
		if lifeAsked[word] {
			return true
		}
	}
	return false
}

func hasYear(words []string) bool {
	for _, word := range words {
		if _, ok := arabic.YearOf(word); ok {
			return true
		}
	}
	return false
}
