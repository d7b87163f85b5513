package index

import (
	"math"
	"sort"
	"unicode/utf8"

	"mujaz/corpus/lexicon"
)

// Limits of what may stand in for a word that the index does not know.
const (
	leastLetters    = 4   // shorter words are never corrected
	maxCorrections  = 3   // known words tried for one unknown
	maxSounds       = 6   // words of the other script for one name
	correctionWorth = .9  // of the nearest word, less for farther ones
	soundWorth      = .85 // of a transliteration
	costAllowed     = .34 // edits by letters
	beginningWorth  = .7  // of a known word that the typed one begins with
)

// nearest finds words of the documents for a term that the index does not
// know: by sound in the other script, by a dictionary, by a slip of the
// finger, by a missing space.
func (x *Index) nearest(s *snapshot, r *reading, t *term, l *lexicon.Lexicon) ([]other, error) {
	name, spelled := spelledByDigits(t.w.folded)
	if t.w.flags&isDigits != 0 && !spelled || x.off["corrections"] {
		return nil, nil
	}
	v, err := s.vocabulary()
	if err != nil {
		return nil, err
	}
	if spelled {
		return x.bySound(v, analyse(name))
	}
	list, err := x.bySound(v, t.w)
	if err == nil && len(list) == 0 {
		list, err = x.byDictionary(s, t, l)
	}
	if err != nil || len(list) > 0 || t.w.flags&isLatin != 0 && r.latin && len(t.w.folded) < 6 {
		return list, err
	}
	if int(t.w.letters) < leastLetters {
		return nil, nil
	}
	if list, err = x.byLooks(v, t.w); err != nil || len(list) > 0 || t.w.flags&isLatin != 0 {
		return list, err
	}
	start, ok, err := v.beginning(t.w.folded)
	if !ok || err != nil {
		return nil, err
	}
	return []other{{x.words.look(start), beginningWorth, ByCorrection}}, nil
}

// counted is a word of the documents with the number of its rows.
type counted struct {
	folded string
	rows   int
}

// bySound finds words of the other script with the consonants of a name, the
// most frequent first.
func (x *Index) bySound(v *vocabulary, w *word) ([]other, error) {
	if x.off["transliteration"] {
		return nil, nil
	}
	var found []counted
	for _, folded := range v.sounding(w.folded, w.flags&isLatin != 0) {
		n, err := v.count(folded)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			found = append(found, counted{folded, n})
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].rows > found[j].rows })
	var list []other
	for _, c := range found {
		o := other{x.words.look(c.folded), soundWorth, ByTransliteration}
		if !hasStem(list, o.w) {
			list = append(list, o)
		}
		if len(list) == maxSounds {
			break
		}
	}
	return list, nil
}

func hasStem(list []other, w *word) bool {
	for _, o := range list {
		if sameStem(o.w, w) {
			return true
		}
	}
	return false
}

// byLooks finds the known words that need the fewest edits.
func (x *Index) byLooks(v *vocabulary, w *word) ([]other, error) {
	list, err := v.near(w)
	if err != nil {
		return nil, err
	}
	var out []other
	for _, c := range list {
		if c.cost > list[0].cost+.6 || len(out) == maxCorrections {
			break
		}
		o := other{x.words.look(c.folded), correctionWorth - .15*max(0, c.cost-list[0].cost) - .08*float64(len(out)), ByCorrection}
		if !hasStem(out, o.w) {
			out = append(out, o)
		}
	}
	return out, nil
}

// near is a word with what it costs to come to it.
type near struct {
	folded string
	cost   float64
}

// near lists the words that can be meant, the nearest and most frequent first.
func (v *vocabulary) near(w *word) ([]near, error) {
	allowed := min(costAllowed*float64(w.letters), 2.2)
	var list []near
	for _, folded := range v.similar(w.folded, 80) {
		cost := edits(w.folded, folded, allowed)
		if cost > allowed {
			continue
		}
		n, err := v.count(folded)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, near{folded, cost - .08*math.Log1p(float64(n))})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].cost < list[j].cost })
	return list, nil
}

// edits is the cost of turning one word into another, by Damerau and
// Levenshtein with cheaper steps between letters that people confuse; it gives
// up beyond the limit.
func edits(a, b string, limit float64) float64 {
	var p, q [40]rune
	x, y := appendRunes(p[:0], a), appendRunes(q[:0], b)
	if d := float64(len(x) - len(y)); d > limit || -d > limit {
		return limit + 1
	}
	var rows [3][41]float64
	before, now, next := &rows[0], &rows[1], &rows[2]
	for j := range y {
		now[j+1] = float64(j + 1)
	}
	for i := range x {
		next[0] = float64(i + 1)
		least := next[0]
		for j := range y {
			c := now[j] + letterCost(x[i], y[j])
			c = min(c, now[j+1]+dropCost(x, i), next[j]+dropCost(y, j))
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				c = min(c, before[j-1]+.8)
			}
			next[j+1] = c
			least = min(least, c)
		}
		if least > limit {
			return limit + 1
		}
		before, now, next = now, next, before
	}
	return now[len(y)]
}

func appendRunes(into []rune, s string) []rune {
	for len(s) > 0 && len(into) < 40 {
		r, n := utf8.DecodeRuneInString(s)
		into, s = append(into, r), s[n:]
	}
	return into
}

// dropCost is what a letter too many costs: a doubled one and a long vowel
// less than others.
func dropCost(w []rune, i int) float64 {
	switch {
	case i > 0 && w[i] == w[i-1]:
		return .4
	case w[i] == 'ا' || w[i] == 'ء':
		return .7
	}
	return 1
}

// confused are letters that are near in sound or on the keyboard.
var confused = map[[2]rune]bool{}

func init() {
	for _, group := range []string{"ضظ", "ذزدظ", "سص", "تط", "كقغج", "عا", "حه", "ةهت", "ثسص", "ءاوي", "شس", "جح", "فق", "نت", "بي", "لا", "ىي", "دذ", "رز", "طظ", "خحج", "عغ"} {
		for _, a := range group {
			for _, b := range group {
				if a != b {
					confused[[2]rune{a, b}] = true
				}
			}
		}
	}
}

func letterCost(a, b rune) float64 {
	switch {
	case a == b:
		return 0
	case confused[[2]rune{a, b}]:
		return .5
	}
	return 1
}

// split cuts a word in two known ones where a space is missing; ok is false
// where no cut leaves two words of three letters that documents have.
func (v *vocabulary) split(folded string) (a, b string, ok bool, err error) {
	best := 1
	for i := range folded {
		if i < 6 || len(folded)-i < 6 {
			continue
		}
		first, err := v.count(folded[:i])
		if err != nil {
			return "", "", false, err
		}
		if first <= best {
			continue
		}
		second, err := v.count(folded[i:])
		if err != nil {
			return "", "", false, err
		}
		if c := min(first, second); c > best {
			a, b, best, ok = folded[:i], folded[i:], c, true
		}
	}
	return a, b, ok, nil
}

// beginning is the longest known word of five letters or more that opens a
// word and makes most of it: «مانشسترستي».
func (v *vocabulary) beginning(folded string) (start string, ok bool, err error) {
	for i := len(folded) - 2; i >= 10 && i*5 >= len(folded)*3; i -= 2 {
		if n, err := v.count(folded[:i]); err != nil || n > 2 {
			return folded[:i], err == nil, err
		}
	}
	return "", false, nil
}
