package store

import (
	"context"
	"time"

	"mujaz/corpus"
)

// Draft is a document being added in a chat: it survives a crash until it is
// published or cancelled. Body is JSON that belongs to the conversation.
type Draft struct {
	ID      int64
	Chat    int64
	User    int64
	State   string // of the conversation: collecting, preview, edit_title …
	Body    []byte
	Created time.Time
	Updated time.Time
}

// Piece is one message of a draft that arrives in several.
type Piece struct {
	Message int // message id: orders the pieces, and a repeated one counts once
	Text    string
}

// PutDraft inserts a draft (ID 0: a new id is set) or replaces state and body.
func (s *Store) PutDraft(ctx context.Context, d Draft) (Draft, error) { return d, errPending }

// Draft returns one draft or ErrNotFound.
func (s *Store) Draft(ctx context.Context, id int64) (Draft, error) { return Draft{}, errPending }

// Drafts returns the open drafts of a person in a chat, newest first.
func (s *Store) Drafts(ctx context.Context, chat, user int64) ([]Draft, error) {
	return nil, errPending
}

// AddPiece appends a message to a draft; false when it was there already.
func (s *Store) AddPiece(ctx context.Context, draft int64, p Piece) (bool, error) {
	return false, errPending
}

// Pieces returns the messages of a draft in order.
func (s *Store) Pieces(ctx context.Context, draft int64) ([]Piece, error) { return nil, errPending }

// DeleteDraft cancels a draft with its pieces. Deleting twice is no error.
func (s *Store) DeleteDraft(ctx context.Context, id int64) error { return errPending }

// PublishDraft stores the document and deletes the draft in one transaction.
// ErrNotFound when the draft is gone: it was published or cancelled before.
func (s *Store) PublishDraft(ctx context.Context, draft int64, d corpus.Document, by Actor) (Publication, error) {
	return Publication{}, errPending
}
