package store

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mujaz/corpus"
)

// helpers are what the killed processes do, by role. The argument is the data
// folder or the address of the database.
var helpers = map[string]func(ctx context.Context, where string) error{
	"change":  changeForever,
	"deliver": deliverAll,
	"open":    func(ctx context.Context, where string) error { return openOnce(ctx, where) },
}

func at(where string) Options {
	if strings.HasPrefix(where, "postgres:") {
		return Options{URL: where}
	}
	return Options{Dir: where}
}

// step is one change: what the helper is about to do, then did.
type step struct {
	Op   string
	Key  int
	Text string
	Done bool
}

// changeForever makes random changes and prints each before it begins and
// after it was acknowledged.
func changeForever(ctx context.Context, where string) error {
	s, err := Open(ctx, at(where))
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	for i := 0; ; i++ {
		x := step{Op: []string{"put", "put", "batch", "remove", "subscribe", "chat", "feedback"}[rand.IntN(7)], Key: rand.IntN(20),
			Text: fmt.Sprintf("%d-%d", os.Getpid(), i)}
		if err := out.Encode(x); err != nil {
			return err
		}
		if err := x.apply(ctx, s); err != nil {
			return err
		}
		x.Done = true
		if err := out.Encode(x); err != nil {
			return err
		}
	}
}

// paragraphsOf is a text large enough to cross several pages of the file.
func (x step) paragraphsOf() string { return strings.Repeat(x.Text+" فقرة من النص\n", 200) }

func (x step) apply(ctx context.Context, s *Store) (err error) {
	id := "k" + itoa(x.Key)
	switch x.Op {
	case "put":
		_, err = s.Put(ctx, corpus.Document{ID: id, Text: x.paragraphsOf()}, editor)
	case "batch":
		_, err = s.PutAll(ctx, []corpus.Document{{ID: "b" + id, Text: x.Text}, {ID: "c" + id, Text: x.Text}}, editor)
	case "remove":
		if _, err = s.Remove(ctx, id, editor); errors.Is(err, ErrNotFound) {
			err = nil
		}
	case "subscribe":
		err = s.PutSubscription(ctx, Subscription{Chat: int64(x.Key), Zone: x.Text, Active: true})
	case "chat":
		_, err = s.UpdateChat(ctx, int64(x.Key), func(c *Chat) { c.Title = x.Text; c.Extra["copy"] = x.Text })
	case "feedback":
		err = s.PutFeedback(ctx, Feedback{Question: int64(x.Key), Voter: 1, Up: len(x.Text)%2 == 0})
	}
	return err
}

// state is what the store says about the subject of a step, to compare.
func (x step) state(ctx context.Context, s *Store) (string, error) {
	id := "k" + itoa(x.Key)
	switch x.Op {
	case "put", "remove":
		d, err := s.Get(ctx, id)
		if errors.Is(err, ErrNotFound) {
			return "none", nil
		}
		return d.Text, err
	case "batch":
		a, err := s.Get(ctx, "b"+id)
		b, err2 := s.Get(ctx, "c"+id)
		if errors.Is(err, ErrNotFound) && errors.Is(err2, ErrNotFound) {
			return "none", nil
		}
		if a.Text != b.Text {
			return "half a batch", nil
		}
		return a.Text, errors.Join(err, err2)
	case "subscribe":
		sub, err := s.Subscription(ctx, int64(x.Key))
		if errors.Is(err, ErrNotFound) {
			return "none", nil
		}
		return sub.Zone, err
	case "chat":
		c, err := s.Chat(ctx, int64(x.Key))
		return c.Title + "|" + c.Extra["copy"], err
	}
	return feedbackState(ctx, s, x.Key)
}

func feedbackState(ctx context.Context, s *Store, key int) (state string, err error) {
	err = s.view(ctx, func(c conn) error {
		n, err := c.number(`SELECT COUNT(*) * 10 + COALESCE(MAX(up), 0) FROM feedback WHERE question = $1`, key)
		state = fmt.Sprint(n)
		return err
	})
	return state, err
}

// want is the state after the step.
func (x step) want() string {
	switch x.Op {
	case "put":
		return x.paragraphsOf()
	case "remove":
		return "none"
	case "chat":
		return x.Text + "|" + x.Text
	case "feedback":
		return fmt.Sprint(11 - len(x.Text)%2)
	}
	return x.Text
}

func (x step) subject() string {
	op := x.Op
	if op == "remove" {
		op = "put"
	}
	return op + itoa(x.Key)
}

// killed runs a helper, kills it after a random time and returns the lines
// that it printed.
func killed(t *testing.T, role, where string, longest time.Duration) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0], where)
	cmd.Env = append(os.Environ(), helperEnv+"="+role)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	timer := time.AfterFunc(time.Duration(rand.Int64N(int64(longest))), func() { cmd.Process.Kill() })
	defer timer.Stop()
	var lines []string
	for in := bufio.NewScanner(out); in.Scan(); {
		lines = append(lines, in.Text())
	}
	if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() >= 0 {
		t.Fatal("the helper failed by itself:", err)
	}
	return lines
}

// TestNothingAcknowledgedIsLost kills a writing process at random moments.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		check(t, b.Close())
		last := map[string]step{}
		acknowledged, lost, half := 0, 0, 0
		for range *kills {
			var open *step
			for _, line := range killed(t, "change", b.where(), 500*time.Millisecond) {
				var x step
				if json.Unmarshal([]byte(line), &x) != nil {
					continue // cut by the kill
				}
				if open = nil; x.Done {
					acknowledged++
					last[x.subject()] = x
				} else {
					open = &x
				}
			}
			s := mustOpen(t, b.o)
			for subject, x := range last {
				got, err := x.state(t.Context(), s)
				check(t, err)
				switch {
				case got == x.want():
				case open != nil && open.subject() == subject && got == open.want():
				default:
					lost++
					t.Errorf("%s: %.40q, want %.40q", subject, got, x.want())
				}
			}
			if open != nil {
				last[open.subject()] = *open
				if got, err := open.state(t.Context(), s); err != nil || got != open.want() {
					delete(last, open.subject()) // it did not happen, which is allowed
				}
			}
			r, err := s.Check(t.Context(), nil)
			check(t, err)
			half += len(r.Problems)
			check(t, s.Close())
		}
		t.Logf("%8s %13s %5s %5s", "kills", "acknowledged", "lost", "half")
		t.Logf("%8d %13d %5d %5d", *kills, acknowledged, lost, half)
		if half > 0 {
			t.Error("half changes")
		}
		b.Store = mustOpen(t, b.o)
	})
}

func (b bench) where() string {
	if b.engine == postgres {
		return b.o.URL
	}
	return b.o.Dir
}

func openOnce(ctx context.Context, where string) error {
	s, err := Open(ctx, at(where))
	if err != nil {
		return err
	}
	return s.Close()
}

// TestKilledMigrationGoesOn kills processes that create and migrate a store.
func TestKilledMigrationGoesOn(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		check(t, b.Close())
		for range *kills {
			where := ""
			if b.engine == postgres {
				where = postgresURL(t)
			} else {
				where = filepath.Join(t.TempDir(), "data")
			}
			for range 3 {
				killed(t, "open", where, 60*time.Millisecond)
			}
			s := mustOpen(t, at(where))
			check(t, put(s, "a"))
			r, err := s.Check(t.Context(), nil)
			check(t, err)
			equal(t, "problems", strings.Join(r.Problems, "; "), "")
			check(t, s.Close())
		}
		b.Store = mustOpen(t, b.o)
	})
}

const (
	crashChats   = 500
	crashWorkers = 4
)

// deliverAll is a sender: four workers claim, "send" by printing, and record.
// It first releases what the process killed before had claimed.
func deliverAll(ctx context.Context, where string) error {
	s, err := Open(ctx, at(where))
	if err != nil {
		return err
	}
	me := itoa(os.Getpid())
	if _, err := s.ReleaseDead(ctx, me); err != nil {
		return err
	}
	fmt.Println("ready")
	errs := make(chan error, crashWorkers)
	var print sync.Mutex
	for range crashWorkers {
		go func() {
			for {
				ds, err := s.Claim(ctx, me, 5, time.Minute)
				if err != nil || len(ds) == 0 {
					errs <- err
					return
				}
				for _, d := range ds {
					if err := s.BeginSend(ctx, d.ID, me); err != nil {
						errs <- err
						return
					}
					print.Lock()
					fmt.Println("sent", d.Chat)
					print.Unlock()
					if err := s.Finish(ctx, d.ID, me, Outcome{State: Sent, Message: 1}); err != nil {
						errs <- err
						return
					}
				}
			}
		}()
	}
	for range crashWorkers {
		if err := <-errs; err != nil {
			return err
		}
	}
	return s.Close()
}

// TestKilledDigestReachesEveryChat kills the sender of digests again and
// again: every chat is served, and only sends in flight at a kill repeat.
func TestKilledDigestReachesEveryChat(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		total, repeated, done := 0, 0, 0
		for done < *kills {
			b.clock.pass(24 * time.Hour)
			for chat := range crashChats {
				if _, err := b.Enqueue(ctx, Delivery{Chat: int64(chat + 1), Kind: DigestDelivery}); err != nil {
					t.Fatal(err)
				}
			}
			check(t, b.Close())
			sent := map[string]int{}
			count := func(lines []string) {
				for _, line := range lines {
					if chat, ok := strings.CutPrefix(line, "sent "); ok {
						sent[chat]++
					}
				}
			}
			round := min(*kills-done, 25)
			for range round {
				count(killed(t, "deliver", b.where(), 400*time.Millisecond))
			}
			done += round
			count(killed(t, "deliver", b.where(), 1<<62)) // the last one lives
			if len(sent) != crashChats {
				t.Errorf("%d of %d chats were served", len(sent), crashChats)
			}
			for _, n := range sent {
				total++
				repeated += n - 1
			}
			b.Store = mustOpen(t, b.o)
		}
		t.Logf("%8s %8s %5s %9s", "kills", "digests", "lost", "repeated")
		t.Logf("%8d %8d %5d %9d", done, total, crashChats*(total/crashChats)-total, repeated)
		if repeated > done*crashWorkers {
			t.Errorf("%d repeated for %d kills of %d workers", repeated, done, crashWorkers)
		}
	})
}
