package lexicon

import (
	"strings"
	"sync"
	"testing"

	"mujaz/corpus/arabic"
)

// loaded is the shipped lexicon; loading it once keeps the tests quick.
var loaded = sync.OnceValues(func() (*Lexicon, []Problem) {
	l, problems, err := Load(nil)
	if err != nil {
		panic(err)
	}
	return l, problems
})

// foldedWords cuts and folds as an index does.
func foldedWords(s string) []string {
	var out []string
	for _, t := range arabic.Words(s) {
		out = append(out, arabic.Fold(t.Text))
	}
	return out
}

// meet reports whether two texts share a concept; glosses count only between
// the languages.
func meet(l *Lexicon, a, b string, gloss bool) bool {
	ids := map[ID]bool{}
	for _, m := range l.Match(foldedWords(a)) {
		for _, c := range m.Concepts {
			ids[c.ID] = gloss || c.Kind != Gloss
		}
	}
	for _, m := range l.Match(foldedWords(b)) {
		for _, c := range m.Concepts {
			if ids[c.ID] {
				return true
			}
		}
	}
	return false
}

func TestOtherWordsMeet(t *testing.T) {
	l, _ := loaded()
	for _, c := range []struct{ a, b string }{
		{"الهدنة", "وقف إطلاق النار"},
		{"بالهدنة", "لوقف إطلاق النار"},
		{"غاراتهم", "القصف الجوي"},
		{"زبالة", "النفايات"},
		{"خلف القضبان", "سجنه"},
		{"المستشفيات", "مشفى"},
		{"وسيستخدمونها", "يستعمل"},
		{"للأمم المتحدة", "الأمم المتحدة"},
		{"بيقول", "قال"},
		{"واشنطن", "الولايات المتحدة"},
	} {
		if !meet(l, c.a, c.b, false) {
			t.Errorf("%s and %s share no concept", c.a, c.b)
		}
	}
}

func TestOtherMeaningsStayApart(t *testing.T) {
	l, _ := loaded()
	for _, c := range []struct{ a, b string }{
		{"خرج من البيت", "محافظة الخرج"},
		{"كان", "كأس الأمم الأفريقية"},
		{"من", "منذ"},
		{"وقف", "قف"},
		{"والد", "ولد"},
	} {
		if meet(l, c.a, c.b, false) {
			t.Errorf("%s and %s share a concept", c.a, c.b)
		}
	}
}

func TestArticlesOfNames(t *testing.T) {
	l, _ := loaded()
	for _, text := range []string{"الخرج", "للخرج", "وبالخرج"} {
		if !meet(l, text, "Kharj", true) {
			t.Errorf("%s does not lead to the town", text)
		}
	}
}

func TestEnglishMeetsArabic(t *testing.T) {
	l, _ := loaded()
	for _, c := range []struct{ english, arabic string }{
		{"ceasefire", "الهدنة"},
		{"air strikes", "غارات"},
		{"hospitals", "مستشفى"},
		{"abandoned", "تخلت"},
		{"Bashar Assad", "بشار الأسد"},
		{"Bashar al-Assad", "بشار الأسد"},
		{"United Nations", "الأمم المتحدة"},
		{"Vanuatu", "فانواتو"},
	} {
		if !meet(l, c.english, c.arabic, true) {
			t.Errorf("%s and %s share no concept", c.english, c.arabic)
		}
	}
}

func TestStandard(t *testing.T) {
	l, _ := loaded()
	for _, c := range []struct{ in, out string }{
		{"ليش ارتفع السعر", "لماذا ارتفع السعر"},
		{"شو صار في بيروت", "ماذا حدث في بيروت"},
		{"ماذا حدث", "ماذا حدث"},
		{"من يتحمل الكلفة", "من يتحمل الكلفه"},
		{"وش قال الوزير", "ماذا قال الوزير"},
		{"شركة السجاير كسبت كام السنة", "شركه السجاير كسبت كم السنه"},
		{"خيمة المطعم اسمها ايه", "خيمه المطعم ما اسم"},
	} {
		if got := strings.Join(l.Standard(foldedWords(c.in)), " "); got != c.out {
			t.Errorf("Standard(%s) = %s, want %s", c.in, got, c.out)
		}
	}
}

func TestIsFunctionWord(t *testing.T) {
	l, _ := loaded()
	for word, want := range map[string]bool{"ليش": true, "علشان": true, "صدق": false, "في": false, "حرب": false} {
		if l.IsFunctionWord(word) != want {
			t.Errorf("IsFunctionWord(%s) = %v", word, !want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, _, err := Load(nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMatch reads running text word by word; the memory has seen it once.
func BenchmarkMatch(b *testing.B) {
	l, _ := loaded()
	var words []string
	for i, s := range l.lines {
		if i%8 == 0 {
			words = append(words, foldedWords(s.text)...)
		}
	}
	for i := 0; b.Loop(); i++ {
		at := i * 64 % (len(words) - 64)
		l.Match(words[at : at+64])
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*64), "ns/word")
}

// FuzzMatch holds what consumers rely on: matches in the order of their first
// word, inside the words, with concepts that can be looked up.
func FuzzMatch(f *testing.F) {
	f.Add("وقف إطلاق النار في غزة the United Nations H5N1 ماراحوش")
	f.Add("وال لل بال ا ي ش ما ـ")
	f.Fuzz(func(t *testing.T, s string) {
		l, _ := loaded()
		words := foldedWords(s)
		first := 0
		for _, m := range l.Match(words) {
			if m.First < first || m.Last < m.First || m.Last >= len(words) || len(m.Concepts) == 0 {
				t.Fatalf("%+v in %q", m, words)
			}
			first = m.First
			for _, c := range m.Concepts {
				if l.Terms(c.ID) == nil || c.Weight <= 0 {
					t.Errorf("%+v is no concept", c)
				}
			}
		}
		l.Standard(words)
		l.Expand(words)
	})
}

func TestMatchManyAtOnce(t *testing.T) {
	l, _, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	text := foldedWords("قال رئيس الوزراء إن الهدنة وقف إطلاق النار بدأت في غزة وسط ترحيب الأمم المتحدة والمنظمات")
	want := len(l.Match(text))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				if got := len(l.Match(text)); got != want {
					t.Errorf("%d matches, want %d", got, want)
				}
			}
		})
	}
	wg.Wait()
}
