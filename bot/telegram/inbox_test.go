package telegram

import (
	"context"
	"fmt"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
	"mujaz/corpus/store"
)

// TestInbox holds every inbox to the same promises.
func TestInbox(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, inbox := range map[string]Inbox{"memory": newMemory(), "store": s} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			for _, u := range []store.Update{{ID: 1, Chat: 5, Payload: []byte("a")}, {ID: 2, Chat: 5}, {ID: 3, Chat: 6}, {ID: 1, Chat: 5}} {
				if added, err := inbox.AddUpdates(ctx, []store.Update{u}); err != nil || added[u.ID] != (u.Payload != nil || u.ID != 1) {
					t.Fatalf("adding %d: %v, %v", u.ID, added, err)
				}
			}
			claimed := func(limit int) string {
				us, err := inbox.ClaimUpdates(ctx, "w", limit, time.Minute)
				if err != nil {
					t.Fatal(err)
				}
				ids := ""
				for _, u := range us {
					ids += fmt.Sprint(u.ID, "/", u.Attempts, " ")
				}
				return ids
			}
			for _, step := range []struct {
				do   func() error
				want string
			}{
				{func() error { return nil }, "1/1 3/1 "},
				{func() error { return nil }, ""},
				{func() error { return inbox.ReleaseUpdate(ctx, 3, time.Now().Add(-time.Second)) }, "3/2 "},
				{func() error { return inbox.ReleaseUpdate(ctx, 3, time.Now().Add(time.Hour)) }, ""},
				{func() error { return inbox.FinishUpdate(ctx, 1) }, "2/1 "},
				{func() error { return inbox.FinishUpdate(ctx, 2) }, ""},
			} {
				if err := step.do(); err != nil {
					t.Fatal(err)
				}
				if got := claimed(10); got != step.want {
					t.Fatalf("claimed %q, want %q", got, step.want)
				}
			}
			if added, err := inbox.AddUpdates(ctx, []store.Update{{ID: 2, Chat: 5}}); err != nil || len(added) > 0 {
				t.Errorf("a finished update came again: %v, %v", added, err)
			}
		})
	}
}

// TestUpdatesSurviveTheProcess stops a client in the middle of an answer and
// starts another on the same store: each update is answered once.
func TestUpdatesSurviveTheProcess(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	server := sandbox.Serve(t, sandbox.Options{})
	began := make(chan struct{}, 10)
	first := startOn(t, server, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		began <- struct{}{}
		<-ctx.Done() // never finishes by itself, as in a crash
		return ctx.Err()
	}, func(o *Options) { o.Inbox, o.Worker, o.Unpaced = s, "first", true })
	asked := first.ask("سؤال")
	other := first.ask("آخر")
	<-began
	first.until(5*time.Second, func() bool { return first.Pending() == 0 }) // confirmed to Telegram
	killed := make(chan error, 1)
	go func() { killed <- first.stop() }()
	// A dead process's claims are given back at the start of the next one.
	time.Sleep(50 * time.Millisecond)
	if n, err := s.ReleaseDead(t.Context(), "second"); err != nil || n != 1 {
		t.Fatalf("%d claims given back, %v", n, err)
	}
	second := startOn(t, server, echo, func(o *Options) { o.Inbox, o.Worker, o.Unpaced = s, "second", true })
	second.answer(asked, 5*time.Second)
	second.answer(other, 5*time.Second)
	if err := <-killed; err != nil {
		t.Error(err)
	}
	if n := len(server.BotMessages(first.reader.ID)); n != 2 {
		t.Errorf("%d answers to 2 questions", n)
	}
}
