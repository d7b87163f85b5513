package message

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The reader below takes what Telegram's HTML parser takes and nothing else,
// so that a test sees what a client would show.

var (
	knownTag = regexp.MustCompile(`^(b|i|u|code|pre|blockquote|blockquote expandable|a href="[^"<>]*")$`)
	entity   = regexp.MustCompile(`^&(lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);`)
)

// parseHTML returns the visible text, or an error where Telegram would refuse.
func parseHTML(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("not UTF-8: %q", s)
	}
	var b strings.Builder
	var open []string
	for len(s) > 0 {
		switch s[0] {
		case '<':
			end := strings.IndexByte(s, '>')
			if end < 0 {
				return "", fmt.Errorf("unclosed tag in %q", s)
			}
			tag := s[1:end]
			s = s[end+1:]
			if name, closing := strings.CutPrefix(tag, "/"); closing {
				if len(open) == 0 || open[len(open)-1] != name {
					return "", fmt.Errorf("unmatched </%s>", name)
				}
				open = open[:len(open)-1]
				continue
			}
			if !knownTag.MatchString(tag) {
				return "", fmt.Errorf("unknown tag <%s>", tag)
			}
			name, _, _ := strings.Cut(tag, " ")
			for _, o := range open {
				if o == name || o == "code" || o == "pre" || name == "pre" {
					return "", fmt.Errorf("<%s> inside <%s>", name, o)
				}
			}
			open = append(open, name)
		case '&':
			e := entity.FindString(s)
			if e == "" {
				return "", fmt.Errorf("bare & in %q", s)
			}
			b.WriteString(decodeEntity(e))
			s = s[len(e):]
		case '>':
			return "", fmt.Errorf("bare > in %q", s)
		default:
			b.WriteByte(s[0])
			s = s[1:]
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("unclosed %v", open)
	}
	return b.String(), nil
}

func decodeEntity(e string) string {
	switch e {
	case "&lt;":
		return "<"
	case "&gt;":
		return ">"
	case "&amp;":
		return "&"
	case "&quot;":
		return `"`
	}
	n, _ := strconv.ParseInt(strings.Trim(e, "&#x;"), 10, 32)
	return string(rune(n))
}
