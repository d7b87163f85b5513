package index

import (
	api "github.com/blevesearch/bleve_index_api"
)

// termsField is an indexed field of known terms: bleve has nothing to analyse
// and no place of a term to keep. It implements document.Field.
type termsField struct {
	name    string
	options api.FieldIndexingOptions
	length  int // terms, repetitions included
	counts  api.TokenFrequencies
}

// once stands for all terms that a row has once, which is most. The segment
// takes its terms from the keys of the counts, and only reads the values.
var once = occurring(1)

func occurring(n int) *api.TokenFreq {
	f := &api.TokenFreq{}
	f.SetFrequency(n)
	return f
}

func newTermsField(name string, options api.FieldIndexingOptions, terms []string) *termsField {
	f := &termsField{name: name, options: api.IndexField | options, length: len(terms), counts: make(api.TokenFrequencies, len(terms))}
	for _, t := range terms {
		if have := f.counts[t]; have != nil {
			f.counts[t] = occurring(have.Frequency() + 1)
		} else {
			f.counts[t] = once
		}
	}
	return f
}

func (f *termsField) Name() string                                   { return f.name }
func (f *termsField) Value() []byte                                  { return nil }
func (f *termsField) ArrayPositions() []uint64                       { return nil }
func (f *termsField) EncodedFieldType() byte                         { return 't' }
func (f *termsField) Analyze()                                       {}
func (f *termsField) Options() api.FieldIndexingOptions              { return f.options }
func (f *termsField) AnalyzedLength() int                            { return f.length }
func (f *termsField) AnalyzedTokenFrequencies() api.TokenFrequencies { return f.counts }
func (f *termsField) NumPlainTextBytes() uint64                      { return 0 }

// Size is about what the field takes in memory, in bytes.
func (f *termsField) Size() int { return 32 * (len(f.counts) + 4) }
