package answer

import (
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

// onKeyRow: four or more neighbouring keys stand in a row (on rows that words do
// not spell backwards, in either direction), or a long Latin word stays on
// the row that has one vowel.
func onKeyRow(w string, runes []rune) bool {
	for _, row := range keyRows {
		if len(runes) >= 8 && row == homeRow && strings.Trim(w, row) == "" {
			return true
		}
		if len(runes) >= 12 {
			continue
		}
		for start := 0; start+4 <= len(runes); start++ {
			run := runes[start : start+4]
			back := []rune{run[3], run[2], run[1], run[0]}
			if strings.Contains(row, string(run)) || row != "شسيبلاتنمكط" && strings.Contains(row, string(back)) {
				return true
			}
		}
	}
	return false
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
