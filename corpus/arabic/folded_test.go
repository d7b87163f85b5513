package arabic

import (
	"slices"
	"testing"
)

func TestFoldedWords(t *testing.T) {
	if got := FoldedWords("قالت الحكومة: ٢٥ مدرسةً"); !slices.Equal(got, []string{"قالت", "الحكومه", "25", "مدرسه"}) {
		t.Errorf("got %q", got)
	}
}

func TestWesternDigits(t *testing.T) {
	if got := WesternDigits("من ٢٥ إلى ۳۰ و7، إبراهيم"); got != "من 25 إلى 30 و7، إبراهيم" {
		t.Errorf("got %q", got)
	}
}
