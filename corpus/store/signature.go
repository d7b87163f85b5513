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
	return s.change(ctx, func(c conn) error {
		n, err := c.exec(`UPDATE documents SET signature = $1, signed = revision WHERE id = $2 AND removed_at = 0`, signature, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		if _, err := c.exec(`DELETE FROM bands WHERE document_id = $1`, id); err != nil {
			return err
		}
		for _, b := range bands {
			if _, err := c.exec(`INSERT INTO bands (band, document_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, b, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Similar returns live documents that share a band, most shared bands first.
func (s *Store) Similar(ctx context.Context, bands []int64, limit int) (out []Signed, err error) {
	if len(bands) == 0 {
		return nil, nil
	}
	args := []any{limit}
	for _, b := range bands {
		args = append(args, b)
	}
	err = s.view(ctx, func(c conn) (err error) {
		out, err = rows(c, func(r row) (x Signed, err error) { return x, r.Scan(&x.ID, into{&x.Signature}) },
			`SELECT d.id, d.signature FROM documents d JOIN
				(SELECT document_id, COUNT(*) AS shared FROM bands WHERE band IN (`+holes(2, len(bands))+`) GROUP BY document_id) b
				ON b.document_id = d.id
			WHERE d.removed_at = 0 ORDER BY b.shared DESC, d.number DESC LIMIT $1`, args...)
		return err
	})
	return out, err
}

// Unsigned returns live documents that have no signature of their present
// content yet.
func (s *Store) Unsigned(ctx context.Context, limit int) (ids []string, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		ids, err = rows(c, scanText, `SELECT id FROM documents WHERE removed_at = 0 AND signed <> revision
			ORDER BY number LIMIT $1`, limit)
		return err
	})
	return ids, err
}
