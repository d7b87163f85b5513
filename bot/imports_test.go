package bot_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rooms ranks the top-level folders: imports go to the same rank or downwards.
var rooms = map[string]int{"corpus": 0, "index": 1, "bot": 2}

// doors names the one folder that may import a library, with what it keeps out
// of the rest of the program.
var doors = []struct{ library, room, why string }{
	{"github.com/blevesearch/", "index", "the rest asks index, not bleve"},
	{"gopkg.in/telebot.v3", "bot/telegram", "the conversation knows no transport"},
	{"database/sql", "corpus/store", "the rest asks the store, not SQL"},
	{"modernc.org/sqlite", "corpus/store", "the rest asks the store, not SQL"},
	{"github.com/jackc/pgx", "corpus/store", "the rest asks the store, not SQL"},
	{"github.com/klippa-app/go-pdfium", "corpus/ingest", "formats end at ingest"},
}

// pure names the packages that may only import the standard library, x/text and
// what stands beside them in this list.
var pure = map[string][]string{
	"bot/message":   {},
	"corpus":        {},
	"corpus/arabic": {},
}

// TestArrowsPointDownwards reads every import of the program and its tests.
func TestArrowsPointDownwards(t *testing.T) {
	files := 0
	walk(t, func(folder, file string, imports []string, isTest bool) {
		files++
		for _, path := range imports {
			checkRank(t, folder, file, path)
			checkDoor(t, folder, file, path, isTest)
			checkPure(t, folder, file, path, isTest)
		}
	})
	if files < 20 {
		t.Fatalf("only %d Go files were read: the test looks at the wrong place", files)
	}
}

func checkRank(t *testing.T, folder, file, path string) {
	t.Helper()
	target, ok := strings.CutPrefix(path, "mujaz/")
	from, known := rooms[top(folder)]
	if !ok || !known {
		return
	}
	if to, known := rooms[top(target)]; known && to > from {
		t.Errorf("%s imports %s: arrows point from bot to index to corpus", file, path)
	}
}

func checkDoor(t *testing.T, folder, file, path string, isTest bool) {
	t.Helper()
	if isTest {
		return
	}
	for _, d := range doors {
		if strings.HasPrefix(path, d.library) && folder != d.room && !strings.HasPrefix(folder, d.room+"/") {
			t.Errorf("%s imports %s, which belongs to %s: %s", file, path, d.room, d.why)
		}
	}
}

func checkPure(t *testing.T, folder, file, path string, isTest bool) {
	t.Helper()
	if _, ok := pure[folder]; !ok || isTest {
		return
	}
	if strings.HasPrefix(path, "mujaz/") || strings.Contains(path, ".") && !strings.HasPrefix(path, "golang.org/x/text") {
		t.Errorf("%s imports %s: %s is pure", file, path, folder)
	}
}

func top(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}

func walk(t *testing.T, visit func(folder, file string, imports []string, isTest bool)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, name)
		}
		file := filepath.ToSlash(strings.TrimPrefix(path, "../"))
		visit(filepath.ToSlash(filepath.Dir(file)), file, imports, strings.HasSuffix(file, "_test.go"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
