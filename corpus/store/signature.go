package store

import "context"

// Signed is a document with its near-duplicate signature.
type Signed struct {
	ID        string
	Signature []byte
}

// SetSignature stores what finds near-duplicates of a document: a signature,
// whose meaning only its maker knows, and bands, of which two similar
// documents share at least one.
func (s *Store) SetSignature(ctx context.Context, id string, signature []byte, bands []int64) error {
	return errPending
}

// Similar returns live documents that share a band, most shared bands first.
func (s *Store) Similar(ctx context.Context, bands []int64, limit int) ([]Signed, error) {
	return nil, errPending
}

// Unsigned returns live documents that have no signature of their present
// content yet.
func (s *Store) Unsigned(ctx context.Context, limit int) ([]string, error) { return nil, errPending }
