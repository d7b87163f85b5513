// Package index finds the paragraphs that answer a question. It owns the
// bleve index (analysis, fields, freshness) and the ranking: candidates by
// BM25 over several views of every word, then a second stage over the best of
// them. The index is a disposable cache of the store: damaged or made by other
// rules it is wiped and filled again. The package must not know of chats, of
// wording or of how the store keeps documents.
package index

import (
	"context"
	"errors"
	"log/slog"
	"time"

)

// ErrReadOnly is returned by CatchUp when another process owns the index and
// has not followed the store to its end.
var ErrReadOnly = errors.New("index: owned by another process")

// Options say where the index lives and what it is made with.
type Options struct {
	Path    string           // folder of the index; empty: in memory
	// Lexicon joins here once corpus/lexicon is in the tree.
	Log     *slog.Logger     // nil: silent
	Now     func() time.Time // nil: time.Now
}

// Progress tells how far CatchUp is, in documents.
type Progress struct {
	Done, Total int64
	Elapsed     time.Duration
}

// Index is an open index. Its methods may be called concurrently.
type Index struct{}

// Open opens or creates the index. One that is damaged or made by other rules
// is wiped, so that Seq is 0 and CatchUp fills it again. While another process
// writes to the folder the index is read as it was last written.
func Open(ctx context.Context, o Options) (*Index, error) { return nil, errors.ErrUnsupported }

// CatchUp applies all changes after Seq. report may be nil.
func (x *Index) CatchUp(ctx context.Context, s Source, report func(Progress)) error {
	return errors.ErrUnsupported
}

// Seq is the sequence number of the last change that is in the index.
func (x *Index) Seq() int64 { return 0 }

// Close releases the index; searches in flight end first.
func (x *Index) Close() error { return nil }

// Count tells how many documents and paragraphs can be found.
func (x *Index) Count() (documents, paragraphs int) { return 0, 0 }

// ReadOnly reports whether another process owns the index folder.
func (x *Index) ReadOnly() bool { return false }

// Known reports whether a folded word stands in any document.
func (x *Index) Known(folded string) bool { return false }

// Frequency is the number of paragraphs and titles with a folded word.
func (x *Index) Frequency(folded string) int { return 0 }

// Search finds the paragraphs that fit the query best.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	return Result{}, errors.ErrUnsupported
}
