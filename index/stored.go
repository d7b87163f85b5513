package index

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// visit reads the stored fields of one row without making a document of it.
// Values are valid during the call only.
func (s *snapshot) visit(number uint32, use func(field string, value []byte)) error {
	sn, ok := s.reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("index reader is a %T", s.reader)
	}
	local := uint64(number)
	for _, segment := range sn.Segments() {
		if local >= uint64(segment.FullSize()) {
			local -= uint64(segment.FullSize())
			continue
		}
		return segment.Segment().VisitStoredFields(local, func(name string, _ byte, value []byte, _ []uint64) bool {
			use(name, value)
			return true
		})
	}
	return fmt.Errorf("no row %d", number)
}

// posting packs a document number and how often the term stands there.
type posting uint32

// maxFrequency is the greatest count that a posting keeps; BM25 is flat there.
const (
	frequencyBits = 6
	maxFrequency  = 1<<frequencyBits - 1
)

func (p posting) number() uint32 { return uint32(p) >> frequencyBits }
func (p posting) count() int     { return int(p & maxFrequency) }

// read lists the postings of one term, in the order of document numbers, and
// counts them; more than most are counted only. It goes to the segments itself:
// bleve's reader over all of them makes a document id of every posting, which
// costs more than the decoding.
func (s *snapshot) read(field string, term []byte, most int) ([]posting, int, error) {
	sn, ok := s.reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, 0, fmt.Errorf("index reader is a %T", s.reader)
	}
	var stack [16]piece
	parts, all, offset := stack[:0], 0, uint32(0)
	for _, segment := range sn.Segments() {
		n, read, err := openPostings(segment, offset, field, term)
		if err != nil {
			return nil, 0, err
		}
		if n > 0 {
			parts = append(parts, read)
			all += n
		}
		offset += uint32(segment.FullSize())
	}
	if all > most {
		return nil, all, nil
	}
	list := make([]posting, 0, all)
	for _, read := range parts {
		var err error
		if list, err = read(list); err != nil {
			return nil, 0, err
		}
	}
	return list, all, nil
}

// piece appends the postings of one segment.
type piece func([]posting) ([]posting, error)

// openPostings counts the postings of a term in one segment, whose rows begin
// at offset.
func openPostings(segment *scorch.SegmentSnapshot, offset uint32, field string, term []byte) (int, piece, error) {
	dict, err := segment.Segment().Dictionary(field)
	if err != nil {
		return 0, nil, err
	}
	found, err := dict.PostingsList(term, segment.Deleted(), nil)
	if err != nil {
		return 0, nil, err
	}
	n := int(found.Count())
	if n == 0 {
		return 0, nil, nil
	}
	return n, func(list []posting) ([]posting, error) {
		each := found.Iterator(true, false, false, nil)
		for {
			p, err := each.Next()
			if err != nil || p == nil {
				return list, err
			}
			count := min(max(p.Frequency(), 1), maxFrequency)
			list = append(list, posting((offset+uint32(p.Number()))<<frequencyBits|uint32(count)))
		}
	}, nil
}

// count is the number of rows with a term, without reading them.
func (s *snapshot) count(field string, term []byte) (int, error) {
	reader, err := s.reader.TermFieldReader(context.Background(), term, field, false, false, false)
	if err != nil {
		return 0, err
	}
	defer reader.Close()
	return int(reader.Count()), nil
}
