package phrase

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// TestKeysAreEqual holds the two languages to the same set of keys; plural
// keys are compared without their form, and every form of a language must be
// there.
func TestKeysAreEqual(t *testing.T) {
	forms := map[string][]string{
		Arabic:  {"zero", "one", "two", "few", "many", "other"},
		English: {"one", "other"},
	}
	keys := map[string]map[string]bool{}
	for lang, table := range tables {
		keys[lang] = map[string]bool{}
		for key := range table {
			base, _, isPlural := strings.Cut(key, "[")
			keys[lang][base] = true
			if !isPlural {
				continue
			}
			for _, form := range forms[lang] {
				if _, ok := table[base+"["+form+"]"]; !ok {
					t.Errorf("%s: %s has no form %s", lang, base, form)
				}
			}
		}
	}
	for _, pair := range [][2]string{{Arabic, English}, {English, Arabic}} {
		for key := range keys[pair[0]] {
			if !keys[pair[1]][key] {
				t.Errorf("%s has the key %s, %s has not", pair[0], key, pair[1])
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// TestPlaceholdersAreEqual finds a translation that lost an argument.
func TestPlaceholdersAreEqual(t *testing.T) {
	for key, arabic := range tables[Arabic] {
		english, ok := tables[English][key]
		if !ok || strings.Contains(key, "[") {
			continue
		}
		a, e := placeholder.FindAllString(arabic, -1), placeholder.FindAllString(english, -1)
		slices.Sort(a)
		slices.Sort(e)
		if !slices.Equal(slices.Compact(a), slices.Compact(e)) {
			t.Errorf("%s: placeholders %v in Arabic, %v in English", key, a, e)
		}
	}
}

// TestVoice holds the texts to the written rules that a program can check.
func TestVoice(t *testing.T) {
	meaningful := "👍👎🔔🔕"
	for lang, table := range tables {
		for key, text := range table {
			for _, r := range text {
				if r == '!' || r == '！' {
					t.Errorf("%s %s exclaims: %s", lang, key, text)
				}
				if r > 0x1F000 && !strings.ContainsRune(meaningful, r) {
					t.Errorf("%s %s has an emoji without meaning: %c", lang, key, r)
				}
				if '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069' {
					t.Errorf("%s %s has a bidi embedding", lang, key)
				}
			}
			if strings.Contains(text, "<") || strings.Contains(text, "&") {
				t.Errorf("%s %s has markup: %s", lang, key, text)
			}
			for _, chain := range []string{"نعتذر", "للأسف", "Sorry", "sorry", "apolog", "Unfortunately"} {
				if strings.Contains(text, chain) {
					t.Errorf("%s %s apologises: %s", lang, key, text)
				}
			}
		}
	}
}

func TestArabicPlurals(t *testing.T) {
	p := For("ar", Options{})
	for n, want := range map[int]string{
		0: "لا وثائق", 1: "وثيقة واحدة", 2: "وثيقتان", 3: "٣ وثائق", 10: "١٠ وثائق", 11: "١١ وثيقة", 26: "٢٦ وثيقة",
		99: "٩٩ وثيقة", 100: "١٠٠ وثيقة", 102: "١٠٢ وثيقة", 103: "١٠٣ وثائق", 111: "١١١ وثيقة", 1000: "١٬٠٠٠ وثيقة", 1103: "١٬١٠٣ وثائق",
	} {
		if got := p.Count("count.documents", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
	forms := map[plural.Form]bool{}
	for n := range 200 {
		forms[plural.Cardinal.MatchPlural(language.Arabic, n, 0, 0, 0, 0)] = true
	}
	if len(forms) != 6 {
		t.Errorf("Arabic has %d forms below 200, want 6", len(forms))
	}
}

func TestEnglishPlurals(t *testing.T) {
	p := For("en-GB", Options{})
	for n, want := range map[int]string{0: "0 documents", 1: "1 document", 2: "2 documents", 1234567: "1,234,567 documents"} {
		if got := p.Count("count.documents", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	day := time.Date(2026, 11, 25, 5, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		lang string
		o    Options
		want string
	}{
		{"ar", Options{}, "٢٥ نوفمبر ٢٠٢٦"},
		{"ar", Options{Digits: Western}, "25 نوفمبر 2026"},
		{"ar", Options{Calendar: Hijri}, "١٥ جمادى الآخرة ١٤٤٨هـ"},
		{"en", Options{}, "25 November 2026"},
		{"en", Options{Digits: ArabicIndic}, "٢٥ November ٢٠٢٦"},
		{"en", Options{Calendar: Both}, "25 November 2026 / 15 Jumada al-Thaniya 1448 AH"},
	} {
		if got := For(c.lang, c.o).Date(day); got != c.want {
			t.Errorf("%s %+v: got %q, want %q", c.lang, c.o, got, c.want)
		}
	}
	if got := For("ar", Options{}).LongDate(day); got != "الأربعاء ٢٥ نوفمبر ٢٠٢٦" {
		t.Errorf("long date: %q", got)
	}
	ancient := time.Date(1900, 1, 2, 0, 0, 0, 0, time.UTC)
	if got := For("en", Options{Calendar: Hijri}).Date(ancient); got != "2 January 1900" {
		t.Errorf("outside the Hijri table: %q", got)
	}
}

func TestDocumentDate(t *testing.T) {
	p := For("ar", Options{})
	for given, want := range map[string]string{
		"": "تاريخ غير معروف", "2015": "٢٠١٥", "2015-07": "يوليو ٢٠١٥", "2015-07-08": "٨ يوليو ٢٠١٥",
		"2015-07-08T23:30:00+03:00": "٨ يوليو ٢٠١٥", "2015-07-08 23:30": "٨ يوليو ٢٠١٥", "أمس": "أمس",
	} {
		if got := p.DocumentDate(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ tag, fallback, want string }{
		{"ar", "en", "ar"}, {"ar-EG", "en", "ar"}, {"EN", "ar", "en"}, {"en_US", "ar", "en"},
		{"", "ar", "ar"}, {"", "en", "en"}, {"fr", "ar", "ar"}, {"arz", "en", "en"},
	} {
		if got := Language(c.tag, c.fallback); got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

func TestFilling(t *testing.T) {
	p := For("en", Options{})
	p.t = table{"k": "a {0} b {1} {0}"}
	if got := p.T("k", "{1}", 1234); got != "a {1} b 1,234 {1}" {
		t.Errorf("arguments must not be filled again: %q", got)
	}
	if got := p.T("no.such.key"); got != "no.such.key" {
		t.Errorf("missing key: %q", got)
	}
}

func TestParseErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no sign": "key text", "no text": "key =", "no key": "= text", "twice": "a = b\na = c",
	} {
		if _, err := load(fstest.MapFS{"data/x.ar.txt": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := load(fstest.MapFS{"data/x.fr.txt": {Data: []byte("a = b")}}); err == nil {
		t.Error("a language without a table was taken")
	}
}
