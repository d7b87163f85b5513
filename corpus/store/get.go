package store

import (
	"context"

	"mujaz/corpus"
)

const documentColumns = `id, number, seq, revision, paragraphs, added_at, changed_at, removed_at, by_id, by_name,
	source, date, url, title`

func scanStored(r row) (d Stored, err error) {
	err = r.Scan(append(d.places(), &d.Text)...)
	return d, err
}

func scanListed(r row) (d Stored, err error) {
	err = r.Scan(d.places()...)
	return d, err
}

// places are where documentColumns go.
func (d *Stored) places() []any {
	return []any{&d.ID, &d.Number, &d.Seq, &d.Revision, &d.Paragraphs, into{&d.Added}, into{&d.Changed}, into{&d.Removed},
		&d.By.ID, &d.By.Name, &d.Source, &d.Date, &d.URL, &d.Title}
}

// stored returns a document whatever its state.
func (c conn) stored(id string) (Stored, error) {
	return first(c, scanStored, `SELECT `+documentColumns+`, text FROM documents WHERE id = $1`, id)
}

// storedAll returns the documents of a batch that are known already.
func (c conn) storedAll(ds []corpus.Document) (map[string]Stored, error) {
	const atOnce = 500 // far below both engines' limits of arguments
	known := make(map[string]Stored, len(ds))
	for len(ds) > 0 {
		n := min(atOnce, len(ds))
		ids := make([]any, n)
		for i, d := range ds[:n] {
			if ids[i] = clean(d.ID); d.ID == "" {
				ids[i] = ContentID(d)
			}
		}
		found, err := rows(c, scanStored,
			`SELECT `+documentColumns+`, text FROM documents WHERE id IN (`+holes(1, n)+`)`, ids...)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			known[d.ID] = d
		}
		ds = ds[n:]
	}
	return known, nil
}

// Get returns a live document or ErrNotFound.
func (s *Store) Get(ctx context.Context, id string) (Stored, error) {
	return s.getWhere(ctx, `id = $1 AND removed_at = 0`, id)
}

// GetNumber returns a live document by its Number, or ErrNotFound.
func (s *Store) GetNumber(ctx context.Context, n int64) (Stored, error) {
	return s.getWhere(ctx, `number = $1 AND removed_at = 0`, n)
}

// GetRemoved returns a document that was removed and can still be restored.
func (s *Store) GetRemoved(ctx context.Context, id string) (Stored, error) {
	return s.getWhere(ctx, `id = $1 AND removed_at > 0 AND paragraphs > 0`, id)
}

func (s *Store) getWhere(ctx context.Context, where string, arg any) (d Stored, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		d, err = first(c, scanStored, `SELECT `+documentColumns+`, text FROM documents WHERE `+where, arg)
		return err
	})
	return d, err
}
