package telegram

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
	"mujaz/corpus/store"
)

// What people wrote while the bot was down waits for room, however many they
// are: it is answered, and nobody is told to wait.
func TestABacklogWaitsForRoom(t *testing.T) {
	t.Parallel()
	var busy atomic.Int32
	s := sandbox.Serve(t, sandbox.Options{})
	before := time.Now().Add(-10 * time.Minute).Unix()
	var readers []int64
	for i := range 60 {
		u := s.AddUser(sandbox.User{FirstName: fmt.Sprint("ق", i)})
		s.Post(sandbox.Post{From: u.ID, Text: "سؤال", Date: before})
		readers = append(readers, u.ID)
	}
	r := startOn(t, s, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		if q.Busy {
			busy.Add(1)
			return nil
		}
		return echo(ctx, q, tr)
	}, func(o *Options) { o.Unpaced, o.Queue, o.Backlog, o.Workers = true, 5, 10, 2 })
	r.until(20*time.Second, func() bool { return r.Pending() == 0 })
	r.settle(20 * time.Second)
	for _, id := range readers {
		if n := len(s.BotMessages(id)); n != 1 {
			t.Errorf("%d answers to one question", n)
		}
	}
	if busy.Load() > 0 {
		t.Errorf("%d people were told to wait", busy.Load())
	}
}

// A crash while people are being told to wait passes nobody over: who was not
// told is answered after the next start.
func TestWhoWasNotToldIsAnsweredAfterARestart(t *testing.T) {
	t.Parallel()
	truth, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer truth.Close()
	s := sandbox.Serve(t, sandbox.Options{})
	var began atomic.Int32
	first := startOn(t, s, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		began.Add(1)
		<-ctx.Done() // never finishes, as in a crash
		return ctx.Err()
	}, func(o *Options) { o.Inbox, o.Worker, o.Unpaced, o.Queue = truth, "first", true, 1 })
	asked := first.ask("الأول")
	first.until(10*time.Second, func() bool { return began.Load() == 1 })
	crowded := s.AddUser(sandbox.User{FirstName: "هند"})
	refusedOne := s.SendText(crowded.ID, crowded.ID, "الثاني")
	first.until(10*time.Second, func() bool { return began.Load() == 2 && first.Pending() == 0 })
	killed := make(chan error, 1)
	go func() { killed <- first.stop() }()
	if n, err := truth.ReleaseDead(t.Context(), "second"); err != nil || n != 2 {
		t.Fatalf("%d claims given back, %v", n, err)
	}
	second := startOn(t, s, echo, func(o *Options) { o.Inbox, o.Worker, o.Unpaced = truth, "second", true })
	second.answer(asked, 5*time.Second)
	if got := second.answer(refusedOne, 5*time.Second); !strings.Contains(got.Text, "الثاني") {
		t.Errorf("got %q", got.Text)
	}
	if err := <-killed; err != nil {
		t.Error(err)
	}
}

// A crash before old messages are summed up forgets none of them.
func TestOldMessagesAreSummedUpAfterACrash(t *testing.T) {
	t.Parallel()
	truth, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer truth.Close()
	s := sandbox.Serve(t, sandbox.Options{})
	reader := s.AddUser(sandbox.User{FirstName: "ريم"})
	for i := range 7 {
		s.Post(sandbox.Post{From: reader.ID, Text: fmt.Sprint("قديم ", i), Date: time.Now().Add(-2 * time.Hour).Unix()})
	}
	var began, missed atomic.Int32
	first := startOn(t, s, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		began.Add(1)
		<-ctx.Done() // never finishes, as in a crash
		return ctx.Err()
	}, func(o *Options) { o.Inbox, o.Worker = truth, "first" })
	first.until(15*time.Second, func() bool { return began.Load() == 1 && first.Pending() == 0 })
	killed := make(chan error, 1)
	go func() { killed <- first.stop() }()
	if n, err := truth.ReleaseDead(t.Context(), "second"); err != nil || n != 7 {
		t.Fatalf("%d claims given back, %v", n, err)
	}
	second := startOn(t, s, func(_ context.Context, q bot.Request, _ bot.Transport) error {
		if q.Kind != bot.Absence {
			t.Errorf("unexpected %+v", q)
		}
		missed.Add(int32(q.Missed))
		return nil
	}, func(o *Options) { o.Inbox, o.Worker = truth, "second" })
	second.until(15*time.Second, func() bool { return missed.Load() >= 7 })
	second.until(10*time.Second, func() bool { n, err := truth.OpenUpdates(t.Context()); return err == nil && n == 0 })
	if missed.Load() != 7 {
		t.Errorf("%d messages were summed up", missed.Load())
	}
	if err := <-killed; err != nil {
		t.Error(err)
	}
}

// A person who sends without end is told once, and what is too much costs no
// work.
func TestAFlooderCostsNoWork(t *testing.T) {
	t.Parallel()
	var busy, handled atomic.Int32
	r := start(t, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		if q.Busy {
			busy.Add(1)
		} else {
			handled.Add(1)
		}
		return nil
	}, func(o *Options) { o.Unpaced = true })
	began := time.Now()
	for i := range 1000 {
		r.ask(fmt.Sprint(i))
	}
	r.settle(20 * time.Second)
	r.until(5*time.Second, func() bool { return busy.Load() > 0 })
	most := senderBurst + int32(time.Since(began)/senderPace) + 1
	if handled.Load() > most || busy.Load() != 1 {
		t.Errorf("%d messages were worked on, at most %d may be; told %d times", handled.Load(), most, busy.Load())
	}
	calm := r.AddUser(sandbox.User{FirstName: "هند"})
	before := handled.Load()
	r.SendText(calm.ID, calm.ID, "سؤال")
	r.until(5*time.Second, func() bool { return handled.Load() > before })
}
