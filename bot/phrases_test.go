package bot_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"mujaz/bot/phrase"
)

// literals reads every string literal of the program's own sources.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, err := strconv.Unquote(l.Value); err == nil {
					out[s] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// keys are the phrase keys of the Arabic files, without plural forms.
func keys(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("phrase/data/*.ar.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no phrase files", err)
	}
	out := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			if key, _, ok := strings.Cut(line, "="); ok && !strings.HasPrefix(line, "#") {
				key, _, _ = strings.Cut(strings.TrimSpace(key), "[")
				out[key] = true
			}
		}
	}
	return out
}

// TestEveryPhraseIsUsed finds texts that nothing says any more: a key must
// stand in the sources, begin with a literal that ends in a dot, or be made of
// two literals.
func TestEveryPhraseIsUsed(t *testing.T) {
	said := literals(t)
	for key := range keys(t) {
		used := said[key]
		for i := range key {
			used = used || key[i] == '.' && (said[key[:i+1]] || said[key[:i]] && said[key[i:]])
		}
		if !used {
			t.Errorf("nothing says %s", key)
		}
	}
}

// TestEveryPhraseExists finds keys that are said but have no text: literals
// with the first part of a known key.
func TestEveryPhraseExists(t *testing.T) {
	known := keys(t)
	areas := map[string]bool{}
	for key := range known {
		area, _, dotted := strings.Cut(key, ".")
		areas[area] = areas[area] || dotted
	}
	awaited := map[string]bool{"sub.time": true, "sub.zone": true, "sub.topic": true, "sub.pause": true, "add.field": true, "add.pieces": true, "doc.field": true, "doc.text": true}
	for s := range literals(t) {
		area, rest, ok := strings.Cut(s, ".")
		if !ok || rest == "" || !areas[area] || strings.HasSuffix(s, ".") || strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz_.0123456789") != "" {
			continue
		}
		if !known[s] && !awaited[s] {
			t.Errorf("%s has no text", s)
		}
	}
}

// TestMenusHaveWords holds every command to a line in the menu of both languages.
func TestMenusHaveWords(t *testing.T) {
	r := openRoom(t)
	for _, list := range r.bot.Menus() {
		for _, line := range list.Lines {
			for _, lang := range []string{phrase.Arabic, phrase.English} {
				if !phrase.For(lang, phrase.Options{}).Has("menu." + line.Name) {
					t.Errorf("%s has no line in %s", line.Name, lang)
				}
			}
		}
	}
}
