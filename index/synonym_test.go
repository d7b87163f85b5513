package index_test

import (
	"path/filepath"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// TestSynonymAtOnce adds a line to the lexicon of an open index and removes it
// again: it works at once, and stops working at once.
func TestSynonymAtOnce(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	must(t, err)
	x, err := index.Open(t.Context(), index.Options{Path: filepath.Join(t.TempDir(), "index"), Lexicon: l})
	must(t, err)
	defer x.Close()
	must(t, x.CatchUp(t.Context(), documents(
		corpus.Document{ID: "a", Text: "وصلت الجرافات إلى الموقع صباحا."},
		corpus.Document{ID: "b", Text: "ارتفعت أسعار النفط."},
		corpus.Document{ID: "c", Text: "افتتح مركز الأبحاث القطبية المتقدم."},
	), nil))
	for _, question := range []string{"الزقزوقة", "قطبمتق"} {
		if got := found(t, x, question); len(got) != 0 {
			t.Fatalf("%s before: %v", question, got)
		}
	}
	with, problems := l.With([]lexicon.Line{
		line(t, "syn\tجرافة|زقزوقة\t\t"),
		line(t, "name\tمركز الأبحاث القطبية|قطبمتق\t\t"),
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	x.SetLexicon(with)
	if got := found(t, x, "متى وصلت الزقزوقة؟"); len(got) == 0 || got[0] != "a/0" {
		t.Errorf("with the line: %v", got)
	}
	if got := found(t, x, "قطبمتق"); len(got) == 0 || got[0] != "c/0" {
		t.Errorf("with the phrase: %v", got)
	}
	x.SetLexicon(l)
	if got := found(t, x, "الزقزوقة"); len(got) != 0 {
		t.Errorf("without the line again: %v", got)
	}
}

func line(t *testing.T, text string) lexicon.Line {
	t.Helper()
	l, err := lexicon.ParseLine(text)
	must(t, err)
	return l
}
