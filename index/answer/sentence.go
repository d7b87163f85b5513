package answer

import (
	"strings"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// sentence is one sentence of a listed excerpt with what the choice needs.
type sentence struct {
	excerpt    int // index into the excerpts
	position   int // among the sentences of its paragraph
	span       arabic.Span
	text       string
	words      []string // folded
	stems      []string
	cues       arabic.Cue
	met        []int // by word: the question word it stands for best, -1 for none
	cover      cover
	share      float64 // of the question, see terms.share
	statements []arabic.Attribution
	stance     stance
	quotes     bool // opens with a verb of saying and the words said: «وأضاف: …»
	features   [featureCount]float64
	score      float64
}

// stance tells whose statement a sentence is, seen from the question.
type stance int

const (
	noStance    stance = iota
	askedSide          // the speaker asked about speaks or acts
	carriedSide        // «وأضاف أن» right after a sentence of the asked side
	otherSide          // somebody else speaks
)

// sentencesOf cuts the excerpts and measures every sentence against the question.
func (w *writer) sentencesOf(excerpts []Excerpt) []sentence {
	var out []sentence
	for i, e := range excerpts {
		first := len(out)
		for n, span := range arabic.Sentences(e.Text) {
			out = append(out, w.sentence(i, n, span, e.Text[span.Start:span.End]))
		}
		w.readStances(out[first:])
	}
	return out
}

func (w *writer) sentence(excerpt, position int, span arabic.Span, text string) sentence {
	s := sentence{excerpt: excerpt, position: position, span: span, text: text, cover: w.terms.newCover()}
	tokens := arabic.Words(text)
	s.words, s.stems, s.met = make([]string, len(tokens)), make([]string, len(tokens)), make([]int, len(tokens))
	for i, t := range tokens {
		s.words[i] = arabic.Fold(t.Text)
		s.stems[i] = arabic.Stem(s.words[i])
		list := w.terms.meets(s.words[i], s.stems[i])
		s.cover.take(list)
		s.met[i] = bestOf(list)
	}
	s.cues = arabic.CuesOf(s.words)
	s.quotes = len(tokens) > 1 && arabic.IsSaying(s.words[0]) && strings.ContainsAny(text[tokens[0].End:tokens[1].Start], `:"«“”`)
	s.share = w.terms.share(s.cover)
	return s
}

// dangling openers refer to what was said before.
var danglingOpeners = wordSet(`وهو وهي وهم هو هي هم وهما هما وهذا وهذه هذا هذه هؤلاء وهؤلاء ذلك وذلك تلك وتلك كما وكما كذلك وكذلك لكنه لكنها ولكنه ولكنها
	لذلك ولذلك لهذا ولهذا بذلك وبذلك بالتالي وبالتالي وأنه وأنها فإنه فإنها وبأنه وبأنها ومنها ومنهم وبينهم وبينها وفيه وفيها وبه وبها وله ولها ولهم وعليه
	فهو فهي فهم فيما الأمر he she they it this that these those his her their`)

// dangles reports a sentence that needs the one before, see the function.
func (s *sentence) dangles() bool { return s.quotes || dangles(s.words) }

// unnamed reports a sentence that reports a speaker whom it does not name.
func (s *sentence) unnamed() bool { return s.quotes || reportsUnnamed(s.words) }

// dangles reports a sentence that cannot be understood without the one before:
// it opens with a pronoun or connective, or goes on reporting an unnamed
// speaker («وأضاف أن»).
func dangles(words []string) bool {
	if len(words) == 0 {
		return false
	}
	if danglingOpeners[words[0]] {
		return words[0] != "الامر" || len(words) > 1 && strings.HasPrefix(words[1], "الذي")
	}
	return reportsUnnamed(words)
}

// pronouns open a sentence that speaks of something named before by nothing
// but «هو» or «هذا»: at the beginning of a paragraph nobody can tell of what.
var pronouns = wordSet(`وهو وهي وهم هو هي هم وهما هما وهذا وهذه هذا هذه هؤلاء وهؤلاء ذلك وذلك تلك وتلك فهو فهي فهم لذلك ولذلك لهذا ولهذا بذلك وبذلك
	he she they it this that these those his her their`)

// hangsInAir reports a sentence that opens a paragraph, not the first of its
// document, with a pronoun for what stands in none of its own sentences.
func (w *writer) hangsInAir(s *sentence) bool {
	return s.position == 0 && len(s.words) > 0 && pronouns[s.words[0]] && w.excerpts[s.excerpt].Ref.Paragraph > 0
}

// reportsUnnamed: a verb of saying that أن follows at once, or a participle
// (مشيرا إلى أن), opens the sentence.
func reportsUnnamed(words []string) bool {
	if len(words) == 0 {
		return false
	}
	if arabic.IsSayingParticiple(words[0]) {
		return true
	}
	if !arabic.IsSaying(words[0]) {
		return false
	}
	for _, a := range arabic.Attributions(words[:min(len(words), 8)]) {
		if a.Verb == 0 {
			return a.First < 0
		}
	}
	return false
}

// answersKind reports whether the sentence holds the kind of answer wanted.
// A figure or date that the question itself has is none.
func (w *writer) answersKind(s *sentence) bool {
	switch w.question.Want {
	case index.WantNumber:
		return w.hasNewNumber(s)
	case index.WantTime:
		return s.cues&arabic.HasDate != 0 && w.hasNew(s, func(i int) bool { return arabic.DateAt(s.words, i) > 0 })
	case index.WantCause:
		return s.cues&arabic.HasCause != 0
	case index.WantPlace:
		return s.cues&arabic.HasPlace != 0
	case index.WantPosition:
		return s.cues&(arabic.HasAttribution|arabic.HasSaying) != 0
	case index.WantNext:
		return s.cues&arabic.HasNext != 0
	case index.WantManner:
		return s.cues&arabic.HasManner != 0
	}
	return w.question.Outcome && s.cues&arabic.HasOutcome != 0
}

func (w *writer) hasNew(s *sentence, is func(i int) bool) bool {
	for i, word := range s.words {
		if is(i) && !w.terms.typed[word] {
			return true
		}
	}
	return false
}

func (w *writer) hasNewNumber(s *sentence) bool {
	return s.cues&arabic.HasNumber != 0 && w.hasNew(s, func(i int) bool { return arabic.Counts(s.words[i]) })
}

// numberNear is how near a new number stands to the noun that was asked for:
// 1 beside it, falling to 0 at five words.
func (w *writer) numberNear(s *sentence) float64 {
	asked := w.question.Asked
	if asked == "" {
		return 0
	}
	stem, best := arabic.Stem(asked), 0.0
	for i := range s.words {
		if !w.isAsked(s, i, asked, stem) {
			continue
		}
		for j := max(i-4, 0); j < min(i+5, len(s.words)); j++ {
			if j != i && arabic.Counts(s.words[j]) && !w.terms.typed[s.words[j]] {
				best = max(best, 1-float64(abs(i-j)-1)/5)
			}
		}
	}
	return best
}

func (w *writer) isAsked(s *sentence, i int, asked, stem string) bool {
	if s.words[i] == asked || s.stems[i] == stem {
		return true
	}
	for _, m := range w.terms.meets(s.words[i], s.stems[i]) {
		if m.worth >= skeletonWorth && m.n < len(w.askedWord) && w.askedWord[m.n] {
			return true
		}
	}
	return false
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
