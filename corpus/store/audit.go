package store

import (
	"context"
	"time"
)

// Action names what an audit entry records.
type Action string

// Actions that the store records by itself.
const (
	DocumentCreated  Action = "document.created"
	DocumentReplaced Action = "document.replaced"
	DocumentRemoved  Action = "document.removed"
	DocumentRestored Action = "document.restored"
	DocumentsPut     Action = "documents.put" // a batch; Detail is how many changed
	AdminAdded       Action = "admin.added"
	AdminRemoved     Action = "admin.removed"
	FeedAdded        Action = "feed.added"
	FeedRemoved      Action = "feed.removed"
	FeedPaused       Action = "feed.paused"
	FeedResumed      Action = "feed.resumed"
	SynonymAdded     Action = "synonym.added"
	SynonymRemoved   Action = "synonym.removed"
)

// Entry is one line of the audit log.
type Entry struct {
	ID      int64
	At      time.Time
	By      Actor
	Action  Action
	Subject string // document id, user id, feed address, synonym line
	Detail  string // title, name or what else a reader wants to see
	Before  int    // DocumentReplaced: the revision that Undo brings back
	Undone  time.Time
}

const entryColumns = `id, at, by_id, by_name, action, subject, detail, before, undone_at`

func scanEntry(r row) (e Entry, err error) {
	return e, r.Scan(&e.ID, into{&e.At}, &e.By.ID, &e.By.Name, &e.Action, &e.Subject, &e.Detail, &e.Before, into{&e.Undone})
}

// Record adds an entry that the store does not record by itself.
func (s *Store) Record(ctx context.Context, e Entry) (id int64, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		id, err = c.record(e)
		return err
	})
	return id, err
}

func (c conn) record(e Entry) (int64, error) {
	e.ID, e.At = c.s.newID(), c.s.now()
	_, err := c.exec(`INSERT INTO audit (`+entryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`,
		e.ID, e.At, e.By.ID, e.By.Name, string(e.Action), e.Subject, e.Detail, e.Before)
	return e.ID, err
}

// Log returns entries newest first, those before the id when it is not 0.
func (s *Store) Log(ctx context.Context, before int64, limit int) (es []Entry, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		es, err = rows(c, scanEntry, `SELECT `+entryColumns+` FROM audit
			WHERE id < $1 OR $1 = 0 ORDER BY id DESC LIMIT $2`, before, limit)
		return err
	})
	return es, err
}
