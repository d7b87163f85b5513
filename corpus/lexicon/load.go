package lexicon

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

//go:embed *.tsv
var shipped embed.FS

// matcher is raised when words lead to other concepts though the data is the
// same, so that an index made by the old way is made again.
const matcher = "3"

// Lexicon answers which concepts words mean. It does not change; With makes a
// new one. Safe for concurrent use.
type Lexicon struct {
	*base
	overlay *overlay // nil without lines given at run time
}

// base is the part that is loaded from files.
type base struct {
	*table
	memory      *memory
	stems       func() map[string]uint32
	standard    *table
	lines       []source // all concepts, in the order of their files
	byID        map[ID]int32
	dictionary  dictionaries
	fingerprint string
}

// source says where a concept stands; its terms are parsed again when asked.
type source struct {
	id   ID
	text string
}

// Load reads the embedded data, then *.tsv and DICT dictionaries of extra,
// which may be nil. What is wrong in one place is a Problem and the rest is
// loaded; the error says that a folder cannot be read at all.
func Load(extra fs.FS) (*Lexicon, []Problem, error) {
	files, err := readFolder(shipped, ".")
	if err != nil {
		return nil, nil, fmt.Errorf("lexicon: %w", err)
	}
	b := &base{memory: newMemory(memorySize)}
	var problems []Problem
	if extra != nil {
		more, err := readFolder(extra, ".")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("lexicon: additions: %w", err)
		}
		files = append(files, more...)
	}
	var wg sync.WaitGroup
	wg.Go(func() { b.dictionary, problems = openDictionaries(extra) })
	files = append(files, regions(files))
	wg.Wait()
	problems = append(b.build(files), problems...)
	return &Lexicon{base: b}, problems, nil
}

// Fingerprint changes whenever the data or the matching does; an index that
// carries concept ids is good for one fingerprint.
func (l *Lexicon) Fingerprint() string { return l.fingerprint }

// Size is the number of concepts that were loaded.
func (l *Lexicon) Size() int { return len(l.lines) }

// Line returns the concept as its file has it.
func (l *Lexicon) Line(id ID) (Line, bool) {
	if l.overlay != nil {
		if line, ok := l.overlay.line(id); ok {
			return line, true
		}
	}
	return l.base.line(id)
}

func (b *base) line(id ID) (Line, bool) {
	at, ok := b.byID[id]
	if !ok {
		return Line{}, false
	}
	line, err := ParseLine(b.lines[at].text)
	return line, err == nil
}

// Terms returns the terms of a concept as written: Arabic, then dialect, then
// English. Nil for an unknown id.
func (l *Lexicon) Terms(id ID) []string {
	line, ok := l.Line(id)
	if !ok {
		return nil
	}
	var out []string
	for _, t := range line.Terms() {
		if !slices.Contains(out, t.Text) {
			out = append(out, t.Text)
		}
	}
	return out
}
