package store

import (
	"context"
	"crypto/rand"
	"errors"
	"time"
)

// engine is what lies below the statements.
type engine int

const (
	sqlite3Engine engine = iota
	postgres
)

// Open opens the store, creating and migrating it where needed. A writing
// Open of a data folder that another process writes gives ErrLocked.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Poll <= 0 {
		o.Poll = time.Second
	}
	s := &Store{o: o, lock: func() error { return nil }}
	s.life, s.stop = context.WithCancel(context.Background())
	open := s.openSQLite
	if o.URL != "" {
		s.engine, open = postgres, s.openPostgres
	}
	if err := open(ctx); err != nil {
		return nil, errors.Join(s.translate(err), s.Close())
	}
	return s, nil
}

// prepare migrates the schema and gives a new store its identity.
func (s *Store) prepare(ctx context.Context) error {
	if s.o.ReadOnly {
		return s.checkVersion(ctx)
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	return s.change(ctx, func(c conn) error {
		if _, err := c.exec(`INSERT INTO meta (name, value) VALUES ('identity', $1) ON CONFLICT DO NOTHING`, rand.Text()); err != nil {
			return err
		}
		return c.continueIDs()
	})
}

// continueIDs lets new ids be greater than all that were given, also when the
// clock was set back meanwhile.
func (c conn) continueIDs() error {
	for _, t := range []string{"audit", "drafts", "alerts", "deliveries", "questions", "feeds", "synonyms"} {
		n, err := c.number(`SELECT COALESCE(MAX(id), 0) FROM ` + t)
		if err != nil {
			return err
		}
		c.s.ids.atLeast(n)
	}
	return nil
}

// Close releases everything. It waits for the watchers to end.
func (s *Store) Close() error {
	s.stop()
	s.background.Wait()
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil && s.write != s.read {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(append(errs, s.lock())...)
}

// Writable tells whether the store takes changes now, for a health check.
func (s *Store) Writable(ctx context.Context) error {
	return s.SetMeta(ctx, "probe", s.now().Format(time.RFC3339))
}
