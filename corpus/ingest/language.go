package ingest

import (
	"unicode"
)

// language tells Arabic from English by the letters; "" for anything else, as
// for Persian and Urdu, which write with letters that Arabic has not.
func language(text string) string {
	arabicLetters, latin, accented, foreign := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r == 'پ' || r == 'چ' || r == 'ژ' || r == 'گ' || r == 'ٹ' || r == 'ڈ' || r == 'ے':
			foreign++
		case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
			arabicLetters++
		case r < 0x80 && unicode.IsLetter(r):
			latin++
		case unicode.Is(unicode.Latin, r):
			accented++
		}
	}
	switch {
	case arabicLetters >= latin && arabicLetters > 50*foreign:
		return "ar"
	case latin > arabicLetters && latin > 50*accented:
		return "en"
	}
	return ""
}

func hasLetters(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}
