package index

import (
	"syscall"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// letGo gives back the pages of the mapped files that reading every id and
// every word has touched, most of which no question needs. They stay in the
// page cache of the machine and come back at the next touch.
func (s *snapshot) letGo() {
	sn, ok := s.reader.(*scorch.IndexSnapshot)
	if !ok {
		return
	}
	for _, segment := range sn.Segments() {
		// Segments in memory have no path, and must keep what they hold.
		mapped, ok := segment.Segment().(interface {
			Data() []byte
			Path() string
		})
		if ok && mapped.Path() != "" && len(mapped.Data()) > 0 {
			// Advice: where it is refused nothing is lost but memory.
			_ = syscall.Madvise(mapped.Data(), syscall.MADV_DONTNEED)
		}
	}
}
