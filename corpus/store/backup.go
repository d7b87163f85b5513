package store

import (
	"context"
	"io"
)

// Backup writes a consistent copy to a new file while others read and write:
// a database file on SQLite, a dump of JSON lines on PostgreSQL.
func (s *Store) Backup(ctx context.Context, file string) error { return errPending }

// RestoreBackup fills an empty data folder or an empty PostgreSQL database
// from a file that Backup made, either kind into either engine. ErrNotEmpty
// when the target holds documents.
func RestoreBackup(ctx context.Context, file string, o Options) error { return errPending }

// Rotate writes a nightly backup into the folder and keeps the latest seven.
// It returns the file's name.
func (s *Store) Rotate(ctx context.Context, dir string) (string, error) { return "", errPending }

// MigrateTo copies everything into the PostgreSQL database at url and
// compares counts and checksums. It can be called again after an interruption
// and goes on where it stopped. It reports progress on w when it is not nil.
func (s *Store) MigrateTo(ctx context.Context, url string, w io.Writer) error { return errPending }
