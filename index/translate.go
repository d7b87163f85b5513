package index

import (
	"strings"

	"mujaz/corpus/lexicon"
)

// Limits of what a dictionary brings into a question. A dictionary lists
// equivalents of all senses, most of them beside the point.
const (
	dictionaryWorth = .6  // of its first equivalent that documents have
	dictionaryStep  = .08 // less for every further one
	maxEquivalents  = 3
)

// byDictionary finds the words of the documents that dictionaries give for an
// English word which neither a concept nor the sound of a name explains.
func (x *Index) byDictionary(s *snapshot, t *term, l *lexicon.Lexicon) ([]other, error) {
	if l == nil || t.w.flags&isLatin == 0 || x.off[string(ByDictionary)] {
		return nil, nil
	}
	var out []other
	for _, equivalent := range l.Translate(t.w.folded) {
		for text := range strings.FieldsSeq(equivalent) {
			w := x.words.look(text)
			if len(out) == maxEquivalents || w.flags&isStop != 0 || hasStem(out, w) {
				continue
			}
			list, err := s.list(stemField, w.stem)
			if err != nil {
				return nil, err
			}
			if len(list) > 0 {
				out = append(out, other{w, dictionaryWorth - dictionaryStep*float64(len(out)), ByDictionary})
			}
		}
	}
	return out, nil
}
