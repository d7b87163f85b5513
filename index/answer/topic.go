package answer

import "mujaz/corpus/arabic"

// topic is the longest run of neighbouring words in the excerpts that the
// question speaks of, as the text has it: «تخصيب اليورانيوم».
func (w *writer) topic() string {
	best, text := 0.0, ""
	for _, e := range w.excerpts {
		tokens := arabic.Words(e.Text)
		for i := 0; i < len(tokens); {
			seen, worth := w.run(e.Text, tokens[i:])
			n := len(seen)
			if n > 0 && worth > best {
				best, text = worth, e.Text[tokens[i].Start:tokens[i+n-1].End]
				w.topical = seen
			}
			i += max(n, 1)
		}
	}
	return text
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

// run is the different question words that the tokens from the first speak of,
// one each, without anything between them, and what these words are worth.
func (w *writer) run(text string, tokens []arabic.Token) (seen map[int]bool, worth float64) {
	for n := 0; n < min(len(tokens), topicWords); {
		folded := arabic.Fold(tokens[n].Text)
		list := w.terms.meets(folded, arabic.Stem(folded))
		if len(list) == 0 || seen[list[0].n] || list[0].worth < skeletonWorth || w.askedWord[list[0].n] {
			break
		}
		if n > 0 && separated(text[tokens[n-1].End:tokens[n].Start]) {
			break
		}
		if seen == nil {
			seen = map[int]bool{}
		}
		seen[list[0].n] = true
		worth += w.topicWorth(list[0].n) * list[0].worth
		n++
	}
	return seen, worth
}
