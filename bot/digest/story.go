package digest

import (
	"cmp"
	"slices"
	"time"

	"mujaz/corpus/ingest"
)

// story is one or more documents that tell the same, the newest first.
type story []*entry

// sameOpening is the share of words of title and first paragraph from which
// two reports tell one story. Two editions of one agency report share more;
// reports of different events of one day on one topic share less than a third.
const sameOpening = .5

// stories groups documents by what they tell: the most covered first, then the
// newest.
func stories(list []*entry) []story {
	var out []story
	for _, e := range slices.SortedStableFunc(slices.Values(list), newestFirst) {
		i := slices.IndexFunc(out, func(s story) bool { return sameStory(s[0], e) })
		if i < 0 {
			out = append(out, story{e})
		} else {
			out[i] = append(out[i], e)
		}
	}
	slices.SortStableFunc(out, func(a, b story) int { return cmp.Compare(len(b), len(a)) })
	return out
}

func newestFirst(a, b *entry) int {
	if c := b.day().Compare(a.day()); c != 0 {
		return c
	}
	return cmp.Compare(b.Number, a.Number)
}

// day is the document's own date, or when it came.
func (e *entry) day() time.Time {
	if t, ok := e.Day(); ok {
		return t
	}
	return e.Added
}

func sameStory(a, b *entry) bool {
	return a.shingles.Similarity(b.shingles) >= ingest.NearDuplicate || overlap(a.opening, b.opening) >= sameOpening
}

// overlap is the Jaccard coefficient of two sets, 0..1.
func overlap(a, b map[string]bool) float64 {
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	if common == 0 {
		return 0
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
