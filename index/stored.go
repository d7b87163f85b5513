package index

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// visit reads the stored fields of one row without making a document of it.
// Values are valid during the call only.
func (s *snapshot) visit(number uint32, use func(field string, value []byte)) error {
	sn, ok := s.reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("index reader is a %T", s.reader)
	}
	local := uint64(number)
	for _, seg := range sn.Segments() {
		if local >= uint64(seg.FullSize()) {
			local -= uint64(seg.FullSize())
			continue
		}
		return seg.Segment().VisitStoredFields(local, func(name string, _ byte, value []byte, _ []uint64) bool {
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
	r, err := s.postingsReader(field)
	if err != nil {
		return nil, 0, err
	}
	all, err := r.find(term)
	if err != nil {
		return nil, 0, err
	}
	defer s.readers[field].give(r)
	if all > most {
		return nil, all, nil
	}
	list := make([]posting, 0, all)
	for i := range r.segments {
		if list, err = r.segments[i].read(list); err != nil {
			return nil, 0, err
		}
	}
	return list, all, nil
}

// postingsReader reads postings of one field, one term after the other, in
// memory that is used again.
type postingsReader struct{ segments []segmentReader }

// segmentReader reads from one segment, whose rows begin at offset.
type segmentReader struct {
	offset   uint32
	segment  *scorch.SegmentSnapshot
	terms    segment.TermDictionary
	found    segment.PostingsList
	postings segment.PostingsIterator
	n        int
}

func newReaders() map[string]*reuse[postingsReader] {
	readers := map[string]*reuse[postingsReader]{}
	for _, field := range [...]string{surfaceField, stemField, skeletonField, conceptField} {
		readers[field] = &reuse[postingsReader]{}
	}
	return readers
}

func (s *snapshot) postingsReader(field string) (*postingsReader, error) {
	if r := s.readers[field].take(); r != nil {
		return r, nil
	}
	sn, ok := s.reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("index reader is a %T", s.reader)
	}
	r, offset := &postingsReader{}, uint32(0)
	for _, seg := range sn.Segments() {
		terms, err := seg.Segment().Dictionary(field)
		if err != nil {
			return nil, err
		}
		r.segments = append(r.segments, segmentReader{offset: offset, segment: seg, terms: terms})
		offset += uint32(seg.FullSize())
	}
	return r, nil
}

// find looks a term up in all segments and counts its rows.
func (r *postingsReader) find(term []byte) (all int, err error) {
	for i := range r.segments {
		x := &r.segments[i]
		if x.found, err = x.terms.PostingsList(term, x.segment.Deleted(), x.found); err != nil {
			return 0, err
		}
		x.n = int(x.found.Count())
		all += x.n
	}
	return all, nil
}

// read appends the postings that were found.
func (x *segmentReader) read(list []posting) ([]posting, error) {
	if x.n == 0 {
		return list, nil
	}
	x.postings = x.found.Iterator(true, false, false, x.postings)
	for {
		p, err := x.postings.Next()
		if err != nil || p == nil {
			return list, err
		}
		count := min(max(p.Frequency(), 1), maxFrequency)
		list = append(list, posting((x.offset+uint32(p.Number()))<<frequencyBits|uint32(count)))
	}
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
