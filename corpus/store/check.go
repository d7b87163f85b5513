package store

import "context"

// Indexed is what Check needs of an index.
type Indexed interface {
	Seq() int64
	// Paragraphs calls f for every document of the index with its number of
	// paragraphs.
	EachDocument(ctx context.Context, f func(id string, paragraphs int) error) error
}

// Report is what Check found. Sound tells whether all is well.
type Report struct {
	Documents  int
	Paragraphs int
	Problems   []string // of the store itself
	Missing    []string // live documents that the index lacks or has other paragraphs of
	Extra      []string // documents of the index that are not live
	Behind     int64    // changes that the index has not read yet
}

// Sound tells whether the store is whole and the index equals it.
func (r Report) Sound() bool {
	return len(r.Problems) == 0 && len(r.Missing) == 0 && len(r.Extra) == 0 && r.Behind == 0
}

// Check verifies the store and, when x is not nil, the index against it.
func (s *Store) Check(ctx context.Context, x Indexed) (Report, error) { return Report{}, errPending }

// Touch gives documents a new change, so that every index reads them again:
// the repair for Missing and Extra.
func (s *Store) Touch(ctx context.Context, ids []string) error { return errPending }
