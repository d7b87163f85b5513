package store

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
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

// String names the result for logs.
func (r PutResult) String() string {
	return [...]string{"none", "created", "replaced", "unchanged"}[r]
}

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
func ContentID(d corpus.Document) string {
	sum := sha256.Sum256([]byte(clean(d.Title) + "\n" + clean(d.Text)))
	return "d" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:15]
}

// Put stores a document, durably when it returns. A document without an ID
// gets ContentID. ErrInvalid when the text has no paragraph.
func (s *Store) Put(ctx context.Context, d corpus.Document, by Actor) (PutResult, error) {
	p, err := s.Publish(ctx, d, by)
	return p.Result, err
}

// Publish is Put that tells more.
func (s *Store) Publish(ctx context.Context, d corpus.Document, by Actor) (Publication, error) {
	var p Publication
	err := s.change(ctx, func(c conn) (err error) {
		p, err = c.publish(d, by)
		return err
	})
	if err != nil {
		return Publication{}, err
	}
	s.announce(p.Seq)
	return p, nil
}

// publish puts one document and records it in the audit log.
func (c conn) publish(d corpus.Document, by Actor) (Publication, error) {
	d, err := normal(d)
	if err != nil {
		return Publication{}, err
	}
	if _, err := c.hold("documents"); err != nil {
		return Publication{}, err
	}
	old, err := c.stored(d.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Publication{}, err
	}
	p, err := c.put(old, d, by)
	if err != nil || p.Result == Unchanged {
		return p, err
	}
	e := Entry{By: by, Action: DocumentCreated, Subject: d.ID, Detail: d.Title}
	if p.Result == Replaced {
		e.Action, e.Before = DocumentReplaced, old.Revision
	}
	p.Audit, err = c.record(e)
	return p, err
}

// PutAll stores a batch in one transaction: all of it or nothing. The audit
// log gets one entry for the batch. A few hundred at once is a good size.
func (s *Store) PutAll(ctx context.Context, ds []corpus.Document, by Actor) ([]PutResult, error) {
	results := make([]PutResult, len(ds))
	var seq int64
	err := s.change(ctx, func(c conn) (err error) {
		seq, err = c.putAll(ds, by, results)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.announce(seq)
	return results, nil
}

func (c conn) putAll(ds []corpus.Document, by Actor, results []PutResult) (seq int64, err error) {
	if _, err := c.hold("documents"); err != nil {
		return 0, err
	}
	known, err := c.storedAll(ds)
	if err != nil {
		return 0, err
	}
	changed := 0
	for i, d := range ds {
		if d, err = normal(d); err != nil {
			return 0, err
		}
		p, err := c.put(known[d.ID], d, by)
		if err != nil {
			return 0, err
		}
		if results[i] = p.Result; p.Result == Unchanged {
			continue
		}
		changed++
		seq = p.Seq
		if known[d.ID], err = c.stored(d.ID); err != nil {
			return 0, err
		}
	}
	if changed > 0 {
		_, err = c.record(Entry{By: by, Action: DocumentsPut, Detail: itoa(changed)})
	}
	return seq, err
}

// normal is the document as it is stored and compared.
func normal(d corpus.Document) (corpus.Document, error) {
	if d.ID == "" {
		d.ID = ContentID(d)
	}
	d.ID, d.Title, d.Text = clean(d.ID), clean(d.Title), clean(d.Text)
	d.Source, d.Date, d.URL = clean(d.Source), clean(d.Date), clean(d.URL)
	if len(d.Paragraphs()) == 0 {
		return d, ErrInvalid
	}
	return d, nil
}

// put writes d over old, which is zero when the id is new. The caller holds
// the document counter.
func (c conn) put(old Stored, d corpus.Document, by Actor) (Publication, error) {
	p := Publication{ID: d.ID, Number: old.Number, Result: Replaced}
	live := old.ID != "" && old.Removed.IsZero()
	switch {
	case live && old.Document == d:
		p.Result = Unchanged
		return p, nil
	case !live:
		p.Result = Created
	}
	if err := c.keepRevision(old); err != nil {
		return p, err
	}
	return p, c.write(old, d, by, &p)
}

func (c conn) write(old Stored, d corpus.Document, by Actor, p *Publication) (err error) {
	if p.Number == 0 {
		if p.Number, err = c.next("numbers"); err != nil {
			return err
		}
	}
	if p.Seq, err = c.next("documents"); err != nil {
		return err
	}
	now, added := c.s.now(), old.Added
	if added.IsZero() {
		added = now
	}
	sortAt, ok := d.Day()
	if !ok {
		sortAt = added
	}
	_, err = c.exec(`INSERT INTO documents (id, number, seq, revision, paragraphs, sort_at, added_at, changed_at, removed_at,
			signed, by_id, by_name, source, date, url, title, signature, text)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10, $11, $12, $13, $14, '', $15)
		ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, revision = excluded.revision, paragraphs = excluded.paragraphs,
			sort_at = excluded.sort_at, changed_at = excluded.changed_at, removed_at = 0, signed = 0, by_id = excluded.by_id,
			by_name = excluded.by_name, source = excluded.source, date = excluded.date, url = excluded.url,
			title = excluded.title, signature = '', text = excluded.text`,
		d.ID, p.Number, p.Seq, old.Revision+1, len(d.Paragraphs()), sortAt.UnixMilli(), added, now,
		by.ID, by.Name, d.Source, d.Date, d.URL, d.Title, d.Text)
	return err
}

// keepRevision puts the present content aside for KeepRemoved.
func (c conn) keepRevision(old Stored) error {
	if old.ID == "" || old.Text == "" {
		return nil
	}
	_, err := c.exec(`INSERT INTO revisions (document_id, revision, replaced_at, by_id, by_name, source, date, url, title, text)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
		old.ID, old.Revision, c.s.now(), old.By.ID, old.By.Name, old.Source, old.Date, old.URL, old.Title, old.Text)
	return err
}
