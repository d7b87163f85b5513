package message

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

const bullet = "• "

// piece is a block made ready for encoding: clean runs, never empty but for
// Break, with its bullet and no white space at its ends.
type piece struct {
	kind Kind
	runs []Span
	glue bool
}

// layout turns blocks into pieces and leaves out what would not be seen.
func layout(m Message) []piece {
	var out []piece
	for _, b := range m.Blocks {
		p := piece{kind: b.Kind, glue: b.Glue}
		if b.Kind == Break {
			if len(out) > 0 && out[len(out)-1].kind != Break {
				out = append(out, p)
			}
			continue
		}
		if p.runs = tidy(b); visible(p.runs) {
			if b.Kind == Item {
				p.runs = append([]Span{{Text: bullet}}, p.runs...)
			}
			out = append(out, p)
		}
	}
	return out
}

// tidy cleans the spans of a block, applies the block's own style, trims the
// ends and merges neighbours of one style.
func tidy(b Block) []Span {
	var runs []Span
	for _, s := range b.Spans {
		s.Text, s.URL = Clean(s.Text), link(s.URL)
		switch b.Kind {
		case Heading:
			s.Style |= Bold
		case Code:
			s.Style, s.URL = 0, ""
		}
		if s.Text == "" {
			continue
		}
		if n := len(runs); n > 0 && runs[n-1].Style == s.Style && runs[n-1].URL == s.URL {
			runs[n-1].Text += s.Text
			continue
		}
		runs = append(runs, s)
	}
	return trim(runs)
}

// trim drops white space at both ends of the runs.
func trim(runs []Span) []Span {
	text := joined(runs)
	right := strings.TrimRightFunc(text, unicode.IsSpace)
	left := strings.TrimLeftFunc(right, unicode.IsSpace)
	return slice(runs, len(right)-len(left), len(right))
}

// visible reports whether anything would be seen of the runs.
func visible(runs []Span) bool {
	for _, r := range runs {
		if strings.ContainsFunc(r.Text, isVisible) {
			return true
		}
	}
	return false
}

func isVisible(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn) }

// longestURL is what Telegram's clients open without trouble, in bytes.
const longestURL = 2048

// link returns the address if a message may link to it, else "".
func link(address string) string {
	if address == "" || len(address) > longestURL || !utf8.ValidString(address) || address != Clean(address) {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || strings.ContainsFunc(address, unicode.IsSpace) {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		return address
	case "tg", "mailto":
		return address
	}
	return ""
}

// units is the length of s in UTF-16 code units, which is how Telegram counts.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
