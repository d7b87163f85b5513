package answer

import (
	"slices"
	"strings"
	"unicode"
)

// isGibberish recognises keyboard mashing: no word of a plausible shape. Long
// runs without a vowel letter in Latin, repeated letters, and rows of keys.
func isGibberish(words []string) bool {
	bad, letters := 0, 0
	for _, w := range words {
		n := len([]rune(w))
		letters += n
		if mashed(w) {
			bad += n
		}
	}
	return letters > 2 && bad*2 > letters
}

const homeRow = "asdfghjkl"

var keyRows = []string{"qwertyuiop", homeRow, "zxcvbnm", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ذءورلازوظ", "1234567890"}

func mashed(w string) bool {
	runes := []rune(w)
	if len(runes) < 4 {
		return false
	}
	if unicode.IsDigit(runes[0]) {
		return false
	}
	return onKeyRow(w, runes) || fewLetters(runes) || consonants(w) > 5
}

// onKeyRow: neighbouring keys, at least four in a row, make up two thirds of a
// word, or a long Latin word stays on the row that has one vowel.
func onKeyRow(w string, runes []rune) bool {
	if len(runes) >= 8 && strings.Trim(w, homeRow) == "" {
		return true
	}
	for _, row := range keyRows {
		if n := keyRun(row, runes); n >= 4 && n*3 >= len(runes)*2 {
			return true
		}
	}
	return false
}

// keyRun is the longest run of a word along a row of keys, in either direction.
func keyRun(row string, runes []rune) int {
	keys := []rune(row)
	longest := 0
	for _, step := range [...]int{1, -1} {
		run, last := 0, -1
		for _, r := range runes {
			at := slices.Index(keys, r)
			if at >= 0 && last >= 0 && at == last+step {
				run++
			} else {
				run = min(at+1, 1)
			}
			last = at
			longest = max(longest, run)
		}
	}
	return longest
}

// fewLetters: at least six letters of at most two kinds, as in هههههه or ababab.
func fewLetters(runes []rune) bool {
	kinds := map[rune]bool{}
	for _, r := range runes {
		kinds[r] = true
	}
	return len(kinds) == 1 || len(runes) >= 6 && len(kinds) <= 2
}

// consonants is the longest run of Latin letters without a vowel.
func consonants(w string) int {
	longest, run := 0, 0
	for i := range len(w) {
		if w[i] >= 'a' && w[i] <= 'z' && !strings.ContainsRune("aeiouy", rune(w[i])) {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}
