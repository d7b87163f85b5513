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
	stem, skel uint8 // of w, see word.sieve
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
	p, err := x.readPassage(s, number, l)
	if err == nil {
		s.passages.put(number, p)
	}
	return p, err
}

func (x *Index) readPassage(s *snapshot, number uint32, l *lexicon.Lexicon) (*passage, error) {
	p, about := &passage{}, ""
	kept, damage := unpacked{}, errTokens
	err := s.visit(number, func(field string, value []byte) {
		switch field {
		case textField:
			p.text = string(value)
		case tokensField:
			kept, damage = decodeTokens(value)
		case meaningField:
			if l != nil && l == x.o.Lexicon {
				p.meanings = decodeMeanings(value)
			}
		case aboutField:
			about = string(value)
		}
	})
	if err != nil {
		return nil, err
	}
	if s.table[number].paragraph == titleParagraph {
		a, err := s.keepAbout(s.table[number].article, about)
		if err != nil {
			return nil, err
		}
		p.text = a.Title
	}
	if damage != nil || !p.fill(kept, s) {
		x.log.Debug("words of a row are damaged and analysed again")
		p.analyse()
	}
	if l != nil && l != x.o.Lexicon {
		p.meanings = meaningsOf(l, p.folded())
	}
	return p, nil
}

// fill takes the words that are kept with a row; it reports whether they can
// be those of the text.
func (p *passage) fill(kept unpacked, s *snapshot) bool {
	if kept.end > len(p.text) {
		return false
	}
	p.tokens, p.sentences = kept.tokens, kept.sentences
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.w = s.word(t.id); t.w == nil { // beyond what the dictionary keeps
			t.w = analyse(p.text[t.start:t.end])
		}
	}
	p.settle()
	return true
}

// analyse finds sentences and words in the text itself.
func (p *passage) analyse() {
	p.sentences = arabic.Sentences(p.text)
	found := arabic.Words(p.text)
	p.tokens = make([]token, len(found))
	for i, t := range found {
		p.tokens[i] = token{w: analyse(t.Text), start: int32(t.Start), end: int32(t.End)}
	}
	p.settle()
}

// settle puts every token into its sentence.
func (p *passage) settle() {
	sentence := 0
	for i := range p.tokens {
		t := &p.tokens[i]
		for sentence+1 < len(p.sentences) && int(t.start) >= p.sentences[sentence].End {
			sentence++
		}
		t.stem, t.skel = t.w.sieve()
		if t.sentence, t.id = int16(sentence), t.w.id; t.w.flags&isStop != 0 {
			t.id = stopID
		}
	}
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
