package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// documentPart is the part of a .docx that holds the text; headers, footers,
// notes and comments are in other parts, and are furniture.
const documentPart = "word/document.xml"

// docxFile reads the paragraphs of a Word document by streaming over its XML,
// so that no more than one paragraph and one part's window are in memory.
func docxFile(ctx context.Context, data []byte, limits Limits) (article, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return article{}, ErrDamaged
	}
	w := docxWalk{styles: map[string]int{}, room: limits.Unpacked}
	if err := w.part(ctx, r, "word/styles.xml", w.style); err != nil && !errors.Is(err, errNoPart) {
		if errors.Is(err, ErrTooLarge) {
			return article{}, err
		}
		w.styles = map[string]int{} // without styles headings are paragraphs
	}
	if err := w.part(ctx, r, "word/numbering.xml", w.numbering); err != nil && errors.Is(err, ErrTooLarge) {
		return article{}, err
	}
	name := documentPart
	err = w.part(ctx, r, name, w.token)
	if errors.Is(err, errNoPart) {
		err = w.part(ctx, r, "word/document2.xml", w.token)
	}
	if err != nil {
		return article{}, err
	}
	a := article{blocks: w.blocks}
	w.core(ctx, r, &a)
	return a, nil
}

var errNoPart = errors.New("no such part")

// part streams one part of the package through handle.
func (w *docxWalk) part(ctx context.Context, r *zip.Reader, name string, handle func(xml.Token)) error {
	f := find(r, name)
	if f == nil {
		return errNoPart
	}
	if f.Flags&1 != 0 {
		return ErrEncrypted
	}
	body, err := f.Open()
	if err != nil {
		return ErrDamaged
	}
	defer body.Close()
	d := xml.NewDecoder(&boundedReader{r: body, left: &w.room, ctx: ctx})
	d.Strict = false
	for depth := 0; ; {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && depth == 0:
			return nil
		case errors.Is(err, ErrTooLarge), ctx.Err() != nil:
			return cmpError(ctx.Err(), err)
		case err != nil:
			return ErrDamaged
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxXMLDepth {
			return ErrDamaged
		}
		handle(t)
	}
}

// maxXMLDepth is far more than tables in tables in text boxes need.
const maxXMLDepth = 1000

func cmpError(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

func find(r *zip.Reader, name string) *zip.File {
	for _, f := range r.File {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// boundedReader stops an archive that unpacks to more than it may, whatever
// sizes it claims.
type boundedReader struct {
	r    io.Reader
	left *int64
	ctx  context.Context
}

// Read implements io.Reader.
func (b *boundedReader) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.r.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

// core reads the title that the author gave to the file.
func (w *docxWalk) core(ctx context.Context, r *zip.Reader, a *article) {
	inside, title := "", ""
	err := w.part(ctx, r, "docProps/core.xml", func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			inside = t.Name.Local
		case xml.EndElement:
			inside = ""
		case xml.CharData:
			if inside == "title" {
				title += string(t)
			}
		}
	})
	if title = collapse(title); err == nil && wordCount(title) >= 2 && !strings.Contains(title, ".doc") {
		a.title = title
	}
}
