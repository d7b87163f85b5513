package index

import (
	"strconv"

	"github.com/blevesearch/bleve/v2/analysis"

	"mujaz/corpus/lexicon"
)

// analyzerVersion changes whenever the terms of a field or what is stored
// would: with it the fingerprint, and an old index is filled again.
const analyzerVersion = "5"

// views say what the words of a text are for each field. A text is cut into
// words once and every word is analysed once; bleve gets finished terms.
type views struct {
	words   *words
	lexicon *lexicon.Lexicon
}

// Forms of a word by field; a word whose form is empty is left out.

func surfaceForm(w *word) string { return w.folded }

func stemForm(w *word) string     { return w.stem }
func skeletonForm(w *word) string { return w.skeleton }

// terms are the forms of all words that are not stop words.
func terms(list []*word, form func(*word) string) analysed {
	tokens := make([]analysis.Token, 0, len(list))
	for i, w := range list {
		if term := form(w); term != "" && w.flags&isStop == 0 {
			tokens = append(tokens, analysis.Token{Term: []byte(term), Position: i + 1})
		}
	}
	return stream(tokens)
}

func stream(tokens []analysis.Token) analysed {
	out := make(analysed, len(tokens))
	for i := range tokens {
		out[i] = &tokens[i]
	}
	return out
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

func conceptTerms(meanings []meaning) analysed {
	tokens := make([]analysis.Token, len(meanings))
	for i, m := range meanings {
		tokens[i] = analysis.Token{Term: conceptTerm(m.id), Position: int(m.first) + 1}
	}
	return stream(tokens)
}

// isLatinWord reports whether a folded word begins with a Latin letter.
func isLatinWord(folded string) bool {
	return folded != "" && folded[0] >= 'a' && folded[0] <= 'z'
}

func conceptTerm(id lexicon.ID) []byte { return strconv.AppendUint(nil, uint64(id), 36) }

// analysed is the analyzer of a text that was analysed before.
type analysed analysis.TokenStream

// Analyze implements analysis.Analyzer.
func (a analysed) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(a) }
