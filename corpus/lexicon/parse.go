package lexicon

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// What can be wrong with a line or a file. A LineError wraps one of them.
var (
	ErrEncoding  = errors.New("the file is not UTF-8 text")
	ErrFields    = errors.New("a line needs four fields separated by tabs")
	ErrKind      = errors.New("the kind is none of syn, assoc, name, gloss, stop")
	ErrShort     = errors.New("a term needs at least two letters")
	ErrTerms     = errors.New("a concept needs at least two terms")
	ErrDuplicate = errors.New("the same concept is already there")
)

// LineError says what is wrong with one line.
type LineError struct {
	Reason error  // one of the Err variables of this package
	Detail string // the field, term or count in question; may be empty
}

func (e *LineError) Error() string {
	if e.Detail == "" {
		return e.Reason.Error()
	}
	return e.Reason.Error() + ": " + e.Detail
}

func (e *LineError) Unwrap() error { return e.Reason }

// Problem is a line or a file that was left out; everything else was loaded.
type Problem struct {
	File string
	Line int // 1-based; 0 where the whole file is meant
	Err  error
}

func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Err.Error()
	}
	return fmt.Sprintf("%s:%d: %v", p.File, p.Line, p.Err)
}

// Line is one parsed concept. Terms are as written, without the mark ~.
type Line struct {
	Kind                     Kind
	Arabic, English, Dialect []Term
}

// Term is one word or phrase of a Line.
type Term struct {
	Text      string // as written
	Folded    string // search form
	Ambiguous bool   // marked with ~
}

// ParseLine reads KIND, Arabic terms, English terms and dialect terms,
// separated by tabs, terms by |. Its errors are of type *LineError.
func ParseLine(s string) (Line, error) {
	if !utf8.ValidString(s) {
		return Line{}, &LineError{Reason: ErrEncoding}
	}
	return parseValid(s)
}

// parseValid is ParseLine for text that is known to be UTF-8.
func parseValid(s string) (Line, error) {
	fields := strings.Split(strings.TrimRight(s, "\r\n"), "\t")
	if len(fields) != 4 {
		return Line{}, &LineError{ErrFields, fmt.Sprintf("this one has %d", len(fields))}
	}
	kind, ok := parseKind(strings.TrimSpace(fields[0]))
	if !ok {
		return Line{}, &LineError{ErrKind, strings.TrimSpace(fields[0])}
	}
	line := Line{Kind: kind}
	for i, to := range []*[]Term{&line.Arabic, &line.English, &line.Dialect} {
		terms, err := parseTerms(fields[i+1])
		if err != nil {
			return Line{}, err
		}
		*to = terms
	}
	if len(line.Arabic)+len(line.English)+len(line.Dialect) < 2 {
		return Line{}, &LineError{Reason: ErrTerms}
	}
	return line, nil
}

func parseKind(s string) (Kind, bool) {
	for k, word := range kindWords {
		if word != "" && word == s {
			return Kind(k), true
		}
	}
	return 0, false
}

func parseTerms(field string) ([]Term, error) {
	if strings.TrimSpace(field) == "" {
		return nil, nil
	}
	terms := make([]Term, 0, strings.Count(field, "|")+1)
	for raw := range strings.SplitSeq(field, "|") {
		term, err := parseTerm(strings.TrimSpace(raw))
		if err != nil {
			return nil, err
		}
		terms = append(terms, term)
	}
	return terms, nil
}

func parseTerm(raw string) (Term, error) {
	text, marked := strings.CutPrefix(raw, "~")
	text = strings.TrimSpace(text)
	folded := arabic.Fold(text)
	if n := utf8.RuneCountInString(folded); n < 2 && (n == 0 || folded[0] < '0' || folded[0] > '9') {
		return Term{}, &LineError{ErrShort, "«" + raw + "»"}
	}
	return Term{Text: text, Folded: folded, Ambiguous: marked}, nil
}

// Terms lists all terms: Arabic, then dialect, then English.
func (l Line) Terms() []Term {
	out := make([]Term, 0, len(l.Arabic)+len(l.Dialect)+len(l.English))
	return append(append(append(out, l.Arabic...), l.Dialect...), l.English...)
}

// String writes the line as a data file has it.
func (l Line) String() string {
	fields := []string{l.Kind.String()}
	for _, list := range [...][]Term{l.Arabic, l.English, l.Dialect} {
		terms := make([]string, len(list))
		for i, t := range list {
			if terms[i] = t.Text; t.Ambiguous {
				terms[i] = "~" + t.Text
			}
		}
		fields = append(fields, strings.Join(terms, "|"))
	}
	return strings.Join(fields, "\t")
}
