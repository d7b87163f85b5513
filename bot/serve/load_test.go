package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mujaz/bot/config"
	"mujaz/bot/telegram"
	"mujaz/bot/terminal"
	"mujaz/corpus"
	"mujaz/corpus/briefings"
	"mujaz/corpus/store"
)

// The long run: make soak
var (
	loadFor    = flag.Duration("load", time.Second, "how long 500 questions a second are offered")
	loadRounds = flag.Int("load.rounds", 1, "pairs of quiet and flooded seconds that are compared")
)

const (
	offered    = 500  // questions a second
	people     = 2000 // who ask
	paragraphs = 4000 // in the index, besides the shipped briefing
)

// language makes news and questions of the words of real ones.
type language struct {
	words []string
	pick  *rand.Zipf
	mu    sync.Mutex
}

func newLanguage(t *testing.T) *language {
	t.Helper()
	f, err := os.Open("../../index/eval/testdata/own/docs.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	texts := []string{briefings.Documents()[0].Text}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var d corpus.Document
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, d.Text)
	}
	l := &language{}
	seen := map[string]bool{}
	for _, w := range strings.Fields(strings.Join(texts, " ")) {
		if w = strings.Trim(w, ".,،؛:«»()"); w != "" && !seen[w] {
			seen[w] = true
			l.words = append(l.words, w)
		}
	}
	source := rand.New(rand.NewPCG(1, 2))
	source.Shuffle(len(l.words), func(i, j int) { l.words[i], l.words[j] = l.words[j], l.words[i] })
	l.pick = rand.NewZipf(source, 1.1, 8, uint64(len(l.words)-1))
	return l
}

func (l *language) say(n int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var words []string
	for range n {
		words = append(words, l.words[l.pick.Uint64()])
	}
	return strings.Join(words, " ")
}

// question is hardly ever the same twice.
func (l *language) question() string { return "ماذا عن " + l.say(4) + "؟" }

func (l *language) fill(t *testing.T, dir string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var list []corpus.Document
	for i := range paragraphs / 8 {
		var text []string
		for range 8 {
			text = append(text, l.say(15)+". "+l.say(18)+".")
		}
		list = append(list, corpus.Document{ID: fmt.Sprint("n", i), Title: l.say(5), Text: strings.Join(text, "\n")})
	}
	if err := terminal.Seed(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutAll(t.Context(), list, store.Actor{}); err != nil {
		t.Fatal(err)
	}
}

// hall is the whole program with a crowd in front of it.
type hall struct {
	*crowd
	*language
	metrics *prometheus.Registry // the client's own
	service *service
	stop    func() error
}

func newHall(t *testing.T, shape func(*telegram.Options)) *hall {
	t.Helper()
	h := &hall{crowd: newCrowd(t), language: newLanguage(t), metrics: prometheus.NewRegistry()}
	dir := t.TempDir()
	h.fill(t, dir)
	c, err := config.FromMap(map[string]string{"TELEGRAM_BOT_TOKEN": crowdToken, "TELEGRAM_API_URL": h.server.URL, "DATA_DIR": dir})
	if err != nil {
		t.Fatal(err)
	}
	h.service = newService(&terminal.Program{Config: c, Log: slog.New(slog.DiscardHandler)})
	h.service.shape = func(o *telegram.Options) { o.Metrics = h.metrics; shape(o) }
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.service.run(ctx) }()
	h.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := h.stop(); err != nil {
			t.Error(err)
		}
	})
	h.ask(1, h.question())
	h.settle(t, time.Minute)
	return h
}

// settle waits until nothing is on its way.
func (h *hall) settle(t *testing.T, patience time.Duration) {
	t.Helper()
	for end := time.Now().Add(patience); h.untaken() > 0 || h.gauge("mujaz_telegram_queue")+h.gauge("mujaz_telegram_notices") > 0; {
		if time.Now().After(end) {
			t.Fatalf("%d not taken, %v waiting, %v notices", h.untaken(), h.gauge("mujaz_telegram_queue"), h.gauge("mujaz_telegram_notices"))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// gauge reads one of the program's metrics.
func (h *hall) gauge(name string) (v float64) {
	families, err := h.metrics.Gather()
	if err != nil {
		return 0
	}
	for _, f := range families {
		if f.GetName() == name {
			for _, m := range f.GetMetric() {
				v += m.GetGauge().GetValue() + m.GetCounter().GetValue()
			}
		}
	}
	return v
}

// peaks watches what must stay bounded.
type peaks struct {
	heap    uint64 // bytes
	rss     int64  // kB, the process with crowd and all
	queue   float64
	notices float64
	outside int // updates that the bot had not taken
}

func (h *hall) watch(ctx context.Context) (p peaks) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			p.rss = status("VmHWM:")
			return p
		case <-tick.C:
		}
		p.queue = max(p.queue, h.gauge("mujaz_telegram_queue"))
		p.notices = max(p.notices, h.gauge("mujaz_telegram_notices"))
		if i%10 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			p.heap = max(p.heap, m.HeapAlloc)
		}
	}
}

// status reads a line of the process's own status in kB; 0 where there is none.
func status(line string) (kb int64) {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	if _, after, ok := strings.Cut(string(data), line); ok {
		fmt.Sscan(after, &kb)
	}
	return kb
}

// storm offers the load and tells what became of it.
func (h *hall) storm(t *testing.T, perSecond int) (tally, peaks) {
	t.Helper()
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak of memory begins anew, where that is possible
	ctx, cancel := context.WithCancel(t.Context())
	watched := make(chan peaks, 1)
	go func() { watched <- h.watch(ctx) }()
	from := h.offer(*loadFor, perSecond, 0, people, h.question)
	h.settle(t, 2*time.Minute+2*(*loadFor))
	cancel()
	n, p := h.tally(from), <-watched
	p.outside = h.waiting
	return n, p
}

func row(name string, n tally, p peaks) string {
	return fmt.Sprintf("%s\t%d\t%d\t%d of %d\t%d\t%v\t%v\t%.0f + %.0f + %d\t%d MB\t%d MB\n", name, n.offered, n.answered, n.told, n.people, n.silent,
		n.quantile(.5).Round(time.Millisecond), n.quantile(.99).Round(time.Millisecond), p.queue, p.notices, p.outside, p.heap>>20, p.rss>>10)
}

func logTable(t *testing.T, rows string) {
	t.Helper()
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, rows)
	w.Flush()
	t.Log("\n" + b.String())
}

// TestLoad offers the real bot five hundred questions a second, once through
// Telegram's limits and once as fast as the processors allow: what is accepted
// is answered, everybody else is told to wait, memory and queues stay bounded,
// and all goroutines end.
func TestLoad(t *testing.T) {
	goroutines := runtime.NumGoroutine()
	table := "\toffered\tanswered\ttold to wait\twithout a word\tp50\tp99\tpeak queues\theap\tresident\n"
	for _, tt := range []struct {
		name  string
		shape func(*telegram.Options)
	}{
		{"Telegram's 30 a second", func(*telegram.Options) {}},
		{"no send limits", func(o *telegram.Options) { o.Unpaced = true }},
	} {
		h := newHall(t, tt.shape)
		n, p := h.storm(t, offered)
		table += row(tt.name, n, p)
		if err := h.stop(); err != nil {
			t.Error(err)
		}
		h.server.Close()
		if n.silent > 0 || len(h.strange) > 0 {
			t.Errorf("%s: %d questions without a word; %.3q", tt.name, n.silent, h.strange)
		}
		if n.answered == 0 || p.queue > 1000 || p.heap > 1<<30 {
			t.Errorf("%s: %+v, %+v", tt.name, n, p)
		}
	}
	logTable(t, table)
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > goroutines+2 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	t.Logf("goroutines: %d before, %d after", goroutines, runtime.NumGoroutine())
	if n := runtime.NumGoroutine(); n > goroutines+2 {
		t.Errorf("%d goroutines, %d before", n, goroutines)
	}
}

// manyRounds is from how many on the comparison is judged: before, chance is
// larger than what is looked for.
const manyRounds = 20

// TestFlooderSlowsNobody compares quiet and flooded seconds in turn. It judges
// by the median over the pairs: whatever else stops the machine for a moment
// hits single ones.
func TestFlooderSlowsNobody(t *testing.T) {
	h := newHall(t, func(o *telegram.Options) { o.Unpaced = true })
	const calm, flood, phase = 50, 450, 2 * time.Second
	quantiles := []float64{.5, .9, .99}
	ratios := make([][]float64, len(quantiles))
	var medians [2][3][]float64 // of quiet and of flooded seconds, in ms
	for range *loadRounds {
		for i, extra := range []int{0, flood} {
			from := h.offer(phase, calm, extra, people, h.question)
			h.settle(t, time.Minute)
			n := h.tally(from)
			if n.answered != n.offered {
				t.Errorf("%d of %d were answered", n.answered, n.offered)
			}
			for k, q := range quantiles {
				medians[i][k] = append(medians[i][k], n.quantile(q).Seconds()*1000)
			}
		}
		last := len(ratios[0])
		for k := range quantiles {
			ratios[k] = append(ratios[k], medians[1][k][last]/medians[0][k][last])
		}
	}
	table := "\tp50\tp90\tp99\n"
	for i, name := range []string{"quiet", "one floods"} {
		table += fmt.Sprintf("%s\t%.1f ms\t%.1f ms\t%.1f ms\n", name, median(medians[i][0]), median(medians[i][1]), median(medians[i][2]))
	}
	logTable(t, table+fmt.Sprintf("ratio\t%.2f\t%.2f\t%.2f\n", median(ratios[0]), median(ratios[1]), median(ratios[2])))
	if *loadRounds >= manyRounds && (median(ratios[0]) > 1.2 || median(ratios[2]) > 1.2) {
		t.Error("one who floods slows the others by more than a fifth")
	}
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
}
