package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"mujaz/bot/sandbox"
	"mujaz/corpus/store"
)

const crashAdmin = 4242

// promise is something that a reply told a person was done.
type promise struct {
	what string // subscribe, language, feedback, publish
	user int64
	text string
}

// crowd is people who use a running bot at once and note what it promised.
type crowd struct {
	*house
	server *sandbox.Server

	mu       sync.Mutex
	promised []promise
	asked    map[int64]int // messages sent, by user who sends exactly one kind
}

// TestKilledServe kills the running bot while people subscribe, change
// settings, vote and publish, and looks that what a reply said was done is in
// the store, and that what was not answered before is answered after.
func TestKilledServe(t *testing.T) {
	server := sandbox.Serve(t, sandbox.Options{})
	server.AddUser(sandbox.User{ID: crashAdmin, FirstName: "محررة", LanguageCode: "ar"})
	c := &crowd{server: server, asked: map[int64]int{}}
	c.house = newHouse(t, "TELEGRAM_BOT_TOKEN="+server.Token(), "TELEGRAM_API_URL="+server.URL(), fmt.Sprint("ADMIN_IDS=", crashAdmin))
	c.run("import", firstOf(c.edition("0", 30)))
	var s score
	for s.kills < *kills {
		c.live(time.Duration(200+rand.IntN(1500)) * time.Millisecond)
		s.kills++
		s.lost, s.half = c.verify()
	}
	cmd := c.serve()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := server.WaitFor(ctx, func() bool { return len(c.silent()) == 0 }); err != nil {
		t.Errorf("%d people have no answer", len(c.silent()))
	}
	c.end(cmd)
	s.acknowledged = len(c.promised)
	s.print(t, "serve")
	repeated := c.repeated()
	t.Logf("%d replies repeated", repeated)
	if repeated > *kills*crashActors {
		t.Error("more than what was in flight was repeated")
	}
	c.sound()
}

func firstOf(file string, _ map[string]string) string { return file }

// crashActors is how many people act at once.
const crashActors = 6

// live runs the bot with people around it for a while, then kills it.
func (c *crowd) live(d time.Duration) {
	c.t.Helper()
	cmd := c.serve()
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	defer cancel()
	var actors sync.WaitGroup
	for i := range crashActors {
		actors.Go(func() {
			for ctx.Err() == nil {
				[]func(context.Context){c.subscribe, c.language, c.vote, c.publish}[i%4](ctx)
			}
		})
	}
	time.Sleep(d) // the moment of the kill is what is random here
	c.end(cmd)
	cancel()
	actors.Wait()
}

func (c *crowd) serve() *exec.Cmd {
	c.t.Helper()
	cmd := c.command("serve")
	log := logFile(c.t, 0)
	cmd.Stderr, cmd.Stdout = log, log
	before := c.server.Counters().Calls["getMe"]
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	defer cancel()
	if err := c.server.WaitFor(ctx, func() bool { return c.server.Counters().Calls["getMe"] > before }); err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		c.t.Fatal("the bot did not start: ", err)
	}
	return cmd
}

func (c *crowd) end(cmd *exec.Cmd) {
	cmd.Process.Signal(os.Kill)
	cmd.Wait()
	http.DefaultClient.CloseIdleConnections()
}

func (c *crowd) promise(p promise) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.promised = append(c.promised, p)
}

// someone is a new person who writes one message; the reply is nil when the
// bot died before.
func (c *crowd) someone(ctx context.Context, text string) (sandbox.User, *sandbox.Message) {
	u := c.server.AddUser(sandbox.User{FirstName: "قارئة", LanguageCode: "ar"})
	c.mu.Lock()
	c.asked[u.ID]++
	c.mu.Unlock()
	reply, err := c.server.Reply(ctx, c.server.SendText(u.ID, 0, text))
	if err != nil {
		return u, nil
	}
	return u, &reply
}

func (c *crowd) subscribe(ctx context.Context) {
	if u, reply := c.someone(ctx, "/subscribe 7:30"); reply != nil {
		c.promise(promise{"subscribe", u.ID, ""})
	}
}

func (c *crowd) language(ctx context.Context) {
	if u, reply := c.someone(ctx, "/language en"); reply != nil {
		c.promise(promise{"language", u.ID, ""})
	}
}

func (c *crowd) vote(ctx context.Context) {
	u, reply := c.someone(ctx, "ماذا عن الهدنة والمفاوضات؟")
	if reply == nil || !hasButton(*reply, "👍") {
		return
	}
	if a, err := c.server.PressAnswer(ctx, c.server.Press(u.ID, *reply, "👍")); err == nil && a.Text != "" {
		c.promise(promise{"feedback", u.ID, ""})
	}
}

func hasButton(m sandbox.Message, label string) bool {
	for _, b := range m.Buttons() {
		if b.Text == label {
			return true
		}
	}
	return false
}

// publish lets the admin add a text; the edit of the preview is the promise.
func (c *crowd) publish(ctx context.Context) {
	title := fmt.Sprintf("وثيقة رقم %d أضافتها المحررة عن الهدنة", rand.Int64())
	text := title
	for range 8 { // no near-duplicate of another one
		text += fmt.Sprintf("\nفقرة رقم %d من الخبر العاجل رقم %d تتحدث عن البند %d.", rand.Int64(), rand.Int64(), rand.Int64())
	}
	sent := c.server.SendText(crashAdmin, 0, "/add "+text)
	preview, err := c.server.NextMessage(ctx, crashAdmin, sent.ID, func(m sandbox.Message) bool {
		return len(m.Buttons()) > 1 && strings.Contains(m.Text, title) // not that of a text from before a kill
	})
	if err != nil {
		return
	}
	c.server.Press(crashAdmin, preview, "انشر")
	if now, err := c.server.Edited(ctx, preview); err == nil && !hasButton(now, "انشر") {
		c.promise(promise{"publish", crashAdmin, title})
	}
}

// verify looks for every promise in the store.
func (c *crowd) verify() (lost, half int) {
	c.t.Helper()
	ctx := c.t.Context()
	s, err := store.Open(ctx, store.Options{Dir: c.data})
	if err != nil {
		c.t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Check(ctx, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, problem := range r.Problems {
		c.t.Error(problem)
	}
	texts, votes := map[string]bool{}, map[int64]bool{}
	if err := s.Each(ctx, func(d store.Stored) error {
		texts[d.Document.Paragraphs()[0].Text] = true
		if d.Title != "" {
			texts[d.Title] = true
		}
		return nil
	}); err != nil {
		c.t.Fatal(err)
	}
	fs, err := s.Feedbacks(ctx, 1<<20, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, f := range fs {
		votes[f.Voter] = true
	}
	for _, p := range c.promised {
		if !c.kept(ctx, s, p, texts, votes) {
			lost++
			c.t.Errorf("lost: %+v", p)
		}
	}
	return lost, len(r.Problems)
}

func (c *crowd) kept(ctx context.Context, s *store.Store, p promise, texts map[string]bool, votes map[int64]bool) bool {
	switch p.what {
	case "subscribe":
		sub, err := s.Subscription(ctx, p.user)
		return err == nil && sub.Active && sub.Minutes == 450
	case "language":
		chat, err := s.Chat(ctx, p.user)
		return err == nil && chat.Language == "en"
	case "feedback":
		return votes[p.user]
	}
	return texts[p.text]
}

// silent are the people who never got an answer.
func (c *crowd) silent() (left []int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for user := range c.asked {
		if len(c.server.BotMessages(user)) == 0 {
			left = append(left, user)
		}
	}
	return left
}

// repeated counts messages beyond the one that each person asked for.
func (c *crowd) repeated() (n int) {
	for user, asked := range c.asked {
		n += max(len(c.server.BotMessages(user))-asked, 0)
	}
	return n
}
