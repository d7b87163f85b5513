package ingest

import (
	"strings"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

const (
	titleWords  = 22  // headlines of news agencies have up to 20
	titleRunes  = 180 // in characters
	clauseWords = 12  // a title made from the lead is cut here
)

// chooseTitle takes the format's title, or the first line when it is a
// headline, or the first clause of the lead. A line used as the title leaves
// the text, for it is stored as the title.
func chooseTitle(named string, blocks []block) (title string, from Origin, rest []block) {
	named = collapse(named)
	if named != "" && utf8.RuneCountInString(named) <= 2*titleRunes {
		if len(blocks) > 1 && sameWords(blocks[0].text, named) {
			blocks = blocks[1:]
		}
		return named, FromFormat, blocks
	}
	if len(blocks) == 0 {
		return "", "", nil
	}
	if isHeadline(blocks) {
		return collapse(blocks[0].text), FromLine, blocks[1:]
	}
	return firstClause(blocks[0].text), FromLead, blocks
}

// isHeadline reports whether the first block is a headline: short, without the
// ending of a sentence, and above longer text.
func isHeadline(blocks []block) bool {
	if len(blocks) < 2 || blocks[0].kind == item {
		return false
	}
	first := blocks[0].text
	words := wordCount(first)
	if words > titleWords || utf8.RuneCountInString(first) > titleRunes || agencyIn(first) != "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(first)
	if strings.ContainsRune(".،؛:,;…", last) {
		return false
	}
	return blocks[0].kind == heading || wordCount(blocks[1].text) > words
}

// firstClause is the start of a text up to its first mark of punctuation, at
// most clauseWords long.
func firstClause(text string) string {
	clause := text
	for i, r := range text {
		if strings.ContainsRune("،؛.:؟!\n", r) && wordCount(text[:i]) >= 3 || r == ',' && wordCount(text[:i]) >= 3 {
			clause = text[:i]
			if r == '؟' || r == '!' {
				clause += string(r)
			}
			break
		}
	}
	words := strings.Fields(clause)
	if len(words) > clauseWords {
		return strings.Join(words[:clauseWords], " ") + "…"
	}
	return strings.Join(words, " ")
}

// sameWords compares two headlines as a reader would.
func sameWords(a, b string) bool {
	return folded(a) == folded(b)
}

func folded(s string) string {
	var words []string
	for _, w := range arabic.Words(s) {
		words = append(words, arabic.Fold(w.Text))
	}
	return strings.Join(words, " ")
}
