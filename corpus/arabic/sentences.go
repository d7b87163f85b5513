package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// Sentences cuts a paragraph into its sentences, in order, without the white
// space between them. Full stops, question and exclamation marks and some
// ellipses end a sentence; commas, semicolons and colons never do. Abbreviations, initials,
// decimals, list numbers and quotations that end inside a sentence do not
// either. See TestSentences for the rules by example.
func Sentences(paragraph string) []Span {
	s := splitter{text: paragraph}
	for i := 0; i < len(paragraph); {
		i = s.step(i)
	}
	s.cut(len(paragraph))
	return s.out
}

// splitter walks over a paragraph once.
type splitter struct {
	text   string
	start  int // of the sentence under way
	quotes int // straight double quotes seen
	item   int // last number of a running list, 0 for none
	out    []Span
}

// step looks at the character at i and returns the offset of the next one.
func (s *splitter) step(i int) int {
	switch c := s.text[i]; {
	case c == '"':
		s.quotes++
	case c == '\n' || c == '\r':
		s.cut(i)
	case c == '.' || c == '!' || c == '?' || c == 0xD8 || c == 0xE2:
		if n := terminator(s.text[i:]); n > 0 {
			return s.stop(i, n)
		}
	}
	if s.text[i] < utf8.RuneSelf {
		return i + 1
	}
	_, n := utf8.DecodeRuneInString(s.text[i:])
	return i + n
}

// terminator is the length of the run of final marks that s begins with. Spaced
// dots (. . .) are one run.
func terminator(s string) int {
	i := 0
	for i < len(s) {
		n := finalMark(s[i:])
		if n == 0 {
			break
		}
		i += n
		if rest := strings.TrimLeft(s[i:], " "); len(rest) < len(s)-i && finalMark(rest) > 0 {
			i = len(s) - len(rest)
		}
	}
	return i
}

func finalMark(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '.' || s[0] == '!' || s[0] == '?':
		return 1
	case strings.HasPrefix(s, "؟"):
		return len("؟")
	case strings.HasPrefix(s, "…"):
		return len("…")
	}
	return 0
}

// stop decides about the run of n bytes of final marks at i.
func (s *splitter) stop(i, n int) int {
	m := s.mark(i, i+n)
	if s.startsItem(m) {
		s.cut(m.wordStart)
		return i + n
	}
	if m.ends() {
		s.cut(m.end)
		return m.end
	}
	s.quotes += strings.Count(s.text[m.runEnd:m.end], `"`)
	return m.end
}

// startsItem recognises « … 2. » in a paragraph that counts its items.
func (s *splitter) startsItem(m mark) bool {
	number := asInt(m.before)
	if number == 0 || number > 99 || m.run != "." {
		return false
	}
	switch {
	case number == 1 && strings.TrimSpace(s.text[s.start:m.wordStart]) == "":
		s.item = 1
	case s.item > 0 && number == s.item+1:
		s.item = number
		return true
	}
	return false
}

// cut ends the sentence at end. A part without letters joins the sentence before.
func (s *splitter) cut(end int) {
	from, to := trim(s.text, s.start, end)
	s.start = end
	s.quotes = 0
	if from >= to {
		return
	}
	if !hasLetter(s.text[from:to]) && len(s.out) > 0 {
		s.out[len(s.out)-1].End = to
		return
	}
	s.out = append(s.out, Span{from, to})
}

func trim(text string, from, to int) (int, int) {
	part := strings.TrimRightFunc(text[from:to], isBlank)
	to = from + len(part)
	part = strings.TrimLeftFunc(part, isBlank)
	return to - len(part), to
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF }

func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// asInt reads up to two digits; 0 when s is anything else.
func asInt(s string) int {
	s = Fold(s)
	if len(s) == 0 || len(s) > 2 {
		return 0
	}
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}
