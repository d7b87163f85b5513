package terminal

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzReadDocument reads lines of an import: what is taken has a text, and is
// the same document when it is exported and imported again.
func FuzzReadDocument(f *testing.F) {
	for _, line := range []string{`{"text":"نص"}`, `{"id":"a","title":"ع","text":"أ\n\nب","source":"s","date":"2025-01-02","url":"https://x.org"}`, `{}`, `{"text":1}`, `[]`, `{"text":"a"} x`, "\ufeff{\"text\":\"a\"}", `{"text":"\ud800"}`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		d, err := readDocument([]byte(line))
		if err != nil {
			return
		}
		again, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		same, err := readDocument(again)
		if err != nil || utf8.ValidString(line) && same != d {
			t.Fatalf("%+v became %+v, %v", d, same, err)
		}
	})
}

// FuzzEachLine splits any input into its lines, without loss.
func FuzzEachLine(f *testing.F) {
	for _, text := range []string{"", "a", "a\n", "a\r\nb", "\n\n", "\x1f\x8b", "\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var lines []string
		last := 0
		err := eachLine(strings.NewReader(text), func(number int, line []byte, err error) error {
			if number <= last || err != nil {
				t.Fatalf("line %d after %d: %v", number, last, err)
			}
			last = number
			lines = append(lines, string(line))
			return nil
		})
		if strings.HasPrefix(text, "\x1f\x8b") {
			return // compressed, or pretends to be
		}
		if err != nil {
			t.Fatal(err)
		}
		squeezed := strings.NewReplacer("\r", "", "\n", "").Replace
		if squeezed(strings.Join(lines, "")) != squeezed(text) {
			t.Fatalf("%q became %q", text, lines)
		}
	})
}
