// Package serve wires the running program: store, index, conversation,
// Telegram or the sandbox, digests, feeds and health, under one context. It
// owns the order of start and stop. It must not know what is said in a chat.
package serve

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"

	"mujaz/bot"
	"mujaz/bot/digest"
	"mujaz/bot/sandbox"
	"mujaz/bot/telegram"
	"mujaz/bot/terminal"
)

// Run is the command serve: with a token the bot answers in Telegram, without
// one in a chat page on this machine.
func Run(ctx context.Context, p *terminal.Program, args []string) error {
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	f.SetOutput(p.Err)
	data := f.String("data", "", "folder of the database and the index (in the sandbox: a temporary one)")
	addr := f.String("addr", "", "address of the sandbox, on this machine (default 127.0.0.1:8080)")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *data != "" {
		p.Config.DataDir = *data
	}
	if p.Config.Token == "" {
		return tryOut(ctx, p, *addr, *data != "")
	}
	return newService(p).run(ctx)
}

// tryOut plays Telegram on this machine and runs the bot against it.
func tryOut(ctx context.Context, p *terminal.Program, addr string, keep bool) error {
	if !keep {
		dir, err := os.MkdirTemp("", "mujaz-sandbox-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		p.Config.DataDir = dir
	}
	clock := sandbox.NewClock(time.Time{})
	s := sandbox.New(sandbox.Options{Clock: clock, Location: p.Config.Location, Cast: true, Log: p.Log})
	defer s.Close()
	url, err := s.Start(ctx, addr)
	if err != nil {
		return fmt.Errorf("the sandbox could not start: %w", err)
	}
	p.Say("Mujaz needs a token for Telegram: take one from @BotFather and set TELEGRAM_BOT_TOKEN in .env.")
	p.Say("Without it, try everything in the browser at %s, or in the terminal with: mujaz ask \"QUESTION\"", url)
	p.Config.Token, p.Config.APIURL, p.Config.DatabaseURL, p.Config.WebhookURL = s.Token(), s.URL(), "", ""
	p.Config.Admins = append(p.Config.Admins, sandbox.AdminID)
	p.Now = clock.Now
	service := newService(p)
	service.moved = clock.Moved
	return service.run(ctx)
}

// service is one running bot and everything around it.
type service struct {
	p       *terminal.Program
	rooms   *terminal.Rooms
	metrics *prometheus.Registry
	follow  *follower
	bot     *bot.Bot
	admins  *bot.Admins
	client  *telegram.Client
	digest  *digest.Engine
	place   *replica
	moved   func() <-chan struct{}  // closed when the sandbox's clock is moved; nil: never
	shape   func(*telegram.Options) // changes the client for a test; nil: nothing
}

func newService(p *terminal.Program) *service {
	s := &service{p: p, metrics: prometheus.NewRegistry()}
	s.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return s
}

// run starts everything and returns when the context has ended and all that
// was in flight is finished: Telegram first, then the rest, the index last.
func (s *service) run(ctx context.Context) (err error) {
	if s.rooms, err = s.p.Begin(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.rooms.Close()) }()
	s.follow = &follower{p: s.p, rooms: s.rooms, log: s.p.Log}
	s.follow.begin(ctx)
	if err := s.wire(ctx); err != nil {
		return err
	}
	s.place.begin(ctx)
	g, ctx := errgroup.WithContext(ctx)
	s.start(ctx, g)
	err = g.Wait()
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// errEnded stops the rest of the program when Telegram's client has ended.
var errEnded = fmt.Errorf("ended: %w", context.Canceled)

func (s *service) start(ctx context.Context, g *errgroup.Group) {
	g.Go(func() error {
		if err := s.client.Run(ctx); err != nil {
			return err
		}
		return errEnded
	})
	background := []func(context.Context){s.follow.run, s.place.run, s.keepTidy, s.backUp, s.deliver}
	for _, run := range background {
		g.Go(func() error { run(ctx); return nil })
	}
	g.Go(func() error { return s.admins.Run(ctx, s.client) })
	if s.p.Config.ListenAddr != "" {
		g.Go(func() error { return listen(ctx, s.p.Config.ListenAddr, s.listener()) })
	}
}

// deliver sends digests and alerts, giving way to answers.
func (s *service) deliver(ctx context.Context) { s.digest.Run(ctx, s.client.Bulk()) }

// wire makes the conversation and the client.
func (s *service) wire(ctx context.Context) (err error) {
	c := s.p.Config
	s.place = newReplica(s.rooms.Store, nil, s.p.Log)
	s.digest = s.engine()
	meter := newMeter(s.metrics)
	s.bot = bot.New(bot.Options{
		Store: s.rooms.Store, Answers: timed{warming{s.rooms.Answerer, s.follow}, meter}, Corpus: s.rooms.Index, Owners: c.Admins, Language: c.Language, Meter: meter,
		Location: c.Location, Digest: c.DigestMinutes, Now: s.p.Now, Log: s.p.Log, Digests: s.digest,
	})
	s.digest.Register(s.bot)
	s.metrics.MustRegister(newState(s))
	adding := terminal.NewAdding(s.p, s.rooms.Store)
	s.admins = s.bot.ServeAdmins(bot.AdminOptions{Fetcher: adding.Fetcher, Limits: adding.Limits, IndexSize: s.indexSize, Changed: s.showMenu})
	o := telegram.Options{
		Token: c.Token, APIURL: c.APIURL, Handler: s.bot, Inbox: newInbox(s.rooms.Store), Menu: s.menu(ctx),
		Ready: s.bot.SetUsername, Paused: s.place.tellPause, Log: s.p.Log, Metrics: s.metrics, Stage: meter.Stage, Now: s.p.Now,
	}
	if c.WebhookURL != "" {
		o.Webhook = &telegram.Webhook{URL: c.WebhookURL, Secret: c.WebhookSecret}
	}
	o.Worker = s.place.name
	if s.shape != nil {
		s.shape(&o)
	}
	if s.client, err = telegram.New(o); err != nil {
		return err
	}
	s.place.sender = s.client
	return nil
}

// indexSize is the size of the index's files in bytes.
func (s *service) indexSize() (total int64, err error) {
	err = filepath.WalkDir(filepath.Join(s.p.Config.DataDir, "index"), func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, os.ErrNotExist) {
			return nil // merged away meanwhile
		}
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
