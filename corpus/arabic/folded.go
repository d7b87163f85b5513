package arabic

import "strings"

// FoldedWords are the words of a text in their search form, in order.
func FoldedWords(text string) []string {
	tokens := Words(text)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = Fold(t.Text)
	}
	return words
}

// WesternDigits replaces Arabic and Persian digits by 0–9 and leaves all else.
func WesternDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return r
	}, s)
}
