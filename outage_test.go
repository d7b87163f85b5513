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
