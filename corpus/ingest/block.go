package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blockKind is what a block of a page is to what follows it.
type blockKind int

const (
	para    blockKind = iota
	heading           // introduces the blocks after it
	item              // list item, its marker already in the text
)

// block is one paragraph-level piece of an article, before it is decided what
// becomes a paragraph of the document.
type block struct {
	kind  blockKind
	text  string
	level int // heading: 1 is the highest
}

// maxWords is how long a paragraph may be: longer ones are useless as a cited
// passage in a chat, and are split at sentences.
const maxWords = 300

// headingWords is how long a heading may be; longer ones are text that a page
// merely prints large.
const headingWords = 18

// paragraphs decides what stands on one line of the document: a heading is
// kept with the block that it introduces, and list items with the line that
// ends in a colon before them, as long as the whole stays readable.
func paragraphs(blocks []block) []string {
	var out []string
	for i := 0; i < len(blocks); {
		lead := ""
		for i < len(blocks) && blocks[i].isHeading() && i+1 < len(blocks) {
			lead = introduce(lead, blocks[i].text)
			i++
		}
		text := join(lead, blocks[i].text)
		i++
		if introduces(text) || lead != "" && blocks[i-1].kind == item {
			var items string
			items, i = follow(blocks, i, maxWords-wordCount(text))
			text = join(text, items)
		}
		out = append(out, text)
	}
	return out
}

// follow joins the list items at blocks[i] when all of them fit the room.
func follow(blocks []block, i, room int) (string, int) {
	end, words := i, 0
	for end < len(blocks) && blocks[end].kind == item {
		words += wordCount(blocks[end].text)
		end++
	}
	if words > room {
		return "", i
	}
	parts := make([]string, 0, end-i)
	for _, b := range blocks[i:end] {
		parts = append(parts, b.text)
	}
	return strings.Join(parts, " "), end
}

func (b block) isHeading() bool {
	return b.kind == heading && wordCount(b.text) <= headingWords && !strings.HasSuffix(b.text, ".")
}

// introduce makes a heading the opening of a line. A colon marks where it
// ends, unless it has a mark of its own; otherwise it would run into the first
// sentence.
func introduce(lead, text string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	if !unicode.IsPunct(last) || last == '»' || last == ')' || last == '"' {
		text += ":"
	}
	return join(lead, text)
}

func introduces(text string) bool { return strings.HasSuffix(text, ":") }

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

func wordCount(s string) int { return len(strings.Fields(s)) }

// clean removes what no text means: control characters, and white space at
// the ends. Line breaks inside become spaces. Everything else, zero-width
// marks and tatweel included, stays as it was.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\v', r == '\f', r == '\r', r == 0x85, r == 0x2028, r == 0x2029:
			return ' '
		case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xFEFF:
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// collapse is clean for formats where runs of white space mean nothing.
func collapse(s string) string {
	return clean(strings.Join(strings.FieldsFunc(s, isCollapsible), " "))
}

func isCollapsible(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == '\v' || r == 0xA0 || r == 0x2028 || r == 0x2029
}

// marker is what list items of plain text begin with.
var marker = regexp.MustCompile(`^(?:[-–—•●▪◦‣·*✔️✅🔴🔹🔸]|[0-9٠-٩۰-۹]{1,2}[.)\-–]|[أ-يa-z][.)\-])[\s\p{Zs}]+\S`)

func isItem(line string) bool { return marker.MatchString(line) }

// listMarker is what an item of a marked-up list begins with in the text.
func listMarker(ordered bool, number int) string {
	if ordered {
		return strconv.Itoa(number) + ". "
	}
	return "• "
}
