package store

import (
	"context"
	"strconv"

	"mujaz/corpus"
)

// Undo reverses a recorded change, once, and records that as a change of its
// own. ErrFinal when it was undone before, is no longer the latest change of
// its subject, or is of a kind that cannot be undone.
func (s *Store) Undo(ctx context.Context, entry int64, by Actor) (e Entry, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		if e, err = c.undoable(entry); err != nil {
			return err
		}
		if err = c.reverse(e, by); err != nil {
			return err
		}
		e.Undone = s.now()
		_, err = c.exec(`UPDATE audit SET undone_at = $1 WHERE id = $2`, e.Undone, e.ID)
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	s.announce(1)
	return e, nil
}

// undoable returns the entry when nothing happened to its subject since.
func (c conn) undoable(id int64) (Entry, error) {
	e, err := first(c, scanEntry, `SELECT `+entryColumns+` FROM audit WHERE id = $1`+c.forUpdate(), id)
	if err != nil {
		return e, err
	}
	latest, err := c.number(`SELECT COALESCE(MAX(id), 0) FROM audit WHERE subject = $1`, e.Subject)
	if err == nil && (latest != e.ID || !e.Undone.IsZero()) {
		err = ErrFinal
	}
	return e, err
}

func (c conn) reverse(e Entry, by Actor) error {
	var err error
	switch e.Action {
	case DocumentCreated, DocumentRestored:
		_, _, err = c.remove(e.Subject, by)
	case DocumentRemoved:
		_, err = c.restore(e.Subject, by)
	case DocumentReplaced:
		err = c.bringBack(e.Subject, e.Before, by)
	case AdminAdded:
		err = c.removeAdmin(userOf(e), by)
	case AdminRemoved:
		_, err = c.addAdmin(userOf(e), e.Detail, by)
	case SynonymAdded:
		err = c.removeSynonym(e.Subject, by)
	case SynonymRemoved:
		_, err = c.addSynonym(e.Subject, by)
	case FeedAdded:
		var f Feed
		if f, err = c.feedAt(e.Subject); err == nil {
			err = c.removeFeed(f, by)
		}
	case FeedRemoved: // what it brought before and is still there comes as unchanged
		_, err = c.addFeed(&Feed{URL: e.Subject, Title: e.Detail, NextPoll: c.s.now()}, by)
	case FeedPaused, FeedResumed:
		err = c.pauseFeed(e.Subject, e.Action == FeedResumed, by)
	default:
		err = ErrFinal
	}
	return err
}

func userOf(e Entry) int64 {
	n, _ := strconv.ParseInt(e.Subject, 10, 64) // written by ourselves as a number
	return n
}

// bringBack puts the content of an earlier revision.
func (c conn) bringBack(id string, revision int, by Actor) error {
	d, err := first(c, func(r row) (d corpus.Document, err error) {
		d.ID = id
		return d, r.Scan(&d.Source, &d.Date, &d.URL, &d.Title, &d.Text)
	}, `SELECT source, date, url, title, text FROM revisions WHERE document_id = $1 AND revision = $2`, id, revision)
	if err != nil {
		return err
	}
	_, err = c.publish(d, by)
	return err
}
