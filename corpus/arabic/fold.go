package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the search form of a word or a text: no vowel marks, tatweel or
// invisible characters; alif forms → ا, ؤ → و, ئ → ي, ى → ي, ة → ه; Persian and
// presentation letters → their Arabic base; digits of all kinds → 0–9 without
// thousands separators; Latin in lower case without accents. A hamza on the
// line (ء) stays, because ماء is not ما. Fold is idempotent and returns s itself,
// without allocating, when nothing changes.
func Fold(s string) string {
	i := unfolded(s)
	if i == len(s) {
		return s
	}
	var stack [64]byte
	b := append(stack[:0], s[:i]...)
	comma := strings.IndexByte(s[:i], ',') >= 0
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			comma = comma || c == ','
			b = append(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		comma = comma || r == '٬'
		b = appendFolded(b, r)
		i += n
	}
	if comma {
		b = joinThousands(b)
	}
	return string(b)
}

// unfolded is the offset of the first byte that Fold might change.
func unfolded(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			if 'A' <= c && c <= 'Z' || c == ',' && between(s, i) {
				return i
			}
			i++
		case (c == 0xD8 || c == 0xD9) && i+1 < len(s) && s[i+1]&0xC0 == 0x80 && plain[rune(c&0x1F)<<6|rune(s[i+1]&0x3F)-0x600]:
			i += 2
		default:
			return i
		}
	}
	return i
}

func between(s string, i int) bool {
	return i > 0 && i+1 < len(s) && isDigit(s[i-1]) && isDigit(s[i+1])
}

// plain marks the code points of U+0600–U+067F that Fold leaves alone.
var plain [0x80]bool

func init() {
	for r := rune(0x600); r < 0x680; r++ {
		plain[r-0x600] = mapped(r) == r
	}
}

// mapped folds one code point; 0 means that it disappears.
func mapped(r rune) rune {
	switch {
	case r >= 0x600 && r < 0x700:
		return foldArabic(r)
	case isInvisible(r):
		return 0
	case r >= 0xC0 && r < 0x250:
		return latin[r-0xC0]
	case r >= 0x300 && r < 0x370:
		return 0
	case r == '’' || r == '‘':
		return '\''
	}
	return unicode.ToLower(r)
}

func appendFolded(b []byte, r rune) []byte {
	if isPresentation(r) {
		return appendPresentation(b, r)
	}
	if r = mapped(r); r == 0 {
		return b
	}
	return utf8.AppendRune(b, r)
}

func isPresentation(r rune) bool {
	return r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC || r >= 0xFF01 && r <= 0xFF5E
}

// appendPresentation folds a glyph of a font (as PDF readers copy them) by way
// of its compatibility decomposition.
func appendPresentation(b []byte, r rune) []byte {
	for _, d := range norm.NFKC.String(string(r)) {
		if d == r {
			b = utf8.AppendRune(b, d)
		} else if d = mapped(d); d != 0 && d != ' ' {
			b = utf8.AppendRune(b, d)
		}
	}
	return b
}

// foldArabic folds U+0600–U+06FF.
func foldArabic(r rune) rune {
	switch {
	case isMark(r) || r == 'ـ':
		return 0
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ', 'ٲ', 'ٳ', 'ٵ':
		return 'ا'
	case 'ؤ', 'ٶ', 'ۆ', 'ۇ', 'ۋ':
		return 'و'
	case 'ئ', 'ى', 'ی', 'ې', 'ے', 'ۍ', 'ێ', 'ٸ':
		return 'ي'
	case 'ة', 'ہ', 'ە', 'ۀ', 'ھ', 'ۃ', 'ۂ':
		return 'ه'
	case 'ک', 'گ', 'ڪ', 'ڭ', 'ګ':
		return 'ك'
	case 'پ':
		return 'ب'
	case 'چ':
		return 'ج'
	case 'ژ':
		return 'ز'
	case 'ڤ', 'ڥ', 'ڢ':
		return 'ف'
	case 'ڨ':
		return 'ق'
	case '٫':
		return '.'
	case '٬':
		return ','
	case '٪':
		return '%'
	}
	return r
}

// isMark reports vowel marks, hamzas above or below and Koranic signs.
func isMark(r rune) bool {
	return r >= 0x64B && r <= 0x65F || r == 0x670 || r >= 0x610 && r <= 0x61A ||
		r >= 0x6D6 && r <= 0x6ED && r != 0x6DD && r != 0x6DE && r != 0x6E9
}

// isInvisible reports characters that a reader cannot see inside a word.
func isInvisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 ||
		r == 0xFEFF || r == 0xAD || r == 0x61C || r >= 0xFE00 && r <= 0xFE0F
}

// latin holds the folded form of U+00C0–U+024F: lower case, base letter.
var latin = func() (t [0x250 - 0xC0]rune) {
	for i := range t {
		r := unicode.ToLower(rune(0xC0 + i))
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		t[i] = base
	}
	return t
}()

// joinThousands drops the separators of 1,234,567, in place.
func joinThousands(b []byte) []byte {
	out := b[:0]
	for i, c := range b {
		if c == ',' && i > 0 && isDigit(b[i-1]) && digitsFrom(b, i+1) == 3 {
			continue
		}
		out = append(out, c)
	}
	return out
}

func digitsFrom(b []byte, i int) int {
	n := 0
	for i+n < len(b) && isDigit(b[i+n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
