package message

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPlain(t *testing.T) {
	m := ar(spans(Heading, Span{Text: "الموقف"}), spans(Item, Span{Text: "رفضت "}, Span{Text: "إيران", Style: Bold}),
		spans(Break), spans(Quote, Span{Text: "2025 عام\nالحسم"}), spans(Paragraph, Span{Text: "الأصل", URL: "https://x.org"}, Span{Text: " [1]"}))
	tests := []struct {
		name string
		o    PlainOptions
		want string
	}{
		{"pipe", PlainOptions{}, "الموقف\n• رفضت إيران\n\n  \u200f2025 عام\n  الحسم\nالأصل <https://x.org> [1]"},
		{"left to right", PlainOptions{Direction: LeftToRight}, "الموقف\n• رفضت إيران\n\n  2025 عام\n  الحسم\nالأصل <https://x.org> [1]"},
		{"terminal", PlainOptions{ANSI: true}, "\x1b[1mالموقف\x1b[22m\n• رفضت \x1b[1mإيران\x1b[22m\n\n  \u200f2025 عام\n  الحسم\nالأصل <https://x.org> [1]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Plain(m, tt.o); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestPlainWraps(t *testing.T) {
	m := Message{Language: "en", Blocks: []Block{spans(Quote, Span{Text: "one two "}, Span{Text: "three four", Style: Bold}, Span{Text: " averyverylongword x"})}}
	want := "  one two\n  three four\n  averyverylongword\n  x"
	if got := Plain(m, PlainOptions{Width: 12}); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestColumns(t *testing.T) {
	for r, want := range map[rune]int{'a': 1, 'ب': 1, 'ً': 0, '\u200f': 0, '中': 2} {
		if got := Columns(r); got != want {
			t.Errorf("Columns(%q) = %d, want %d", r, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\u202eb\u2067c\u2069\u2069\r\n\t\xff\u200f\u200e\u200f")
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if !utf8.ValidString(once) || Clean(once) != once {
			t.Fatalf("%q is not clean: %q", once, Clean(once))
		}
		if strings.Count(once, "\u2069") != strings.Count(once, "\u2066")+strings.Count(once, "\u2067")+strings.Count(once, "\u2068") {
			t.Fatalf("isolates of %q are not balanced", once)
		}
	})
}
