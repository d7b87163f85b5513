// Package store owns the truth: documents with their change sequence, and
// everything that must survive a crash — chats, subscriptions, deliveries,
// drafts, admins, the audit log. It runs the same statements on SQLite (the
// default, DATA_DIR/mujaz.db) and on PostgreSQL. It is the only package that
// speaks SQL. It must not know how text is analysed, ranked or shown.
//
// Nothing is acknowledged before its commit returned. Times are stored as UTC
// milliseconds, so that both engines agree to the last digit.
package store

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options say where the truth lies.
type Options struct {
	Dir      string           // data folder; holds mujaz.db and the lock file
	URL      string           // postgres://…; empty means SQLite in Dir
	ReadOnly bool             // open beside a running serve: reads only, takes no lock, migrates nothing
	Now      func() time.Time // nil: the clock (of the database server, for leases on PostgreSQL)
	Log      *slog.Logger     // nil: silent
	Poll     time.Duration    // how often Watch looks by itself; 0 means one second
}

// Store is safe for use by many goroutines.
type Store struct {
	read, write *sql.DB
	engine      engine
	group       *group          // SQLite only: shares commits
	connect     *pgx.ConnConfig // PostgreSQL only: for the listening connection
	o           Options
	lock        func() error // releases the data folder
	ids         idSource
	watchers    broadcast
	background  sync.WaitGroup
	stop        context.CancelFunc
	life        context.Context
}

// Actor is who changes something, for the audit log. The zero Actor is the
// terminal.
type Actor struct {
	ID   int64  // Telegram user id, 0 for the terminal and for feeds
	Name string // as shown; "terminal" or the feed's address when ID is 0
}
