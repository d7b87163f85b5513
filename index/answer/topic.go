package answer

import "mujaz/corpus/arabic"

// topic is the longest run of neighbouring words in the excerpts that the
// question speaks of, as the text has it: «تخصيب اليورانيوم».
func (w *writer) topic() string {
	best, text := 0.0, ""
	for _, e := range w.excerpts {
		tokens := arabic.Words(e.Text)
		for i := 0; i < len(tokens); {
			n, worth := w.run(e.Text, tokens[i:])
			if n > 0 && worth > best {
				best, text = worth, e.Text[tokens[i].Start:tokens[i+n-1].End]
			}
			i += max(n, 1)
		}
	}
	return text
}

// topicWords bounds the length of a topic.
const topicWords = 4

// run is how many tokens from the first speak of different question words
// without anything between them, and what these words are worth.
func (w *writer) run(text string, tokens []arabic.Token) (n int, worth float64) {
	seen := map[int]bool{}
	for n < min(len(tokens), topicWords) {
		folded := arabic.Fold(tokens[n].Text)
		list := w.terms.meets(folded, arabic.Stem(folded))
		if len(list) == 0 || seen[list[0].n] || list[0].worth < skeletonWorth || w.askedWord[list[0].n] {
			break
		}
		if n > 0 && separated(text[tokens[n-1].End:tokens[n].Start]) {
			break
		}
		seen[list[0].n] = true
		worth += w.terms.idf[list[0].n] * list[0].worth
		n++
	}
	return n, worth
}
