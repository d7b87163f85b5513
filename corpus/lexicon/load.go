package lexicon

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed *.tsv
var shipped embed.FS

// matcher is raised when words lead to other concepts though the data is the
// same, so that an index made by the old way is made again.
const matcher = "2"

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

// file is one parsed data file.
type file struct {
	name     string
	lines    []parsed
	problems []Problem
	sum      [sha256.Size]byte
}

type parsed struct {
	Line
	number int
	text   string
	sum    uint64 // of the set of terms
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
	b.dictionary, problems = openDictionaries(extra)
	files = append(files, regions(files))
	problems = append(b.build(files), problems...)
	return &Lexicon{base: b}, problems, nil
}

// readFolder parses the *.tsv files of one folder side by side.
func readFolder(fsys fs.FS, dir string) ([]file, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && path.Ext(e.Name()) == ".tsv" {
			names = append(names, e.Name())
		}
	}
	files := make([]file, len(names))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			slots <- struct{}{}
			files[i] = readFile(fsys, name)
			<-slots
		})
	}
	wg.Wait()
	return files, nil
}

func readFile(fsys fs.FS, name string) file {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return file{name: name, problems: []Problem{{File: name, Err: fmt.Errorf("the file cannot be read: %w", err)}}}
	}
	return parseFile(name, string(data))
}

// parseFile reads all lines but blank ones and comments.
func parseFile(name, text string) file {
	f := file{name: name, sum: sha256.Sum256([]byte(text))}
	if !utf8.ValidString(text) {
		f.problems = []Problem{{File: name, Line: badLine(text), Err: &LineError{Reason: ErrEncoding}}}
		return f
	}
	f.lines = make([]parsed, 0, strings.Count(text, "\n")+1)
	number := 0
	for s := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		number++
		s = strings.TrimRight(s, "\r\n")
		if strings.TrimSpace(s) == "" || s[0] == '#' {
			continue
		}
		line, err := parseValid(s)
		if err != nil {
			f.problems = append(f.problems, Problem{name, number, err})
			continue
		}
		f.lines = append(f.lines, parsed{line, number, s, line.sum()})
	}
	return f
}

// badLine is the first line that is not UTF-8.
func badLine(text string) int {
	number := 0
	for s := range strings.Lines(text) {
		number++
		if !utf8.ValidString(s) {
			return number
		}
	}
	return number
}

// sum is the same for lines with the same set of folded terms, whatever their
// order, marks and kind.
func (l Line) sum() uint64 {
	var seen [64]uint64
	hashes, total := seen[:0], uint64(0)
	for _, list := range [...][]Term{l.Arabic, l.Dialect, l.English} {
		for _, t := range list {
			h := hashTerm(t.Folded)
			if !slices.Contains(hashes, h) {
				hashes = append(hashes, h)
				total += h
			}
		}
	}
	return total
}

// hashTerm is FNV-1a with a last mixing step: ids are kept in indexes, so it
// must never depend on the process.
func hashTerm(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// build gives ids, leaves equal concepts out and fills the tables.
func (b *base) build(files []file) []Problem {
	var problems []Problem
	total := 0
	for _, f := range files {
		total += len(f.lines)
	}
	words, standard := newBuilder(total*8), newBuilder(1024)
	b.byID = make(map[ID]int32, total)
	b.lines = make([]source, 0, total)
	sums := make(map[uint64]struct{}, total)
	print := sha256.New()
	print.Write([]byte(matcher))
	for _, f := range files {
		print.Write(f.sum[:])
		problems = append(problems, f.problems...)
		for i := range f.lines {
			p := &f.lines[i]
			if _, ok := sums[p.sum]; ok {
				problems = append(problems, duplicate(f.name, p))
				continue
			}
			sums[p.sum] = struct{}{}
			id := b.newID(p.sum)
			b.byID[id] = int32(len(b.lines))
			b.lines = append(b.lines, source{id, p.text})
			if p.Kind == Stop {
				addStandard(standard, p.Line)
			} else {
				addTerms(words, p.Line, id)
			}
		}
	}
	b.table, b.standard = words.done(), standard.done()
	b.stems = sync.OnceValue(b.table.stems)
	b.fingerprint = hex.EncodeToString(print.Sum(nil)[:12])
	return problems
}

// newID makes an id of the sum, the next free one where two sums meet.
func (b *base) newID(sum uint64) ID {
	for id := firstID(sum); ; id++ {
		if _, taken := b.byID[id]; !taken {
			return id
		}
	}
}

func firstID(sum uint64) ID { return max(ID(sum^sum>>32), 1) }

func addTerms(to *builder, l Line, id ID) {
	for _, list := range [...][]Term{l.Arabic, l.Dialect, l.English} {
		for _, t := range list {
			c := Concept{ID: id, Weight: l.Kind.Weight(), Kind: l.Kind}
			if t.Ambiguous {
				c.Weight *= ambiguous
			}
			to.add(t.Folded, c)
		}
	}
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
