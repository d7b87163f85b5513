package index

import (
	"strconv"

	"github.com/blevesearch/bleve/v2/analysis"

	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
)

// analyzerVersion changes whenever the terms of a field would: with it the
// fingerprint, and an old index is filled again.
const analyzerVersion = "2"

// wordTokenizer cuts a text into words; offsets are those of the very text,
// because folding happens behind it, in token filters.
type wordTokenizer struct{}

// Tokenize implements analysis.Tokenizer.
func (wordTokenizer) Tokenize(text []byte) analysis.TokenStream {
	found := arabic.Words(string(text))
	tokens := make([]analysis.Token, len(found))
	stream := make(analysis.TokenStream, len(found))
	for i, t := range found {
		tokens[i] = analysis.Token{Start: t.Start, End: t.End, Term: text[t.Start:t.End], Position: i + 1}
		stream[i] = &tokens[i]
	}
	return stream
}

// A termFilter is a token filter that replaces each term by a form of its
// word, or drops it where the form is empty.
type termFilter struct {
	words *words
	form  func(*word) string
}

// Filter implements analysis.TokenFilter.
func (f termFilter) Filter(stream analysis.TokenStream) analysis.TokenStream {
	kept := stream[:0]
	for _, t := range stream {
		if term := f.form(f.words.keep(string(t.Term))); term != "" {
			t.Term = []byte(term)
			kept = append(kept, t)
		}
	}
	return kept
}

func foldForm(w *word) string { return w.folded }

func stopForm(w *word) string {
	if w.flags&isStop != 0 {
		return ""
	}
	return w.folded
}

func stemForm(w *word) string     { return w.stem }
func skeletonForm(w *word) string { return w.skeleton }

// conceptFilter replaces folded words by the ids of their concepts. It stands
// before the stop filter, because phrases contain stop words.
type conceptFilter struct{ lexicon *lexicon.Lexicon }

// Filter implements analysis.TokenFilter.
func (f conceptFilter) Filter(stream analysis.TokenStream) analysis.TokenStream {
	return conceptTokens(f.meanings(stream))
}

func (f conceptFilter) meanings(stream analysis.TokenStream) []meaning {
	if f.lexicon == nil {
		return nil
	}
	folded := make([]string, len(stream))
	for i, t := range stream {
		folded[i] = string(t.Term)
	}
	return meaningsOf(f.lexicon, folded)
}

func conceptTokens(meanings []meaning) analysis.TokenStream {
	tokens := make([]analysis.Token, len(meanings))
	stream := make(analysis.TokenStream, len(meanings))
	for i, m := range meanings {
		tokens[i] = analysis.Token{Term: conceptTerm(m.id), Position: int(m.first) + 1}
		stream[i] = &tokens[i]
	}
	return stream
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

// views are the analyzers of the fields: what a word is for each of them.
type views struct {
	fold, surface, stem, skeleton analysis.Analyzer
	conceptFilter
}

func newViews(m *words, l *lexicon.Lexicon) views {
	fold, stop := termFilter{m, foldForm}, termFilter{m, stopForm}
	chain := func(filters ...analysis.TokenFilter) analysis.Analyzer {
		return &analysis.DefaultAnalyzer{Tokenizer: wordTokenizer{}, TokenFilters: filters}
	}
	return views{
		fold:          chain(fold),
		surface:       chain(fold, stop),
		stem:          chain(fold, stop, termFilter{m, stemForm}),
		skeleton:      chain(fold, stop, termFilter{m, skeletonForm}),
		conceptFilter: conceptFilter{l},
	}
}
