package index

import (
	"slices"
	"testing"
)

func TestSpellings(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"العراااق", "العراق"},
		{"جممميل", "جميل"},
		{"ماقدرت", "قدرت"},
		{"ماقدرتش", "قدرت"},
		{"فيجده", ""},
		{"فيالرياض", "الرياض"},
		{"تعاقدمع", "تعاقد"},
		{"المصرفي", ""},
	} {
		var got []string
		for _, other := range spellings(c.typed) {
			got = append(got, other.form)
		}
		if c.want != "" && !slices.Contains(got, c.want) || c.want == "" && len(got) > 0 {
			t.Errorf("%s: %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestSpelledByDigits(t *testing.T) {
	for typed, want := range map[string]string{"7outhi": "houthi", "3dan": "adan", "2015": "", "3d": "", "f16": "", "mers": "", "covid19": ""} {
		if name, ok := spelledByDigits(typed); ok != (want != "") || ok && name != want {
			t.Errorf("%s: %q %v, want %q", typed, name, ok, want)
		}
	}
}
