package arabic

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"بيت", "بيت"},
		{"أحمد إبراهيم آمال ٱلله", "احمد ابراهيم امال الله"},
		{"مُحَادَثَاتٌ", "محادثات"},
		{"محـــادثات", "محادثات"},
		{"مسؤولية شئون", "مسووليه شيون"},
		{"على هدى", "علي هدي"},
		{"ماء شيء", "ماء شيء"},
		{"مدرسة", "مدرسه"},
		{"کتاب گفت پاکستان ڤيينا چاد", "كتاب كفت باكستان فيينا جاد"},
		{"٢٠٢٥ ۲۰۲۵", "2025 2025"},
		{"٣٫٥ ٪", "3.5 %"},
		{"387,543", "387543"},
		{"١٬٢٣٤٬٥٦٧", "1234567"},
		{"1,2 و 12,34", "1,2 و 12,34"},
		{"BBC Émile Čech", "bbc emile cech"},
		{"ﻣﺤﺎﺩﺛﺎﺕ ﻻ", "محادثات لا"},
		{"\u200fعدن\u200e", "عدن"},
		{"don’t", "don't"},
		{"ترمب\xd8", "ترمب\ufffd"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldKeepsFoldedTextWithoutCopy(t *testing.T) {
	const s = "محادثات مسقط بين الولايات المتحده وايران 2025"
	if n := testing.AllocsPerRun(10, func() { Fold(s) }); n != 0 {
		t.Errorf("Fold of folded text allocates %v times", n)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"مُحـادَثات ١٬٢٣٤", "1,23ـ4", "İSTANBUL ﷺ ﹰ", "\xd8ـ\xa7", "é e\u0301", "ﬀ Ａ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold is not idempotent: %q → %q → %q", s, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("Fold(%q) = %q is not valid UTF-8", s, once)
		}
	})
}
