package store

import (
	"context"
	"time"

	"mujaz/corpus"
)

// PutResult says what a Put did.
type PutResult int

// Results of a Put, decided by content.
const (
	Created PutResult = iota + 1
	Replaced
	Unchanged
)

// Stored is a document with what the store knows about it.
type Stored struct {
	corpus.Document
	Number     int64 // short stable number for links and buttons, never reused
	Seq        int64 // its latest change
	Revision   int   // 1 when new, one more with every replacement
	Paragraphs int
	Added      time.Time
	Changed    time.Time // last Put that changed it
	Removed    time.Time // zero while it is live
	By         Actor     // who put the present content
}

// Publication is what Publish did. Audit names the entry that Undo takes.
type Publication struct {
	ID     string
	Number int64
	Result PutResult
	Seq    int64 // change to wait for in the index; 0 when unchanged
	Audit  int64 // 0 when unchanged
}

// ContentID is the id that Put gives to a document that has none: made of
// title and text, so that the same line twice is the same document.
func ContentID(d corpus.Document) string { return "" }

// Put stores a document, durably when it returns. A document without an ID
// gets ContentID. ErrInvalid when the text has no paragraph.
func (s *Store) Put(ctx context.Context, d corpus.Document, by Actor) (PutResult, error) {
	p, err := s.Publish(ctx, d, by)
	return p.Result, err
}

// Publish is Put that tells more.
func (s *Store) Publish(ctx context.Context, d corpus.Document, by Actor) (Publication, error) {
	return Publication{}, errPending
}

// PutAll stores a batch in one transaction: all of it or nothing. The audit
// log gets one entry for the batch. A few hundred at once is a good size.
func (s *Store) PutAll(ctx context.Context, ds []corpus.Document, by Actor) ([]PutResult, error) {
	return nil, errPending
}

// Get returns a live document or ErrNotFound.
func (s *Store) Get(ctx context.Context, id string) (Stored, error) { return Stored{}, errPending }

// GetNumber returns a live document by its Number, or ErrNotFound.
func (s *Store) GetNumber(ctx context.Context, n int64) (Stored, error) { return Stored{}, errPending }

// GetRemoved returns a document that was removed and can still be restored.
func (s *Store) GetRemoved(ctx context.Context, id string) (Stored, error) {
	return Stored{}, errPending
}

// ListOptions choose a page of documents.
type ListOptions struct {
	Limit   int    // at most so many; 0 means 20
	Offset  int    // skip so many
	Removed bool   // the removed ones instead of the live ones
	Source  string // only this source, when set
	Since   int64  // only documents that changed after this sequence number
	NoText  bool   // leave Text empty: cheaper for lists
}

// List returns documents newest first: by Date where known, then by arrival.
func (s *Store) List(ctx context.Context, o ListOptions) ([]Stored, error) { return nil, errPending }

// Each calls f for every live document in order of arrival, reading in small
// pages, so that an export of any size needs little memory.
func (s *Store) Each(ctx context.Context, f func(Stored) error) error { return errPending }

// Count tells how many documents and paragraphs are live.
func (s *Store) Count(ctx context.Context) (documents, paragraphs int, err error) {
	return 0, 0, errPending
}
