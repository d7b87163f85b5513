package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mujaz/bot"
)

// DefaultAPI is Telegram's own Bot API server.
const DefaultAPI = "https://api.telegram.org"

// Options configure a Client. Token, Handler and Inbox are needed.
type Options struct {
	Token   string
	APIURL  string // empty: DefaultAPI
	Handler bot.Handler
	Inbox   Inbox  // nil: in memory, for tests and for trying out
	Worker  string // this process among replicas, for claims; empty: "telegram"

	Webhook *Webhook              // nil: long polling
	Menu    Menu                  // commands and descriptions, set at start when they differ
	Paused  func(d time.Duration) // called when Telegram asked to wait, to tell other replicas; must not block
	Ready   func(username string) // called once when Telegram has told the bot's @name

	Log         *slog.Logger                          // nil: silent
	Metrics     prometheus.Registerer                 // nil: not published
	HTTP        http.RoundTripper                     // nil: a transport of its own
	Workers     int                                   // requests handled side by side; 0: 32
	Queue       int                                   // updates that may wait before people are told so; 0: 400, what Telegram lets us answer in 15 s
	Backlog     int                                   // updates of an outage that may wait; those above stay at Telegram; 0: 10,000
	PerChat     int                                   // of one chat; 0: 50
	PollTimeout time.Duration                         // of a long poll, whole seconds up to 50; 0: 50 s
	Stale       time.Duration                         // age from which messages are summed up; 0: one hour
	Stage       func(name string, took time.Duration) // told how long encoding and sending took; nil: nobody
	Unpaced     bool                                  // no send limits: load tests against a local server only
	Now         func() time.Time                      // nil: the clock; for the age of messages
}

// Client is Mujaz on Telegram. It implements bot.Transport.
type Client struct {
	o       Options
	wire    *wire
	gate    *gate
	log     *slog.Logger
	metrics *metrics
	work    *work

	me      atomic.Pointer[profile]
	menuSet atomic.Bool   // the menu was set, or need not be
	reached atomic.Int64  // Unix seconds of the last reply to getUpdates or the last webhook call
	revoked chan struct{} // closed when Telegram refused the token
	revoke  func()        // closes it, once
	closing sync.Once
	owned   *http.Transport
}

// profile is what getMe tells of the bot.
type profile struct {
	ID       int64  `json:"id"`
	Username string `json:"username"`
}

var _ bot.Transport = (*Client)(nil)

// New checks the options; it does not speak to Telegram yet.
func New(o Options) (*Client, error) {
	if id, secret, ok := strings.Cut(o.Token, ":"); !ok || id == "" || secret == "" || strings.ContainsAny(o.Token, " /?#%\n") {
		return nil, ErrTokenRevoked
	}
	if o.Handler == nil {
		return nil, errors.New("telegram: no handler")
	}
	c := &Client{o: o.withDefaults(), gate: newGate(), me: atomic.Pointer[profile]{}}
	c.log = c.o.Log
	c.revoked = make(chan struct{})
	c.revoke = sync.OnceFunc(func() { close(c.revoked) })
	c.me.Store(&profile{})
	inner := o.HTTP
	if inner == nil {
		c.owned = http.DefaultTransport.(*http.Transport).Clone()
		c.owned.MaxIdleConnsPerHost = c.o.Workers + 4
		inner = c.owned
	}
	c.wire = &wire{inner: inner, token: o.Token}
	c.metrics = newMetrics(o.Metrics)
	c.gate.unpaced = o.Unpaced
	c.gate.length = func(n int) { c.metrics.gate.Set(float64(n)) }
	c.gate.longWait = func(d time.Duration) {
		c.metrics.pauses.Add(d.Seconds())
		c.log.Warn("Telegram asks to wait", "for", d)
	}
	c.work = newWork(c)
	if err := o.Webhook.check(); err != nil {
		return nil, err
	}
	return c, nil
}

func (o Options) withDefaults() Options {
	o.APIURL = strings.TrimRight(o.APIURL, "/")
	if o.APIURL == "" {
		o.APIURL = DefaultAPI
	}
	if o.Inbox == nil {
		o.Inbox = newMemory()
	}
	if o.Worker == "" {
		o.Worker = "telegram"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Workers = orDefault(o.Workers, 32)
	o.Queue = orDefault(o.Queue, 400)
	o.Backlog = max(orDefault(o.Backlog, 10000), o.Queue+1)
	o.PerChat = orDefault(o.PerChat, 50)
	o.PollTimeout = orDefault(o.PollTimeout, 50*time.Second)
	o.Stale = orDefault(o.Stale, time.Hour)
	return o
}

func orDefault[T int | time.Duration](n, standard T) T {
	if n > 0 {
		return n
	}
	return standard
}

// drain is how long replies in flight may take after the end was asked for: the
// program is to stop within ten seconds, and has to close store and index.
const drain = 8 * time.Second

// Run receives and answers until ctx ends, and returns when all that was in
// flight is finished or put back, at most eight seconds later. It returns nil
// when ctx ended, ErrTokenRevoked, ErrWebhookSet, or what the webhook's
// listener failed with.
func (c *Client) Run(ctx context.Context) error {
	defer c.closing.Do(func() {
		if c.owned != nil {
			c.owned.CloseIdleConnections()
		}
	})
	if err := c.hello(ctx); err != nil {
		return ended(ctx, err)
	}
	receive := c.poll
	if c.o.Webhook != nil {
		receive = c.serveWebhook
	}
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	done := make(chan struct{})
	pumping, cease := context.WithCancel(ctx)
	defer cease()
	c.work.wait.Go(func() { c.setMenu(pumping) })
	go func() {
		defer close(done)
		c.work.run(pumping, working)
	}()
	err := receive(ctx)
	cease()
	timer := time.AfterFunc(drain, stop)
	defer timer.Stop()
	<-done
	return ended(ctx, err)
}

// ended turns the end that was asked for into no error.
func ended(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, ErrTokenRevoked):
		return ErrTokenRevoked
	case ctx.Err() != nil:
		return nil
	}
	return err
}

// hello learns who the bot is, waiting for Telegram as long as it takes.
func (c *Client) hello(ctx context.Context) error {
	var me profile
	if err := c.ask(ctx, "getMe", struct{}{}, &me); err != nil {
		return fmt.Errorf("learning the bot's name: %w", err)
	}
	c.me.Store(&me)
	c.seen()
	c.log.Info("Telegram knows the bot", "username", me.Username)
	if c.o.Ready != nil {
		c.o.Ready(me.Username)
	}
	return nil
}

// Username is the bot's @name without @; empty until Run has learnt it.
func (c *Client) Username() string { return c.me.Load().Username }

func (c *Client) seen() { c.reached.Store(time.Now().Unix()) }

// Reached is when Telegram was last heard of; the zero time if never.
func (c *Client) Reached() time.Time {
	if s := c.reached.Load(); s > 0 {
		return time.Unix(s, 0)
	}
	return time.Time{}
}

// redact takes the token out of what a panic printed: it may print anything.
func (c *Client) redact(s string) string { return strings.ReplaceAll(s, c.o.Token, "[token]") }

// SetRate sets how many messages a second this process may send, its share of
// Telegram's 30.
func (c *Client) SetRate(perSecond int) { c.gate.setRate(perSecond) }

// Pause holds all sends for d, as when another replica was told to wait.
func (c *Client) Pause(d time.Duration) { c.gate.pause(d) }
