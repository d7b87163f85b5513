package arabic

import "testing"

// Each line is a family: every word of it must have the same stem.
func TestStemBringsFormsTogether(t *testing.T) {
	for _, family := range [][]string{
		{"وزير", "الوزير", "والوزير", "للوزير", "بالوزير", "وزيرا", "وزيره", "وزيرها"},
		{"ايران", "ايراني", "ايرانيه", "الايرانيين", "والايرانيون"},
		{"لبنان", "لبناني", "اللبنانيين", "لبنانيه"},
		{"حكومه", "الحكومه", "حكومته", "حكومتها", "حكومات"},
		{"دولتين", "دوله", "دولتان"},
		{"اعلنت", "اعلن", "اعلنوا"},
		{"برلمان", "برلماني", "برلمانيين"},
		{"مفاوضات", "المفاوضات", "مفاوضاتها", "بالمفاوضات"},
		{"واشنطن", "واشنطن"},
	} {
		for _, w := range family[1:] {
			if Stem(w) != Stem(family[0]) {
				t.Errorf("Stem(%s) = %s, but Stem(%s) = %s", w, Stem(w), family[0], Stem(family[0]))
			}
		}
	}
}

func TestSkeletonBringsBrokenPluralsTogether(t *testing.T) {
	for _, c := range [][2]string{
		{"صاروخ", "صواريخ"}, {"وزير", "وزراء"}, {"رييس", "رووساء"}, {"حزب", "احزاب"}, {"سلاح", "اسلحه"},
		{"طالب", "طلاب"}, {"شهيد", "شهداء"}, {"قنبله", "قنابل"}, {"محكمه", "محاكم"}, {"طفل", "اطفال"},
		{"مدينه", "مدن"}, {"كتاب", "كتب"}, {"سعر", "اسعار"}, {"جريح", "الجرحي"},
	} {
		if Skeleton(c[0]) != Skeleton(c[1]) {
			t.Errorf("Skeleton(%s) = %s, Skeleton(%s) = %s", c[0], Skeleton(c[0]), c[1], Skeleton(c[1]))
		}
	}
}

func TestStopWordsAreFolded(t *testing.T) {
	for w := range stops {
		if Fold(w) != w {
			t.Errorf("stop word %q is not folded", w)
		}
	}
}

func FuzzStem(f *testing.F) {
	f.Add("والمفاوضات")
	f.Fuzz(func(t *testing.T, s string) {
		w := Fold(s)
		if stem := Stem(w); len(w) > 0 && len(stem) == 0 {
			t.Fatalf("Stem(%q) is empty", w)
		}
		Skeleton(w)
	})
}

func BenchmarkFoldStem(b *testing.B) {
	words := Words("وأوضح أن استمرار المباحثات مرهون بمشاورات داخلية في طهران وواشنطن لتقييم نتائج الجولة الأولى وتحديد سقف المرونة الممكنة")
	for i := 0; b.Loop(); i++ {
		Stem(Fold(words[i%len(words)].Text))
	}
}

func BenchmarkSkeleton(b *testing.B) {
	words := Words("وأوضح أن استمرار المباحثات مرهون بمشاورات داخلية في طهران وواشنطن لتقييم نتائج الجولة الأولى وتحديد سقف المرونة الممكنة")
	for i := 0; b.Loop(); i++ {
		Skeleton(words[i%len(words)].Text)
	}
}
