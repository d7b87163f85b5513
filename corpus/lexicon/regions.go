package lexicon

import (
	"crypto/sha256"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"mujaz/corpus/arabic"
)

// regions makes lines of the countries and languages that the Unicode locale
// data names in both tongues and that no file names in English.
func regions(files []file) file {
	known := make(map[string]struct{}, 4096)
	for _, f := range files {
		for i := range f.lines {
			for _, t := range f.lines[i].English {
				known[t.Folded] = struct{}{}
			}
		}
	}
	f := file{name: "locale data"}
	add := func(english, other string) {
		if english == "" || other == "" || !isArabic(other) {
			return
		}
		if _, ok := known[arabic.Fold(english)]; ok {
			return
		}
		text := strings.Join([]string{Name.String(), other, english, ""}, "\t")
		if line, err := ParseLine(text); err == nil {
			known[arabic.Fold(english)] = struct{}{}
			f.lines = append(f.lines, parsed{line, len(f.lines) + 1, text, line.sum()})
		}
	}
	english, other := display.English.Regions(), display.Arabic.Regions()
	for code := range codes("AA", "ZZ") {
		if r, err := language.ParseRegion(code); err == nil && r.IsCountry() && r.Canonicalize() == r {
			add(english.Name(r), other.Name(r))
		}
	}
	tongues, names := display.English.Languages(), display.Arabic.Languages()
	for code := range codes("aa", "zz") {
		if base, err := language.ParseBase(code); err == nil {
			tag, err := language.Compose(base)
			if err == nil {
				add(tongues.Name(tag), tongueTerms(names.Name(tag)))
			}
		}
	}
	var all strings.Builder
	for _, p := range f.lines {
		all.WriteString(p.text)
	}
	f.sum = sha256.Sum256([]byte(all.String()))
	return f
}

// tongueTerms names a language as texts do: اللغة الكردية, and كردي.
func tongueTerms(name string) string {
	bare, ok := strings.CutSuffix(strings.TrimPrefix(name, "ال"), "ية")
	if !ok || strings.Contains(name, " ") {
		return name
	}
	return "اللغة " + name + "|~" + bare + "ي"
}

func isArabic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x620 && r < 0x6FF })
}

// codes yields all pairs of letters from one to the other.
func codes(from, to string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for a := from[0]; a <= to[0]; a++ {
			for b := from[1]; b <= to[1]; b++ {
				if !yield(string([]byte{a, b})) {
					return
				}
			}
		}
	}
}
