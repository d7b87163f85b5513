// Package lexicon knows which words mean the same: concepts written by people,
// one a line, in data files that anyone can read and correct. It turns folded
// words of a text or a question, Arabic or English, into concept ids, and it
// lends its words to a lemmatiser: a word is reduced to the least-stripped
// form that the lexicon knows.
//
// The package owns the data files, their parser and the matching. It must not
// know of documents, of an index or of scoring, and it never changes text that
// is shown.
package lexicon

// ID names a concept. It is made from the content of its line, so that it
// stays the same whatever is added before or after it.
type ID uint32

// Kind says how the terms of a concept belong together.
type Kind uint8

// The kinds of a line.
const (
	Synonym     Kind = iota + 1 // the terms can replace each other in a question
	Association                 // one implies the other: a capital for its state
	Name                        // spellings and names of one entity
	Gloss                       // an English headword and its Arabic equivalents
	Stop                        // dialect function words with their standard equivalent
)

// kindWords are the first fields of the data files, by Kind.
var kindWords = [...]string{Synonym: "syn", Association: "assoc", Name: "name", Gloss: "gloss", Stop: "stop"}

// kindWeights are the weights that worked best in retrieval experiments on
// news questions, relative to a word that stands in the text itself.
var kindWeights = [...]float32{Synonym: 1, Association: .6, Name: 1.2, Gloss: .8, Stop: 0}

// ambiguous is what a term marked with ~ keeps of its concept's weight.
const ambiguous = .5

// String is the word that opens a line of this kind.
func (k Kind) String() string {
	if int(k) < len(kindWords) && kindWords[k] != "" {
		return kindWords[k]
	}
	return "unknown"
}

// Weight is what a match of this kind is worth, 0 for Stop.
func (k Kind) Weight() float32 {
	if int(k) < len(kindWeights) {
		return kindWeights[k]
	}
	return 0
}

// Concept is one meaning that a word or phrase can have.
type Concept struct {
	ID     ID
	Weight float32 // by kind; half where the term is ambiguous
	Kind   Kind    // Gloss concepts join English with Arabic, never Arabic with Arabic
}

// Match is a run of words that the lexicon knows.
type Match struct {
	First, Last int       // indexes of its words, both inclusive
	Concepts    []Concept // heaviest first; shared, not to be changed
}
