package sandbox

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxText    = 4096 // code points of a text after parsing
	maxCaption = 1024 // code points of a caption after parsing
)

// formatted reads the text parameter named by text, with parse_mode or the
// entities parameter, through every rule that Telegram has for it.
func (p params) formatted(text, entities string) (string, []Entity, error) {
	raw := p.str(text)
	if len(raw) > maxRawText {
		return "", nil, errRawTooLong
	}
	var given []Entity
	var err error
	switch strings.ToLower(p.str("parse_mode")) {
	case "html":
		raw, given, err = ParseHTML(raw)
	case "":
		if _, e := p.object(entities, &given); e != nil {
			err = badRequest("can't parse entities JSON object")
		}
	case "markdown", "markdownv2":
		err = badRequest("this server reads HTML only")
	default:
		err = errParseMode
	}
	if err != nil {
		return "", nil, err
	}
	clean, kept := fixText(raw, given)
	return clean, kept, nil
}

// textOf is formatted with the rules for the text of a message.
func (p params) textOf() (string, []Entity, error) {
	if p.str("text") == "" {
		return "", nil, errNoText
	}
	s, entities, err := p.formatted("text", "entities")
	switch {
	case err != nil:
		return "", nil, err
	case invisible(s):
		return "", nil, errBlankText
	case utf8.RuneCountInString(s) > maxText:
		return "", nil, errTextTooLong
	}
	return s, entities, nil
}

// captionOf is formatted with the rules for a caption, which may be empty.
func (p params) captionOf() (string, []Entity, error) {
	s, entities, err := p.formatted("caption", "caption_entities")
	if err == nil && utf8.RuneCountInString(s) > maxCaption {
		err = errCaptionTooLong
	}
	return s, entities, err
}

// fixText cleans and trims a text, moves the entities along, drops those that
// cover nothing, and adds those that the server finds by itself.
func fixText(raw string, given []Entity) (string, []Entity) {
	c := cleanText(raw)
	left := len(c.text) - len(strings.TrimLeft(c.text, " \n"))
	text := strings.Trim(c.text, " \n")
	var kept []Entity
	for _, e := range given {
		from := c.position[byteOffset(raw, e.Offset)] - left
		to := c.position[byteOffset(raw, e.Offset+e.Length)] - left
		from, to = min(max(from, 0), len(text)), min(max(to, 0), len(text))
		if from >= to || strings.Trim(text[from:to], " \n") == "" {
			continue
		}
		e.Offset, e.Length = unitOffset(text, from), units(text[from:to])
		kept = append(kept, e)
	}
	return text, sortEntities(append(kept, detect(text, kept)...))
}

// sortEntities orders entities as the server reports them: by start, the
// longer first.
func sortEntities(es []Entity) []Entity {
	slices.SortStableFunc(es, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	return es
}

// checkURL completes an address as the server does, or refuses it.
func checkURL(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil {
		return "", false
	}
	switch u.Scheme = strings.ToLower(u.Scheme); u.Scheme {
	case "tg", "ton", "tonsite":
		return s, u.Host != ""
	case "http", "https":
	default:
		return "", false
	}
	if !strings.Contains(strings.Trim(u.Hostname(), "."), ".") && !strings.Contains(u.Hostname(), ":") {
		return "", false
	}
	if u.Path == "" && u.RawQuery == "" && u.Fragment == "" {
		s = strings.TrimSuffix(s, "/") + "/"
	}
	return s, true
}
