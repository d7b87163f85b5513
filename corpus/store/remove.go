package store

import (
	"context"
	"time"
)

// KeepRemoved is how long a removed document or a replaced revision can be
// brought back.
const KeepRemoved = 30 * 24 * time.Hour

// Remove takes a document out softly: it leaves the index at once and can be
// restored for KeepRemoved. The audit entry is returned for an undo button.
func (s *Store) Remove(ctx context.Context, id string, by Actor) (audit int64, err error) {
	var seq int64
	err = s.change(ctx, func(c conn) (err error) {
		seq, audit, err = c.remove(id, by)
		return err
	})
	if err == nil {
		s.announce(seq)
	}
	return audit, err
}

func (c conn) remove(id string, by Actor) (seq, audit int64, err error) {
	return c.setRemoved(id, by, DocumentRemoved, `removed_at = 0`, c.s.now())
}

// Restore brings a removed document back, or ErrNotFound.
func (s *Store) Restore(ctx context.Context, id string, by Actor) error {
	var seq int64
	err := s.change(ctx, func(c conn) (err error) {
		seq, err = c.restore(id, by)
		return err
	})
	if err == nil {
		s.announce(seq)
	}
	return err
}

func (c conn) restore(id string, by Actor) (seq int64, err error) {
	seq, _, err = c.setRemoved(id, by, DocumentRestored, `removed_at > 0 AND paragraphs > 0`, time.Time{})
	return seq, err
}

// setRemoved marks a document that is in the state of where, or ErrNotFound.
func (c conn) setRemoved(id string, by Actor, a Action, where string, at time.Time) (seq, audit int64, err error) {
	if _, err := c.hold("documents"); err != nil {
		return 0, 0, err
	}
	title, err := first(c, scanText, `SELECT title FROM documents WHERE id = $1 AND `+where, id)
	if err != nil {
		return 0, 0, err
	}
	if seq, err = c.next("documents"); err != nil {
		return 0, 0, err
	}
	if _, err := c.exec(`UPDATE documents SET removed_at = $1, seq = $2 WHERE id = $3`, at, seq, id); err != nil {
		return 0, 0, err
	}
	audit, err = c.record(Entry{By: by, Action: a, Subject: id, Detail: title})
	return seq, audit, err
}

// Purge forgets for good what was removed or replaced longer than KeepRemoved
// ago. A tombstone without content stays, so that every index learns of it.
func (s *Store) Purge(ctx context.Context) (int, error) {
	var n int64
	err := s.change(ctx, func(c conn) (err error) {
		n, err = c.purge()
		return err
	})
	return int(n), err
}

func (c conn) purge() (int64, error) {
	before := c.s.now().Add(-KeepRemoved)
	if _, err := c.exec(`DELETE FROM revisions WHERE replaced_at < $1`, before); err != nil {
		return 0, err
	}
	if _, err := c.exec(`DELETE FROM bands WHERE document_id IN
		(SELECT id FROM documents WHERE removed_at > 0 AND removed_at < $1)`, before); err != nil {
		return 0, err
	}
	return c.exec(`UPDATE documents SET text = '', title = '', source = '', date = '', url = '', signature = '', signed = 0,
		paragraphs = 0, by_id = 0, by_name = '' WHERE removed_at > 0 AND removed_at < $1 AND paragraphs > 0`, before)
}
