package index

import (
	"context"
	"errors"
	"fmt"
)

// originKey is where an index remembers which store it was made from.
var originKey = []byte("origin")

// identified is a Source that can be told from another one. A store restored
// from a backup has a new identity, though its sequence numbers look alike.
type identified interface {
	Identity(ctx context.Context) (string, error)
}

// keepOrigin wipes an index that was made from another store, or that is
// ahead of its store: what it holds cannot be trusted. It needs x.writing.
func (x *Index) keepOrigin(ctx context.Context, s Source) error {
	last, err := s.LastSeq(ctx)
	if err != nil {
		return err
	}
	origin := ""
	if known, ok := s.(identified); ok {
		if origin, err = known.Identity(ctx); err != nil {
			return err
		}
	}
	had, err := x.store.GetInternal(originKey)
	if err != nil {
		return err
	}
	if x.Seq() > last || len(had) > 0 && string(had) != origin {
		x.log.Info("index belongs to another store and is made again")
		if err := x.wipeOpen(); err != nil {
			return fmt.Errorf("wipe index: %w", err)
		}
		had = nil
	}
	if len(had) == 0 && origin != "" {
		return x.store.SetInternal(originKey, []byte(origin))
	}
	return nil
}

// wipeOpen empties an index that is in use.
func (x *Index) wipeOpen() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.dead {
		x.bury()
	}
	return errors.Join(x.closeStore(), x.wipe())
}

// EachDocument calls f for every document of the index with its number of
// paragraphs.
func (x *Index) EachDocument(ctx context.Context, f func(id string, paragraphs int) error) error {
	s, err := x.snapshot()
	if err != nil {
		return err
	}
	defer s.release()
	for _, a := range s.articles {
		n := 0
		for _, number := range a.rows {
			if s.table[number].paragraph != titleParagraph {
				n++
			}
		}
		if err := f(a.id, n); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
