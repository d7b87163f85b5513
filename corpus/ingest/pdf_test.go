package ingest

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// mirrored are the shapes that brackets have in right-to-left text.
var mirrored = strings.NewReplacer("(", ")", ")", "(", "«", "»", "»", "«")

// layOut places the characters of a line as a page shows them: 6 points wide,
// spaces 3, digits and Latin left to right inside the right-to-left line. The
// characters come in the order of the page, from the left.
func layOut(t *testing.T, line string) []glyph {
	t.Helper()
	var p bidi.Paragraph
	if _, err := p.SetString(line, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	var visual []rune
	for i := order.NumRuns() - 1; i >= 0; i-- { // runs come in reading order
		run := order.Run(i)
		rs := []rune(run.String())
		if run.Direction() == bidi.RightToLeft {
			rs = []rune(bidi.ReverseString(run.String()))
		}
		visual = append(visual, rs...)
	}
	var out []glyph
	x := 50.0
	for _, r := range visual {
		width := 6.0
		if r == ' ' {
			width = 3
		}
		top := 708.0
		if r == ' ' {
			top = 700.1
		}
		out = append(out, glyph{r: r, left: x, right: x + width, bottom: 700, top: top})
		x += width
	}
	return out
}

// TestVisualOrder reads lines whose characters are stored as they are seen,
// from the left, as old programs do; and those of newer programs, which store
// words in reading order.
func TestVisualOrder(t *testing.T) {
	for _, line := range []string{
		"قال الوزير إن الكلفة بلغت 4.2 مليون دولار.",
		"ارتفع السعر إلى 82.45 دولار في عام 2024، بعد 37 يوما.",
		"وقال (في بيان) إن «الميناء هو رزق الناس».",
		"بالتعاون مع برنامج UNDP ومنظمة Save the Children منذ 2019.",
		"وتراوحت بين ١٢٣ و٤٥٦ حالة في اليوم؛ فماذا بعد؟",
		"عند الساعة 12:30 من يوم 18/3/2025 بتوقيت بيروت.",
		"نسبة 60% من الكلفة.",
	} {
		glyphs := layOut(t, line)
		if got := readLine(glyphs); got != line {
			t.Errorf("from the left:\n got %s\nwant %s", got, line)
		}
		if got := readLine(readingOrder(glyphs)); got != line {
			t.Errorf("words in reading order:\n got %s\nwant %s", got, line)
		}
	}
}

func readLine(glyphs []glyph) string {
	lines := pageLines(pageGlyphs{glyphs: glyphs, width: 595, height: 842}, 0)
	var out []string
	for _, l := range lines {
		out = append(out, l.text)
	}
	return strings.Join(out, "\n")
}

// readingOrder stores the words from the right, Arabic letters in reading
// order and numbers as they are.
func readingOrder(glyphs []glyph) []glyph {
	var words [][]glyph
	var word []glyph
	for _, g := range glyphs {
		if g.r == ' ' {
			words, word = append(words, word, []glyph{g}), nil
			continue
		}
		word = append(word, g)
	}
	words = append(words, word)
	var out []glyph
	for i := len(words) - 1; i >= 0; i-- {
		w := words[i]
		if strings.ContainsFunc(stringOf(w), func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }) {
			for j := len(w) - 1; j >= 0; j-- {
				out = append(out, w[j])
			}
			continue
		}
		out = append(out, w...)
	}
	return out
}

// TestPresentationForms: the shapes of letters, which old fonts have as
// characters of their own, become letters; one shape of لا becomes two.
func TestPresentationForms(t *testing.T) {
	var glyphs []glyph
	x := 100.0
	for _, r := range "ﻡﻼﺴﻟﺍ" { // السلام from the left
		glyphs = append(glyphs, glyph{r: r, left: x, right: x + 6, bottom: 700, top: 708})
		x += 6
	}
	if got := readLine(glyphs); got != "السلام" {
		t.Errorf("got %q", got)
	}
}

// TestMirroredBrackets: a file may hold the shape that is seen.
func TestMirroredBrackets(t *testing.T) {
	want := "وقال (في بيان) إن «الميناء هو رزق الناس»."
	if got := fixBrackets(mirrored.Replace(want)); got != want {
		t.Errorf("got %s", got)
	}
	if got := fixBrackets(want); got != want {
		t.Errorf("spoilt %s", got)
	}
}
