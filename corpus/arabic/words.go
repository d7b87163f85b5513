package arabic

import (
	"unicode"
	"unicode/utf8"
)

// Token is a word or a number of a text. Start and End are byte offsets and
// Text is s[Start:End], as written.
type Token struct {
	Start, End int
	Text       string
}

// class is what a character does to a word.
type class uint8

const (
	other  class = iota
	letter       // Arabic letter
	roman        // letter of another script
	digit
	inside // mark, tatweel or joiner: belongs to the word before it
)

// Words cuts s into words and numbers. Marks, tatweel and joiners belong to
// their word; a decimal point or separator between digits belongs to the
// number; Arabic letters are cut from digits and Latin letters («الـ50»).
func Words(s string) []Token {
	return AppendWords(make([]Token, 0, len(s)/10+1), s)
}

// AppendWords appends the words of s to dst, for callers that reuse memory.
func AppendWords(dst []Token, s string) []Token {
	for i := 0; i < len(s); {
		c, n := classAt(s, i)
		if c == other || c == inside {
			i += n
			continue
		}
		end := wordEnd(s, i+n, c)
		dst = append(dst, Token{i, end, s[i:end]})
		i = end
	}
	return dst
}

// wordEnd is the end of the word whose first character, of class c, ends at i.
func wordEnd(s string, i int, c class) int {
	for i < len(s) {
		next, n := classAt(s, i)
		switch {
		case next == inside || next == c:
		case next == digit && c == roman, next == roman && c == digit:
			c = roman
		case next == other && joins(s, i, n, c):
		default:
			return i
		}
		i += n
	}
	return i
}

// joins reports whether the sign of n bytes at i stands inside a number or an
// English word: 3.5, 1,200, 12:30 are numbers, don't is a word.
func joins(s string, i, n int, c class) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	after, _ := classAt(s, i+n)
	switch r {
	case '.', ',', '٫', '٬':
		return c == digit && after == digit
	case '\'', '’':
		return c == roman && after == roman
	}
	return false
}

func classAt(s string, i int) (class, int) {
	if i >= len(s) {
		return other, 0
	}
	if c := s[i]; c < utf8.RuneSelf {
		return ascii[c], 1
	} else if (c == 0xD8 || c == 0xD9) && i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
		return arabicClass[rune(c&0x1F)<<6|rune(s[i+1]&0x3F)-0x600], 2
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return classOf(r), n
}

var (
	ascii       [utf8.RuneSelf]class
	arabicClass [0x80]class
)

func init() {
	for r := range ascii {
		ascii[r] = classOf(rune(r))
	}
	for i := range arabicClass {
		arabicClass[i] = classOf(0x600 + rune(i))
	}
}

func classOf(r rune) class {
	switch {
	case r == utf8.RuneError:
		return other
	case isMark(r), r == 'ـ', r == 0x200C, r == 0x200D, r == 0xAD, r >= 0x300 && r < 0x370:
		return inside
	case r >= 0xFF10 && r <= 0xFF19, r >= '0' && r <= '9', r >= '٠' && r <= '٩', r >= '۰' && r <= '۹':
		return digit
	case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
		return letter
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return roman
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Mc, r):
		return inside
	}
	return other
}
