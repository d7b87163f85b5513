package arabic

import (
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"قال: «بداية جيّدة»، ثم", []string{"قال", "بداية", "جيّدة", "ثم"}},
		{"مُحـادَثات", []string{"مُحـادَثات"}},
		{"ارتفع 3.5% إلى 1,200 و٢٫٥", []string{"ارتفع", "3.5", "إلى", "1,200", "و", "٢٫٥"}},
		{"الـ50 دولة", []string{"الـ", "50", "دولة"}},
		{"قمة G20 وMI6", []string{"قمة", "G20", "و", "MI6"}},
		{"12.", []string{"12"}},
		{"don't/won’t", []string{"don't", "won’t"}},
		{"ـ ً .", nil},
		{"\u200fعدن\u200e-صنعاء", []string{"عدن", "صنعاء"}},
	} {
		var got []string
		for _, w := range Words(c.in) {
			got = append(got, w.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Words(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("مُحـادَثات ٢٫٥ الـ50 don't \u200f\xd8")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, w := range Words(s) {
			if w.Start < end || w.End <= w.Start || w.End > len(s) || s[w.Start:w.End] != w.Text {
				t.Fatalf("Words(%q): token %+v after %d", s, w, end)
			}
			end = w.End
		}
	})
}
