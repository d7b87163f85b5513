package index

import (
	"slices"

	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
)

// conceptPostings lists where a concept stands. A concept that came after the
// index was made has no postings of its own; its terms are looked up instead,
// so that a line which an admin adds works at once. More than most are counted only.
func (s *snapshot) conceptPostings(l *lexicon.Lexicon, id lexicon.ID, most int) (postings, error) {
	found, err := s.lookup(conceptField, string(conceptTerm(id)), most)
	if err != nil || found.n > 0 || l == nil {
		return found, err
	}
	var all []posting
	for _, t := range l.Terms(id) {
		found, err := s.phrase(t)
		if err != nil {
			return postings{}, err
		}
		all = append(all, found...)
	}
	slices.Sort(all)
	all = slices.CompactFunc(all, func(a, b posting) bool { return a.number() == b.number() })
	return postings{all, len(all)}, nil
}

// phrase lists the rows that have all words of a term, by their stems.
func (s *snapshot) phrase(text string) ([]posting, error) {
	var rows []posting
	first := true
	for _, t := range arabic.Words(text) {
		folded := arabic.Fold(t.Text)
		if arabic.IsStop(folded) {
			continue
		}
		list, err := s.list(stemField, arabic.Stem(folded))
		if err != nil {
			return nil, err
		}
		if first {
			rows, first = slices.Clone(list), false
			continue
		}
		rows = common(rows, list)
	}
	return rows, nil
}

// common keeps the postings of a whose rows b has, too.
func common(a, b []posting) []posting {
	kept := a[:0]
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i].number(), b[j].number(); {
		case x == y:
			kept = append(kept, a[i])
			i++
			j++
		case x < y:
			i++
		default:
			j++
		}
	}
	return kept
}
