package store

import (
	"context"
	"errors"
	"time"

	"mujaz/corpus"
)

// Feed is an RSS or Atom address that is polled.
type Feed struct {
	ID           int64
	URL          string
	Title        string
	ETag         string
	LastModified string
	Failures     int // in a row
	LastError    string
	NextPoll     time.Time
	LastOK       time.Time
	Paused       bool
	By           Actor
	Added        time.Time
}

const feedColumns = `id, url, title, etag, last_modified, failures, last_error, next_poll, last_ok, paused, by_id, by_name, added_at`

func scanFeed(r row) (f Feed, err error) {
	return f, r.Scan(&f.ID, &f.URL, &f.Title, &f.ETag, &f.LastModified, &f.Failures, &f.LastError, into{&f.NextPoll},
		into{&f.LastOK}, into{&f.Paused}, &f.By.ID, &f.By.Name, into{&f.Added})
}

// AddFeed adds an address; false, with the feed of that address, when it was there.
func (s *Store) AddFeed(ctx context.Context, f Feed, by Actor) (Feed, bool, error) {
	added := false
	err := s.change(ctx, func(c conn) (err error) {
		if added, err = c.addFeed(&f, by); err != nil || added {
			return err
		}
		f, err = c.feedAt(f.URL)
		return err
	})
	return f, added, err
}

func (c conn) addFeed(f *Feed, by Actor) (added bool, err error) {
	f.ID, f.By, f.Added = c.s.newID(), by, c.s.now()
	n, err := c.exec(`INSERT INTO feeds (`+feedColumns+`) VALUES (`+holes(1, 13)+`) ON CONFLICT (url) DO NOTHING`,
		f.ID, f.URL, f.Title, f.ETag, f.LastModified, f.Failures, f.LastError, f.NextPoll, f.LastOK, f.Paused, by.ID, by.Name, f.Added)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = c.record(Entry{By: by, Action: FeedAdded, Subject: f.URL, Detail: f.Title})
	return true, err
}

func (c conn) feedAt(url string) (Feed, error) {
	return first(c, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE url = $1`, url)
}

// Feeds returns all, oldest first.
func (s *Store) Feeds(ctx context.Context) (fs []Feed, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		fs, err = rows(c, scanFeed, `SELECT `+feedColumns+` FROM feeds ORDER BY id`)
		return err
	})
	return fs, err
}

// UpdateFeed changes what polling learns of a feed, in a transaction, or
// ErrNotFound. Address, pause and who added it stay.
func (s *Store) UpdateFeed(ctx context.Context, id int64, f func(*Feed)) (x Feed, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		if x, err = c.feed(id); err != nil {
			return err
		}
		f(&x)
		_, err = c.exec(`UPDATE feeds SET title = $1, etag = $2, last_modified = $3, failures = $4, last_error = $5, next_poll = $6,
			last_ok = $7 WHERE id = $8`, x.Title, x.ETag, x.LastModified, x.Failures, x.LastError, x.NextPoll, x.LastOK, id)
		return err
	})
	return x, err
}

func (c conn) feed(id int64) (Feed, error) {
	return first(c, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE id = $1`+c.forUpdate(), id)
}

// PauseFeed stops or resumes polling, with an audit entry.
func (s *Store) PauseFeed(ctx context.Context, id int64, paused bool, by Actor) error {
	return s.change(ctx, func(c conn) error {
		f, err := c.feed(id)
		if err != nil {
			return err
		}
		return c.pauseFeed(f.URL, paused, by)
	})
}

func (c conn) pauseFeed(url string, paused bool, by Actor) error {
	n, err := c.exec(`UPDATE feeds SET paused = $1, failures = 0 WHERE url = $2`, paused, url)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	action := FeedResumed
	if paused {
		action = FeedPaused
	}
	_, err = c.record(Entry{By: by, Action: action, Subject: url})
	return err
}

// RemoveFeed deletes it; its documents stay.
func (s *Store) RemoveFeed(ctx context.Context, id int64, by Actor) error {
	return s.change(ctx, func(c conn) error {
		f, err := c.feed(id)
		if err != nil {
			return err
		}
		return c.removeFeed(f, by)
	})
}

func (c conn) removeFeed(f Feed, by Actor) error {
	if _, err := c.exec(`DELETE FROM items WHERE feed = $1`, f.ID); err != nil {
		return err
	}
	if _, err := c.exec(`DELETE FROM feeds WHERE id = $1`, f.ID); err != nil {
		return err
	}
	_, err := c.record(Entry{By: by, Action: FeedRemoved, Subject: f.URL, Detail: f.Title})
	return err
}

// ClaimFeeds takes feeds that are due and moves their NextPoll by the lease,
// so that no other replica polls them meanwhile. UpdateFeed sets the real one.
func (s *Store) ClaimFeeds(ctx context.Context, limit int, lease time.Duration) (fs []Feed, err error) {
	err = s.change(ctx, func(c conn) error {
		now, err := c.clock()
		if err != nil {
			return err
		}
		if fs, err = rows(c, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE paused = 0 AND next_poll <= $1
			ORDER BY next_poll, id LIMIT $2`+c.skipLocked(), now, limit); err != nil {
			return err
		}
		for _, f := range fs {
			if _, err := c.exec(`UPDATE feeds SET next_poll = $1 WHERE id = $2`, now.Add(lease), f.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return fs, err
}

// ItemSeen tells whether an item of a feed became a document before.
func (s *Store) ItemSeen(ctx context.Context, feed int64, guid string) (bool, error) {
	var n int64
	err := s.view(ctx, func(c conn) (err error) {
		n, err = c.number(`SELECT COUNT(*) FROM items WHERE feed = $1 AND guid = $2`, feed, guid)
		return err
	})
	return n > 0, err
}

// PassItem marks an item that becomes no document, so that it is not looked at
// again. Twice is no error.
func (s *Store) PassItem(ctx context.Context, feed int64, guid string) error {
	return s.change(ctx, func(c conn) error {
		_, err := c.exec(`INSERT INTO items (feed, guid, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, feed, guid, s.now())
		return err
	})
}

// errSeen leaves a transaction whose item is known.
var errSeen = errors.New("store: item seen")

// PublishItem stores an item's document and marks the item in one
// transaction. An item seen before is Unchanged, also after the removal of
// its document.
func (s *Store) PublishItem(ctx context.Context, feed int64, guid string, d corpus.Document, by Actor) (p Publication, err error) {
	err = s.change(ctx, func(c conn) error {
		n, err := c.exec(`INSERT INTO items (feed, guid, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, feed, guid, s.now())
		if err != nil {
			return err
		}
		if n == 0 {
			return errSeen
		}
		p, err = c.publish(d, by)
		return err
	})
	if errors.Is(err, errSeen) {
		return Publication{ID: d.ID, Result: Unchanged}, nil
	}
	if err != nil {
		return Publication{}, err
	}
	s.announce(p.Seq)
	return p, nil
}
