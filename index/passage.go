package index

import (
	"encoding/binary"
	"sync/atomic"

	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
)

// token is one word of a passage.
type token struct {
	w          *word
	start, end int32
	id         uint32 // of w, stopID for stop words: most tokens are told by it alone
	sentence   int16
}

// stopID marks tokens that no term can match.
const stopID = ^uint32(0)

// meaning is a concept that a run of tokens has.
type meaning struct {
	id          lexicon.ID
	first, last int16
}

// passage is an analysed paragraph or title. Passages are shared and never
// change.
type passage struct {
	text      string
	tokens    []token
	meanings  []meaning
	sentences []arabic.Span
	runs      atomic.Pointer[[]uint64] // see shingles
}

// passage returns the analysed text of a row.
func (x *Index) passage(s *snapshot, number uint32, l *lexicon.Lexicon) (*passage, error) {
	if p := s.passages.get(number); p != nil {
		return p, nil
	}
	var text, meanings, stored []byte
	err := s.visit(number, func(field string, value []byte) {
		switch field {
		case textField:
			text = append([]byte(nil), value...)
		case meaningField:
			meanings = append([]byte(nil), value...)
		case aboutField:
			stored = append([]byte(nil), value...)
		}
	})
	if err != nil {
		return nil, err
	}
	if s.table[number].paragraph == titleParagraph {
		a, err := s.keepAbout(s.table[number].article, stored)
		if err != nil {
			return nil, err
		}
		text = []byte(a.Title)
	}
	p := x.words.passage(string(text))
	if l != nil && l == x.o.Lexicon {
		p.meanings = decodeMeanings(meanings)
	} else if l != nil {
		p.meanings = meaningsOf(l, p.folded())
	}
	s.passages.put(number, p)
	return p, nil
}

func (m *words) passage(text string) *passage {
	p := &passage{text: text, sentences: arabic.Sentences(text)}
	var stack [256]arabic.Token
	found := arabic.AppendWords(stack[:0], text)
	p.tokens = make([]token, len(found))
	m.keepAll(found, p.tokens)
	sentence := 0
	for i, t := range found {
		for sentence+1 < len(p.sentences) && t.Start >= p.sentences[sentence].End {
			sentence++
		}
		p.tokens[i].start, p.tokens[i].end, p.tokens[i].sentence = int32(t.Start), int32(t.End), int16(sentence)
		if w := p.tokens[i].w; w.flags&isStop != 0 {
			p.tokens[i].id = stopID
		} else {
			p.tokens[i].id = w.id
		}
	}
	return p
}

func (p *passage) folded() []string {
	list := make([]string, len(p.tokens))
	for i, t := range p.tokens {
		list[i] = t.w.folded
	}
	return list
}

func meaningsOf(l *lexicon.Lexicon, folded []string) []meaning {
	var out []meaning
	for _, m := range l.Match(folded) {
		for _, c := range m.Concepts {
			if c.Kind != lexicon.Stop {
				out = append(out, meaning{c.ID, int16(m.First), int16(m.Last)})
			}
		}
	}
	return out
}

// encodeMeanings packs meanings: distance from the one before, words beyond
// the first, concept.
func encodeMeanings(list []meaning) []byte {
	out := make([]byte, 0, 6*len(list))
	before := int16(0)
	for _, m := range list {
		out = binary.AppendUvarint(out, uint64(m.first-before))
		out = binary.AppendUvarint(out, uint64(m.last-m.first))
		out = binary.BigEndian.AppendUint32(out, uint32(m.id))
		before = m.first
	}
	return out
}

// decodeMeanings reads what encodeMeanings wrote, up to the first damage.
func decodeMeanings(data []byte) []meaning {
	list := make([]meaning, 0, len(data)/6)
	first := int16(0)
	for len(data) > 0 {
		gap, n := binary.Uvarint(data)
		if n <= 0 {
			return list
		}
		more, k := binary.Uvarint(data[n:])
		if k <= 0 || len(data) < n+k+4 {
			return list
		}
		first += int16(gap)
		list = append(list, meaning{lexicon.ID(binary.BigEndian.Uint32(data[n+k:])), first, first + int16(more)})
		data = data[n+k+4:]
	}
	return list
}
