package ingest

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decoded is text in UTF-8 and how that was known.
type decoded struct {
	Text    string
	Charset string
	Guessed bool // by the statistics of the letters, not by a mark or by validity
}

var marks = []struct {
	bom  []byte
	name string
	enc  encoding.Encoding // nil: UTF-8
}{
	{[]byte{0xEF, 0xBB, 0xBF}, "utf-8", nil},
	{[]byte{0xFF, 0xFE, 0, 0}, "utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{[]byte{0, 0, 0xFE, 0xFF}, "utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{[]byte{0xFF, 0xFE}, "utf-16le", utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)},
	{[]byte{0xFE, 0xFF}, "utf-16be", utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)},
}

// decode brings bytes of an undeclared charset to UTF-8: a byte order mark
// decides, then validity as UTF-8, then the statistics of UTF-16, then which
// Arabic code page gives the likelier letters. ErrNotText when nothing does.
func decode(data []byte) (decoded, error) {
	for _, m := range marks {
		if bytes.HasPrefix(data, m.bom) {
			return decodeMarked(data[len(m.bom):], m.name, m.enc)
		}
	}
	if utf8.Valid(data) && !hasControls(data) {
		return decoded{Text: string(data), Charset: "utf-8"}, nil
	}
	if name, enc := utf16Kind(data); enc != nil {
		d, err := decodeWith(data, name, enc)
		if err == nil && looksLikeText(d.Text) {
			d.Guessed = true
			return d, nil
		}
		return decoded{}, ErrNotText
	}
	if utf8ish(data) {
		return decoded{Text: string(bytes.ToValidUTF8(data, []byte("\uFFFD"))), Charset: "utf-8", Guessed: true}, nil
	}
	return decodeCodePage(data)
}

func decodeMarked(data []byte, name string, enc encoding.Encoding) (decoded, error) {
	if enc == nil {
		data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
		if !looksLikeText(string(data)) {
			return decoded{}, ErrNotText
		}
		return decoded{Text: string(data), Charset: name}, nil
	}
	d, err := decodeWith(data, name, enc)
	if err != nil || !looksLikeText(d.Text) {
		return decoded{}, ErrNotText
	}
	return d, nil
}

func decodeWith(data []byte, name string, enc encoding.Encoding) (decoded, error) {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return decoded{}, err
	}
	return decoded{Text: string(out), Charset: name}, nil
}

// hasControls reports bytes that no text holds: NUL and most of C0. They are
// valid UTF-8, so validity alone does not tell a binary from a text.
func hasControls(data []byte) bool {
	for _, b := range data {
		if b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\v' && b != 0x1A {
			return true
		}
	}
	return false
}

// utf16Kind recognises UTF-16 without a mark: in a text of Arabic or Latin
// letters one byte of nearly every pair is 0x06, 0x00, 0x20 or 0xFE.
func utf16Kind(data []byte) (string, encoding.Encoding) {
	n := len(data) / 2
	if n < 2 || len(data)%2 != 0 {
		return "", nil
	}
	n = min(n, 1<<15)
	var high [2]int
	for i := range n {
		for side := range 2 {
			switch data[2*i+side] {
			case 0x00, 0x06, 0x20, 0xFB, 0xFD, 0xFE:
				high[side]++
			}
		}
	}
	switch {
	case high[1] >= n*9/10 && high[1] > high[0]:
		return "utf-16le", utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)
	case high[0] >= n*9/10 && high[0] > high[1]:
		return "utf-16be", utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
	}
	return "", nil
}

// utf8ish reports UTF-8 with a few broken bytes, as a cut-off download has.
func utf8ish(data []byte) bool {
	if hasControls(data) {
		return false
	}
	long, broken := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			long++
		}
		data = data[size:]
	}
	return long > 20*broken
}

// codePages are the single-byte charsets of Arabic texts, likeliest first.
var codePages = []struct {
	name string
	enc  encoding.Encoding
}{
	{"windows-1256", charmap.Windows1256},
	{"iso-8859-6", charmap.ISO8859_6},
	{"windows-1252", charmap.Windows1252},
}

func decodeCodePage(data []byte) (decoded, error) {
	if hasControls(data) {
		return decoded{}, ErrNotText
	}
	best, bestScore := decoded{}, 0.0
	for _, page := range codePages {
		d, err := decodeWith(data, page.name, page.enc)
		if err != nil {
			continue
		}
		if score := likelihood(d.Text); score > bestScore {
			best, bestScore = d, score
		}
	}
	if best.Text == "" || bestScore < minLikelihood || !looksLikeText(best.Text) {
		return decoded{}, ErrNotText
	}
	best.Guessed = true
	return best, nil
}

// minLikelihood refuses bytes that no code page turns into words: random bytes
// score below .4 on every page, the worst real text (tables of numbers) .8.
const minLikelihood = .6

// likelihood scores a decoding by how its letters stand together, 0..1: Arabic
// letters beside Arabic letters and frequent ones speak for it; replacement
// characters, letters of two scripts in one word and symbols inside a word
// speak against.
func likelihood(s string) float64 {
	var letters, good, bad float64
	previous := classSpace
	for i, r := range s {
		if i > 1<<17 {
			break
		}
		class := classOf(r)
		switch {
		case class == classBroken:
			bad += 2
		case class == classOdd && (previous == classArabic || previous == classLatin):
			bad++
		case class == classArabic && previous == classLatin, class == classLatin && previous == classArabic:
			bad += 2
		case class == classArabic || class == classLatin:
			good++
			if frequent[r] {
				good += .5
			}
		case class == classAccented && previous == classLatin:
			good += .5
		case class == classAccented:
			bad += .5
		}
		if class != classSpace {
			letters += 1.5
		}
		previous = class
	}
	if letters == 0 {
		return 0
	}
	return max(0, (good-bad)/letters) + .2*boolean(good > 0)
}

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

type letterClass int

const (
	classSpace letterClass = iota // spaces, digits and ordinary punctuation
	classArabic
	classLatin
	classAccented
	classOdd
	classBroken
)

func classOf(r rune) letterClass {
	switch {
	case r == utf8.RuneError:
		return classBroken
	case r >= 0x0621 && r <= 0x0652 || r == 0x0640:
		return classArabic
	case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
		return classArabic
	case r < 0x80 && unicode.IsLetter(r):
		return classLatin
	case r < 0x80 || unicode.IsSpace(r), r >= 0x2010 && r <= 0x2026, r == '،', r == '؛', r == '؟', r == '«', r == '»', r == 'ـ':
		return classSpace
	case unicode.IsLetter(r):
		return classAccented
	}
	return classOdd
}

// frequent are the letters that make up most of an Arabic text; a wrong code
// page seldom hits them.
var frequent = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range "اليمنوترةبعدهسفeatonirs" {
		m[r] = true
	}
	return m
}()

// looksLikeText refuses binary data that happened to decode: too many control,
// private or unassigned characters.
func looksLikeText(s string) bool {
	total, odd := 0, 0
	for i, r := range s {
		if i > 1<<17 {
			break
		}
		total++
		if r == utf8.RuneError || r < 0x20 && !unicode.IsSpace(r) && r != 0x1A || unicode.Is(unicode.Co, r) || !assigned(r) {
			odd++
		}
	}
	return odd*50 <= total
}

func assigned(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPrint(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}
