package sandbox

import (
	"regexp"
	"slices"
	"strings"
)

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
