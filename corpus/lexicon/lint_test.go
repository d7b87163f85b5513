package lexicon

import (
	"testing"
)

// leastConcepts is what the shipped data promises.
const leastConcepts = 15000

// mostMeanings is how many concepts may hold a term without calling it
// ambiguous.
const mostMeanings = 6

func TestShippedDataIsClean(t *testing.T) {
	l, problems := loaded()
	for _, p := range problems {
		t.Error(p)
	}
	meanings := map[string]int{}
	written := 0
	for _, s := range l.lines {
		line, err := ParseLine(s.text)
		if err != nil {
			t.Fatal(err)
		}
		written++
		if line.Kind == Stop || line.Kind == Gloss {
			continue // a gloss joins languages, its headwords share equivalents
		}
		seen := map[string]bool{}
		for _, term := range line.Terms() {
			if !term.Ambiguous && !seen[term.Folded] {
				seen[term.Folded] = true
				meanings[term.Folded]++
			}
		}
	}
	for term, n := range meanings {
		if n > mostMeanings {
			t.Errorf("%s stands in %d concepts without ~", term, n)
		}
	}
	if written < leastConcepts {
		t.Errorf("%d concepts, want %d", written, leastConcepts)
	}
}

// Ids are hashes: were two sums to meet, the second's id would depend on the
// order of the files.
func TestShippedIDsDoNotCollide(t *testing.T) {
	l, _ := loaded()
	for _, s := range l.lines {
		line, err := ParseLine(s.text)
		if err != nil || firstID(line.sum()) != s.id {
			t.Errorf("%s: id %d", s.text, s.id)
		}
	}
}
