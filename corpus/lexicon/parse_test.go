package lexicon

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func TestParseLineErrors(t *testing.T) {
	for _, c := range []struct {
		line string
		want error
	}{
		{"syn\tحرب|قتال\twar\t", nil},
		{"syn\tحرب|قتال\twar", ErrFields},
		{"syn حرب قتال", ErrFields},
		{"syn\tحرب\twar\t\t", ErrFields},
		{"same\tحرب\twar\t", ErrKind},
		{"\tحرب\twar\t", ErrKind},
		{"syn\tحرب|ق\twar\t", ErrShort},
		{"syn\tحرب||قتال\twar\t", ErrShort},
		{"syn\tحرب|~\twar\t", ErrShort},
		{"syn\tحرب|ـَـ\twar\t", ErrShort},
		{"syn\tحرب\t\t", ErrTerms},
		{"syn\t\t\t", ErrTerms},
		{"syn\t\xcd\xd1\xc8|\xde\xca\xc7\xe1\twar\t", ErrEncoding},
	} {
		_, err := ParseLine(c.line)
		if !errors.Is(err, c.want) {
			t.Errorf("ParseLine(%q) = %v, want %v", c.line, err, c.want)
		}
	}
}

func TestLineStringParsesBack(t *testing.T) {
	const text = "assoc\t~عمان|أردن\tjordan|amman\tالنشامى"
	line, err := ParseLine(text)
	if err != nil || line.String() != text {
		t.Errorf("%q, %v", line, err)
	}
}

// A bad line costs itself alone, and says where it stands.
func TestLoadGoesOnAfterBadLines(t *testing.T) {
	extra := fstest.MapFS{
		"mine.tsv": {Data: []byte("# ours\nsyn\tقرقوعة|زنبرية\tzanbar\t\nsyn\tواحد\nsyn\tقرقوعة|زنبرية\tzanbar\t\r\n\nname\tطرطوبة|طرطوبي\ttartuba\t\n")},
		"old.tsv":  {Data: []byte("syn\tحرب|قتال\twar\t\nsyn\t\xcd\xd1\xc8|\xde\xca\xc7\xe1\twar\t\n")},
	}
	l, problems, err := Load(extra)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	want := []string{
		"mine.tsv:3: a line needs four fields separated by tabs: this one has 2",
		"mine.tsv:4: the same concept is already there: «قرقوعة»",
		"old.tsv:2: the file is not UTF-8 text",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("problems:\n%s", strings.Join(got, "\n"))
	}
	if !meet(l, "بالقرقوعة", "زنبرية", false) || !meet(l, "الطرطوبة", "tartuba", false) {
		t.Error("the good lines are not there")
	}
	if plain, _ := loaded(); plain.Fingerprint() == l.Fingerprint() {
		t.Error("additions leave the fingerprint as it was")
	}
}

func TestIDsStandWhateverIsAdded(t *testing.T) {
	plain, _ := loaded()
	more, _, err := Load(fstest.MapFS{"a.tsv": {Data: []byte("syn\tقرقوعة|زنبرية\tzanbar\t\n")}})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range plain.lines {
		if at, ok := more.byID[s.id]; !ok || more.lines[at].text != s.text {
			t.Fatalf("concept %d has another id: %s", i, s.text)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	f.Add("syn\tحرب|~قتال\twar\tعركة")
	f.Add("stop\t\t|\t~")
	f.Fuzz(func(t *testing.T, s string) {
		line, err := ParseLine(s)
		if err != nil {
			var bad *LineError
			if !errors.As(err, &bad) {
				t.Fatalf("%T", err)
			}
			return
		}
		again, err := ParseLine(line.String())
		if err != nil || again.String() != line.String() || again.sum() != line.sum() {
			t.Errorf("%q became %q, %v", line, again, err)
		}
	})
}
