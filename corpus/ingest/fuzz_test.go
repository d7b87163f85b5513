package ingest

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

// lawful checks what holds of every draft, whatever the input was.
func lawful(t *testing.T, d Draft, err error) {
	t.Helper()
	if err != nil {
		return
	}
	doc := d.Document
	for name, s := range map[string]string{"text": doc.Text, "title": doc.Title, "source": doc.Source} {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\x0b\x1b") {
			t.Fatalf("%s is not clean: %q", name, s)
		}
	}
	if doc.ID == "" || doc.Title == "" || strings.Contains(doc.Title, "\n") || d.Paragraphs != len(doc.Paragraphs()) || d.Paragraphs == 0 {
		t.Fatalf("not a document: %+v", d)
	}
	for _, p := range doc.Paragraphs() {
		if n := wordCount(p.Text); n > maxWords {
			t.Fatalf("a paragraph of %d words", n)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"harbour.html", "harbour.md", "harbour.txt", "harbour-1256.txt", "harbour-utf16le.txt", "libreoffice.docx"} {
		f.Add(name, sample(f, name))
	}
	f.Add("a.html", []byte("<table><tr><td>a<td>b<li>c<h1>d</table><p hidden>x"))
	f.Add("a.md", []byte("---\ntitle: x\n---\n# a\n\n> b\n\n1. c\n   - d\n\n|a|b|\n|-|-|\n|1|2|"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if strings.Contains(string(data[:min(len(data), 1024)]), "%PDF-") {
			return // the engine is in another language; it has a fuzz test of its own
		}
		d, err := Read(context.Background(), name, "", data, Limits{})
		lawful(t, d, err)
	})
}

func FuzzDocx(f *testing.F) {
	f.Add("<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>عنوان</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:t>a</w:t></w:p></w:tc></w:tr></w:tbl></w:body></w:document>")
	f.Fuzz(func(t *testing.T, part string) {
		d, err := Read(context.Background(), "a.docx", "", zipOf(map[string]string{documentPart: part, "word/styles.xml": part, "word/numbering.xml": part, "docProps/core.xml": part}), Limits{})
		lawful(t, d, err)
	})
}

// FuzzPDFLines fuzzes our own half of the PDF reader: any characters anywhere.
func FuzzPDFLines(f *testing.F) {
	f.Add("مرحبا 12\n(abc) «د»", []byte{1, 2, 3, 200, 100, 7, 9})
	f.Fuzz(func(t *testing.T, text string, places []byte) {
		var p pageGlyphs
		p.width, p.height = 595, 842
		for i, r := range []rune(text) {
			at := func(k int) float64 {
				if len(places) == 0 {
					return 0
				}
				return float64(places[(4*i+k)%len(places)]) * 3
			}
			p.glyphs = append(p.glyphs, glyph{r: r, left: at(0), right: at(0) + at(1)/30, bottom: at(2), top: at(2) + at(3)/30})
		}
		lines := pageLines(p, 0)
		body := bodyHeight(lines)
		lines = withoutMargins(lines, []float64{p.height}, "title")
		if len(lines) == 0 {
			return
		}
		a := article{blocks: pdfBlocks(withoutCaptions(lines, body, linePitch(lines)), body)}
		a.takeHeadline()
		textQuality(a.blocks)
		d, err := a.draft(FormatPDF)
		lawful(t, d, err)
	})
}

func FuzzPDF(f *testing.F) {
	f.Add([]byte("BT /F1 12 Tf 50 500 Td (Words.) Tj ET"))
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := Read(context.Background(), "a.pdf", "", minimalPDF(string(content), ""), testLimits(t))
		lawful(t, d, err)
	})
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(rssSample))
	f.Add([]byte(atomSample))
	f.Fuzz(func(t *testing.T, data []byte) {
		feed, err := ParseFeed(data, "https://example.org/feed")
		if err != nil {
			return
		}
		for _, item := range feed.Items {
			if item.Key == "" || !utf8.ValidString(item.Document.Text) || item.Teaser && item.Document.URL == "" {
				t.Fatalf("%+v", item)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	f.Add("الثلاثاء 18 آذار/مارس 2025 10:30 +0300")
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := ParseDate(s); ok && len(d) != len("2006-01-02") {
			t.Fatalf("%q from %q", d, s)
		}
		findMoment(s)
	})
}

// FuzzSplit holds that splitting changes nothing but white space.
func FuzzSplit(f *testing.F) {
	f.Add(strings.Repeat("جملة قصيرة هنا. ", 200))
	f.Add(strings.Repeat("كلمة، ", 700))
	f.Fuzz(func(t *testing.T, s string) {
		s = clean(s)
		lines, _ := splitLong([]string{s})
		if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(s), ""); got != want {
			t.Fatalf("lost text: %q, want %q", got, want)
		}
		for _, l := range lines {
			if wordCount(l) > maxWords {
				t.Fatalf("%d words", wordCount(l))
			}
		}
	})
}
