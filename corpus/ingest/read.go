package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
)

// Read makes a draft of a file. The content decides what format it is; name
// and mime help only where the content does not. Errors are the Err… values of
// this package or ctx.Err(). It does not panic, whatever the bytes are.
func Read(ctx context.Context, name, mime string, data []byte, limits Limits) (Draft, error) {
	return read(ctx, file{name: name, mime: mime, data: data}, limits)
}

// file is what is to be read; link is where it came from, empty for uploads.
type file struct {
	name, mime, link string
	data             []byte
}

func read(ctx context.Context, f file, limits Limits) (Draft, error) {
	limits = limits.orDefault()
	if int64(len(f.data)) > limits.Bytes {
		return Draft{}, ErrTooLarge
	}
	if len(bytes.TrimSpace(f.data)) == 0 {
		return Draft{}, ErrEmpty
	}
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	type outcome struct {
		draft Draft
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		d, err := contained(ctx, f, limits)
		done <- outcome{d, err}
	}()
	select {
	case o := <-done:
		if errors.Is(o.err, context.DeadlineExceeded) && parent.Err() == nil {
			o.err = ErrTimeout
		}
		return o.draft, o.err
	case <-ctx.Done():
		if parent.Err() != nil {
			return Draft{}, parent.Err()
		}
		return Draft{}, ErrTimeout
	}
}

// contained turns a panic of a parser into ErrDamaged: one bad file must not
// stop the program.
func contained(ctx context.Context, f file, limits Limits) (d Draft, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, err = Draft{}, fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	format, err := sniff(f)
	if err != nil {
		return Draft{}, err
	}
	a, err := parse(ctx, format, f, limits)
	if err != nil {
		return Draft{}, err
	}
	set(&a.url, f.link)
	if f.link != "" {
		set(&a.source, hostName(f.link))
	}
	d, err = a.draft(format)
	if err != nil {
		return Draft{}, err
	}
	if claimed := formatOfName(f.name); claimed != "" && claimed != format && !(claimed == FormatText && format == FormatMarkdown) {
		d.warn(Warning{Kind: WarnExtension, Text: string(format)})
	}
	return d, nil
}

func parse(ctx context.Context, format Format, f file, limits Limits) (article, error) {
	switch format {
	case FormatPDF:
		return pdfFile(ctx, f.data, limits)
	case FormatDOCX:
		return docxFile(ctx, f.data, limits)
	case FormatHTML:
		return htmlPage(ctx, f.data, f.mime, f.link)
	}
	text, err := decode(f.data)
	if err != nil {
		return article{}, err
	}
	a := plainText
	if format == FormatMarkdown {
		a = markdownText
	}
	out := a(text.Text)
	if text.Guessed {
		out.warnings = append(out.warnings, Warning{Kind: WarnCharset, Text: text.Charset})
	}
	return out, nil
}

// Text makes a draft of text that was typed or pasted in a chat.
func Text(text string) (Draft, error) {
	return plainText(strings.ToValidUTF8(text, "\uFFFD")).draft(FormatText)
}

func formatOfName(name string) Format {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text":
		return FormatText
	case ".md", ".markdown":
		return FormatMarkdown
	case ".html", ".htm", ".xhtml":
		return FormatHTML
	case ".docx":
		return FormatDOCX
	case ".pdf":
		return FormatPDF
	}
	return ""
}
