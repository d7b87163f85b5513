package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// Webhook says how updates come in when Telegram sends them.
type Webhook struct {
	URL    string // public https address
	Secret string // 1–256 characters A–Z a–z 0–9 _ -
	Listen string // address of an own listener; empty: the caller mounts WebhookHandler
}

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (w *Webhook) check() error {
	if w == nil {
		return nil
	}
	if u, err := url.Parse(w.URL); err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && net.ParseIP(u.Hostname()).IsLoopback()) {
		return errors.New("the webhook needs a public https address")
	}
	if !secretForm.MatchString(w.Secret) {
		return errors.New("the webhook needs a secret of 1 to 256 letters, digits, _ or -")
	}
	return nil
}

// secretHeader is where Telegram repeats the secret.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// maxUpdate bounds one update in bytes; Telegram's are far smaller.
const maxUpdate = 1 << 20

// acceptTimeout bounds how long an update may wait for room; Telegram brings it
// again.
const acceptTimeout = 10 * time.Second

// WebhookHandler takes updates from Telegram: it answers 401 without the
// secret, and 200 when the update is stored. Run does the work behind it.
func (c *Client) WebhookHandler() http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case c.o.Webhook == nil || !sameSecret(r.Header.Get(secretHeader), c.o.Webhook.Secret):
			c.metrics.updates.WithLabelValues("forged").Inc()
			http.Error(rw, "unauthorized", http.StatusUnauthorized)
			return
		case r.Method != http.MethodPost:
			http.Error(rw, "POST only", http.StatusMethodNotAllowed)
			return
		}
		data, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxUpdate))
		if err != nil {
			http.Error(rw, "too large or broken off", http.StatusRequestEntityTooLarge)
			return
		}
		c.seen()
		ctx, cancel := context.WithTimeout(r.Context(), acceptTimeout)
		defer cancel()
		err = c.work.accept(ctx, data)
		if id, unread := updateID(data); err == nil && unread == nil {
			err = c.work.awaitSafe(ctx, id)
		}
		if err != nil {
			c.log.Error("an update could not be stored", "error", err)
			http.Error(rw, "try again", http.StatusServiceUnavailable)
		}
	})
}

// sameSecret takes the same time for every wrong secret, whatever its length.
func sameSecret(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// serveWebhook tells Telegram where to send updates and waits until ctx ends.
func (c *Client) serveWebhook(ctx context.Context) error {
	failed := make(chan error, 1)
	if c.o.Webhook.Listen != "" {
		stop, err := c.listen(failed)
		if err != nil {
			return err
		}
		defer stop()
	}
	if err := c.setWebhook(ctx); err != nil {
		return err
	}
	c.work.mended()
	select {
	case <-ctx.Done():
		return nil
	case <-c.revoked:
		return ErrTokenRevoked
	case err := <-failed:
		return err
	}
}

func (c *Client) listen(failed chan<- error) (stop func(), err error) {
	l, err := net.Listen("tcp", c.o.Webhook.Listen)
	if err != nil {
		return nil, fmt.Errorf("listening for the webhook: %w", err)
	}
	s := &http.Server{Handler: c.WebhookHandler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 20 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 1 << 14}
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if s.Shutdown(ctx) != nil {
			s.Close()
		}
	}, nil
}

// setWebhook sets the address if it differs from what Telegram has. The secret
// cannot be read back: that it differs shows in Telegram's last error.
func (c *Client) setWebhook(ctx context.Context) error {
	var info webhookInfo
	if err := c.ask(ctx, "getWebhookInfo", struct{}{}, &info); err != nil {
		return err
	}
	slices.Sort(info.Allowed)
	wanted := slices.Sorted(slices.Values(allowedUpdates))
	same := len(info.Allowed) == 0 || slices.Equal(info.Allowed, wanted) // left out: the usual ones, ours among them
	if info.URL == c.o.Webhook.URL && same && !regexp.MustCompile(`\b401\b`).MatchString(info.LastError) {
		return nil
	}
	err := c.ask(ctx, "setWebhook", map[string]any{"url": c.o.Webhook.URL, "secret_token": c.o.Webhook.Secret,
		"allowed_updates": allowedUpdates, "max_connections": 40}, nil)
	if err != nil {
		return fmt.Errorf("setting the webhook: %w", err)
	}
	c.log.Info("webhook set")
	return nil
}
