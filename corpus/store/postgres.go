package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// connections is the size of one replica's pool; PostgreSQL's default of
	// 100 carries several replicas.
	connections = 16
	// answerTime is how long a call waits for the server when its caller sets
	// no limit: a cut network must not hold a reply for minutes.
	answerTime = 10 * time.Second
	dialTime   = 3 * time.Second
)

// errDeadline is the cause of a call that our own limit ended.
var errDeadline = errors.New("store: no answer in time")

// openPostgres opens one pool for reads and writes.
func (s *Store) openPostgres(ctx context.Context) error {
	config, err := pgx.ParseConfig(s.o.URL)
	if err != nil {
		return errors.New("store: DATABASE_URL cannot be read") // the cause would repeat the password
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = dialTime
	}
	dialer := &net.Dialer{Timeout: config.ConnectTimeout, KeepAlive: 5 * time.Second}
	config.DialFunc = dialer.DialContext
	s.connect = config
	db := sql.OpenDB(&pacer{inner: stdlib.GetConnector(*config), now: time.Now})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxLifetime(30 * time.Minute)
	s.read = db
	if !s.o.ReadOnly {
		s.write = db
	}
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	s.background.Go(func() { s.listen(s.life) })
	return nil
}

// deadline limits a call to the server that has no limit yet.
func (s *Store) deadline(ctx context.Context) (context.Context, context.CancelFunc) {
	if s.engine != postgres {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, answerTime, errDeadline)
}
