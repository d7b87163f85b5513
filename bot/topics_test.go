package bot

import (
	"strings"
	"testing"

	"mujaz/corpus"
)

func TestNameOf(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"محادثات مسقط", "تأتي محادثات مسقط في سياق بالغ الحساسية.", "محادثات مسقط"},
		{"محادثات مسقط", "تأتي المحادثات في مسقط في سياق بالغ الحساسية.", ""},
		{"بوتين يزور الصين", "بوتين يزور الصين\nوصل الرئيس الروسي إلى بكين اليوم.", ""}, // the headline once more
		{"هدنة", "أعلنت هدنة في المدينة.", ""},
		{"وزير الخارجية العماني يستقبل نظيره", "وزير الخارجية العماني يستقبل نظيره في مسقط.", ""},
	} {
		if got := strings.Join(nameOf(corpus.Document{Title: c.title, Text: c.text}), ""); got != c.want {
			t.Errorf("nameOf(%q) = %q, want %q", c.title, got, c.want)
		}
	}
}
