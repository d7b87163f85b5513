package telegram

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
)

// soakFor is short by default; the long run is `make soak`.
var soakFor = flag.Duration("soak", 3*time.Second, "how long faults are injected at random")

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
	const wait = "انتظر"
	r := start(t, func(ctx context.Context, q bot.Request, tr bot.Transport) error {
		if q.Busy {
			_, err := tr.Send(ctx, bot.Target{Chat: q.Chat.ID, ReplyTo: q.MessageID}, reply(wait))
			return err
		}
		return echo(ctx, q, tr)
	}, func(o *Options) { o.Log = nil })
	kinds := []sandbox.Fault{
		{Status: 500}, {Status: 502}, {Status: 504}, {RetryAfter: 1}, {Garbage: "<html>"}, {Truncate: true}, {Lost: true}, {Down: true},
		{Delay: 300 * time.Millisecond}, {Method: "getUpdates", Err: &sandbox.APIError{Code: 409, Description: "Conflict: terminated by other getUpdates request"}},
	}
	var readers []sandbox.User
	for i := range 100 {
		readers = append(readers, r.AddUser(sandbox.User{FirstName: fmt.Sprint("ق", i)}))
	}
	asked := map[int64][]string{}
	questions := 0
	for end := time.Now().Add(*soakFor); time.Now().Before(end); {
		f := kinds[rand.IntN(len(kinds))]
		f.Times = 1
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
	late := r.SendText(fresh.ID, fresh.ID, "سؤال بعد العطل")
	said := func() (n int) {
		for _, u := range append(readers, fresh) {
			n += len(r.BotMessages(u.ID))
		}
		return n
	}
	before := said()
	if err := r.WaitFor(within(t, 20*time.Second), func() bool { return said() > before }); err != nil {
		t.Error("nothing is said after the faults:", err)
	}
	recovery := time.Since(stopped)
	r.answer(late, 90*time.Second) // after what waited before it
	r.settle(90 * time.Second)     // a message a second to each
	drained := time.Since(stopped)
	answered, repeated, told, lost := 0, 0, 0, 0
	for user, texts := range asked {
		all := r.BotMessages(user)
		waited := slices.ContainsFunc(all, func(m sandbox.Message) bool { return m.Text == wait })
		for _, text := range texts {
			n := 0
			for _, m := range all {
				if strings.HasSuffix(m.Text, text) {
					n++
				}
			}
			switch {
			case n == 0 && waited:
				told++
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
	logTable(t, fmt.Sprintf("faults\tquestions\tanswered\trepeated\ttold to wait\tlost\trecovered after\tall done after\n%d\t%d\t%d\t%d\t%d\t%d\t%v\t%v\n",
		r.Counters().Faults, questions, answered, repeated, told, lost, recovery.Round(time.Millisecond), drained.Round(time.Millisecond)))
	if lost > 0 {
		t.Errorf("%d questions have no answer", lost)
	}
	if recovery > 10*time.Second {
		t.Errorf("recovered %v after the last fault", recovery)
	}
}
