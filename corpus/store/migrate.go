package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the advisory lock that lets one of several starting
// replicas migrate. Any constant of our own does.
const migrationLock = 0x6d756a617a

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	dialect, db := goose.DialectSQLite3, s.write
	options := []goose.ProviderOption{goose.WithTableName("schema_version")}
	if db == nil {
		db = s.read
	}
	if s.engine == postgres {
		dialect = goose.DialectPostgres
		// One attempt a second for five minutes: a long migration elsewhere.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(migrationLock), lock.WithLockTimeout(1, 300))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, db, files, options...)
}

// migrate brings the schema up to date, each step in a transaction of its own.
func (s *Store) migrate(ctx context.Context) error {
	p, err := s.migrator()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrating the schema: %w", err)
	}
	current, target, err := p.GetVersions(ctx)
	if err == nil && current > target {
		return ErrNewer
	}
	return err
}

// checkVersion refuses a schema that this program cannot read. It writes
// nothing, not even the table of versions.
func (s *Store) checkVersion(ctx context.Context) error {
	p, err := s.migrator()
	if err != nil {
		return err
	}
	sources := p.ListSources()
	target := sources[len(sources)-1].Version
	var current int64
	err = s.view(ctx, func(c conn) (err error) {
		current, err = c.number(`SELECT MAX(version_id) FROM schema_version`)
		return err
	})
	switch {
	case err != nil && kindOf(err) == nil, err == nil && current < target:
		return ErrOutdated
	case current > target:
		return ErrNewer
	}
	return err
}
