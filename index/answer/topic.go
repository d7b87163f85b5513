package answer

import (
	"strings"

	"mujaz/corpus/arabic"
)

// topic is the longest run of neighbouring words in the excerpts that the
// question speaks of, as the text has it: «تخصيب اليورانيوم».
func (w *writer) topic() string {
	best, text := 0.0, ""
	for i := range w.sentences {
		s := &w.sentences[i]
		if s.share == 0 {
			continue
		}
		tokens := arabic.Words(s.text)
		for j := 0; j < len(tokens); {
			seen, worth := w.run(s, tokens, j)
			n := len(seen)
			if n > 0 && worth > best {
				best, text = worth, s.text[tokens[j].Start:tokens[w.whole(s, tokens, j+n-1)].End]
				w.topical = seen
			}
			j += max(n, 1)
		}
	}
	return text
}

// whole is the last token of a name of which the lexicon told the first word:
// «الولايات» is «الولايات المتحدة».
func (w *writer) whole(s *sentence, tokens []arabic.Token, last int) int {
	typed := w.terms.typed[s.words[last]] || w.terms.typed[s.stems[last]]
	if next := last + 1; !typed && next < len(tokens) && (s.met[next] < 0 || s.met[next] == s.met[last]) && strings.HasPrefix(s.words[next], "ال") &&
		strings.HasPrefix(s.words[last], "ال") && !separated(s.text[tokens[last].End:tokens[next].Start]) {
		return next
	}
	return last
}

// onTopic reports a sentence that has a word of the topic.
func (w *writer) onTopic(s *sentence) bool {
	for n := range w.topical {
		if s.cover[n] >= skeletonWorth {
			return true
		}
	}
	return len(w.topical) == 0
}

// speakerWorth is what the name of the speaker asked about keeps of its weight:
// «ماذا قال عراقجي عن الصواريخ؟» is about missiles.
const speakerWorth = 0.2

func (w *writer) topicWorth(n int) float64 {
	switch {
	case w.terms.counts[n] < 1: // «عدد»، «سبب» name no subject
		return 0
	case w.terms.speaker[n]:
		return speakerWorth * w.terms.idf[n]
	}
	return w.terms.idf[n]
}

// topicWords bounds the length of a topic.
const topicWords = 4

// run is the different question words that the words of a sentence from the
// first speak of, one each, without anything between them, and what these words are worth.
func (w *writer) run(s *sentence, tokens []arabic.Token, first int) (seen map[int]bool, worth float64) {
	for i := first; i < min(len(tokens), first+topicWords); i++ {
		if s.met[i] < 0 {
			break
		}
		list := w.terms.meets(s.words[i], s.stems[i])
		if seen[list[0].n] || list[0].worth < skeletonWorth || w.askedWord[list[0].n] {
			break
		}
		if i > first && separated(s.text[tokens[i-1].End:tokens[i].Start]) {
			break
		}
		if seen == nil {
			seen = map[int]bool{}
		}
		seen[list[0].n] = true
		worth += w.topicWorth(list[0].n) * list[0].worth
	}
	return seen, worth
}
