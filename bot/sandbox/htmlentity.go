package sandbox

import (
	"strconv"
	"strings"
)

func tagArgument(tag, attribute, value string) (string, bool) {
	switch {
	case tag == "a" && attribute == "href", tag == "tg-emoji" && attribute == "emoji-id", tag == "tg-time" && attribute == "unix":
		return value, true
	case tag == "code" && attribute == "class" && strings.HasPrefix(value, "language-"):
		return value[len("language-"):], true
	case tag == "span" && attribute == "class" && strings.HasPrefix(value, "tg-"):
		return value[len("tg-"):], true
	case tag == "blockquote" && attribute == "expandable":
		return "1", true
	}
	return "", false
}

func (p *htmlParser) endTag() error {
	begin := p.at
	if len(p.open) == 0 {
		return entityError("Unexpected end tag at byte offset %d", begin)
	}
	p.at += 2
	name := strings.ToLower(p.skip(func(c byte) bool { return !isSpace(c) && c != '>' }))
	p.skip(isSpace)
	if p.peek() != '>' {
		return entityError("Unclosed end tag at byte offset %d", begin)
	}
	p.at++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return entityError(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.offset > tag.offset {
		p.add(tag)
	}
	return nil
}

func (p *htmlParser) add(tag openTag) {
	e := Entity{Type: knownTags[tag.name], Offset: tag.offset, Length: p.offset - tag.offset}
	var last *Entity
	if n := len(p.found); n > 0 && p.found[n-1].Offset == e.Offset && p.found[n-1].Length == e.Length {
		last = &p.found[n-1]
	}
	switch tag.name {
	case "a":
		url := tag.argument
		if url == "" {
			url = p.out.String()[tag.begin:]
		}
		if !linkEntity(&e, url) {
			return
		}
	case "tg-emoji":
		e.EmojiID = tag.argument
	case "pre":
		if last != nil && last.Type == "code" && last.Language != "" {
			last.Type = "pre"
			return
		}
	case "code":
		if last != nil && last.Type == "pre" && tag.argument != "" {
			last.Language = tag.argument
			return
		}
		e.Language = tag.argument
	case "blockquote":
		if tag.argument != "" {
			e.Type = "expandable_blockquote"
		}
	}
	p.found = append(p.found, e)
}

// linkEntity completes a link; an address that Telegram does not accept leaves
// plain text.
func linkEntity(e *Entity, url string) bool {
	if id, ok := strings.CutPrefix(url, "tg://user?id="); ok {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || n <= 0 {
			return false
		}
		e.Type, e.User = "text_mention", &User{ID: n}
		return true
	}
	checked, ok := checkURL(url)
	e.URL = checked
	return ok
}

// decodeEntity reads a character reference: decimal, hexadecimal, or one of
// the four names that Telegram knows.
func decodeEntity(s string, at int) (r rune, next int, ok bool) {
	rest := s[at+1:]
	end := 0
	if strings.HasPrefix(rest, "#") {
		end = 1
		base := 10
		if strings.HasPrefix(rest, "#x") {
			end, base = 2, 16
		}
		begin := end
		for end < len(rest) && end < 10 && digitValue(rest[end]) < base {
			r = r*rune(base) + rune(digitValue(rest[end]))
			end++
		}
		if end == begin || r <= 0 || r >= 0x10ffff || end >= 10 {
			return 0, 0, false
		}
	} else {
		for end < len(rest) && (rest[end]|0x20) >= 'a' && (rest[end]|0x20) <= 'z' {
			end++
		}
		r = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}[rest[:end]]
		if r == 0 {
			return 0, 0, false
		}
	}
	if end < len(rest) && rest[end] == ';' {
		end++
	}
	return r, at + 1 + end, true
}

func digitValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 99
}
