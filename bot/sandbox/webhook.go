package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// webhook delivers updates to the bot's own server, one after the other.
type webhook struct {
	url, secret string
	stop        context.CancelFunc
	lastSet     time.Time
	lastError   string
	errorAt     int64
	delivered   int
}

const (
	deliveryTimeout = 10 * time.Second
	firstRetry      = 100 * time.Millisecond // Telegram begins at about a second
	longestRetry    = 5 * time.Second
)

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// setWebhook checks the address as Telegram does; plain HTTP is taken for this
// machine only, so that tests need no certificate.
func (s *Server) setWebhook(p params) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.str("url") == "" {
		return s.deleteWebhook(p)
	}
	if time.Since(s.hook.lastSet) < time.Second {
		return nil, tooMany(1)
	}
	u, err := url.Parse(p.str("url"))
	if err != nil || u.Host == "" {
		return nil, badRequest("invalid webhook URL specified")
	}
	local := isLoopback(u.Hostname())
	if u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return nil, badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !local && !slices.Contains([]string{"", "80", "88", "443", "8443"}, u.Port()) {
		return nil, badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	if secret := p.str("secret_token"); len(secret) > 256 {
		return nil, badRequest("secret token is too long")
	} else if secret != "" && !secretToken.MatchString(secret) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	s.queue.allow(p)
	if p.bool("drop_pending_updates") {
		s.queue.pending = nil
	}
	s.stopWebhook()
	ctx, cancel := context.WithCancel(context.Background())
	s.hook = webhook{url: u.String(), secret: p.str("secret_token"), stop: cancel, lastSet: time.Now()}
	s.touch()
	go s.deliver(ctx, u.String(), p.str("secret_token"))
	return true, nil
}

func (s *Server) stopWebhook() {
	if s.hook.stop != nil {
		s.hook.stop()
	}
	s.hook = webhook{lastSet: s.hook.lastSet}
}

func (s *Server) deleteWebhook(p params) (any, error) {
	s.stopWebhook()
	if p.bool("drop_pending_updates") {
		s.queue.pending = nil
	}
	s.touch()
	return true, nil
}

func (s *Server) getWebhookInfo(params) (any, error) {
	info := map[string]any{"url": s.hook.url, "has_custom_certificate": false, "pending_update_count": len(s.queue.pending)}
	if s.hook.lastError != "" {
		info["last_error_message"], info["last_error_date"] = s.hook.lastError, s.hook.errorAt
	}
	return info, nil
}

// deliver posts pending updates until ctx ends; what is not answered with 2xx
// is tried again, later and later.
func (s *Server) deliver(ctx context.Context, to, secret string) {
	client := &http.Client{Timeout: deliveryTimeout}
	pause := firstRetry
	for {
		u, ok := s.nextUpdate(ctx)
		if !ok {
			return
		}
		err := post(ctx, client, to, secret, u)
		if s.delivered(ctx, u, err) {
			pause = firstRetry
			continue
		}
		wait := time.NewTimer(pause)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return
		}
		pause = min(2*pause, longestRetry)
	}
}

func (s *Server) nextUpdate(ctx context.Context) (Update, bool) {
	for {
		s.mu.Lock()
		changed := s.changed
		if len(s.queue.pending) > 0 {
			u := s.queue.pending[0]
			s.mu.Unlock()
			return u, ctx.Err() == nil
		}
		s.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return Update{}, false
		}
	}
}

func post(ctx context.Context, client *http.Client, to, secret string, u Update) error {
	body, err := json.Marshal(u)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<20))
	if answer.StatusCode/100 != 2 {
		return &APIError{Description: "Wrong response from the webhook: " + answer.Status}
	}
	return nil
}

// delivered records the outcome of one delivery.
func (s *Server) delivered(ctx context.Context, u Update, err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return false
	}
	defer s.touch()
	if err != nil {
		s.hook.lastError, s.hook.errorAt = err.Error(), s.now().Unix()
		return false
	}
	s.hook.delivered++
	s.queue.confirm(int64(u.ID) + 1)
	return true
}

// isLoopback tells whether a host name means this machine.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
