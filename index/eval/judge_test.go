package eval

import (
	"testing"

	"mujaz/corpus"
)

// TestTwinInBackground counts a paragraph that stands for the gold one where
// nobody judged its document, and not where somebody did.
func TestTwinInBackground(t *testing.T) {
	gold, twin := corpus.Ref{Document: "gold"}, corpus.Ref{Document: "twin", Paragraph: 2}
	for _, c := range []struct {
		judged map[string]bool
		rank   int
	}{{map[string]bool{"gold": true}, 1}, {map[string]bool{"gold": true, "twin": true}, 0}} {
		r := Reply{Refs: []corpus.Ref{twin}, Also: [][]corpus.Ref{{gold}}}
		if got := judge(Question{Gold: []corpus.Ref{gold}}, r.judgedOnly(c.judged)).rank; got != c.rank {
			t.Errorf("judged %v: rank %d, want %d", c.judged, got, c.rank)
		}
	}
}
