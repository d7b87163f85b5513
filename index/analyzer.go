package index

import (
	"strconv"

	"mujaz/corpus/lexicon"
)

// analyzerVersion changes whenever the terms of a field or what is stored
// would: with it the fingerprint, and an old index is filled again.
const analyzerVersion = "9"

// views say what the words of a text are for each field. A text is cut into
// words once and every word is analysed once; bleve gets terms.
type views struct {
	words   *words
	lexicon *lexicon.Lexicon
}

// Forms of a word by field; a word whose form is empty is left out.

func surfaceForm(w *word) string { return w.folded }

func stemForm(w *word) string     { return w.stem }
func skeletonForm(w *word) string { return w.skeleton }

// terms are the forms of all words that are not stop words.
func terms(list []*word, form func(*word) string) []string {
	terms := make([]string, 0, len(list))
	for _, w := range list {
		if term := form(w); term != "" && w.flags&isStop == 0 {
			terms = append(terms, term)
		}
	}
	return terms
}

// meanings are the concepts of a text. Stop words take part, because phrases
// contain them.
func (v views) meanings(list []*word) []meaning {
	if v.lexicon == nil {
		return nil
	}
	folded := make([]string, len(list))
	for i, w := range list {
		folded[i] = w.folded
	}
	return meaningsOf(v.lexicon, folded)
}

func conceptTerms(meanings []meaning) []string {
	terms := make([]string, len(meanings))
	for i, m := range meanings {
		terms[i] = string(conceptTerm(m.id))
	}
	return terms
}

// isLatinWord reports whether a folded word begins with a Latin letter.
func isLatinWord(folded string) bool {
	return folded != "" && folded[0] >= 'a' && folded[0] <= 'z'
}

func conceptTerm(id lexicon.ID) []byte { return strconv.AppendUint(nil, uint64(id), 36) }
