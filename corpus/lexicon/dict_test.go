package lexicon

import (
	"bytes"
	"compress/gzip"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const dictText = "info\nzither /zɪð/\nقانون، آلة القانون\nzonk\nأنهك\n"

// dictIndex has zither at 5, 56 bytes, and zonk behind it.
var dictIndex = "00-database-short\tA\tF\nzither\tF\t" + base64Of(len("zither /zɪð/\nقانون، آلة القانون\n")) +
	"\nzonk\t" + base64Of(5+len("zither /zɪð/\nقانون، آلة القانون\n")) + "\t" + base64Of(len("zonk\nأنهك\n")) + "\n"

func base64Of(n int) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	if n < 64 {
		return digits[n : n+1]
	}
	return base64Of(n/64) + digits[n%64:n%64+1]
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s)) // into memory, cannot fail
	z.Close()
	return b.Bytes()
}

func TestDictionary(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"plain":  {"x.index": {Data: []byte(dictIndex)}, "x.dict": {Data: []byte(dictText)}},
		"packed": {"x.index": {Data: []byte(dictIndex)}, "x.dict.dz": {Data: gzipped(dictText)}},
	} {
		l, problems, err := Load(fsys)
		if err != nil || len(problems) > 0 {
			t.Fatal(name, err, problems)
		}
		if got := l.Translate("zithers"); !slices.Equal(got, []string{"قانون", "اله القانون"}) {
			t.Errorf("%s: %q", name, got)
		}
		if got := l.Translate("zonked"); !slices.Equal(got, []string{"انهك"}) {
			t.Errorf("%s: %q", name, got)
		}
		if !meet(l, "zonked", "أنهكته الحرب", true) {
			t.Errorf("%s: the equivalent's concept is not found", name)
		}
		if got := l.Translate("unknown"); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A damaged dictionary is one Problem, and the rest is loaded.
func TestDamagedDictionary(t *testing.T) {
	packed := gzipped(strings.Repeat(dictText, 50))
	broken := slices.Clone(packed)
	broken[len(broken)-12] ^= 0xff
	for _, c := range []struct {
		name  string
		files fstest.MapFS
		want  error
		at    string
	}{
		{"outside", fstest.MapFS{"x.index": {Data: []byte("zither\tF\tZ\nzonk\tAAZZ\tF\n")}, "x.dict": {Data: []byte(dictText)}}, ErrDictOutside, "x.index:2: "},
		{"overflow", fstest.MapFS{"x.index": {Data: []byte("zither\t////////////\t////////////\n")}, "x.dict": {Data: []byte(dictText)}}, ErrDictIndex, "x.index:1: "},
		{"fields", fstest.MapFS{"x.index": {Data: []byte("zither F Z\n")}, "x.dict": {Data: []byte(dictText)}}, ErrDictIndex, "x.index:1: "},
		{"digits", fstest.MapFS{"x.index": {Data: []byte("zither\tF-\tZ\n")}, "x.dict": {Data: []byte(dictText)}}, ErrDictIndex, "x.index:1: "},
		{"no text", fstest.MapFS{"x.index": {Data: []byte(dictIndex)}}, ErrDictMissing, "x.index: "},
		{"not packed", fstest.MapFS{"x.index": {Data: []byte(dictIndex)}, "x.dict.dz": {Data: []byte(dictText)}}, ErrDictDamaged, "x.dict.dz: "},
		{"cut", fstest.MapFS{"x.index": {Data: []byte(dictIndex)}, "x.dict.dz": {Data: packed[:len(packed)/2]}}, ErrDictDamaged, "x.dict.dz: "},
		{"bit", fstest.MapFS{"x.index": {Data: []byte(dictIndex)}, "x.dict.dz": {Data: broken}}, ErrDictDamaged, "x.dict.dz: "},
	} {
		list, problems := openFolder(c.files, func(string) bool { return true })
		if len(list) != 0 || len(problems) != 1 || !errors.Is(problems[0].Err, c.want) || !strings.HasPrefix(problems[0].String(), c.at) {
			t.Errorf("%s: %v", c.name, problems)
		}
	}
}

func FuzzDictionary(f *testing.F) {
	f.Add([]byte(dictIndex), []byte(dictText))
	f.Add([]byte("a\t////\t//\n"), []byte("x"))
	f.Fuzz(func(t *testing.T, index, text []byte) {
		list, problems := openFolder(fstest.MapFS{"x.index": {Data: index}, "x.dict": {Data: text}}, func(string) bool { return true })
		if len(list)+len(problems) != 1 {
			t.Fatalf("%d dictionaries, %d problems", len(list), len(problems))
		}
		for _, d := range list {
			for _, e := range d.words {
				d.lookUp(e.word)
			}
		}
	})
}
