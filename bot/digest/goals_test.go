package digest

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/sandbox"
	"mujaz/bot/telegram"
	"mujaz/corpus"
	"mujaz/corpus/store"
)

// The long run: go test ./bot/digest -run Goal -v -subscribers 10000 -kills 200
var (
	subscribers = flag.Int("subscribers", 600, "chats that are due at the same time")
	kills       = flag.Int("kills", 15, "how often a process that delivers is killed")
)

// silent is a conversation that says nothing.
type silent struct{}

func (silent) Handle(context.Context, bot.Request, bot.Transport) error { return nil }

// cable answers every call of the Bot API after a while, without a network, so
// that the time of a test bubble can pass.
type cable struct {
	delay time.Duration
	calls atomic.Int64
}

func (c *cable) RoundTrip(r *http.Request) (*http.Response, error) {
	c.calls.Add(1)
	time.Sleep(c.delay)
	body := `{"ok":true,"result":{"message_id":7}}`
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func dueAtOnce(t testing.TB, s *store.Store, n int, due time.Time, topics func(i int) []string) {
	t.Helper()
	for i := range n {
		sub := daily("Asia/Riyadh", 480)
		sub.Chat, sub.Language, sub.Length, sub.NextDue = int64(1000+i), "ar", store.Short, due
		if topics != nil {
			sub.Topics = topics(i)
		}
		if err := s.PutSubscription(t.Context(), sub); err != nil {
			t.Fatal(err)
		}
	}
}

func news(t testing.TB, s *store.Store, n int) {
	t.Helper()
	var list []corpus.Document
	for i := range n {
		list = append(list, corpus.Document{ID: fmt.Sprint("n", i), Title: fmt.Sprint("خبر ", i, " عن ", subject(i)), Date: "2026-11-24",
			Text: fmt.Sprintf("قال المسؤول رقم %d إن %s تتقدم في المدينة %d.\nوأضاف أن العمل يستمر %d يومًا في الموقع %d.", i, subject(i), i*7, i*13, i*17)})
	}
	if _, err := s.PutAll(t.Context(), list, store.Actor{}); err != nil {
		t.Fatal(err)
	}
}

// subject is one of fifty things that news are about.
func subject(i int) string {
	return fmt.Sprintf("المشروع%c%c", 'ا'+rune(i%50/7), 'ب'+rune(i%50%7))
}

// TestGoalEverybodyAtEight serves many who are due at once through the real
// gate: at 95% of the allowance at least, while answers to people wait for less
// than a second.
func TestGoalEverybodyAtEight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		news(t, s, 5)
		dueAtOnce(t, s, *subscribers, time.Now().Add(time.Second), nil)
		line := &cable{delay: 80 * time.Millisecond}
		client, err := telegram.New(telegram.Options{Token: "1:x", Handler: silent{}, HTTP: line})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		e := New(Options{Store: s})
		ctx, cancel := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { e.Run(ctx, client.Bulk()) })
		var waited []time.Duration
		running.Go(func() { waited = askMeanwhile(ctx, client) })
		start := time.Now()
		for !allSent(t, s, *subscribers) {
			time.Sleep(100 * time.Millisecond)
		}
		took := time.Since(start)
		cancel()
		running.Wait()
		rate := float64(line.calls.Load()) / took.Seconds()
		slices.Sort(waited)
		p99 := waited[len(waited)*99/100]
		t.Logf("%d digests and %d answers in %v: %.1f messages a second; answers took %v at p99", *subscribers, len(waited), took, rate, p99)
		if rate < .95*30 {
			t.Errorf("%.1f messages a second", rate)
		}
		if rate > 30 {
			t.Errorf("%.1f messages a second are over the limit", rate)
		}
		if p99 >= time.Second {
			t.Errorf("an answer took %v", p99)
		}
	})
}

// askMeanwhile answers somebody every so often and returns how long it took.
func askMeanwhile(ctx context.Context, client *telegram.Client) (waited []time.Duration) {
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return waited
		case <-time.After(731 * time.Millisecond):
		}
		start := time.Now()
		m := message.Message{Blocks: []message.Block{message.Text("جواب")}}
		if _, err := client.Send(ctx, bot.Target{Chat: int64(900000 + i)}, m); err == nil {
			waited = append(waited, time.Since(start))
		}
	}
}

func allSent(t *testing.T, s *store.Store, n int) bool {
	t.Helper()
	list, err := s.Deliveries(t.Context(), store.Sent, n+1)
	if err != nil {
		t.Fatal(err)
	}
	return len(list) == n
}

// TestGoalComposing composes for ten thousand chats with fifty topic sets.
func TestGoalComposing(t *testing.T) {
	d := newDesk(t)
	news(t, d.store, 150)
	subs := make([]store.Subscription, 10000)
	for i := range subs {
		subs[i] = daily("Asia/Riyadh", 480)
		subs[i].Chat, subs[i].Language, subs[i].Length, subs[i].Topics = int64(i+1), "ar", store.Short, []string{subject(i)}
	}
	start, filled := cpu(t), 0
	for _, sub := range subs {
		m, _, err := d.e.compose(t.Context(), sub, d.now)
		if err != nil {
			t.Fatal(err)
		}
		if m != nil {
			filled++
		}
	}
	took := cpu(t) - start
	t.Logf("%d digests, %d with news, in %v of processor time", len(subs), filled, took)
	if filled != len(subs) {
		t.Errorf("%d of %d have news", filled, len(subs))
	}
	if took > 5*time.Second*slowness {
		t.Errorf("composing took %v", took)
	}
}

// slowness is how much more time this build of the tests takes.
var slowness time.Duration = 1

// cpu is the processor time that this process has used.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// childEnv tells a process of this test binary to deliver.
const childEnv = "MUJAZ_TEST_DELIVER"

type child struct{ Dir, API, Token string }

// TestDeliverAsChild is the process that TestGoalKilled kills.
func TestDeliverAsChild(t *testing.T) {
	text := os.Getenv(childEnv)
	if text == "" {
		t.Skip("runs only as a child of TestGoalKilled")
	}
	var c child
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Dir: c.Dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	worker := fmt.Sprint("child-", os.Getpid())
	if _, err := s.ReleaseDead(t.Context(), worker); err != nil {
		t.Fatal(err)
	}
	line := http.DefaultTransport.(*http.Transport).Clone()
	defer line.CloseIdleConnections()
	client, err := telegram.New(telegram.Options{Token: c.Token, APIURL: c.API, Handler: silent{}, Unpaced: true, HTTP: line})
	if err != nil {
		t.Fatal(err)
	}
	e := New(Options{Store: s, Worker: worker})
	for e.Step(t.Context(), client.Bulk()) {
	}
}

// TestGoalKilled kills the delivering process at random moments: every chat
// gets its digest, and repeats are only of sends in flight at a kill. When all
// have it, the next is due.
func TestGoalKilled(t *testing.T) {
	const chats = 500
	server := sandbox.Serve(t, sandbox.Options{})
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	news(t, s, 3)
	due := time.Now().Add(-time.Second)
	var ids []int64
	for range chats {
		u := server.AddUser(sandbox.User{FirstName: "ق"})
		server.SendText(u.ID, u.ID, "/start")
		ids = append(ids, u.ID)
		sub := daily("Asia/Riyadh", 480)
		sub.Chat, sub.Language, sub.Length, sub.NextDue = u.ID, "ar", store.Headlines, due
		if err := s.PutSubscription(t.Context(), sub); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	server.Inject(sandbox.Fault{Method: "sendMessage", Delay: 40 * time.Millisecond})
	killed, rounds := 0, 0
	missing, repeated := 0, 0
	got := map[int64]int{}
	for killed < *kills {
		if rounds++; rounds > 1 {
			dueAgain(t, dir, ids)
		}
		ended := false
		for !ended && killed < *kills {
			ended = runChild(t, child{dir, server.URL(), server.Token()}, time.Duration(20+rand.IntN(300))*time.Millisecond)
			if !ended {
				killed++
			}
		}
		if !ended && !runChild(t, child{dir, server.URL(), server.Token()}, time.Minute) {
			t.Fatal("the last process did not end by itself")
		}
		for _, id := range ids {
			n := len(server.BotMessages(id)) - got[id]
			got[id] += n
			if n == 0 {
				missing++
			}
			repeated += max(n-1, 0)
		}
	}
	t.Logf("%d kills, %d digests: %d missing, %d repeated; deliveries %v", killed, rounds*chats, missing, repeated, states(t, dir))
	if missing > 0 || repeated > killed*senders {
		t.Errorf("%d digests did not come, %d came again", missing, repeated)
	}
}

// dueAgain makes the next digest due for every chat.
func dueAgain(t *testing.T, dir string, ids []int64) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, id := range ids {
		sub, err := s.Subscription(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		sub.Always = true // there is no news, which is said
		if err := s.PutSubscription(t.Context(), sub); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Enqueue(t.Context(), store.Delivery{Chat: id, Kind: store.DigestDelivery}); err != nil {
			t.Fatal(err)
		}
	}
}

// states counts the deliveries of a data folder by state and cause.
func states(t *testing.T, dir string) map[string]int {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, err := s.Deliveries(t.Context(), "", 10000)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, d := range list {
		count[strings.TrimSpace(string(d.State)+" "+d.Error)]++
	}
	return count
}

// runChild reports whether the process ended by itself within d.
func runChild(t *testing.T, c child, d time.Duration) bool {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestDeliverAsChild$")
	cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Fatalf("the process failed: %v\n%s", err, out.String())
		}
		return true
	case <-time.After(d):
		if err := cmd.Process.Kill(); err != nil {
			t.Log(err) // it ended this very moment
		}
		<-done
		return false
	}
}
