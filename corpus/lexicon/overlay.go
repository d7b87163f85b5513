package lexicon

import (
	"cmp"
	"slices"

	"mujaz/corpus/arabic"
)

// overlay is what admins added at run time: a small base of its own.
type overlay = base

// Expansion is what a run of words stands for by a line given at run time.
type Expansion struct {
	First, Last int // indexes of the words, both inclusive
	Concept     Concept
	Terms       [][]string // the folded words of each other term
}

// With returns a lexicon that knows the lines too, and none of those that an
// earlier With gave. They have ids, so that an index made with it carries
// them; until then Expand serves them. The fingerprint stays that of the
// files: a line added or removed does not spoil an index. A line that is there
// already is a Problem with ErrDuplicate, its number counting from 1.
func (l *Lexicon) With(lines []Line) (*Lexicon, []Problem) {
	f := file{name: "synonyms"}
	var problems []Problem
	for i, line := range lines {
		p := parsed{Line: line, number: i + 1, text: line.String(), sum: line.sum()}
		if l.base.has(p.sum) {
			problems = append(problems, duplicate(f.name, &p))
			continue
		}
		f.lines = append(f.lines, p)
	}
	if len(f.lines) == 0 {
		return &Lexicon{base: l.base}, problems
	}
	o := &overlay{memory: newMemory(256)}
	problems = append(problems, o.build([]file{f})...)
	return &Lexicon{base: l.base, overlay: o}, problems
}

func duplicate(name string, p *parsed) Problem {
	return Problem{name, p.number, &LineError{ErrDuplicate, "«" + p.Terms()[0].Text + "»"}}
}

// Has reports whether a concept of the same terms is known.
func (l *Lexicon) Has(line Line) bool {
	sum := line.sum()
	return l.base.has(sum) || l.overlay != nil && l.overlay.has(sum)
}

func (b *base) has(sum uint64) bool {
	for id := firstID(sum); ; id++ {
		at, ok := b.byID[id]
		if !ok {
			return false
		}
		if line, err := ParseLine(b.lines[at].text); err == nil && line.sum() == sum {
			return true
		}
	}
}

// Expand finds words that lines given at run time know, and returns the other
// terms of those lines.
func (l *Lexicon) Expand(words []string) []Expansion {
	if l.overlay == nil {
		return nil
	}
	var out []Expansion
	for _, m := range l.overlay.match(words) {
		for _, c := range m.Concepts {
			if c.Kind != Gloss {
				out = append(out, Expansion{m.First, m.Last, c, l.overlay.others(c.ID, words[m.First:m.Last+1])})
			}
		}
	}
	return out
}

// others are the terms of a concept but for the one that was used.
func (b *base) others(id ID, used []string) [][]string {
	line, _ := b.line(id)
	var out [][]string
	for _, t := range line.Terms() {
		var words []string
		for _, token := range arabic.Words(t.Folded) {
			words = append(words, token.Text)
		}
		if !slices.Equal(words, used) {
			out = append(out, words)
		}
	}
	return out
}

// overlaid joins the matches of the lines given at run time with those of the
// files; where both know the same words, they share a match.
func (l *Lexicon) overlaid(words []string, matches []Match) []Match {
	if l.overlay == nil {
		return matches
	}
	for _, m := range l.overlay.match(words) {
		i, same := slices.BinarySearchFunc(matches, m, func(a, b Match) int {
			return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
		})
		if same {
			matches[i].Concepts = append(slices.Clone(m.Concepts), matches[i].Concepts...)
		} else {
			matches = slices.Insert(matches, i, m)
		}
	}
	return matches
}
