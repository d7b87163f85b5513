package ingest

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// runs turns round what is written left to right inside a right-to-left line:
// numbers, and Latin words with the spaces between them.
func runs(cs []cluster) []cluster {
	for i := 0; i < len(cs); {
		if !isLeftToRight(cs[i].r) {
			i++
			continue
		}
		start := i
		for start > 0 && strings.ContainsRune("%#+$€£", cs[start-1].r) {
			start-- // a percent sign to the right of its number
		}
		end := runEnd(cs, i)
		slices.Reverse(cs[start:end])
		i = end
	}
	return cs
}

// runEnd is the end of the run that begins at i.
func runEnd(cs []cluster, i int) int {
	end := i + 1
	for j := end; j < len(cs); j++ {
		switch {
		case isLeftToRight(cs[j].r):
			if between := cs[end:j]; hasSpace(between) && !(isLatin(cs[j].r) && isLatin(cs[end-1].r)) {
				return end
			}
			end = j + 1
		case cs[j].r == ' ' || strings.ContainsRune(".,:/-_@&'’+%#?=~()", cs[j].r):
			if j-end > 3 {
				return end
			}
		default:
			return end
		}
	}
	return end
}

func hasSpace(cs []cluster) bool {
	return slices.ContainsFunc(cs, func(c cluster) bool { return c.r == ' ' })
}

func isLeftToRight(r rune) bool {
	return unicode.IsDigit(r) || isLatin(r)
}

func isLatin(r rune) bool {
	return unicode.IsLetter(r) && !unicode.Is(unicode.Arabic, r) && !unicode.Is(unicode.Hebrew, r)
}

// lettersOf writes the clusters out; presentation forms, which stand for the
// shape of a letter, become the letter.
func lettersOf(cs []cluster) string {
	var sb strings.Builder
	for _, c := range cs {
		if c.r >= 0xFB50 && c.r <= 0xFDFF || c.r >= 0xFE70 && c.r <= 0xFEFC {
			sb.WriteString(norm.NFKC.String(string(c.r)))
		} else {
			sb.WriteRune(c.r)
		}
		for _, m := range c.marks {
			sb.WriteRune(m)
		}
	}
	return sb.String()
}

var pairs = map[rune]rune{'«': '»', '»': '«', '(': ')', ')': '(', '[': ']', ']': '[', '“': '”', '”': '“'}

const openers = "«([“"

// fixBrackets turns brackets by where they stand: files hold the mirrored
// shape that is seen in right-to-left text, or the character that was meant.
// Where white space on both sides tells nothing, the balance does. White space
// inside brackets and before stops goes.
func fixBrackets(s string) string {
	rs := []rune(s)
	out := make([]rune, 0, len(rs))
	open := 0
	for i, r := range rs {
		if _, ok := pairs[r]; !ok {
			if r == ' ' && len(out) > 0 && strings.ContainsRune(openers, out[len(out)-1]) {
				continue
			}
			if strings.ContainsRune(".،؛؟", r) && (i == len(rs)-1 || rs[i+1] == ' ') {
				out = withoutLastSpace(out)
			}
			out = append(out, r)
			continue
		}
		opens := strings.ContainsRune(openers, r)
		before := len(out) == 0 || unicode.IsSpace(out[len(out)-1]) || strings.ContainsRune(openers, out[len(out)-1])
		after := i == len(rs)-1 || unicode.IsSpace(rs[i+1]) || strings.ContainsRune(".,،؛:؟!»)]”", rs[i+1])
		meant := before
		if before == after {
			meant = opens
			if before && unicode.IsSpace(rs[max(0, i-1)]) {
				meant = open == 0
			}
		}
		if meant != opens {
			r = pairs[r]
		}
		if meant {
			open++
		} else {
			open = max(0, open-1)
			out = withoutLastSpace(out)
		}
		out = append(out, r)
	}
	return string(out)
}

func withoutLastSpace(rs []rune) []rune {
	if n := len(rs); n > 0 && rs[n-1] == ' ' {
		return rs[:n-1]
	}
	return rs
}
