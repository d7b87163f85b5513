package lexicon

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// What can be wrong with a dictionary in DICT format.
var (
	ErrDictIndex   = errors.New("the dictionary's index is damaged")
	ErrDictOutside = errors.New("the dictionary's index points outside its file")
	ErrDictMissing = errors.New("the dictionary has an index but no .dict or .dict.dz file")
	ErrDictDamaged = errors.New("the dictionary's compressed file is damaged")
	ErrDictSize    = errors.New("the dictionary is too large")
)

// dictFolder is where Linux distributions install dictionaries.
const dictFolder = "/usr/share/dictd"

// maxDict bounds an uncompressed dictionary in bytes.
const maxDict = 32 << 20

// dictionary is one opened pair of .index and .dict(.dz).
type dictionary struct {
	name  string
	text  string
	words []dictEntry // sorted by word
}

type dictEntry struct {
	word        string // folded
	start, size int32
}

type dictionaries []*dictionary

// openDictionaries opens the pairs in extra and the English–Arabic ones that
// the system has. A bad one is a Problem and is left out.
func openDictionaries(extra fs.FS) (dictionaries, []Problem) {
	var list dictionaries
	var problems []Problem
	if extra != nil {
		list, problems = openFolder(extra, func(string) bool { return true })
	}
	if _, err := os.Stat(dictFolder); err == nil {
		more, bad := openFolder(os.DirFS(dictFolder), func(name string) bool {
			return strings.Contains(name, "eng-ara") || strings.Contains(name, "en-ar")
		})
		list, problems = append(list, more...), append(problems, bad...)
	}
	return list, problems
}

func openFolder(fsys fs.FS, wanted func(string) bool) (dictionaries, []Problem) {
	var list dictionaries
	var problems []Problem
	names, _ := fs.Glob(fsys, "*.index") // the pattern is good, an unreadable folder has none
	for _, name := range names {
		if !wanted(name) {
			continue
		}
		d, problem := openDictionary(fsys, name)
		if problem != nil {
			problems = append(problems, *problem)
			continue
		}
		list = append(list, d)
	}
	return list, problems
}

func openDictionary(fsys fs.FS, name string) (*dictionary, *Problem) {
	text, file, err := readDict(fsys, strings.TrimSuffix(name, ".index"))
	if err != nil {
		return nil, &Problem{File: file, Err: err}
	}
	index, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, &Problem{File: name, Err: fmt.Errorf("the file cannot be read: %w", err)}
	}
	d := &dictionary{name: path.Base(name), text: text}
	if line, err := d.readIndex(index); err != nil {
		return nil, &Problem{File: name, Line: line, Err: err}
	}
	return d, nil
}

// readDict reads stem.dict or stem.dict.dz, which is a gzip file.
func readDict(fsys fs.FS, stem string) (text, name string, err error) {
	name = stem + ".dict"
	f, err := fsys.Open(name)
	packed := errors.Is(err, fs.ErrNotExist)
	if packed {
		name += ".dz"
		f, err = fsys.Open(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "", stem + ".index", ErrDictMissing
	}
	if err != nil {
		return "", name, fmt.Errorf("the file cannot be read: %w", err)
	}
	defer f.Close()
	text, err = readText(f, packed)
	return text, name, err
}

func readText(f io.Reader, packed bool) (string, error) {
	var unpacked io.Reader = f
	if packed {
		z, err := gzip.NewReader(bufio.NewReader(f))
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrDictDamaged, err)
		}
		unpacked = z
	}
	var b strings.Builder
	n, err := io.Copy(&b, io.LimitReader(unpacked, maxDict+1))
	switch {
	case err != nil && packed:
		return "", fmt.Errorf("%w: %w", ErrDictDamaged, err)
	case err != nil:
		return "", fmt.Errorf("the file cannot be read: %w", err)
	case n > maxDict:
		return "", ErrDictSize
	}
	return b.String(), nil
}
