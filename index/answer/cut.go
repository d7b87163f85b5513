package answer

import (
	"strings"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// leadWords is the most words of one line of a summary.
const leadWords = 45

// leastWords is the fewest words that a cut may leave.
const leastWords = 8

// clauseOpeners are words before which a sentence may be cut where no comma is near.
var clauseOpeners = wordSet("فيما بينما حيث إذ مما وذلك بعدما لكن ولكن وهو وهي الأمر كما while which but because")

// cut shortens a line to at most limit words, at a clause, and reports
// whether something was left out. The result is a prefix of text without the
// comma that would end it.
func cut(text string, limit int) (string, bool) {
	tokens := arabic.Words(text)
	if len(tokens) <= limit {
		return text, false
	}
	for _, fits := range []func(i int) bool{
		func(i int) bool { return clauseSign(text[tokens[i].End:tokens[i+1].Start]) },
		func(i int) bool { return clauseOpeners[arabic.Fold(tokens[i+1].Text)] },
		func(i int) bool { rest, ok := arabic.Conjoined(arabic.Fold(tokens[i+1].Text)); return ok && rest != "" },
		func(i int) bool { return true },
	} {
		for i := limit - 1; i >= leastWords-1; i-- {
			if fits(i) && balanced(text[:tokens[i].End]) {
				return text[:tokens[i].End], true
			}
		}
	}
	return text[:tokens[limit-1].End], true
}

func clauseSign(between string) bool { return strings.ContainsAny(between, "،؛,;:–—") }

// balanced reports that quotations and brackets are closed.
func balanced(s string) bool {
	return strings.Count(s, "«") == strings.Count(s, "»") && strings.Count(s, "(") == strings.Count(s, ")") &&
		strings.Count(s, `"`)%2 == 0 && strings.Count(s, "“") == strings.Count(s, "”")
}

// countWords is the number of words of a line as readers count them.
func countWords(text string) int { return len(arabic.Words(text)) }

// verbatim reports whether a line may be printed: a whole-character part of
// its paragraph.
func verbatim(line, paragraph string) bool {
	return line != "" && utf8.ValidString(line) && strings.Contains(paragraph, line)
}
