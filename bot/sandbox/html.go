package sandbox

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ParseHTML reads Telegram's HTML as the server does and returns the text with
// its entities in UTF-16 code units, or the error in Telegram's own words. The
// text is not yet cleaned or trimmed.
func ParseHTML(s string) (string, []Entity, error) {
	p := htmlParser{in: s}
	for p.at < len(p.in) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, entityError("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	if p.surrogates {
		return "", nil, entityError("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
	}
	for i := range p.found {
		if p.found[i].Type == "code" {
			p.found[i].Language = ""
		}
	}
	return p.out.String(), sortEntities(p.found), nil
}

func entityError(format string, args ...any) error {
	return badRequest("can't parse entities: "+format, args...)
}

type openTag struct {
	name, argument string
	offset         int // UTF-16
	begin          int // bytes in out
}

type htmlParser struct {
	in         string
	at         int
	out        strings.Builder
	offset     int // UTF-16 length of out
	open       []openTag
	found      []Entity
	surrogates bool
}

var knownTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough", "strike": "strikethrough",
	"del": "strikethrough", "u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
	"tg-emoji": "custom_emoji", "tg-time": "date_time", "a": "text_link", "pre": "pre", "code": "code", "blockquote": "blockquote",
}

func (p *htmlParser) step() error {
	c := p.in[p.at]
	if c == '&' {
		if r, next, ok := decodeEntity(p.in, p.at); ok {
			p.at = next
			p.write(r)
			return nil
		}
	}
	if c != '<' {
		r, size := utf8.DecodeRuneInString(p.in[p.at:])
		p.at += size
		p.write(r)
		return nil
	}
	if strings.HasPrefix(p.in[p.at:], "</") {
		return p.endTag()
	}
	return p.startTag()
}

func (p *htmlParser) write(r rune) {
	if utf16.IsSurrogate(r) {
		p.surrogates = true
	}
	p.out.WriteRune(r)
	p.offset += max(1, utf16.RuneLen(r))
}

// peek is the byte at the cursor, 0 at the end.
func (p *htmlParser) peek() byte {
	if p.at < len(p.in) {
		return p.in[p.at]
	}
	return 0
}

func (p *htmlParser) skip(while func(byte) bool) string {
	begin := p.at
	for p.at < len(p.in) && p.in[p.at] != 0 && while(p.in[p.at]) {
		p.at++
	}
	return p.in[begin:p.at]
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0 || c == '\v'
}

func isNameByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '-'
}

func (p *htmlParser) startTag() error {
	begin := p.at
	p.at++
	name := strings.ToLower(p.skip(func(c byte) bool { return !isSpace(c) && c != '>' }))
	if p.peek() == 0 {
		return entityError("Unclosed start tag at byte offset %d", begin)
	}
	if knownTags[name] == "" {
		return entityError("Unsupported start tag %q at byte offset %d", name, begin)
	}
	argument := ""
	for p.peek() != '>' {
		attribute, value, err := p.attribute(name, begin)
		if err != nil {
			return err
		}
		if a, ok := tagArgument(name, attribute, value); ok {
			argument = a
		}
	}
	p.at++
	if name == "span" && argument != "spoiler" {
		return entityError(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.open = append(p.open, openTag{name, argument, p.offset, p.out.Len()})
	return nil
}

// attribute reads one attribute, or nothing before the closing bracket.
func (p *htmlParser) attribute(tag string, begin int) (name, value string, err error) {
	p.skip(isSpace)
	if p.peek() == '>' {
		return "", "", nil
	}
	name = p.skip(func(c byte) bool { return !isSpace(c) && !strings.ContainsRune("=>/\"'", rune(c)) })
	if name == "" {
		return "", "", entityError("Empty attribute name in the tag %q at byte offset %d", tag, begin)
	}
	p.skip(isSpace)
	if p.peek() != '=' {
		if p.peek() == 0 {
			return "", "", entityError("Unclosed start tag %q at byte offset %d", tag, begin)
		}
		return name, "", nil
	}
	p.at++
	p.skip(isSpace)
	switch quote := p.peek(); quote {
	case 0:
		return "", "", entityError("Unclosed start tag %q at byte offset %d", tag, begin)
	case '"', '\'':
		value = p.quoted(quote)
	default:
		token := p.at
		value = strings.ToLower(p.skip(isNameByte))
		if c := p.peek(); !isSpace(c) && c != '>' {
			return "", "", entityError("Unexpected end of name token at byte offset %d", token)
		}
	}
	if p.peek() == 0 {
		return "", "", entityError("Unclosed start tag at byte offset %d", begin)
	}
	return name, value, nil
}

func (p *htmlParser) quoted(quote byte) string {
	var b strings.Builder
	p.at++
	for c := p.peek(); c != quote && c != 0; c = p.peek() {
		if r, next, ok := decodeEntity(p.in, p.at); c == '&' && ok {
			b.WriteRune(r)
			p.at = next
			continue
		}
		b.WriteByte(c)
		p.at++
	}
	if p.peek() == quote {
		p.at++
	}
	return b.String()
}
