package lexicon

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"mujaz/corpus/arabic"
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

// readIndex reads lines of headword, offset and size, both in base 64; it
// returns the number of the first bad line.
func (d *dictionary) readIndex(index []byte) (int, error) {
	number := 0
	for line := range bytes.Lines(index) {
		number++
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 || bytes.HasPrefix(line, []byte("00-")) || bytes.HasPrefix(line, []byte("00database")) {
			continue // 00-database-info and its like describe the dictionary
		}
		fields := bytes.Split(line, []byte("\t"))
		if len(fields) < 3 {
			return number, ErrDictIndex
		}
		start, ok1 := base64Number(fields[1])
		size, ok2 := base64Number(fields[2])
		if !ok1 || !ok2 {
			return number, ErrDictIndex
		}
		if start > len(d.text) || size > len(d.text)-start {
			return number, ErrDictOutside
		}
		d.words = append(d.words, dictEntry{arabic.Fold(string(fields[0])), int32(start), int32(size)})
	}
	slices.SortStableFunc(d.words, func(a, b dictEntry) int { return strings.Compare(a.word, b.word) })
	return 0, nil
}

// base64Number reads the DICT form of a number: digits of base 64, the most
// significant first, no padding.
func base64Number(s []byte) (int, bool) {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	n := 0
	for _, c := range s {
		d := strings.IndexByte(digits, c)
		if d < 0 || n > maxDict {
			return 0, false
		}
		n = n<<6 | d
	}
	return n, len(s) > 0
}

// lookUp returns the Arabic of the entries of a folded word.
func (d *dictionary) lookUp(word string) []string {
	i, _ := slices.BinarySearchFunc(d.words, word, func(e dictEntry, w string) int { return strings.Compare(e.word, w) })
	var out []string
	for ; i < len(d.words) && d.words[i].word == word; i++ {
		e := d.words[i]
		out = appendArabic(out, d.text[e.start:e.start+e.size])
	}
	return out
}

// maxTranslations bounds what one word of a dictionary brings into a search.
const maxTranslations = 6

// appendArabic adds the runs of Arabic words of an entry, folded.
func appendArabic(out []string, entry string) []string {
	for part := range strings.FieldsFuncSeq(entry, func(r rune) bool { return strings.ContainsRune("\n,;،؛/()[]<>", r) }) {
		var words []string
		for _, t := range arabic.Words(arabic.Fold(part)) {
			if isArabic(t.Text) {
				words = append(words, t.Text)
			}
		}
		term := strings.Join(words, " ")
		if len(words) > 0 && len(words) <= 3 && len(out) < maxTranslations && !slices.Contains(out, term) {
			out = append(out, term)
		}
	}
	return out
}

// Translate returns Arabic terms, folded, for a folded English word that no
// concept holds, from the dictionaries; as typed, then without its ending.
func (l *Lexicon) Translate(word string) []string {
	var out []string
	for _, d := range l.dictionary {
		reduceEnglish(word, func(form string, _ int, _ bool) bool {
			found := d.lookUp(form)
			out = append(out, found...)
			return len(found) == 0
		})
	}
	if len(out) > maxTranslations {
		out = out[:maxTranslations]
	}
	return out
}
