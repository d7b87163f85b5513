package ingest

import (
	"context"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// maxGlyphs is how many characters a PDF may have: a long book.
const maxGlyphs = 2_000_000

// glyph is one character of a page and its box in points; y grows upwards.
type glyph struct {
	r                        rune
	left, right, bottom, top float64
	odd                      bool // a mark, or a letter in the place of one
}

// pageGlyphs are the characters of a page in the order of the file.
type pageGlyphs struct {
	glyphs        []glyph
	width, height float64
}

// readPages gets the lines of every page, the pages' heights in points, and the
// title in the file's properties.
func readPages(ctx context.Context, data []byte, limits Limits) (lines [][]pdfLine, heights []float64, title string, err error) {
	err = withPDFEngine(ctx, limits.Cache, func(p pdfium.Pdfium, most int) error {
		doc, err := p.OpenDocument(&requests.OpenDocument{File: &data})
		if err != nil {
			return pdfError(ctx, err)
		}
		count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
		if err != nil {
			return pdfError(ctx, err)
		}
		if count.PageCount > limits.Pages {
			return ErrTooLarge
		}
		if most > 0 && count.PageCount > most {
			return errLong
		}
		start, total := time.Now(), 0
		for i := range count.PageCount {
			if most > 0 && time.Since(start) > interpretedTime {
				return errLong
			}
			page, err := glyphsOf(p, doc.Document, i)
			if err != nil {
				return pdfError(ctx, err)
			}
			if total += len(page.glyphs); total > maxGlyphs {
				return ErrTooLarge
			}
			lines = append(lines, pageLines(page, i))
			heights = append(heights, page.height)
		}
		if m, err := p.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc.Document, Tag: "Title"}); err == nil {
			title = m.Value // a file without properties has none
		}
		return nil
	})
	return lines, heights, title, err
}

func glyphsOf(p pdfium.Pdfium, doc references.FPDF_DOCUMENT, index int) (pageGlyphs, error) {
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: index}}
	size, err := p.GetPageSize(&requests.GetPageSize{Page: at})
	if err != nil {
		return pageGlyphs{}, err
	}
	text, err := p.GetPageTextStructured(&requests.GetPageTextStructured{Page: at, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return pageGlyphs{}, err
	}
	out := pageGlyphs{width: size.Width, height: size.Height, glyphs: make([]glyph, 0, len(text.Chars))}
	for _, c := range text.Chars {
		for _, r := range c.Text {
			b := c.PointPosition
			out.glyphs = append(out.glyphs, glyph{r: r, left: b.Left, right: b.Right, bottom: b.Bottom, top: b.Top})
		}
	}
	return out, nil
}
