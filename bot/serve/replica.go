package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"mujaz/corpus/store"
)

const (
	// beat is how often a replica says that it lives.
	beat = time.Second
	// sharedSends is how many messages a second replicas share: less than the 30
	// that Telegram allows, because what several busy machines send may arrive
	// closer together than it was sent. At 28, one second in five minutes saw 31.
	sharedSends = 26
	// outageRate is what a replica that lost the database still sends: it may
	// answer from its index, and its share belongs to others by now.
	outageRate = 1
)

// fleet is what the store knows of the processes that share it.
type fleet interface {
	Shared() bool
	Heartbeat(ctx context.Context, replica string, total int) (store.Allowance, error)
	ReleaseDead(ctx context.Context, alive ...string) (int, error)
	Pause(ctx context.Context, d time.Duration) error
	Leave(ctx context.Context, replica string) error
}

// sender is what the replica steers: the client that sends.
type sender interface {
	SetRate(perSecond int)
	Pause(d time.Duration)
}

// replica keeps this process's place among those that share the store: its
// heartbeat, its share of the sends, and the work that the dead left behind.
type replica struct {
	name   string
	fleet  fleet
	sender sender
	log    *slog.Logger
	now    func() time.Time
	paused chan time.Duration // from Telegram, to be told to the others

	valid time.Time // end of the share in use
	pause time.Time // end of the latest pause that was told or heard
	rate  int
}

func newReplica(f fleet, s sender, log *slog.Logger) *replica {
	return &replica{name: workerName(), fleet: f, sender: s, log: log, now: time.Now, paused: make(chan time.Duration, 8), rate: -1}
}

// workerName is a name that no other process has, also not this machine's
// next one.
func workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "mujaz"
	}
	return fmt.Sprintf("%.40s-%d-%s", host, os.Getpid(), rand.Text()[:6])
}

// tellPause passes on that Telegram asked to wait. It never blocks.
func (r *replica) tellPause(d time.Duration) {
	select {
	case r.paused <- d:
	default:
	}
}

// begin takes over what a dead process left and says that this one lives. It
// must return before anything is claimed under the replica's name: others
// release the claims of those that they do not know.
func (r *replica) begin(ctx context.Context) {
	if r.fleet.Shared() {
		r.step(ctx)
		return
	}
	if _, err := r.fleet.ReleaseDead(ctx, r.name); err != nil && ctx.Err() == nil {
		r.log.Warn("claims of an earlier process stay until their leases end", "error", err)
	}
}

// run beats until ctx ends. A store of this process alone needs no beat.
func (r *replica) run(ctx context.Context) {
	if !r.fleet.Shared() {
		return
	}
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		r.step(ctx)
		select {
		case <-ctx.Done():
			r.leave(ctx)
			return
		case d := <-r.paused:
			r.share(ctx, d)
		case <-ticker.C:
		}
	}
}

func (r *replica) step(ctx context.Context) {
	a, err := r.fleet.Heartbeat(ctx, r.name, sharedSends)
	if err != nil {
		if ctx.Err() == nil && !r.now().Before(r.valid) {
			r.setRate(outageRate)
		}
		return
	}
	r.valid = a.Valid
	r.setRate(usable(a))
	if a.Pause.After(r.pause.Add(beat)) { // not the echo of our own
		r.pause = a.Pause
		r.sender.Pause(a.Pause.Sub(r.now()))
	}
	n, err := r.fleet.ReleaseDead(ctx, r.name)
	if err != nil && ctx.Err() == nil {
		r.log.Warn("claims of dead replicas could not be released", "error", err)
	}
	if n > 0 {
		r.log.Info("took over the work of a dead replica", "claims", n)
	}
}

// usable leaves room for the burst that each sender may save up: with one
// message less a second each, no second of all together exceeds the total.
func usable(a store.Allowance) int {
	if a.Replicas > 1 {
		return max(a.PerSecond-1, 0)
	}
	return a.PerSecond
}

func (r *replica) setRate(n int) {
	if n != r.rate {
		r.rate = n
		r.sender.SetRate(n)
	}
}

func (r *replica) share(ctx context.Context, d time.Duration) {
	until := r.now().Add(d)
	if !until.After(r.pause.Add(beat)) {
		return
	}
	r.pause = until
	if err := r.fleet.Pause(ctx, d); err != nil && ctx.Err() == nil {
		r.log.Warn("the other replicas could not be told to wait", "error", err)
	}
}

// leave gives up the share and what was claimed, at a graceful stop.
func (r *replica) leave(ctx context.Context) {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := r.fleet.Leave(last, r.name); err != nil && !errors.Is(err, store.ErrUnavailable) {
		r.log.Warn("leaving the other replicas", "error", err)
	}
}
