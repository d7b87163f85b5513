package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mujaz/corpus/arabic"
)

// furnitureOfSamples are words that stand in the samples outside the article.
var furnitureOfSamples = []string{"الرئيسية", "الأكثر قراءة", "أسعار الوقود", "الحقوق محفوظة", "الشروط", "تصوير أرشيفي", "العدد 4127", "صفحة 1", "صفحة 2", "file://", "1/1"}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "samples", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func testLimits(t testing.TB) Limits {
	t.Helper()
	return Limits{Cache: filepath.Join(os.TempDir(), "mujaz-test-engine")}
}

// TestSamples reads one article in every format and charset. Each word of the
// article must come back, and nothing that stands around it.
func TestSamples(t *testing.T) {
	files, err := os.ReadDir(filepath.Join("testdata", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".want.txt") {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			want := "harbour.want.txt"
			if strings.HasPrefix(f.Name(), "english") {
				want = "english.want.txt"
			}
			d, err := Read(t.Context(), f.Name(), "", sample(t, f.Name()), testLimits(t))
			if err != nil {
				t.Fatal(err)
			}
			got := d.Document.Title + "\n" + d.Document.Text
			if r := recall(string(sample(t, want)), got); r < .97 {
				t.Errorf("word recall %.3f, want at least .97; got\n%s", r, got)
			}
			for _, f := range furnitureOfSamples {
				if strings.Contains(got, f) {
					t.Errorf("furniture %q in\n%s", f, got)
				}
			}
			first, _, _ := strings.Cut(string(sample(t, want)), "\n")
			if d.Document.Title != first {
				t.Errorf("title %q, want %q", d.Document.Title, first)
			}
			if n := d.Paragraphs; want == "harbour.want.txt" && (n < 5 || n > 9) {
				t.Errorf("%d paragraphs:\n%s", n, d.Document.Text)
			}
		})
	}
}

// recall is the share of wanted words that were got, each as often as wanted.
func recall(want, got string) float64 {
	have := map[string]int{}
	for _, w := range arabic.Words(got) {
		have[arabic.Fold(w.Text)]++
	}
	found, all := 0, 0
	for _, w := range arabic.Words(want) {
		all++
		if f := arabic.Fold(w.Text); have[f] > 0 {
			have[f]--
			found++
		}
	}
	return float64(found) / float64(max(1, all))
}

func TestSampleFacts(t *testing.T) {
	for _, c := range []struct{ name, source, date string }{
		{"harbour.html", "صحيفة الساحل", "2025-03-18T09:30:00+03:00"},
		{"harbour-1256.html", "صحيفة الساحل", "2025-03-18T09:30:00+03:00"},
		{"harbour.md", "صحيفة الساحل", "2025-03-18"},
		{"harbour.txt", "صحيفة الساحل", "2025-03-18"},
		{"harbour-1256.txt", "صحيفة الساحل", "2025-03-18"},
		{"harbour-utf16le.txt", "صحيفة الساحل", "2025-03-18"},
	} {
		d, err := Read(t.Context(), c.name, "", sample(t, c.name), Limits{})
		if err != nil || d.Document.Source != c.source || d.Document.Date != c.date || d.Language != "ar" {
			t.Errorf("%s: source %q date %q language %q, %v", c.name, d.Document.Source, d.Document.Date, d.Language, err)
		}
	}
}

func TestMarksSurvive(t *testing.T) {
	d, err := Read(t.Context(), "a.txt", "", sample(t, "harbour-marks.txt"), Limits{})
	if err != nil || !strings.Contains(d.Document.Text, "«الميـــناء هو") {
		t.Errorf("tatweel was lost: %v\n%s", err, d.Document.Text)
	}
	text := "قال الوزير إن ال\u200cكتاب مُفيدٌ \u200fوجديد في كل وقت ومكان."
	d, err = Text(text)
	if err != nil || d.Document.Text != text {
		t.Errorf("got %q, %v", d.Document.Text, err)
	}
}
