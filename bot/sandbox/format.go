package sandbox

import (
	"html"
	"net/url"
	"regexp"
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

var (
	foundURL     = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"«»]*[^\s<>"«».,;:!?؟،؛)\]]`)
	foundMention = regexp.MustCompile(`(?:^|[^\w@])(@[A-Za-z][A-Za-z0-9_]{3,31})\b`)
	foundCommand = regexp.MustCompile(`(?:^|[\s.,(])(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)\b`)
	foundHashtag = regexp.MustCompile(`(?:^|\s)(#[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)`)
)

// detect finds links, mentions, commands and hashtags as the server does, not
// inside what is already a link or code.
func detect(text string, given []Entity) []Entity {
	var found []Entity
	add := func(kind string, from, to int) {
		e := Entity{Type: kind, Offset: unitOffset(text, from), Length: units(text[from:to])}
		for _, g := range slices.Concat(given, found) {
			if (!strings.HasSuffix(g.Type, "blockquote") && isOpaque(g.Type)) && e.Offset < g.Offset+g.Length && g.Offset < e.Offset+e.Length {
				return
			}
		}
		found = append(found, e)
	}
	for _, m := range foundURL.FindAllStringIndex(text, -1) {
		add("url", m[0], m[1])
	}
	for kind, pattern := range map[string]*regexp.Regexp{"mention": foundMention, "bot_command": foundCommand, "hashtag": foundHashtag} {
		for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
			add(kind, m[2], m[3])
		}
	}
	return found
}

func isOpaque(kind string) bool {
	switch kind {
	case "text_link", "code", "pre", "url", "text_mention":
		return true
	}
	return false
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

// RenderHTML writes a text and its entities as Telegram HTML. Entities that
// the server finds by itself are left as plain text.
func RenderHTML(text string, entities []Entity) string {
	var b strings.Builder
	renderRange(&b, text, 0, units(text), sortEntities(slices.Clone(entities)))
	return b.String()
}

// renderRange writes the UTF-16 range [from, to) with the entities inside it.
func renderRange(b *strings.Builder, text string, from, to int, es []Entity) {
	plain := func(until int) {
		if until > from {
			b.WriteString(html.EscapeString(text[byteOffset(text, from):byteOffset(text, until)]))
			from = until
		}
	}
	for i, e := range es {
		open, end := tags(e)
		if open == "" || e.Offset < from || e.Offset+e.Length > to {
			continue
		}
		plain(e.Offset)
		b.WriteString(open)
		renderRange(b, text, e.Offset, e.Offset+e.Length, es[i+1:])
		b.WriteString(end)
		from = e.Offset + e.Length
	}
	plain(to)
}

func tags(e Entity) (open, end string) {
	switch e.Type {
	case "bold":
		return "<b>", "</b>"
	case "italic":
		return "<i>", "</i>"
	case "underline":
		return "<u>", "</u>"
	case "strikethrough":
		return "<s>", "</s>"
	case "spoiler":
		return "<tg-spoiler>", "</tg-spoiler>"
	case "code":
		return "<code>", "</code>"
	case "blockquote":
		return "<blockquote>", "</blockquote>"
	case "expandable_blockquote":
		return "<blockquote expandable>", "</blockquote>"
	case "text_link":
		return `<a href="` + html.EscapeString(e.URL) + `">`, "</a>"
	case "pre":
		if e.Language != "" {
			return `<pre><code class="language-` + html.EscapeString(e.Language) + `">`, "</code></pre>"
		}
		return "<pre>", "</pre>"
	}
	return "", ""
}
