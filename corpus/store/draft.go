package store

import (
	"context"
	"time"

	"mujaz/corpus"
)

// KeepDrafts is how long an unfinished draft waits for its editor.
const KeepDrafts = 7 * 24 * time.Hour

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

const draftColumns = `id, chat, user_id, state, body, created_at, updated_at`

func scanDraft(r row) (d Draft, err error) {
	return d, r.Scan(&d.ID, &d.Chat, &d.User, &d.State, into{&d.Body}, into{&d.Created}, into{&d.Updated})
}

// PutDraft inserts a draft (ID 0: a new id is set) or replaces state and body.
func (s *Store) PutDraft(ctx context.Context, d Draft) (Draft, error) {
	if d.ID == 0 {
		d.ID, d.Created = s.newID(), s.now()
	}
	d.Updated = s.now()
	return d, s.change(ctx, func(c conn) error {
		_, err := c.exec(`INSERT INTO drafts (`+draftColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body, updated_at = excluded.updated_at`,
			d.ID, d.Chat, d.User, d.State, d.Body, d.Created, d.Updated)
		return err
	})
}

// Draft returns one draft or ErrNotFound.
func (s *Store) Draft(ctx context.Context, id int64) (d Draft, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		d, err = first(c, scanDraft, `SELECT `+draftColumns+` FROM drafts WHERE id = $1`, id)
		return err
	})
	return d, err
}

// Drafts returns the open drafts of a person in a chat, newest first.
func (s *Store) Drafts(ctx context.Context, chat, user int64) (ds []Draft, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		ds, err = rows(c, scanDraft, `SELECT `+draftColumns+` FROM drafts WHERE chat = $1 AND user_id = $2 ORDER BY id DESC`, chat, user)
		return err
	})
	return ds, err
}

// AddPiece appends a message to a draft; false when it was there already.
func (s *Store) AddPiece(ctx context.Context, draft int64, p Piece) (added bool, err error) {
	err = s.change(ctx, func(c conn) error {
		n, err := c.exec(`UPDATE drafts SET updated_at = $1 WHERE id = $2`, s.now(), draft)
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		n, err = c.exec(`INSERT INTO pieces (draft, message, text) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, draft, p.Message, p.Text)
		added = n > 0
		return err
	})
	return added, err
}

// Pieces returns the messages of a draft in order.
func (s *Store) Pieces(ctx context.Context, draft int64) (ps []Piece, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		ps, err = rows(c, func(r row) (p Piece, err error) { return p, r.Scan(&p.Message, &p.Text) },
			`SELECT message, text FROM pieces WHERE draft = $1 ORDER BY message`, draft)
		return err
	})
	return ps, err
}

// DeleteDraft cancels a draft with its pieces. Deleting twice is no error.
func (s *Store) DeleteDraft(ctx context.Context, id int64) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.deleteDraft(id)
		return err
	})
}

func (c conn) deleteDraft(id int64) (int64, error) {
	if _, err := c.exec(`DELETE FROM pieces WHERE draft = $1`, id); err != nil {
		return 0, err
	}
	return c.exec(`DELETE FROM drafts WHERE id = $1`, id)
}

// PublishDraft stores the document and deletes the draft in one transaction.
// ErrNotFound when the draft is gone: it was published or cancelled before.
func (s *Store) PublishDraft(ctx context.Context, draft int64, d corpus.Document, by Actor) (p Publication, err error) {
	err = s.change(ctx, func(c conn) error {
		n, err := c.deleteDraft(draft)
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		p, err = c.publish(d, by)
		return err
	})
	if err != nil {
		return Publication{}, err
	}
	s.announce(p.Seq)
	return p, nil
}
