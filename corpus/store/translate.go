package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// translate puts our sentinel before the cause, so that callers can branch
// and logs still tell the reason.
func (s *Store) translate(err error) error {
	if err == nil {
		return nil
	}
	if kind := kindOf(err); kind != nil && !errors.Is(err, kind) {
		return fmt.Errorf("%w: %w", kind, err)
	}
	return err
}

func kindOf(err error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &lite):
		return liteKind(lite.Code() & 0xff)
	case errors.As(err, &pg):
		return pgKind(pg.Code)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ErrFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	case lostConnection(err):
		return ErrUnavailable
	}
	return nil
}

func liteKind(code int) error {
	switch code {
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return ErrReadOnly
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return ErrDamaged
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return ErrLocked
	}
	return nil
}

// pgKind reads the class of a SQLSTATE code: 08 connection, 57 shutdown, 53
// resources.
func pgKind(code string) error {
	switch {
	case code == "53100":
		return ErrFull
	case code == "25006":
		return ErrReadOnly
	case code[:2] == "08", code[:2] == "57", code[:2] == "53":
		return ErrUnavailable
	}
	return nil
}

func lostConnection(err error) bool {
	var netErr net.Error
	var connect *pgconn.ConnectError
	if file := new(fs.PathError); errors.As(err, &file) {
		return false // its cause looks like a net.Error
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.As(err, &connect) || errors.Is(err, errDeadline) || pgconn.SafeToRetry(err) ||
		!errors.Is(err, context.DeadlineExceeded) && errors.As(err, &netErr)
}

// repeatable tells whether another attempt may succeed: the server rolled back
// because of others (40001 serialization failure, 40P01 deadlock), or another
// replica made the same id in the same millisecond (23505, primary key).
func repeatable(err error) bool {
	var pg *pgconn.PgError
	var lite *sqlite.Error
	switch {
	case errors.As(err, &pg):
		return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "23505"
	case errors.As(err, &lite):
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}
