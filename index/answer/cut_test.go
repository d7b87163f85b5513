package answer

import (
	"strings"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
)

func TestCut(t *testing.T) {
	long := strings.Repeat("كلمة ", 20)
	for _, c := range []struct {
		name, text string
		limit      int
		want       string
		cut        bool
	}{
		{"short", "جملة قصيرة.", 45, "جملة قصيرة.", false},
		{"at a comma", "واحد اثنان ثلاثة أربعة خمسة ستة، سبعة ثمانية تسعة", 8, "واحد اثنان ثلاثة أربعة خمسة ستة،", true},
		{"before a connective", long + "فيما " + long, 30, strings.TrimSpace(long), true},
		{"not inside a quotation", "قال إن «هذا القرار المهم جدا، وهو نهائي» لن يتغير أبدا، وإن الحكومة ماضية فيه", 14,
			"قال إن «هذا القرار المهم جدا، وهو نهائي» لن يتغير أبدا،", true},
	} {
		got, wasCut := cut(c.text, c.limit)
		if got != c.want || wasCut != c.cut {
			t.Errorf("%s: cut = %q, %v, want %q, %v", c.name, got, wasCut, c.want, c.cut)
		}
	}
}

func TestDangles(t *testing.T) {
	for text, want := range map[string]bool{
		"وهو السيناريو الأرجح":           true,
		"هذا التباين يعكس فجوة":          true,
		"كما أعلن الوزير":                true,
		"وأضاف أن القرار نهائي":          true,
		"مشيرا إلى أن القرار نهائي":      true,
		"وأضاف الوزير أن القرار نهائي":   false,
		"قال الوزير إن القرار نهائي":     false,
		"إلا أن طهران استبعدت ذلك":       false,
		"وفي عام 2015 وقعت إيران اتفاقا": false,
		"": false,
	} {
		if got := dangles(arabic.FoldedWords(text)); got != want {
			t.Errorf("dangles(%q) = %v", text, got)
		}
	}
}

// FuzzSummary holds that whatever stands in a document, every printed line is
// a whole-character part of the paragraph it cites.
func FuzzSummary(f *testing.F) {
	f.Add("قال الوزير: «لن نتراجع». وأضاف أن 12 شخصا قتلوا، فيما أصيب آخرون…", "كم قتيلا؟")
	f.Add("\xd8.\xa7،،، (أ.ف.ب) \u200f3.5", "ما")
	f.Fuzz(func(t *testing.T, text, question string) {
		d := corpus.Document{ID: "d", Text: text}
		paragraphs := d.Paragraphs()
		for _, l := range Brief(d).Lines {
			if !strings.Contains(paragraphs[l.Ref.Paragraph].Text, l.Text) {
				t.Fatalf("brief line %q is not in its paragraph", l.Text)
			}
		}
		KeyPhrases(d, 5)
		CourtesyOf(question)
		Read(readable(question), today, nil)
		withPrevious(question, text)
		for _, p := range paragraphs {
			tokens := arabic.Words(p.Text)
			if w, ok := bestWindow(p.Text, tokens, 10, nil, func(first, end int) float64 { return 0 }); ok && !strings.Contains(p.Text, p.Text[w.start:w.end]) {
				t.Fatalf("window %+v of %q", w, p.Text)
			}
		}
	})
}
