package telegram

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
)

// The long run: go test ./bot/telegram -run 'TestLoad|TestSoak' -v -load 60s -soak 10m
var (
	loadFor = flag.Duration("load", 2*time.Second, "how long 500 questions a second are offered")
	soakFor = flag.Duration("soak", 3*time.Second, "how long faults are injected at random")
)

const (
	offered = 500                    // questions a second
	people  = 2000                   // who ask
	thought = 3 * time.Millisecond   // a search keeps a core
	slow    = 100 * time.Millisecond // what waits for a network keeps a worker
)

// stopwatch keeps how long answers took.
type stopwatch struct {
	mu   sync.Mutex
	took []time.Duration
}

func (s *stopwatch) add(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, d)
}

func (s *stopwatch) quantile(q float64) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.took) == 0 {
		return 0
	}
	slices.Sort(s.took)
	return s.took[int(q*float64(len(s.took)-1))].Round(100 * time.Microsecond)
}

// TestLoad offers more than can be answered. Memory and queue stay bounded,
// the rest is told to wait, one who floods slows nobody else down, and all
// goroutines end.
func TestLoad(t *testing.T) {
	goroutines := runtime.NumGoroutine()
	calmP99, calm := offer(t, *loadFor, false, 0)
	floodedP99, flooded := offer(t, *loadFor, true, 0)
	_, over := offer(t, *loadFor, false, slow)
	logTable(t, "\toffered\taccepted\trefused\tp50\tp99\tpeak queue\theap\ncalm\t"+calm+"\none floods\t"+flooded+"\ntoo much\t"+over+"\n")
	if floodedP99 > calmP99*12/10+50*time.Millisecond {
		t.Errorf("a flooder slows others down: p99 %v instead of %v", floodedP99, calmP99)
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > goroutines+2 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > goroutines+2 {
		t.Errorf("%d goroutines, %d before", n, goroutines)
	}
}

// offer runs one load and returns the p99 of the answers to calm people and a
// line of the table.
func offer(t *testing.T, d time.Duration, flood bool, pause time.Duration) (p99 time.Duration, line string) {
	t.Helper()
	var took stopwatch
	s := sandbox.New(sandbox.Options{KeepCalls: 10})
	if _, err := s.Start(context.Background(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var busy, accepted atomic.Int64
	var asked sync.Map // text → when
	r := startOn(t, s, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		if q.Busy {
			busy.Add(1)
			return nil
		}
		for end := time.Now().Add(thought); time.Now().Before(end); {
			runtime.Gosched()
		}
		sleep(ctx, pause)
		if err := echo(ctx, q, tr); err != nil {
			return err
		}
		accepted.Add(1)
		if at, ok := asked.LoadAndDelete(q.Text); ok {
			took.add(time.Since(at.(time.Time)))
		}
		return nil
	}, func(o *Options) { o.Unpaced, o.Log, o.Queue, o.Workers = true, nil, 200, 8 })
	users := make([]int64, people)
	for i := range users {
		users[i] = s.AddUser(sandbox.User{FirstName: fmt.Sprint("ق", i)}).ID
	}
	peakQueue, peakHeap, n := 0, uint64(0), 0
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(d); time.Now().Before(end); {
		<-tick.C
		for range offered / 100 {
			n++
			user := users[rand.IntN(len(users))]
			text := fmt.Sprint("س", n)
			if flood && n%2 == 0 {
				user = users[0]
			} else {
				asked.Store(text, time.Now())
			}
			s.SendText(user, user, text)
		}
		peakQueue = max(peakQueue, r.client.work.pending())
		if n%500 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peakHeap = max(peakHeap, m.HeapAlloc)
		}
	}
	r.settle(30 * time.Second)
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	refused := int64(n) - accepted.Load()
	p99 = took.quantile(.99)
	if peakQueue > 200 {
		t.Errorf("%d updates were waiting", peakQueue)
	}
	if accepted.Load() == 0 || refused > 0 && busy.Load() == 0 {
		t.Errorf("%d accepted, %d refused, %d told to wait", accepted.Load(), refused, busy.Load())
	}
	return p99, fmt.Sprintf("%d\t%d\t%d\t%v\t%v\t%d\t%d MB", n, accepted.Load(), refused, took.quantile(.5), p99, peakQueue, peakHeap>>20)
}

// logTable logs rows of cells in columns.
func logTable(t *testing.T, rows string) {
	t.Helper()
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, rows)
	w.Flush()
	t.Log("\n" + b.String())
}

// TestSoak injects faults at random into everything while people ask. In the
// end every question has its answer.
func TestSoak(t *testing.T) {
	t.Parallel()
	r := start(t, echo, func(o *Options) { o.Log = nil })
	kinds := []sandbox.Fault{
		{Status: 500}, {Status: 502}, {Status: 504}, {RetryAfter: 1}, {Garbage: "<html>"}, {Truncate: true}, {Lost: true}, {Down: true},
		{Delay: 300 * time.Millisecond}, {Method: "getUpdates", Err: &sandbox.APIError{Code: 409, Description: "Conflict: terminated by other getUpdates request"}},
	}
	var readers []sandbox.User
	for i := range 20 {
		readers = append(readers, r.AddUser(sandbox.User{FirstName: fmt.Sprint("ق", i)}))
	}
	asked := map[int64][]string{}
	questions := 0
	for end := time.Now().Add(*soakFor); time.Now().Before(end); {
		f := kinds[rand.IntN(len(kinds))]
		f.Times = 1 + rand.IntN(3)
		r.Inject(f)
		u := readers[rand.IntN(len(readers))]
		questions++
		text := fmt.Sprint("سؤال ", questions, ".")
		r.SendText(u.ID, u.ID, text)
		asked[u.ID] = append(asked[u.ID], text)
		time.Sleep(300 * time.Millisecond)
	}
	r.ClearFaults()
	stopped := time.Now()
	fresh := r.AddUser(sandbox.User{FirstName: "جديدة"})
	r.answer(r.SendText(fresh.ID, fresh.ID, "سؤال بعد العطل"), 20*time.Second)
	recovery := time.Since(stopped)
	r.settle(90 * time.Second) // what waits goes out at a message a second to each
	drained := time.Since(stopped)
	answered, repeated, lost := 0, 0, 0
	for user, texts := range asked {
		all := r.BotMessages(user)
		for _, text := range texts {
			n := 0
			for _, m := range all {
				if strings.HasSuffix(m.Text, text) {
					n++
				}
			}
			switch {
			case n == 0:
				lost++
			case n > 1:
				repeated++
				fallthrough
			default:
				answered++
			}
		}
	}
	logTable(t, fmt.Sprintf("faults\tquestions\tanswered\trepeated\tlost\trecovered after\tall done after\n%d\t%d\t%d\t%d\t%d\t%v\t%v\n",
		r.Counters().Faults, questions, answered, repeated, lost, recovery.Round(time.Millisecond), drained.Round(time.Millisecond)))
	if lost > 0 {
		t.Errorf("%d questions have no answer", lost)
	}
	if recovery > 10*time.Second {
		t.Errorf("recovered %v after the last fault", recovery)
	}
}
