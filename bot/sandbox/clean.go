package sandbox

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const maxCleanBytes = 35000 // Telegram cuts every text here

const (
	zwnj = '\u200c'
	lrm  = '\u200e'
	rlm  = '\u200f'
)

// cleaned is a text after Telegram's cleaning; position maps a byte offset of
// the raw text to one of the clean text.
type cleaned struct {
	text     string
	position []int
}

// cleanText does what Telegram does to every text it takes: control characters
// become spaces, carriage returns, embedding and override marks and three
// combining characters go, and all but the last of a run of direction marks
// become joiners.
func cleanText(raw string) cleaned {
	var b strings.Builder
	position := make([]int, len(raw)+1)
	full := false
	for i, r := range raw {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(raw[i:])
		}
		for k := range size {
			position[i+k] = b.Len()
		}
		if full || dropped(r) {
			continue
		}
		if b.Len()+size > maxCleanBytes {
			full = true
			continue
		}
		next, _ := utf8.DecodeRuneInString(raw[i+size:])
		switch {
		case r != '\n' && r <= ' ':
			b.WriteByte(' ')
		case (r == lrm || r == rlm) && (next == lrm || next == rlm):
			b.WriteRune(zwnj)
		default:
			b.WriteRune(r)
		}
	}
	position[len(raw)] = b.Len()
	return cleaned{b.String(), position}
}

func dropped(r rune) bool {
	switch {
	case r == '\r', r >= '\u2028' && r <= '\u202e', r == '\u030a', r == '\u0333', r == '\u033f':
		return true
	}
	return false
}

// invisible tells whether a text shows nothing: only spaces, direction marks
// and joiners.
func invisible(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && r != '\u2800' && r != '\u3164' && r != '\u115f' && r != '\u1160' {
			return false
		}
	}
	return true
}

// units counts UTF-16 code units, in which Telegram measures entities.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// unitOffset turns a byte offset into a UTF-16 offset.
func unitOffset(s string, bytes int) int { return units(s[:bytes]) }

// byteOffset turns a UTF-16 offset into a byte offset; inside a surrogate pair
// it reports the start of the character, beyond the end the length.
func byteOffset(s string, offset int) int {
	n := 0
	for i, r := range s {
		n += max(1, utf16.RuneLen(r))
		if n > offset {
			return i
		}
	}
	return len(s)
}
