package index

import "mujaz/corpus/arabic"

// Figure is the class of figure that a question asks for: money, a share, an
// age. The zero Figure is none in particular.
type Figure uint8

// FigureAsked reads from a question's folded words which class of figure it
// asks for.
func FigureAsked(want Want, words []string) Figure {
	for i, w := range words {
		class, ok := unitAsked[w]
		if !ok {
			continue
		}
		_, which := askWhich[words[max(i-1, 0)]]
		switch asked := want == WantNumber || i > 0 && which; {
		case class == year:
			if want == WantTime {
				return Figure(year)
			}
		case asked:
			return Figure(class)
		}
	}
	return Figure(noUnit)
}

// In reports whether a figure of the class stands in folded words. Figures
// that asked reports are the question's own.
func (f Figure) In(words []string, asked func(string) bool) bool {
	for i, w := range words {
		if !arabic.Counts(w) || asked(w) {
			continue
		}
		if _, isYear := arabic.YearOf(w); unit(f) == year {
			if isYear {
				return true
			}
			continue
		}
		for _, beside := range words[max(0, i-1):min(len(words), i+5)] {
			if u := unitWords[beside]; u == unit(f) || unit(f) == duration && u == age {
				return true
			}
		}
	}
	return false
}
