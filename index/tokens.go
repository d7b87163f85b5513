package index

import (
	"encoding/binary"
	"errors"

	"mujaz/corpus/arabic"
)

// errTokens says that a row's words are not as encodeTokens made them.
var errTokens = errors.New("damaged words of a row")

// encodeTokens packs where the sentences and the words of a text stand, and
// the numbers of the words: whoever reads the row has neither to look for
// them nor to fold them. Places are told by the distance from the end before.
func encodeTokens(sentences []arabic.Span, found []arabic.Token, list []*word) []byte {
	out := make([]byte, 0, 8+4*len(sentences)+5*len(found))
	out = binary.AppendUvarint(out, uint64(len(sentences)))
	end := 0
	for _, s := range sentences {
		out = binary.AppendUvarint(out, uint64(s.Start-end))
		out = binary.AppendUvarint(out, uint64(s.End-s.Start))
		end = s.End
	}
	out = binary.AppendUvarint(out, uint64(len(found)))
	end = 0
	for i, t := range found {
		out = binary.AppendUvarint(out, uint64(t.Start-end))
		out = binary.AppendUvarint(out, uint64(t.End-t.Start))
		out = binary.AppendUvarint(out, uint64(list[i].id))
		end = t.End
	}
	return out
}

// unpacker reads numbers one after the other; bad is set by the first that is
// missing or too great.
type unpacker struct {
	data []byte
	bad  bool
}

func (u *unpacker) next(most uint64) int {
	if len(u.data) > 0 && u.data[0] < 0x80 && uint64(u.data[0]) <= most {
		n := int(u.data[0])
		u.data = u.data[1:]
		return n
	}
	n, size := binary.Uvarint(u.data)
	if size <= 0 || n > most {
		u.bad, u.data = true, nil
		return 0
	}
	u.data = u.data[size:]
	return int(n)
}

// unpacked is what a row keeps of its words.
type unpacked struct {
	tokens    []token // their words are still to be put in by their numbers
	sentences []arabic.Span
	end       int // bytes of text that the places reach to
}

// decodeTokens is the inverse of encodeTokens.
func decodeTokens(data []byte) (p unpacked, err error) {
	u := &unpacker{data: data}
	p.sentences = make([]arabic.Span, u.next(uint64(len(data)/2)))
	end := 0
	for i := range p.sentences {
		start := end + u.next(mostBytes)
		end = start + u.next(mostBytes)
		p.sentences[i] = arabic.Span{Start: start, End: end}
	}
	p.end, end = end, 0
	p.tokens = make([]token, u.next(uint64(len(u.data)/3)))
	for i := range p.tokens {
		start := end + u.next(mostBytes)
		end = start + u.next(mostBytes)
		p.tokens[i] = token{start: int32(start), end: int32(end), id: uint32(u.next(maxWords))}
		if u.bad || end > mostBytes {
			return unpacked{}, errTokens
		}
	}
	p.end = max(p.end, end)
	if u.bad || len(u.data) > 0 {
		return unpacked{}, errTokens
	}
	return p, nil
}

// mostBytes bounds the text of a row.
const mostBytes = 1 << 30
