package index_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// TestDictionary serves an English word that no concept and no name explains
// by a dictionary in DICT format, and says so.
func TestDictionary(t *testing.T) {
	const entries = "zarfoil /z/\nمهلبان، نشيد الصباح\n"
	l, problems, err := lexicon.Load(fstest.MapFS{
		"eng-ara.index": {Data: []byte("zarfoil\tA\t" + string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[len(entries)]) + "\n")},
		"eng-ara.dict":  {Data: []byte(entries)},
	})
	must(t, err)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct {
		without []string
		want    string
	}{{nil, "a/0"}, {[]string{"dictionary"}, ""}} {
		x, err := index.Open(t.Context(), index.Options{Lexicon: l, Without: c.without})
		must(t, err)
		defer x.Close()
		must(t, x.CatchUp(t.Context(), documents(
			corpus.Document{ID: "a", Text: "باعت الشركة المهلبان في الأسواق."},
			corpus.Document{ID: "b", Text: "ارتفعت أسعار النفط."},
		), nil))
		res, err := x.Search(t.Context(), index.Query{Text: "Where are zarfoils traded?", Language: "en"})
		must(t, err)
		if got := strings.Join(found(t, x, "zarfoils"), " "); got != c.want {
			t.Errorf("without %v: %q, want %q", c.without, got, c.want)
		}
		if c.want == "" {
			continue
		}
		if u := res.Understood; len(u) != 1 || u[0].Typed != "zarfoils" || u[0].As != "المهلبان" || u[0].How != index.ByDictionary {
			t.Errorf("understood %+v", u)
		}
	}
}
