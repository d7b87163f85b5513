package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// call is a command as it was typed.
type call struct {
	name  string // lower case, without slash and @name
	other bool   // addressed to another bot
	named bool   // addressed to us by @name
	args  string // what follows, line breaks kept
}

// parseCommand reads "/name", "/Name@bot", "/مساعدة" with what follows on the
// same or the next lines. Direction marks and spaces before the slash, which
// Arabic keyboards leave there, are ignored.
func parseCommand(text, username string) (call, bool) {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Bidi_Control) })
	if !strings.HasPrefix(text, "/") {
		return call{}, false
	}
	text = text[1:]
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		end = len(text)
	}
	name, target, addressed := strings.Cut(text[:end], "@")
	c := call{name: strings.ToLower(strings.TrimRightFunc(name, invisible)), args: strings.TrimSpace(text[end:])}
	c.named = addressed && strings.EqualFold(target, username)
	c.other = addressed && !c.named
	return c, c.name != "" && utf8.RuneCountInString(c.name) <= 32
}

func invisible(r rune) bool { return !unicode.IsPrint(r) }

// withoutMention takes the bot's @name out of a text.
func withoutMention(text, username string) string {
	if username == "" {
		return text
	}
	mention := "@" + strings.ToLower(username)
	var out strings.Builder
	for {
		i := strings.Index(asciiLower(text), mention)
		if i < 0 {
			out.WriteString(text)
			return strings.TrimSpace(out.String())
		}
		after := text[i+len(mention):]
		out.WriteString(text[:i])
		if r, _ := utf8.DecodeRuneInString(after); r == '_' || unicode.IsLetter(r) && r < utf8.RuneSelf || unicode.IsDigit(r) {
			out.WriteString(text[i : i+len(mention)]) // the beginning of a longer name
		}
		text = after
	}
}

// asciiLower keeps every byte offset, which strings.ToLower does not.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// wordKey is the form in which command words are compared: folded words with
// one space between them, so that «الغاء الإشتراك» meets «إلغاء الاشتراك».
func wordKey(text string) string {
	var words []string
	for _, w := range arabic.Words(text) {
		words = append(words, arabic.Fold(w.Text))
	}
	return strings.Join(words, " ")
}
