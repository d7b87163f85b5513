package message

import (
	"strings"
	"unicode/utf8"
)

// Characters that set the direction of text. Marks and isolates may stand in a
// message; embeddings and overrides may not, because they reach past their end.
const (
	lrm = '\u200E'
	rlm = '\u200F'
	fsi = '\u2068'
	lri = '\u2066'
	pdi = '\u2069'
)

// Clean makes text from outside fit to stand in a message: invalid UTF-8
// becomes U+FFFD, every line break becomes "\n", tabs become spaces, control
// characters and bidi embeddings (U+202A–U+202E) go, runs of direction marks
// become one, and isolates are closed at the end of their line.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return collapseMarks(balance(strings.Map(cleanRune, s))) // in this order: a dropped closing may bring marks together
}

// isClean is the quick way out for plain text.
func isClean(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || r != '\n' && cleanRune(r) != r || isIsolate(r) || isMark(r) {
			return false
		}
	}
	return true
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
		return '\n'
	case r == '\t' || r == '\v' || r == '\f':
		return ' '
	case r < 0x20 || r >= 0x7F && r < 0xA0: // the rest of C0, DEL, C1
		return -1
	case r >= '\u202A' && r <= '\u202E': // embeddings and overrides
		return -1
	case r == '\uFEFF' || r >= '\uFFF9' && r <= '\uFFFB' || r&0xFFFE == 0xFFFE: // BOM, interlinear, noncharacters
		return -1
	}
	return r
}

func isMark(r rune) bool    { return r == lrm || r == rlm }
func isIsolate(r rune) bool { return r >= lri && r <= pdi }

// collapseMarks keeps the last of several direction marks in a row.
func collapseMarks(s string) string {
	var b strings.Builder
	var held rune
	for _, r := range s {
		if isMark(r) {
			held = r
			continue
		}
		if held != 0 {
			b.WriteRune(held)
			held = 0
		}
		b.WriteRune(r)
	}
	if held != 0 {
		b.WriteRune(held)
	}
	return b.String()
}

// balance closes isolates that a line leaves open and drops closings that
// nothing opened, so that a name cannot turn the text behind it.
func balance(s string) string {
	if !strings.ContainsFunc(s, isIsolate) {
		return s
	}
	var b strings.Builder
	open := 0
	for _, r := range s {
		switch {
		case r == pdi && open == 0:
			continue
		case r == pdi:
			open--
		case isIsolate(r):
			open++
		case r == '\n':
			b.WriteString(strings.Repeat(string(pdi), open))
			open = 0
		}
		b.WriteRune(r)
	}
	b.WriteString(strings.Repeat(string(pdi), open))
	return b.String()
}

// Isolate wraps a name whose direction is not known in a first-strong isolate,
// so that it does not reorder the words around it.
func Isolate(name string) string { return string(fsi) + Clean(name) + string(pdi) }
