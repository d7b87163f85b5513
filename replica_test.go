package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"mujaz/bot/sandbox"
	"mujaz/corpus"
	"mujaz/corpus/lexicon"
	"mujaz/corpus/store"
	"mujaz/index"
)

var (
	replicaTime  = flag.Duration("replica.time", 10*time.Second, "how long questions come in while replicas are killed")
	replicaRate  = flag.Int("replica.rate", 8, "questions a second")
	replicaChats = flag.Int("replica.chats", 60, "chats that get a digest meanwhile")
)

// killEvery is the time between two deaths.
const killEvery = 5 * time.Second

const replicas = 3

// fleet is three real processes behind a door, with a local Telegram and a
// database line that can be cut for each.
type fleet struct {
	t      *testing.T
	server *sandbox.Server
	door   *httptest.Server
	direct string // address of the database
	own    []*member
	lines  []*line
}

// member is one place in the fleet; processes come and go in it.
type member struct {
	home   *house
	listen string
	mu     sync.Mutex
	cmd    *exec.Cmd
	log    *os.File
}

func TestThreeReplicasSurviveKills(t *testing.T) {
	f := newFleet(t)
	readers := f.readers(max(40, 8**replicaRate))
	f.subscribeGroups(*replicaChats, time.Now().Add(2*time.Second))
	for _, m := range f.own {
		m.start(t)
	}
	for i, m := range f.own {
		f.ready(m, i)
	}
	asked := f.storm(readers)
	f.settle(asked)
	f.report(asked)
	f.indexesAreWhole()
}

func newFleet(t *testing.T) *fleet {
	f := &fleet{t: t, server: sandbox.Serve(t, sandbox.Options{}), direct: ownDatabase(t)}
	f.door = httptest.NewTLSServer(http.HandlerFunc(f.forward))
	t.Cleanup(f.door.Close)
	f.trust()
	for i := range replicas {
		l := newLine(t, f.direct)
		f.lines = append(f.lines, l)
		listen := sandbox.FreeAddress(t)
		home := newHouse(t, "DATABASE_URL="+l.url, "TELEGRAM_BOT_TOKEN="+f.server.Token(), "TELEGRAM_API_URL="+f.server.URL(),
			"LISTEN_ADDR="+listen, "WEBHOOK_URL="+f.door.URL+"/telegram", "WEBHOOK_SECRET=secret-of-the-test", "ADMIN_IDS=1")
		f.own = append(f.own, &member{home: home, listen: listen, log: logFile(t, i)})
	}
	importer := newHouse(t, "DATABASE_URL="+f.direct)
	file, _ := importer.edition("0", 50)
	importer.run("import", file)
	return f
}

// trust lets the local Telegram deliver to the door's certificate.
func (f *fleet) trust() {
	pool := x509.NewCertPool()
	pool.AddCert(f.door.Certificate())
	transport := http.DefaultTransport.(*http.Transport)
	old := transport.TLSClientConfig
	transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	f.t.Cleanup(func() { transport.TLSClientConfig = old; transport.CloseIdleConnections() })
}

// forward is a load balancer: any replica that answers will do.
func (f *fleet) forward(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for _, i := range rand.Perm(replicas) {
		again := r.Clone(r.Context())
		again.RequestURI, again.Body = "", io.NopCloser(bytes.NewReader(body))
		again.URL.Scheme, again.URL.Host = "http", f.own[i].listen
		answer, err := http.DefaultTransport.RoundTrip(again)
		if err != nil {
			continue
		}
		answer.Body.Close()
		if answer.StatusCode < 500 {
			w.WriteHeader(answer.StatusCode)
			return
		}
	}
	http.Error(w, "no replica", http.StatusBadGateway)
}

func (m *member) start(t *testing.T) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cmd = m.home.command("serve")
	m.cmd.Stderr, m.cmd.Stdout = m.log, m.log
	if err := m.cmd.Start(); err != nil {
		t.Fatal(err)
	}
}

func (m *member) stop(how os.Signal) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cmd != nil {
		m.cmd.Process.Signal(how)
		m.cmd.Wait()
		m.cmd = nil
	}
}

func logFile(t *testing.T, i int) *os.File {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), fmt.Sprintf("replica%d.log", i)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		log.Close()
		if data, err := os.ReadFile(log.Name()); err == nil && t.Failed() {
			t.Logf("replica %d:\n%s", i, data[max(0, len(data)-6000):])
		}
	})
	return log
}

// ready waits for /readyz of a replica.
func (f *fleet) ready(m *member, i int) {
	f.t.Helper()
	f.t.Cleanup(func() { m.stop(syscall.SIGTERM) })
	deadline := time.Now().Add(30 * time.Second)
	for {
		answer, err := http.Get("http://" + m.listen + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("replica %d is not ready: %v", i, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (f *fleet) readers(n int) (ids []int64) {
	for range n {
		ids = append(ids, f.server.AddUser(sandbox.User{FirstName: "قارئة", LanguageCode: "ar"}).ID)
	}
	return ids
}

// subscribeGroups subscribes chats that need not write to the bot first.
func (f *fleet) subscribeGroups(n int, due time.Time) {
	f.t.Helper()
	s := f.store()
	owner := f.server.AddUser(sandbox.User{FirstName: "محرر"}).ID
	for range n {
		g := f.server.AddSupergroup("غرفة", false, owner)
		err := s.PutSubscription(f.t.Context(), store.Subscription{Chat: g.ID, Minutes: 480, Zone: "UTC", Days: store.EveryDay,
			Length: store.Headlines, Language: "ar", Always: true, Active: true, NextDue: due})
		if err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *fleet) store() *store.Store {
	f.t.Helper()
	s, err := store.Open(f.t.Context(), store.Options{URL: f.direct})
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { s.Close() })
	return s
}

// storm sends questions at the rate while replicas are killed in turn, lines
// are cut and documents are published. It returns the questions.
func (f *fleet) storm(readers []int64) (asked []sandbox.Message) {
	ctx, cancel := context.WithTimeout(f.t.Context(), *replicaTime)
	defer cancel()
	var others sync.WaitGroup
	others.Go(func() { f.killInTurn(ctx) })
	others.Go(func() { f.publish(ctx) })
	ticker := time.NewTicker(time.Second / time.Duration(*replicaRate))
	defer ticker.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			others.Wait()
			return asked
		case <-ticker.C:
			text := fmt.Sprintf("ماذا عن الهدنة في الوثيقة %d؟", rand.IntN(50))
			asked = append(asked, f.server.SendText(readers[i%len(readers)], 0, text))
		}
	}
}

func (f *fleet) killInTurn(ctx context.Context) {
	for i := 0; ; i++ {
		if !pause(ctx, killEvery-time.Second) {
			return
		}
		victim, cut := f.own[i%replicas], f.lines[(i+1)%replicas]
		victim.stop(syscall.SIGKILL)
		cut.set(true)
		pause(ctx, time.Second)
		cut.set(false)
		victim.start(f.t)
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (f *fleet) publish(ctx context.Context) {
	s := f.store()
	for i := 0; pause(ctx, time.Second); i++ {
		d := corpus.Document{ID: fmt.Sprintf("live%d", i), Text: fmt.Sprintf("خبر عاجل رقم %d عن الهدنة", i)}
		if _, err := s.Put(context.Background(), d, store.Actor{}); err != nil {
			f.t.Error(err)
		}
	}
}

// settle waits until every question is answered and every digest delivered.
func (f *fleet) settle(asked []sandbox.Message) {
	f.t.Helper()
	patience := 2*time.Minute + time.Duration(len(asked)+*replicaChats)*time.Second/15
	ctx, cancel := context.WithTimeout(f.t.Context(), patience)
	defer cancel()
	s := f.store()
	quiet := time.Now()
	for {
		open, _, err := s.Backlog(ctx)
		if err != nil {
			f.t.Fatal(err)
		}
		waiting, err := s.OpenUpdates(ctx)
		if err != nil {
			f.t.Fatal(err)
		}
		if open+waiting+f.server.Pending() > 0 {
			quiet = time.Now()
		}
		// Updates that a replica held in memory are in no table.
		if left := len(f.unanswered(asked)); left+open+waiting+f.server.Pending() == 0 || time.Since(quiet) > 15*time.Second {
			return
		}
		if !pause(ctx, 200*time.Millisecond) {
			f.t.Errorf("%d deliveries, %d updates open; %d not taken; %d questions without answer",
				open, waiting, f.server.Pending(), len(f.unanswered(asked)))
			return
		}
	}
}

// replies counts the bot's messages that answer a message.
func (f *fleet) replies() map[[2]int64]int {
	out := map[[2]int64]int{}
	for _, c := range f.server.Chats() {
		for _, m := range f.server.BotMessages(c.ID) {
			if m.ReplyTo != nil {
				out[[2]int64{c.ID, int64(m.ReplyTo.ID)}]++
			}
		}
	}
	return out
}

func (f *fleet) unanswered(asked []sandbox.Message) (left []sandbox.Message) {
	replies := f.replies()
	for _, q := range asked {
		if replies[[2]int64{q.Chat.ID, int64(q.ID)}] == 0 {
			left = append(left, q)
		}
	}
	return left
}

// putOff counts replies that only say that the database is away.
func (f *fleet) putOff() (n int) {
	for _, c := range f.server.Chats() {
		for _, m := range f.server.BotMessages(c.ID) {
			if strings.Contains(m.Text, "قاعدة البيانات لا تستجيب") {
				n++
			}
		}
	}
	return n
}

// said is what the bot said in a chat, in short.
func (f *fleet) said(chat int64) string {
	var b bytes.Buffer
	for _, m := range f.server.BotMessages(chat) {
		to := 0
		if m.ReplyTo != nil {
			to = m.ReplyTo.ID
		}
		fmt.Fprintf(&b, "[%d→%d %.25s] ", m.ID, to, m.Text)
	}
	return b.String()
}

func (f *fleet) report(asked []sandbox.Message) {
	f.t.Helper()
	repeated, digests, missed, twice := 0, 0, 0, 0
	replies := f.replies()
	for _, q := range asked {
		repeated += max(replies[[2]int64{q.Chat.ID, int64(q.ID)}]-1, 0)
	}
	for _, c := range f.server.Chats() {
		if c.Type != "supergroup" {
			continue
		}
		switch n := len(f.server.BotMessages(c.ID)); {
		case n == 0:
			missed++
		case n > 1:
			twice++
			fallthrough
		default:
			digests++
		}
	}
	deaths := int(*replicaTime / killEvery)
	n := f.server.Counters()
	f.t.Logf("%9s %10s %10s %8s %8s %8s %6s %12s %10s %8s", "kills", "questions", "unanswered", "repeated", "digests", "missed", "twice", "peak second", "over limit", "put off")
	f.t.Logf("%9d %10d %10d %8d %8d %8d %6d %12d %10d %8d", deaths, len(asked), len(f.unanswered(asked)), repeated, digests, missed, twice, n.PeakSecond, n.OverLimit, f.putOff())
	if missed > 0 {
		f.t.Error("digests were missed")
	}
	for i, q := range f.unanswered(asked) {
		if i == 0 {
			f.t.Error("questions were not answered")
		}
		if i < 5 {
			f.t.Logf("question %d of chat %d, update %v; in that chat: %s", q.ID, q.Chat.ID, time.Unix(q.Date, 0).Format(time.TimeOnly), f.said(q.Chat.ID))
		}
	}
	if n.PeakSecond > 30 {
		f.t.Errorf("%d sends within one second", n.PeakSecond)
	}
	const inFlight = 32 + 8 // requests and digests that one process works on at a time
	if repeated+twice > (deaths+1)*inFlight {
		f.t.Errorf("%d repeated for %d kills", repeated+twice, deaths)
	}
}

// indexesAreWhole stops the replicas and compares what each has in its index
// with the store, without letting it follow any more.
func (f *fleet) indexesAreWhole() {
	f.t.Helper()
	s := f.store()
	time.Sleep(2 * time.Second) // the time in which a document must be everywhere
	for i, m := range f.own {
		m.stop(syscall.SIGKILL)
		x, err := index.Open(f.t.Context(), index.Options{Path: filepath.Join(m.home.data, "index"), Lexicon: shippedLexicon(f.t)})
		if err != nil {
			f.t.Fatal(err)
		}
		r, err := s.Check(f.t.Context(), x)
		if err != nil || !r.Sound() {
			f.t.Errorf("replica %d: %v missing, %v extra, %d behind, %v", i, r.Missing, r.Extra, r.Behind, err)
		}
		if err := x.Close(); err != nil {
			f.t.Error(err)
		}
	}
}

// ownDatabase makes an empty database on the server of MUJAZ_TEST_POSTGRES.
func ownDatabase(t *testing.T) string {
	t.Helper()
	server := os.Getenv("MUJAZ_TEST_POSTGRES")
	if server == "" {
		t.Skip("MUJAZ_TEST_POSTGRES is not set: no PostgreSQL to test with, see .ci/postgres.sh")
	}
	name := fmt.Sprintf("fleet%d", os.Getpid())
	run := func(statement string) {
		c, err := pgx.Connect(context.Background(), server)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close(context.Background())
		if _, err := c.Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	run("CREATE DATABASE " + name)
	t.Cleanup(func() { run("DROP DATABASE " + name + " WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// line is a TCP proxy to the database that can be cut and mended.
type line struct {
	url   string
	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]bool
}

func newLine(t *testing.T, database string) *line {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	target := u.Host
	u.Host = listener.Addr().String()
	l := &line{url: u.String(), conns: map[net.Conn]bool{}}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", target)
			if err != nil || !l.add(in, out) {
				in.Close()
				continue
			}
			all.Go(func() { io.Copy(out, in); out.Close() })
			all.Go(func() { io.Copy(in, out); in.Close() })
		}
	})
	t.Cleanup(func() { listener.Close(); l.set(true); all.Wait() })
	return l
}

func (l *line) add(conns ...net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range conns {
		if l.cut {
			c.Close()
		} else {
			l.conns[c] = true
		}
	}
	return !l.cut
}

func (l *line) set(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut = cut; cut {
		for c := range l.conns {
			c.Close()
		}
		clear(l.conns)
	}
}

// shippedLexicon is what the program opens its index with.
func shippedLexicon(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	l, problems, err := lexicon.Load(nil)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return l
}
