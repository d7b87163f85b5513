package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// channel is the name that replicas notify each other under.
const channel = "mujaz"

// notify tells the other replicas that something changed. A lost notification
// is made up for by the poll of their watchers.
func (s *Store) notify() {
	if s.engine != postgres || s.write == nil {
		return
	}
	ctx, cancel := context.WithTimeout(s.life, dialTime)
	defer cancel()
	if _, err := s.write.ExecContext(ctx, `SELECT pg_notify($1, '')`, channel); err != nil && s.o.Log != nil {
		s.o.Log.Debug("notify", "error", err)
	}
}

// listen wakes the watchers for other replicas until ctx ends, connecting
// again after every loss.
func (s *Store) listen(ctx context.Context) {
	for ctx.Err() == nil {
		err := s.listenOnce(ctx)
		if ctx.Err() == nil && s.o.Log != nil {
			s.o.Log.Debug("listen", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(longPause):
		}
	}
}

func (s *Store) listenOnce(ctx context.Context) error {
	c, err := pgx.ConnectConfig(ctx, s.connect.Copy())
	if err != nil {
		return err
	}
	defer func() {
		// The context is over by now; closing still says goodbye to the server.
		bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = c.Close(bye)
	}()
	if _, err := c.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	s.watchers.wake() // whatever was missed meanwhile
	for {
		if _, err := c.WaitForNotification(ctx); err != nil {
			return err
		}
		s.watchers.wake()
	}
}
