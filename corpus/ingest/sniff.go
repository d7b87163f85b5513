package ingest

import (
	"archive/zip"
	"bytes"
	"mime"
	"net/http"
	"strings"
)

// signatures are formats that can be told by their first bytes but not read.
var signatures = []struct{ prefix, format string }{
	{"{\\rtf", "rtf"}, {"Rar!", "archive"}, {"7z\xBC\xAF", "archive"}, {"\x1F\x8B", "archive"}, {"BZh", "archive"},
	{"\xFD7zXZ", "archive"}, {"\x28\xB5\x2F\xFD", "archive"}, {"\x89PNG", "image"}, {"\xFF\xD8\xFF", "image"}, {"GIF8", "image"},
	{"II*\x00", "image"}, {"MM\x00*", "image"}, {"BM", "image"}, {"OggS", "audio"}, {"ID3", "audio"}, {"\x7FELF", "program"}, {"MZ", "program"},
	{"SQLite format 3", "database"}, {"%!PS", "postscript"},
}

// compound is the container of Office files before 2007, and of protected
// newer ones.
const compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// sniff decides the format by the content; a name or media type only tells
// Markdown and HTML from other text.
func sniff(f file) (Format, error) {
	head := f.data[:min(len(f.data), 1024)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return FormatPDF, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffZip(f.data)
	case bytes.HasPrefix(head, []byte(compound)):
		return "", compoundError(f.data)
	}
	if err := sniffOther(f.data, head); err != nil {
		return "", err
	}
	return sniffText(f, head), nil
}

func sniffOther(data, head []byte) error {
	for _, s := range signatures {
		if !bytes.HasPrefix(head, []byte(s.prefix)) {
			continue
		}
		if len(s.prefix) < 4 && !hasControls(data[:min(len(data), 4096)]) {
			continue // a text may begin with BM or MZ
		}
		return &UnsupportedError{Format: s.format}
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), "/")
	if kind == "image" || kind == "audio" || kind == "video" {
		return &UnsupportedError{Format: kind}
	}
	return nil
}

func sniffText(f file, head []byte) Format {
	named := formatOfName(f.name)
	media, _, err := mime.ParseMediaType(f.mime)
	if err != nil {
		media = ""
	}
	switch {
	case looksLikeHTML(head), named == FormatHTML && bytes.ContainsRune(head, '<'), media == "application/xhtml+xml":
		return FormatHTML
	case media == "text/html" && f.link != "":
		return FormatHTML
	case named == FormatMarkdown, media == "text/markdown" && named == "":
		return FormatMarkdown
	}
	return FormatText
}

// looksLikeHTML finds a tag that only pages have at the start of the content,
// in UTF-16 too.
func looksLikeHTML(head []byte) bool {
	s := bytes.ToLower(bytes.TrimLeft(bytes.ReplaceAll(head, []byte{0}, nil), "\xEF\xBB\xBF\xFF\xFE \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<script", "<meta", "<title"} {
		if bytes.HasPrefix(s, []byte(tag)) {
			return true
		}
	}
	return (bytes.HasPrefix(s, []byte("<!--")) || bytes.HasPrefix(s, []byte("<?xml"))) && bytes.Contains(s, []byte("<html"))
}

func sniffZip(data []byte) (Format, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", ErrDamaged
	}
	kinds := map[string]string{"xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "META-INF/container.xml": "epub", "content.xml": "odt"}
	other := "archive"
	for _, f := range r.File {
		if f.Name == documentPart || f.Name == "word/document2.xml" {
			return FormatDOCX, nil
		}
		if k, ok := kinds[f.Name]; ok {
			other = k
		}
	}
	return "", &UnsupportedError{Format: other}
}

// compoundError tells a protected Office file from an old one by the name of
// a stream, in UTF-16.
func compoundError(data []byte) error {
	if bytes.Contains(data, utf16Name("EncryptedPackage")) {
		return ErrEncrypted
	}
	for name, format := range map[string]string{"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"} {
		if bytes.Contains(data, utf16Name(name)) {
			return &UnsupportedError{Format: format}
		}
	}
	return &UnsupportedError{Format: "doc"}
}

func utf16Name(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
