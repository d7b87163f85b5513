package index_test

import (
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// TestTyping finds what is spelled as people type, without a word of excuse.
func TestTyping(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	must(t, err)
	x, err := index.Open(t.Context(), index.Options{Lexicon: l})
	must(t, err)
	defer x.Close()
	must(t, x.CatchUp(t.Context(), documents(
		corpus.Document{ID: "a", Text: "قدرت القوات على دخول البلدة."},
		corpus.Document{ID: "b", Text: "وقدرت الخسائر بمليون ريال."},
		corpus.Document{ID: "c", Text: "زار الوزير مدينة زبدخان أمس."},
	), nil))
	for question, want := range map[string]string{
		"ليش ماقدرت القوات تدخل البلدة": "a/0",
		"وين زبدخاااان":                 "c/0",
		"الوزير فيزبدخان":               "c/0",
		"زار زبد خان":                   "c/0",
	} {
		res, err := x.Search(t.Context(), index.Query{Text: question})
		must(t, err)
		if got := found(t, x, question); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v, want %s first", question, got, want)
		}
		if res.Searched != "" {
			t.Errorf("%s: read as %q", question, res.Searched)
		}
	}
}
