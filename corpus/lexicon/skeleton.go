package lexicon

import (
	"strings"
	"unicode/utf8"
)

// Names cross scripts by their consonants: vowels are written or not, and one
// Latin letter stands for several Arabic ones. Both sides are brought to the
// same few letters, in which ط is ت, ص س, ض د, ح ه, ق ك, ث ت and ذ ظ ز.

// maxSkeletons bounds the readings of one Latin word.
const maxSkeletons = 16

// latinSounds are tried in order at each place of a word; the longest come
// first. An empty reading is a silent letter.
var latinSounds = []struct {
	letters string
	arabic  []string
}{
	{"tsch", []string{"تش"}}, {"sch", []string{"ش", "سك"}}, {"tch", []string{"تش"}},
	{"sh", []string{"ش"}}, {"ch", []string{"تش", "ش", "ك"}}, {"kh", []string{"خ"}}, {"gh", []string{"غ"}},
	{"th", []string{"ت", "ز"}}, {"dh", []string{"ز", "د"}}, {"ph", []string{"ف"}}, {"zh", []string{"ج", "ز"}},
	{"dj", []string{"ج"}}, {"ck", []string{"ك"}}, {"qu", []string{"ك"}},
	{"b", []string{"ب"}}, {"p", []string{"ب"}}, {"t", []string{"ت"}}, {"d", []string{"د"}}, {"f", []string{"ف"}}, {"v", []string{"ف"}},
	{"k", []string{"ك"}}, {"q", []string{"ك"}}, {"g", []string{"غ", "ج", "ك"}}, {"j", []string{"ج"}}, {"l", []string{"ل"}}, {"m", []string{"م"}},
	{"n", []string{"ن"}}, {"r", []string{"ر"}}, {"s", []string{"س", "ز"}}, {"z", []string{"ز", "س"}}, {"x", []string{"كس"}},
}

// LatinSkeleton returns the consonant skeletons, in Arabic letters, that a
// Latin name can have in Arabic; the likeliest first. Nil where fewer than two
// consonants remain, which would fit anything.
func LatinSkeleton(word string) []string {
	word = strings.ToLower(word)
	readings := []string{""}
	for i := 0; i < len(word); {
		options, n := soundAt(word, i)
		readings = extend(readings, options)
		i += n
		for n == 1 && i < len(word) && word[i] == word[i-1] && len(options) > 0 {
			i++ // a doubled letter is one consonant
		}
	}
	var out []string
	for _, r := range readings {
		if utf8.RuneCountInString(r) >= 2 {
			out = append(out, r)
		}
	}
	return out
}

// soundAt returns the readings of the letters at i and how many they are.
func soundAt(word string, i int) ([]string, int) {
	rest := word[i:]
	switch c := word[i]; {
	case c == 'h' && i > 0:
		return soundOfH(rest), 1
	case c == 'h':
		return []string{"ه"}, 1
	case c == 'w' && i == 0:
		return []string{"و", "ف"}, 1
	case c == 'y' && i == 0:
		return []string{"ي"}, 1
	case c == 'j' && i == 0:
		return []string{"ج", "ي"}, 1
	case c == 'x' && i == 0:
		return []string{"ز", "كس", "ش"}, 1
	case c == 'c' && len(rest) > 1 && strings.IndexByte("eiy", rest[1]) >= 0:
		return []string{"س", "تش"}, 1
	case c == 'c' && !strings.HasPrefix(rest, "ch") && !strings.HasPrefix(rest, "ck"):
		return []string{"ك"}, 1
	}
	for _, s := range latinSounds {
		if strings.HasPrefix(rest, s.letters) {
			return s.arabic, len(s.letters)
		}
	}
	return nil, 1
}

// soundOfH: silent at the end, doubtful before a consonant (Johnson).
func soundOfH(rest string) []string {
	switch {
	case len(rest) == 1:
		return nil
	case strings.IndexByte("aeiouy", rest[1]) >= 0:
		return []string{"ه"}
	}
	return []string{"ه", ""}
}

func extend(readings, options []string) []string {
	if len(options) == 0 {
		return readings
	}
	out := make([]string, 0, len(readings)*len(options))
	for _, o := range options {
		for _, r := range readings {
			if len(out) < maxSkeletons {
				out = append(out, r+o)
			}
		}
	}
	return out
}

// ArabicSkeleton returns the consonant skeleton of a folded Arabic word
// without its article, to be compared with those of LatinSkeleton.
func ArabicSkeleton(folded string) string {
	folded = withoutArticle(strings.TrimPrefix(folded, "و"+"ال"))
	var b strings.Builder
	b.Grow(len(folded))
	for i, r := range folded {
		last := i+utf8.RuneLen(r) == len(folded)
		switch r {
		case 'ا', 'ع', 'ء':
			continue
		case 'و', 'ي':
			if i > 0 {
				continue
			}
		case 'ه':
			if last && i > 0 {
				continue
			}
		}
		b.WriteRune(sound(r))
	}
	return b.String()
}

// sound is the letter that stands for all that Latin script writes alike.
func sound(r rune) rune {
	switch r {
	case 'ط', 'ث':
		return 'ت'
	case 'ص':
		return 'س'
	case 'ض':
		return 'د'
	case 'ح':
		return 'ه'
	case 'ق':
		return 'ك'
	case 'ذ', 'ظ':
		return 'ز'
	}
	return r
}
