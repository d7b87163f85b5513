package bot

import (
	"context"
	"log/slog"
	"time"
)

// name is what the lines of a log tell about the work that they are of.
type name struct {
	key string
	id  int64
}

type nameKey struct{}

// Named returns a context for one piece of work, such as an update of Telegram
// or a delivery. Every line that is logged with it carries the key and the id,
// whatever room logs it.
func Named(ctx context.Context, key string, id int64) context.Context {
	return context.WithValue(ctx, nameKey{}, name{key, id})
}

// NameLines makes a log handler add what Named says.
func NameLines(h slog.Handler) slog.Handler { return named{h} }

type named struct{ slog.Handler }

// Handle implements slog.Handler.
func (n named) Handle(ctx context.Context, r slog.Record) error {
	if of, ok := ctx.Value(nameKey{}).(name); ok {
		r = r.Clone()
		r.AddAttrs(slog.Int64(of.key, of.id))
	}
	return n.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (n named) WithAttrs(attrs []slog.Attr) slog.Handler { return named{n.Handler.WithAttrs(attrs)} }

// WithGroup implements slog.Handler.
func (n named) WithGroup(group string) slog.Handler { return named{n.Handler.WithGroup(group)} }

// Meter counts and times for an operator.
type Meter interface {
	Asked(kind string)                     // a question was dealt with: answer, no_answer, off_topic or error
	Stage(name string, took time.Duration) // one stage of a request ended
}

// unmetered is the Meter of who needs none.
type unmetered struct{}

func (unmetered) Asked(string)                {}
func (unmetered) Stage(string, time.Duration) {}
