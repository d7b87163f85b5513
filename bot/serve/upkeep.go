package serve

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"mujaz/bot/digest"
)

// tidyPeriod is how often what is kept for a limited time is looked through.
const tidyPeriod = time.Hour

// keepTidy deletes what is over its time: questions, drafts, buttons, and
// documents that were removed long ago.
func (s *service) keepTidy(ctx context.Context) {
	every(ctx, tidyPeriod, func(ctx context.Context) {
		if _, err := s.rooms.Store.Tidy(ctx); err != nil && ctx.Err() == nil {
			s.p.Log.Warn("old entries were not deleted", "error", err)
		}
		if _, err := s.rooms.Store.Purge(ctx); err != nil && ctx.Err() == nil {
			s.p.Log.Warn("removed documents were not deleted", "error", err)
		}
	})
}

// backupPeriod is how often it is looked whether the day's copy is made: it is
// made in the first hour of the day, or when the program starts.
const backupPeriod = time.Hour

// backUp keeps a copy of the database for each of the last seven nights.
func (s *service) backUp(ctx context.Context) {
	if s.p.Config.BackupDir == "" {
		return
	}
	last := ""
	every(ctx, backupPeriod, func(ctx context.Context) {
		file, err := s.rooms.Store.Rotate(ctx, s.p.Config.BackupDir)
		if err != nil && ctx.Err() == nil {
			s.p.Log.Error("the nightly backup failed", "error", err)
			return
		}
		if err == nil && file != last {
			s.p.Log.Info("the day's backup is there", "file", file)
			last = file
		}
	})
}

// engine is what composes and delivers digests and alerts.
func (s *service) engine() *digest.Engine {
	return digest.New(digest.Options{
		Store: s.rooms.Store, Concepts: func() digest.Concepts { return s.follow.lexicon() }, Username: func() string { return s.bot.Username() },
		Now: s.p.Now, Moved: s.moved, Worker: s.place.name, Log: s.p.Log,
	})
}

// listener answers health, metrics and the webhook.
func (s *service) listener() http.Handler {
	h := newHealth(s.metrics,
		check{"index", func(context.Context) string { return s.follow.ready() }},
		check{"store", func(ctx context.Context) string {
			if s.rooms.Store.Writable(ctx) != nil {
				return "the store cannot be written"
			}
			return ""
		}},
		check{"telegram", func(context.Context) string { return s.silence() }})
	if s.p.Config.WebhookURL != "" {
		h.mux.Handle("POST "+webhookPath(s.p.Config.WebhookURL), s.client.WebhookHandler())
	}
	return h.mux
}

// silent is how long Telegram may say nothing before that is a reason: more
// than a long poll and its retries take.
const silent = 3 * time.Minute

func (s *service) silence() string {
	last := s.client.Reached()
	if s.p.Config.WebhookURL != "" && !last.IsZero() {
		return "" // with a webhook silence only means that nobody writes
	}
	if last.IsZero() || time.Since(last) > silent {
		return "Telegram does not answer"
	}
	return ""
}

// webhookPath is the path of the public address, which a load balancer keeps.
func webhookPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.Path
}
