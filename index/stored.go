package index

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
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

// read lists the postings of one term, in the order of document numbers.
func (s *snapshot) read(field string, term []byte) ([]posting, error) {
	reader, err := s.reader.TermFieldReader(context.Background(), term, field, field != surfaceField, false, false)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	list := make([]posting, 0, reader.Count())
	var doc api.TermFieldDoc
	for {
		found, err := reader.Next(doc.Reset())
		if err != nil {
			return nil, err
		}
		if found == nil {
			return list, nil
		}
		count := min(max(found.Freq, 1), maxFrequency)
		list = append(list, posting(uint32(found.ID.Value())<<frequencyBits|uint32(count)))
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
