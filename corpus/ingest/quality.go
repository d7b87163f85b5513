package ingest

import (
	"strings"
	"unicode"

	"mujaz/corpus/arabic"
)

// Shares of doubtful words above which an editor is warned. Clean text has
// below half of them.
const (
	doubtfulShare = .02
	reversedShare = .25
)

// textQuality looks for the signs of a damaged text layer: words that begin
// with a letter that only ends words, lone letters, unreadable characters; and
// of reversed order: words that end as others begin, with لا.
func textQuality(blocks []block) []Warning {
	words, doubtful, begin, end := 0, 0, 0, 0
	for _, b := range blocks {
		for _, t := range arabic.Words(b.text) {
			w := arabic.Fold(t.Text)
			words++
			if isDoubtful(t.Text, b.text, t.End) {
				doubtful++
			}
			if strings.HasPrefix(w, "ال") {
				begin++
			}
			if strings.HasSuffix(w, "لا") && len(w) > 8 {
				end++
			}
		}
		doubtful += strings.Count(b.text, "\uFFFD")
	}
	if words == 0 {
		return nil
	}
	var out []Warning
	if share := float64(doubtful) / float64(words); share > doubtfulShare {
		out = append(out, Warning{Kind: WarnDamaged, Score: min(1, share)})
	}
	if share := float64(end) / float64(max(1, begin+end)); end > 2 && share > reversedShare {
		out = append(out, Warning{Kind: WarnOrder, Score: share})
	}
	return out
}

func isDoubtful(word, text string, end int) bool {
	rs := []rune(word)
	if strings.ContainsRune("ةىئ", rs[0]) && len(rs) > 1 {
		return true
	}
	for _, r := range rs[:len(rs)-1] {
		if r == 'ة' {
			return true
		}
	}
	lone := len(rs) == 1 && unicode.Is(unicode.Arabic, rs[0]) && unicode.IsLetter(rs[0]) && rs[0] != 'و'
	return lone && !strings.HasPrefix(text[end:], ".") && !strings.HasPrefix(text[end:], ")")
}
