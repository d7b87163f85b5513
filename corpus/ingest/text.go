package ingest

import (
	"strings"
	"unicode/utf8"
)

// plainText reads text in which line breaks separate paragraphs, or, when its
// lines were wrapped at a column, blank lines.
func plainText(text string) article {
	groups := groupLines(text)
	if wrapped(groups) {
		groups = unwrap(groups)
	}
	var blocks []block
	for _, group := range groups {
		for _, line := range group {
			kind := para
			if isItem(line) {
				kind = item
			}
			blocks = append(blocks, block{kind: kind, text: line})
		}
	}
	markHeadings(blocks)
	return article{blocks: blocks}
}

// A line of plain text is a heading when it is this short, ends like none of
// the text, and stands above a paragraph of at least that many words.
const (
	textHeadingWords = 8
	introducedWords  = 15
)

func markHeadings(blocks []block) {
	for i := 1; i+1 < len(blocks); i++ {
		b, next := &blocks[i], blocks[i+1]
		last, _ := utf8.DecodeLastRuneInString(b.text)
		if b.kind == para && next.kind == para && wordCount(b.text) <= textHeadingWords && wordCount(next.text) >= introducedWords &&
			!strings.ContainsRune(".،؛,;:…!»)\"0123456789٠١٢٣٤٥٦٧٨٩", last) && hasLetters(b.text) && labelOf(b.text) == "" {
			b.kind = heading
		}
	}
}

// groupLines cuts text into the non-blank lines between blank ones.
func groupLines(text string) [][]string {
	var groups [][]string
	var group []string
	for _, line := range strings.Split(unifyBreaks(text), "\n") {
		if line = clean(line); line != "" {
			group = append(group, line)
			continue
		}
		if group != nil {
			groups, group = append(groups, group), nil
		}
	}
	if group != nil {
		groups = append(groups, group)
	}
	return groups
}

var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n", "\f", "\n\n")

func unifyBreaks(s string) string { return breaks.Replace(s) }

// Wrapped text has lines of nearly one length, none of them long, that mostly
// end in the middle of a sentence.
const (
	wrapColumns = 100 // no editor wraps wider
	wrapLines   = 6   // fewer lines prove nothing
)

func wrapped(groups [][]string) bool {
	widest, inner := 0, 0
	for _, g := range groups {
		for i, line := range g {
			widest = max(widest, utf8.RuneCountInString(line))
			if i < len(g)-1 {
				inner++
			}
		}
	}
	if widest > wrapColumns || widest < 40 || inner < wrapLines {
		return false
	}
	full, open := 0, 0
	for _, g := range groups {
		for _, line := range g[:len(g)-1] {
			if utf8.RuneCountInString(line) >= widest*7/10 {
				full++
			}
			if !endsSentence(line) {
				open++
			}
		}
	}
	return full*10 >= inner*8 && open*10 >= inner*6
}

func endsSentence(line string) bool {
	line = strings.TrimRight(line, `»"”’)]`)
	last, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune(".!?؟…:؛", last)
}

func unwrap(groups [][]string) [][]string {
	out := make([][]string, 0, len(groups))
	for _, g := range groups {
		var lines []string
		for _, line := range g {
			if len(lines) == 0 || isItem(line) {
				lines = append(lines, line)
				continue
			}
			lines[len(lines)-1] += " " + line
		}
		out = append(out, lines)
	}
	return out
}
