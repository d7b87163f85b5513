// Package ingest owns the way from bytes, a link or a pasted text to a draft
// document: which format it is, in which charset, what of it is the article,
// where its paragraphs end, and what its title, source, date and language are.
// Article text is kept verbatim: tatweel, vowel marks and zero-width joiners
// survive. The package must not know of chats, of storage or of searching, and
// it returns no words for people: errors and warnings are values.
package ingest

import (
	"time"

	"mujaz/corpus"
)

// Draft is a document as it was understood, before anybody has approved it.
type Draft struct {
	Document   corpus.Document
	Format     Format // what it was read as
	Language   string // "ar", "en", or "" when neither is evident
	Paragraphs int    // number of Document.Paragraphs
	TitleFrom  Origin // where the title comes from
	Warnings   []Warning
}

// Origin says where a datum of a draft was found.
type Origin string

// Origins of a title.
const (
	FromFormat Origin = "format" // the file or page names it
	FromLine   Origin = "line"   // the first line of the text is a headline
	FromLead   Origin = "lead"   // the first clause of the first paragraph
	FromGiven  Origin = "given"  // a person gave it
)

// Format is a kind of file that can be read.
type Format string

// Formats that Read understands.
const (
	FormatText     Format = "text"
	FormatMarkdown Format = "markdown"
	FormatHTML     Format = "html"
	FormatDOCX     Format = "docx"
	FormatPDF      Format = "pdf"
)

// WarningKind names what an editor should look at before publishing.
type WarningKind string

// Warnings, with the fields that each fills.
const (
	WarnDamaged       WarningKind = "damaged"        // the text looks garbled (Score: share of doubtful words)
	WarnOrder         WarningKind = "order"          // right-to-left order is doubtful (Score: share of doubtful words)
	WarnSplit         WarningKind = "split"          // long paragraphs were split (Count: how many)
	WarnDuplicate     WarningKind = "duplicate"      // the same text is stored already (Document, Title)
	WarnNearDuplicate WarningKind = "near_duplicate" // nearly the same text is stored (Document, Title, Score)
	WarnReplaces      WarningKind = "replaces"       // publishing replaces a stored document (Document, Title)
	WarnCharset       WarningKind = "charset"        // the charset was guessed (Text: its name)
	WarnEmptyPages    WarningKind = "empty_pages"    // pages without text, perhaps scanned (Count)
	WarnPlainPage     WarningKind = "plain_page"     // no article was recognised; the whole page was taken
	WarnExtension     WarningKind = "extension"      // the file is not what its name says (Text: the format found)
)

// Warning is one thing to check. Which fields are set depends on Kind.
type Warning struct {
	Kind     WarningKind
	Count    int
	Score    float64 // 0..1
	Text     string
	Document string // id of a stored document
	Title    string // title of that document
}

// Limits bound what reading may cost. A zero field means its default.
type Limits struct {
	Bytes    int64         // size of the input; default 20 MiB, what a bot may download
	Unpacked int64         // bytes that an archive may unpack to; default 64 MiB
	Pages    int           // pages of a PDF; default 400
	Time     time.Duration // for one document; default 25 s
	Cache    string        // folder for the compiled PDF engine; "" keeps it in memory
}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 20 << 20
	}
	if l.Unpacked <= 0 {
		l.Unpacked = 64 << 20
	}
	if l.Pages <= 0 {
		l.Pages = 400
	}
	if l.Time <= 0 {
		l.Time = 25 * time.Second
	}
	return l
}

// Given is what a person said of a document, in preference to what is found.
type Given struct{ ID, Title, Source, Date, URL string }
