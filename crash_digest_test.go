package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"mujaz/bot/sandbox"
	"mujaz/corpus/store"
)

var crashChats = flag.Int("crash.chats", 40, "chats to which the digest is delivered while the bot is killed")

// TestKilledDigests kills the running bot while it delivers digests: every chat
// gets each of them, and only those on their way at a kill may come twice.
// When all have one, the next is due.
func TestKilledDigests(t *testing.T) {
	server := sandbox.Serve(t, sandbox.Options{})
	c := &crowd{server: server, asked: map[int64]int{}}
	c.house = newHouse(t, "TELEGRAM_BOT_TOKEN="+server.Token(), "TELEGRAM_API_URL="+server.URL())
	c.run("import", firstOf(c.edition("0", 30)))
	d := &deliveries{crowd: c, got: map[int64]int{}}
	d.subscribe(*crashChats)
	server.Inject(sandbox.Fault{Method: "sendMessage", Delay: 40 * time.Millisecond})
	for d.kills < *kills {
		cmd := c.serve()
		time.Sleep(time.Duration(rand.IntN(1200)) * time.Millisecond) // the moment of the kill is what is random here
		c.end(cmd)
		d.kills++
		if d.open() == 0 {
			d.judge()
			d.enqueue()
		}
	}
	cmd := c.serve()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	if err := server.WaitFor(ctx, d.everybodyHasIt); err != nil {
		t.Error(err)
	}
	c.end(cmd)
	d.judge()
	t.Logf("%8s %8s %8s %5s %9s", "kills", "rounds", "digests", "lost", "repeated")
	t.Logf("%8d %8d %8d %5d %9d", d.kills, d.rounds, d.rounds*len(d.chats), d.lost, d.repeated)
	const inFlight = 16 // deliveries that one process sends side by side
	if d.lost > 0 || d.repeated > d.kills*inFlight {
		t.Error("digests were lost, or repeated that were not on their way")
	}
	c.sound()
}

// deliveries is what chats should get and got.
type deliveries struct {
	*crowd
	kills, rounds  int
	lost, repeated int
	chats          []int64
	got            map[int64]int // messages of the rounds before
}

func (d *deliveries) store() *store.Store {
	d.t.Helper()
	s, err := store.Open(d.t.Context(), store.Options{Dir: d.data})
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

// subscribe makes groups, which need not write first, with a digest due now.
func (d *deliveries) subscribe(n int) {
	d.t.Helper()
	s := d.store()
	defer s.Close()
	owner := d.server.AddUser(sandbox.User{FirstName: "محرر"}).ID
	for i := range n {
		g := d.server.AddSupergroup(fmt.Sprint("غرفة ", i), false, owner)
		d.chats = append(d.chats, g.ID)
		err := s.PutSubscription(d.t.Context(), store.Subscription{Chat: g.ID, Minutes: 480, Zone: "UTC", Days: store.EveryDay,
			Length: store.Headlines, Language: "ar", Always: true, Active: true, NextDue: time.Now()})
		if err != nil {
			d.t.Fatal(err)
		}
	}
	d.rounds = 1
}

// enqueue makes the next digest due for everybody.
func (d *deliveries) enqueue() {
	d.t.Helper()
	s := d.store()
	defer s.Close()
	for _, chat := range d.chats {
		if _, err := s.Enqueue(d.t.Context(), store.Delivery{Chat: chat, Kind: store.DigestDelivery}); err != nil {
			d.t.Fatal(err)
		}
	}
	d.rounds++
}

// open is how many deliveries are not finished, those not made yet included.
func (d *deliveries) open() int {
	d.t.Helper()
	s := d.store()
	defer s.Close()
	n, _, err := s.Backlog(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	due, err := s.Due(d.t.Context(), time.Now(), len(d.chats))
	if err != nil {
		d.t.Fatal(err)
	}
	return n + len(due)
}

func (d *deliveries) everybodyHasIt() bool {
	for _, chat := range d.chats {
		if len(d.server.BotMessages(chat)) <= d.got[chat] {
			return false
		}
	}
	return true
}

// judge looks at what the chats got in a round that is over.
func (d *deliveries) judge() {
	for _, chat := range d.chats {
		n := len(d.server.BotMessages(chat)) - d.got[chat]
		if n == 0 {
			d.lost++
		}
		d.repeated += max(n-1, 0)
		d.got[chat] += n
	}
}
