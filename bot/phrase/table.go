package phrase

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// data holds the texts: files AREA.LANGUAGE.txt, so that each part of the
// conversation keeps its own.
//
//go:embed data/*.txt
var data embed.FS

type table map[string]string

var tables = mustLoad(data)

// mustLoad reads the embedded files. They are part of the program: a mistake
// in them is a mistake of the build, found by every test.
func mustLoad(files fs.FS) map[string]table {
	tables, err := load(files)
	if err != nil {
		panic(err)
	}
	return tables
}

func load(files fs.FS) (map[string]table, error) {
	names, err := fs.Glob(files, "data/*.txt")
	if err != nil {
		return nil, err
	}
	tables := map[string]table{Arabic: {}, English: {}}
	for _, name := range names {
		t, ok := tables[languageOf(name)]
		if !ok {
			return nil, fmt.Errorf("phrase: %s: the name must end in .ar.txt or .en.txt", name)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if err := t.parse(string(text)); err != nil {
			return nil, fmt.Errorf("phrase: %s: %w", name, err)
		}
	}
	return tables, nil
}

// languageOf reads the language from AREA.LANGUAGE.txt.
func languageOf(name string) string {
	return strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".txt")), ".")
}

// parse adds the lines "key = text"; lines that start with # are remarks and
// \n in a text is a line break.
func (t table) parse(text string) error {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok || key == "" || value == "" {
			return fmt.Errorf("line %d is not “key = text”", i+1)
		}
		if _, twice := t[key]; twice {
			return fmt.Errorf("line %d: the key %s stands twice", i+1, key)
		}
		t[key] = strings.ReplaceAll(value, `\n`, "\n")
	}
	return nil
}
