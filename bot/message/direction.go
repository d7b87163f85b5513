package message

import (
	"strings"
	"unicode"
)

// Direction is the base direction of a text.
type Direction int

// Directions. ByLanguage takes the one of Message.Language.
const (
	ByLanguage Direction = iota
	RightToLeft
	LeftToRight
)

func (m Message) rightToLeft() bool { return m.Language != "en" }

// foreignWords is how many words without one Arabic letter make a line a text
// of its own (a quoted English sentence), which then keeps its own direction.
const foreignWords = 6

// needsMark reports whether a line of a right-to-left message would be laid
// out from the left because its first letter or number is not Arabic.
func needsMark(line string) bool {
	if !startsForeign(line) {
		return false
	}
	return strings.ContainsFunc(line, isRightToLeft) || len(strings.Fields(line)) < foreignWords
}

func startsForeign(line string) bool {
	for _, r := range line {
		switch {
		case r == rlm || isRightToLeft(r):
			return false
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return true
		}
	}
	return false
}

// isRightToLeft reports whether r is a letter of a right-to-left script.
func isRightToLeft(r rune) bool {
	return r >= 0x0590 && unicode.IsLetter(r) &&
		unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// directed puts one RLM before every line of the runs that needs it. The mark
// is a run of its own, so that it is no part of a link or of code to copy.
func directed(runs []Span) []Span {
	text := joined(runs)
	var marks []int // byte offsets of lines that need a mark
	for start := 0; start <= len(text); {
		end := start + strings.IndexByte(text[start:]+"\n", '\n')
		if needsMark(text[start:end]) {
			marks = append(marks, start)
		}
		start = end + 1
	}
	if marks == nil {
		return runs
	}
	var out []Span
	at := 0
	for _, m := range marks {
		out = append(append(out, slice(runs, at, m)...), Span{Text: string(rlm)})
		at = m
	}
	return append(out, slice(runs, at, len(text))...)
}

func joined(runs []Span) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// slice is the runs between two byte offsets of their joined text.
func slice(runs []Span, from, to int) []Span {
	var out []Span
	at := 0
	for _, r := range runs {
		lo, hi := max(from-at, 0), min(to-at, len(r.Text))
		if lo < hi {
			out = append(out, Span{Text: r.Text[lo:hi], Style: r.Style, URL: r.URL})
		}
		at += len(r.Text)
	}
	return out
}
