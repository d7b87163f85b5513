package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// splitLong splits paragraphs of more than maxWords words at sentence ends,
// into parts of about equal length, and counts how many had to be split.
func splitLong(lines []string) (out []string, split int) {
	for _, line := range lines {
		words := wordCount(line)
		if words <= maxWords {
			out = append(out, line)
			continue
		}
		split++
		parts := (words + maxWords - 1) / maxWords
		out = append(out, pack(pieces(line), (words+parts-1)/parts)...)
	}
	return out, split
}

// pieces are the sentences of a paragraph, and the parts of sentences that are
// themselves too long. Together they are the paragraph but for white space.
func pieces(line string) []string {
	var out []string
	start := 0
	for _, s := range arabic.Sentences(line) {
		out = append(out, cutSentence(strings.TrimSpace(line[start:s.End]))...)
		start = s.End
	}
	if rest := strings.TrimSpace(line[start:]); rest != "" {
		out = append(out, cutSentence(rest)...)
	}
	return out
}

// cutSentence cuts an overlong sentence after commas, and where there are none
// between words.
func cutSentence(s string) []string {
	var out []string
	for s != "" {
		end := cutPoint(s)
		out = append(out, strings.TrimSpace(s[:end]))
		s = strings.TrimSpace(s[end:])
	}
	return out
}

// cutPoint is where the first maxWords words of s end, or a comma among the
// later ones of them; len(s) when there are no more words.
func cutPoint(s string) int {
	words, comma, inWord := 0, 0, false
	for i, r := range s {
		if unicode.IsSpace(r) {
			inWord = false
			continue
		}
		if !inWord {
			inWord = true
			if words++; words > maxWords {
				if comma > 0 {
					return comma
				}
				return i
			}
		}
		if strings.ContainsRune("،؛,;:", r) && words > maxWords/2 {
			comma = i + utf8.RuneLen(r)
		}
	}
	return len(s)
}

// pack joins pieces into paragraphs that end soon after target words and never
// pass maxWords.
func pack(pieces []string, target int) []string {
	var out []string
	current, words := "", 0
	for _, p := range pieces {
		n := wordCount(p)
		if current != "" && (words >= target || words+n > maxWords) {
			out = append(out, current)
			current, words = "", 0
		}
		current, words = join(current, p), words+n
	}
	if current != "" {
		out = append(out, current)
	}
	return out
}
