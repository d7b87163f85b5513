package lexicon

import (
	"strings"

	"mujaz/corpus/arabic"
)

// addStandard files a stop line: its dialect terms lead to its first Arabic
// term. The concept's id is the place of that term in the table's spelling.
func addStandard(to *builder, l Line) {
	if len(l.Arabic) == 0 {
		return
	}
	n := to.number(l.Arabic[0].Folded)
	for _, t := range l.Dialect {
		c := Concept{ID: ID(n), Weight: 1, Kind: Stop}
		if t.Ambiguous {
			c.Weight = ambiguous
		}
		to.add(t.Folded, c)
	}
}

// Standard puts the standard words in the place of dialect function and
// question words («ليش» → «لماذا»), the longest phrase first. Ambiguous ones
// count only where they open the question, and not where the standard language
// has the same function word («من يتحمل»). Words are folded; the slice itself
// comes back when nothing changes.
func (l *Lexicon) Standard(words []string) []string {
	var out []string
	for i := 0; i < len(words); {
		last, to := l.standardAt(words, i)
		if to == "" {
			if out != nil {
				out = append(out, words[i])
			}
			i++
			continue
		}
		if out == nil {
			out = append(make([]string, 0, len(words)+2), words[:i]...)
		}
		out = append(out, strings.Fields(to)...)
		i = last + 1
	}
	if out == nil {
		return words
	}
	return out
}

// standardAt finds the longest dialect phrase that starts at i.
func (l *Lexicon) standardAt(words []string, i int) (last int, to string) {
	t := l.standard
	sure := func(found []Concept) bool {
		return found != nil && (found[0].Weight == 1 || i == 0 && !arabic.IsStop(words[i]) && !arabic.IsQuestionWord(words[i]))
	}
	if found := t.single.at(t.words[words[i]]); sure(found) {
		last, to = i, t.spelled[found[0].ID]
	}
	node := uint32(0)
	for j := i; j < len(words); j++ {
		next, ok := t.edges[uint64(node)<<32|uint64(t.words[words[j]])]
		if !ok {
			break
		}
		node = next
		if found := t.phrase.at(node); sure(found) {
			last, to = j, t.spelled[found[0].ID]
		}
	}
	return last, to
}

// IsFunctionWord reports whether a folded word is a dialect function or
// question word and nothing else.
func (l *Lexicon) IsFunctionWord(word string) bool {
	found := l.standard.single.at(l.standard.words[word])
	return found != nil && found[0].Weight == 1
}
