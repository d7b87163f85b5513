package lexicon

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"
)

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
