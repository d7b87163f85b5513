package index

import (
	"strings"
	"unicode/utf8"

	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
)

// People hold a letter down («العراااق»), leave out the space behind a short
// word («ماقدرت», «فيجدة») or before one («تعاقدمع»), and spell Arabic sounds by
// digits («7outhi»). These are other ways to write known words and no slips:
// the reply need not say that it read them.

// gluedBefore and gluedBehind are function words that stand unseparated before
// and behind others. The lists are short: «المصرفي» is no Egypt in anything.
var (
	gluedBefore = foldedList("على الى ما في من عن مع لا")
	gluedBehind = foldedList("مع من")
)

// negation is ما before a verb, in dialect written as one with it.
const negation = "ما"

// leastGlued is how many letters must be left of a word when a function word
// is taken off; negation stands before short verbs, too.
const leastGlued = 4

// spelling is another way to read a word. A sure one needs only a word of its
// stem, or a concept, in the documents; others the very form.
type spelling struct {
	form string
	sure bool
}

// respelled serves a term that no document has and no concept explains by the
// word that its letters spell in other ways. It reports whether it did.
func (x *Index) respelled(s *snapshot, t *term, l *lexicon.Lexicon) (bool, error) {
	if x.off["corrections"] || len(t.concepts) > 0 || t.w.flags&isDigits != 0 {
		return false, nil
	}
	v, err := s.vocabulary()
	if err != nil {
		return false, err
	}
	for _, other := range spellings(t.w.folded) {
		rows, err := v.count(other.form)
		if err != nil {
			return false, err
		}
		if rows == 0 && !other.sure {
			continue
		}
		again := *t
		again.w = x.words.look(other.form)
		if l != nil && !x.off["concepts"] {
			again.concepts = conceptsOf(l, other.form)
		}
		if err := x.weighTerm(s, &again, l); err != nil {
			return false, err
		}
		if again.known {
			*t = again
			return true, nil
		}
	}
	return false, nil
}

// joined serves a term that no document has by joining it with its neighbour
// where a space cut a word in two («السعو دية»). The other half then weighs
// nothing.
func (x *Index) joined(s *snapshot, r *reading, i int, l *lexicon.Lexicon) (bool, error) {
	if x.off["corrections"] {
		return false, nil
	}
	for _, first := range [...]int{i, i - 1} {
		if first < 0 || first+1 >= len(r.terms) || r.terms[first].span.End+1 != r.terms[first+1].span.Start {
			continue
		}
		again := r.terms[first]
		again.w = x.words.look(again.w.folded + r.terms[first+1].w.folded)
		if err := x.weighTerm(s, &again, l); err != nil {
			return false, err
		}
		if again.own {
			again.concepts = nil
			r.terms[first] = again
			r.terms[first+1].weight, r.terms[first+1].known = 0, true
			return true, nil
		}
	}
	return false, nil
}

// spellings lists other ways to read a folded word, the surest first.
func spellings(folded string) []spelling {
	var out []spelling
	for _, most := range [...]int{1, 2} {
		if short := shortened(folded, most); short != folded {
			out = append(out, spelling{short, true})
		}
	}
	for _, word := range gluedBefore {
		if rest, ok := strings.CutPrefix(folded, word); ok {
			out = appendRest(out, rest, word == negation)
		}
	}
	for _, word := range gluedBehind {
		if rest, ok := strings.CutSuffix(folded, word); ok {
			out = appendRest(out, rest, false)
		}
	}
	return out
}

// appendRest adds what is left of a word, and for «ماقدرتش» the verb alone.
func appendRest(out []spelling, rest string, negated bool) []spelling {
	n := utf8.RuneCountInString(rest)
	if n >= leastGlued || negated && n == leastGlued-1 {
		out = append(out, spelling{rest, negated && n >= leastGlued})
	}
	if bare, ok := strings.CutSuffix(rest, "ش"); ok && negated && n > leastGlued {
		out = append(out, spelling{bare, true})
	}
	return out
}

// shortened cuts letters that stand three times or more in a row.
func shortened(word string, most int) string {
	var out []rune
	letters := []rune(word)
	for i := 0; i < len(letters); {
		j := i
		for j < len(letters) && letters[j] == letters[i] {
			j++
		}
		n := j - i
		if n >= 3 {
			n = most
		}
		out = append(out, letters[i:i+n]...)
		i = j
	}
	return string(out)
}

func conceptsOf(l *lexicon.Lexicon, form string) []standin {
	var out []standin
	for _, m := range l.Match([]string{form}) {
		for _, c := range m.Concepts {
			if c.Kind != lexicon.Stop && c.Kind != lexicon.Gloss {
				out = append(out, standin{id: c.ID, weight: float64(c.Weight)})
			}
		}
	}
	return out
}

// digitSounds are the Latin letters for digits that stand for Arabic sounds.
var digitSounds = strings.NewReplacer("2", "", "3", "a", "5", "kh", "6", "t", "7", "h", "8", "gh", "9", "q")

// leastSpelled is how many letters tell a name with digits from a number with
// its unit.
const leastSpelled = 3

// spelledByDigits reads a name like «7outhi»; ok is false for other words.
func spelledByDigits(folded string) (name string, ok bool) {
	letters, digits := 0, 0
	for i := range len(folded) {
		switch c := folded[i]; {
		case c >= 'a' && c <= 'z':
			letters++
		case strings.IndexByte("2356789", c) >= 0:
			digits++
		default:
			return "", false
		}
	}
	return digitSounds.Replace(folded), letters >= leastSpelled && digits > 0 && digits < letters
}

func foldedList(text string) []string {
	var list []string
	for w := range strings.FieldsSeq(text) {
		list = append(list, arabic.Fold(w))
	}
	return list
}
