package lexicon

import (
	"errors"
	"reflect"
	"testing"
)

func mustLine(t *testing.T, s string) Line {
	t.Helper()
	line, err := ParseLine(s)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestLinesWorkAtOnceAndStopAtOnce(t *testing.T) {
	l, _ := loaded()
	line := mustLine(t, "syn\tقرقوعة|حفل الزنبرية\tzanbar\t")
	with, problems := l.With([]Line{line})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if !meet(with, "بالقرقوعة", "حفل زنبرية", false) {
		t.Error("the line does not match")
	}
	found := with.Expand(foldedWords("متى تبدأ القرقوعة اليوم"))
	if len(found) != 1 || found[0].First != 2 || found[0].Last != 2 {
		t.Fatalf("%+v", found)
	}
	if want := [][]string{{"قرقوعه"}, {"حفل", "الزنبريه"}, {"zanbar"}}; !reflect.DeepEqual(found[0].Terms, want) {
		t.Errorf("%q", found[0].Terms)
	}
	if with.Fingerprint() != l.Fingerprint() {
		t.Error("a line at run time spoils the index")
	}
	if terms := with.Terms(found[0].Concept.ID); len(terms) != 3 {
		t.Errorf("terms %q", terms)
	}
	without, _ := with.With(nil)
	if meet(without, "القرقوعة", "الزنبرية", false) || without.Expand([]string{"قرقوعه"}) != nil {
		t.Error("the line still works after its removal")
	}
}

func TestTheSameLineTwice(t *testing.T) {
	l, _ := loaded()
	line := mustLine(t, "syn\tقرقوعة|زنبرية\tzanbar\t")
	turned := mustLine(t, "name\tزنبرية|~قرقوعة\tzanbar\t")
	with, problems := l.With([]Line{line, turned})
	if len(problems) != 1 || problems[0].Line != 2 || !errors.Is(problems[0].Err, ErrDuplicate) {
		t.Errorf("%v", problems)
	}
	if !with.Has(turned) || l.Has(line) {
		t.Error("Has does not know the lines of its own lexicon")
	}
	if shipped, _ := ParseLine(l.lines[0].text); !l.Has(shipped) {
		t.Error("Has does not know the files")
	}
}
