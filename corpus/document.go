// Package corpus owns what Mujaz knows: documents, their paragraphs and how
// they are named. Text is kept verbatim; nothing here folds, stems or shortens
// it. The package must not know of searching, of chats or of storage engines.
package corpus

import (
	"strings"
	"time"
)

// Document is one article as it was given. Only Text is required.
type Document struct {
	ID     string `json:"id"`               // stable name, chosen at import or made from the content
	Title  string `json:"title,omitempty"`  // headline, may be empty
	Text   string `json:"text"`             // paragraphs separated by line breaks, verbatim
	Source string `json:"source,omitempty"` // newspaper, channel or site
	Date   string `json:"date,omitempty"`   // as given, see Day
	URL    string `json:"url,omitempty"`    // where the original stands
}

// Ref names one paragraph of one document.
type Ref struct {
	Document  string // Document.ID
	Paragraph int    // 0-based among the paragraphs of Document.Paragraphs
}

// Paragraph is one non-blank line of a document's text, verbatim but for the
// white space around it.
type Paragraph struct {
	Ref  Ref
	Text string
}

// Change is one step of the store's change sequence: a document was put, or,
// when Document is nil, removed.
type Change struct {
	Seq      int64 // strictly growing, 1-based
	ID       string
	Document *Document
}

// Paragraphs splits the text at line breaks and leaves blank lines out, so
// that numbers do not depend on how many blank lines an editor used.
func (d Document) Paragraphs() []Paragraph {
	var out []Paragraph
	for _, line := range strings.FieldsFunc(d.Text, isLineBreak) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, Paragraph{Ref{d.ID, len(out)}, line})
		}
	}
	return out
}

func isLineBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029'
}

// dateLayouts are the forms that feeds, exports and people give, longest first.
var dateLayouts = []string{
	time.RFC3339Nano, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
	"2006/01/02", "2006-01", "2006",
}

// Day reads Date. It reports false when the date is unknown or unreadable.
func (d Document) Day() (time.Time, bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, strings.TrimSpace(d.Date)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
