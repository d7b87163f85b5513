package answer

import (
	"slices"
	"strings"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/briefings"
)

// TestBriefOfTheBriefing holds the digest entry that was worked out by hand.
func TestBriefOfTheBriefing(t *testing.T) {
	seed := briefings.Documents()[0]
	s := Brief(seed)
	for kind, name := range map[LineKind]string{Headline: "1.1", Continuation: "2.1", Position: "4.1", Fact: "8.1", Next: "14.1"} {
		line, ok := s.Line(kind)
		if want := sentenceNamed(t, seed, name); !ok || line.Text != want {
			t.Errorf("%s: %q, want %q", kind, line.Text, want)
		}
	}
	if n := s.Short().Words(); n > briefWords {
		t.Errorf("short form has %d words", n)
	}
}

func TestBriefLinesAreVerbatim(t *testing.T) {
	for _, text := range []string{"", "كلمة", "عدن.\n\nقال الوزير إن 12 شخصا قتلوا. وأضاف أن التحقيق سيبدأ غدا.", "...\n؟"} {
		d := corpus.Document{ID: "d", Text: text}
		paragraphs := d.Paragraphs()
		for _, l := range Brief(d).Lines {
			if !strings.Contains(paragraphs[l.Ref.Paragraph].Text, l.Text) || l.Text == "" {
				t.Errorf("%q: line %+v is not in its paragraph", text, l)
			}
		}
	}
}

func TestKeyPhrases(t *testing.T) {
	seed := briefings.Documents()[0]
	phrases := KeyPhrases(seed, 8)
	if !slices.Contains(phrases, "الولايات المتحدة") {
		t.Errorf("KeyPhrases = %q lacks الولايات المتحدة", phrases)
	}
	for _, p := range phrases {
		if !strings.Contains(seed.Text, p) && p != seed.Title || len(strings.Fields(p)) < 2 {
			t.Errorf("%q is no phrase of the text", p)
		}
	}
	t.Log(strings.Join(phrases, " | "))
}
