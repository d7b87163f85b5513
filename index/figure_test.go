package index

import (
	"testing"

	"mujaz/corpus/arabic"
)

// TestFigures: the class of figure that a question asks for stands in a
// sentence or not, whatever other figures it has.
func TestFigures(t *testing.T) {
	for _, c := range []struct {
		want     Want
		question string
		sentence string
		stands   bool
	}{
		{WantNumber, "كم سعر البرميل", "هبط البرميل إلى 49 دولارا", true},
		{WantNumber, "كم سعر البرميل", "هبط البرميل 3 في المئة", false},
		{WantNumber, "ما نسبة البطالة", "بلغت البطالة 12 في المئة", true},
		{WantNumber, "ما نسبة البطالة", "بلغ العاطلون 300 شخص", false},
		{WantNumber, "كم مدة الهدنة", "تستمر الهدنة خمسة أيام", true},
		{WantTime, "في أي عام ولد", "ولد سنة 1911 في القاهرة", true},
		{WantTime, "في أي عام ولد", "ولد في شهر ديسمبر", false},
	} {
		f := FigureAsked(c.want, arabic.FoldedWords(c.question))
		if f == 0 {
			t.Errorf("%s: asks for no class of figure", c.question)
			continue
		}
		if got := f.In(arabic.FoldedWords(c.sentence), func(string) bool { return false }); got != c.stands {
			t.Errorf("%s: %s: %v", c.question, c.sentence, got)
		}
	}
	if f := FigureAsked(WantAny, arabic.FoldedWords("من توسط في المحادثات")); f != 0 {
		t.Errorf("who mediated asks for figure %d", f)
	}
}
