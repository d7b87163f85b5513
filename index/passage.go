package index

import (
	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
)

// token is one word of a passage.
type token struct {
	w          *word
	start, end int32
	sentence   int16
}

// meaning is a concept that a run of tokens has.
type meaning struct {
	id          lexicon.ID
	kind        lexicon.Kind
	weight      float32
	first, last int16
}

// passage is an analysed paragraph or title. Passages are shared and never
// change.
type passage struct {
	text      string
	tokens    []token
	meanings  []meaning
	sentences []arabic.Span
	answers   uint16 // kinds of answer that any of its sentences holds
}

// passage returns the analysed text of a row.
func (x *Index) passage(s *snapshot, number uint32, l *lexicon.Lexicon) (*passage, error) {
	if p := s.passages.get(number); p != nil {
		return p, nil
	}
	var text string
	if s.table[number].paragraph == titleParagraph {
		a, err := s.about(s.table[number].article)
		if err != nil {
			return nil, err
		}
		text = a.Title
	} else {
		stored, err := s.stored(number, textField)
		if err != nil {
			return nil, err
		}
		text = string(stored)
	}
	p := x.words.passage(text, l)
	s.passages.put(number, p)
	return p, nil
}

func (m *words) passage(text string, l *lexicon.Lexicon) *passage {
	p := &passage{text: text, sentences: arabic.Sentences(text)}
	found := arabic.Words(text)
	p.tokens = make([]token, len(found))
	folded := make([]string, len(found))
	sentence := 0
	for i, t := range found {
		for sentence+1 < len(p.sentences) && t.Start >= p.sentences[sentence].End {
			sentence++
		}
		w := m.keep(t.Text)
		p.tokens[i] = token{w, int32(t.Start), int32(t.End), int16(sentence)}
		folded[i] = w.folded
	}
	if l != nil {
		p.meanings = meaningsOf(l, folded)
	}
	return p
}

func meaningsOf(l *lexicon.Lexicon, folded []string) []meaning {
	var out []meaning
	for _, m := range l.Match(folded) {
		for _, c := range m.Concepts {
			if c.Kind != lexicon.Stop {
				out = append(out, meaning{c.ID, c.Kind, c.Weight, int16(m.First), int16(m.Last)})
			}
		}
	}
	return out
}
