package main

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"mujaz/bot/sandbox"
)

// TestQuestionsAreAnsweredWithoutDatabase cuts the line to the database of a
// running bot: what only reads the index goes on, what writes is refused with
// one sentence and has no effect, and all is well after the line is mended.
func TestQuestionsAreAnsweredWithoutDatabase(t *testing.T) {
	cable := newLine(t, ownDatabase(t))
	server := sandbox.Serve(t, sandbox.Options{})
	h := newHouse(t, "DATABASE_URL="+cable.url, "TELEGRAM_BOT_TOKEN="+server.Token(), "TELEGRAM_API_URL="+server.URL())
	file, _ := h.edition("0", 20)
	h.run("import", file)
	m := &member{home: h, log: logFile(t, 0)}
	m.start(t)
	t.Cleanup(func() { m.stop(syscall.SIGTERM) })
	reader := server.AddUser(sandbox.User{FirstName: "قارئة", LanguageCode: "ar"})
	says := func(text string) string {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		reply, err := server.Reply(ctx, server.SendText(reader.ID, 0, text))
		if err != nil {
			t.Fatal(err)
		}
		return reply.Text
	}
	const question, away = "ماذا عن الهدنة والمفاوضات؟", "قاعدة البيانات لا تستجيب"
	answer := says(question)
	cable.set(true)
	for i := range 3 {
		if got := says(question); !strings.Contains(got, "فقرة من الطبعة") {
			t.Errorf("question %d without database: %q, with it: %q", i, got, answer)
		}
	}
	if got := says("/subscribe"); !strings.Contains(got, away) {
		t.Errorf("/subscribe without database: %q", got)
	}
	cable.set(false)
	mended := time.Now()
	for {
		got := says(fmt.Sprint("/subscribe 7:", 10+time.Now().Second()%50))
		if !strings.Contains(got, away) {
			break
		}
		if time.Since(mended) > 10*time.Second {
			t.Fatalf("%v after the line was mended: %q", time.Since(mended), got)
		}
	}
	t.Logf("wrote again %v after the line was mended", time.Since(mended).Round(time.Millisecond))
}

// TestWhatIsHeldInAnOutageSurvivesAKill cuts the database and Telegram's sends,
// lets the bot take a question into memory, and kills it: Telegram was not told
// to forget the question, and the next process answers it.
func TestWhatIsHeldInAnOutageSurvivesAKill(t *testing.T) {
	cable := newLine(t, ownDatabase(t))
	server := sandbox.Serve(t, sandbox.Options{})
	h := newHouse(t, "DATABASE_URL="+cable.url, "TELEGRAM_BOT_TOKEN="+server.Token(), "TELEGRAM_API_URL="+server.URL())
	file, _ := h.edition("0", 20)
	h.run("import", file)
	m := &member{home: h, log: logFile(t, 0)}
	m.start(t)
	t.Cleanup(func() { m.stop(syscall.SIGTERM) })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ask := func() sandbox.Message {
		u := server.AddUser(sandbox.User{FirstName: "قارئة", LanguageCode: "ar"})
		return server.SendText(u.ID, 0, "ماذا عن الهدنة والمفاوضات؟")
	}
	if _, err := server.Reply(ctx, ask()); err != nil {
		t.Fatal(err)
	}
	cable.set(true)
	if _, err := server.Reply(ctx, ask()); err != nil { // held, answered, confirmed
		t.Fatal(err)
	}
	remove := server.Inject(sandbox.Fault{Method: "sendMessage", Down: true})
	held := ask()
	tries := func() int { return server.Counters().Refused[0] }
	if err := server.WaitFor(ctx, func() bool { return tries() > 0 }); err != nil {
		t.Fatal(err)
	}
	later := ask() // more can be taken in though the first is not confirmed
	before := tries()
	if err := server.WaitFor(ctx, func() bool { return tries() > before+2 }); err != nil {
		t.Fatal(err)
	}
	polls := server.Counters().Calls["getUpdates"]
	time.Sleep(2 * time.Second)
	if n := server.Counters().Calls["getUpdates"] - polls; n > 6 {
		t.Errorf("%d polls in two seconds: a hot loop", n)
	}
	if n := server.Pending(); n != 2 {
		t.Errorf("%d updates are kept by Telegram, want 2", n)
	}
	m.stop(syscall.SIGKILL)
	remove()
	cable.set(false)
	m.start(t)
	for _, q := range []sandbox.Message{held, later} {
		if _, err := server.Reply(ctx, q); err != nil {
			t.Error(err)
		}
	}
}
