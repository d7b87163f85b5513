package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/store"
)

func (d *desk) put(doc corpus.Document) {
	d.t.Helper()
	if _, err := d.store.Put(d.t.Context(), doc, store.Actor{Name: "terminal"}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) opens(user int64, title string) {
	d.t.Helper()
	d.says(user, "/docs")
	for _, row := range d.said[len(d.said)-1].m.Keyboard {
		for _, b := range row {
			if strings.Contains(b.Text, title) {
				d.press(user, d.said[len(d.said)-1], b.Data)
				return
			}
		}
	}
	d.t.Fatalf("no document %q: %s", title, d.last())
}

func TestManageDocuments(t *testing.T) {
	d := newDesk(t)
	d.put(corpus.Document{ID: "a", Title: "تقرير أول", Text: "نص التقرير الأول كما ورد.\nفقرة ثانية."})
	d.opens(reader, "تقرير أول")
	if _, _, ok := d.button("Manage the document"); ok {
		t.Error("a reader sees the admin's button")
	}
	d.opens(editor, "تقرير أول")
	d.presses(editor, "Manage the document")
	d.hears("تقرير أول", "2 paragraphs")

	d.presses(editor, "Edit title")
	d.says(editor, "تقرير معدل")
	if got := d.documents()[0]; got.Title != "تقرير معدل" || got.ID != "a" {
		t.Fatalf("%+v", got)
	}
	d.presses(editor, "Undo")
	if got := d.documents()[0]; got.Title != "تقرير أول" {
		t.Fatalf("after undo: %+v", got)
	}

	d.presses(editor, "Replace text")
	d.says(editor, "سطر أول يشبه العنوان\nنص جديد تماما للتقرير بعد التصحيح، وفيه جملة كاملة.")
	d.hears("Preview", "Publishing replaces", "2 paragraphs")
	d.presses(editor, "Publish")
	d.hears("replaced")
	got := d.documents()
	if len(got) != 1 || got[0].ID != "a" || got[0].Title != "تقرير أول" || !strings.Contains(got[0].Text, "بعد التصحيح") || !strings.HasPrefix(got[0].Text, "سطر أول يشبه العنوان\n") {
		t.Fatalf("%+v", got)
	}

	d.presses(editor, "Export")
	file := d.said[len(d.said)-1].m.File
	if file == nil || !strings.Contains(string(file.Data), `"id":"a"`) || !strings.HasSuffix(file.Name, ".jsonl") {
		t.Fatalf("%+v", file)
	}

	d.presses(editor, "Remove")
	d.hears("30 days")
	d.presses(editor, "No")
	if len(d.documents()) != 1 {
		t.Fatal("removed without confirmation")
	}
	d.presses(editor, "Remove")
	d.presses(editor, "Yes, remove")
	if len(d.documents()) != 0 {
		t.Fatal("not removed")
	}
	d.says(editor, "/removed")
	d.hears("تقرير أول")
	d.presses(editor, "Restore 1")
	d.hears("restored")
	if len(d.documents()) != 1 {
		t.Fatal("not restored")
	}
}

func TestStatsAndLists(t *testing.T) {
	d := newDesk(t)
	d.a.o.IndexSize = func() (int64, error) { return 5 << 20, nil }
	d.put(corpus.Document{ID: "a", Text: "فقرة.\nفقرة."})
	ctx := t.Context()
	for i := range 25 {
		q := store.Question{Text: fmt.Sprint("سؤال بلا جواب ", i%12), Key: fmt.Sprint(i % 12), Kind: "no_answer"}
		if i == 24 {
			q = store.Question{Text: "سؤال مجاب", Key: "x", Kind: "answer"}
		}
		d.now = d.now.Add(time.Minute)
		id, err := d.store.LogQuestion(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if i == 24 {
			if err := d.store.PutFeedback(ctx, store.Feedback{Question: id, Voter: reader, Up: false}); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.says(editor, "/stats")
	d.hears("Documents: 1, paragraphs: 2", "today: 25, in 30 days: 25", "4% of them answered, without an answer: 24", "👎 1", "5 MB")
	if strings.Contains(d.last(), "Messages sent twice") {
		t.Error("sends of unknown outcome are told where there are none")
	}
	d.sendsWithoutReply(8)
	d.says(editor, "/stats")
	d.hears("without learning whether they arrived: 1")
	d.says(editor, "/unanswered")
	d.hears("سؤال بلا جواب 11 (times: 2")
	if strings.Contains(d.last(), "جواب 0 ") {
		t.Error("the oldest is on the first page")
	}
	d.presses(editor, "Older")
	d.hears("سؤال بلا جواب 0 (times: 2")
	d.presses(editor, "Newer")
	d.hears("سؤال بلا جواب 11")
	d.says(editor, "/feedback")
	d.hears("👎 سؤال مجاب")
}

func TestSynonyms(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/synonym")
	d.hears("None yet", "/synonym add")
	d.says(editor, "/synonym add هدنة = تهدئة = truce")
	d.hears("هدنة = تهدئة = truce")
	d.says(editor, "/synonym تهدئة = هدنة = truce")
	d.says(editor, "/synonym add وحيدة")
	d.hears("two words")
	d.says(editor, "/synonym add ا = ب")
	d.hears("two letters")
	d.says(editor, "/synonym list")
	d.hears("1. هدنة = تهدئة = truce")
	d.says(editor, "/synonym remove 99")
	d.hears("no words of that number")
	d.says(editor, "/synonym remove ١")
	d.hears("were removed")
}

func TestAdmins(t *testing.T) {
	d := newDesk(t)
	d.says(owner, "/admin add 555 سلمى")
	d.hears("555 is an admin now")
	d.says(owner, "/admin add 555")
	d.hears("already")
	d.says(owner, "/admin list")
	d.hears("1 (owner", "2 Editor", "555 سلمى")
	d.says(owner, "/admin remove 1")
	d.hears("cannot be removed here")
	d.says(owner, "/admin remove 555")
	d.hears("no admin any more")
	d.says(owner, "/admin remove 555")
	d.hears("is no admin")
	d.says(owner, "/admin add nonsense")
	d.hears("/admin add")
	d.says(editor, "/log")
	d.presses(editor, "Undo 1") // the removal of an admin
	if admin, err := d.store.IsAdmin(t.Context(), 555); err != nil || admin {
		t.Error("an admin undid what only owners may")
	}
	d.presses(owner, "Undo 1")
	if admin, err := d.store.IsAdmin(t.Context(), 555); err != nil || !admin {
		t.Errorf("the owner could not undo: %s", d.last())
	}
	forwarded := &Quoted{User: owner, Text: "مرحبا", Origin: &Origin{Title: "سلمى", User: 556}}
	d.handle(Request{User: User{ID: owner}, Text: "/admin add", ReplyTo: forwarded})
	d.hears("556 is an admin now")
	d.says(owner, "/admin")
	d.hears("556 سلمى")
	d.handle(Request{User: User{ID: owner}, Text: "/admin remove", ReplyTo: forwarded})
	d.hears("556 is no admin any more")
	d.handle(Request{User: User{ID: owner}, Text: "/admin add", ReplyTo: &Quoted{User: owner, Origin: &Origin{Title: "hidden"}}})
	d.hears("/admin add and")
}

// site is a feed with articles, as a test needs it.
type site struct {
	*httptest.Server
	entries []string // titles, newest first
	fails   int      // answers that fail before one succeeds
	polls   int
	cached  int // 304
}

func newSite(t *testing.T, entries ...string) *site {
	s := &site{entries: entries}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	if n, ok := strings.CutPrefix(r.URL.Path, "/a/"); ok {
		fmt.Fprintf(w, "<html><head><title>مقال %s</title></head><body><article><h1>مقال %s</h1>%s</article></body></html>", n, n,
			strings.Repeat("<p>نص المقال رقم "+n+" كاملا كما نشره الموقع، وفيه تفاصيل كثيرة عن الخبر وخلفياته ومواقف الأطراف منه.</p>", 5))
		return
	}
	s.polls++
	if s.fails > 0 {
		s.fails--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	tag := fmt.Sprintf(`"%d"`, len(s.entries))
	if r.Header.Get("If-None-Match") == tag {
		s.cached++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("ETag", tag)
	fmt.Fprint(w, `<rss version="2.0"><channel><title>أخبار</title>`)
	for i, title := range s.entries {
		n := len(s.entries) - i
		fmt.Fprintf(w, "<item><title>%s</title><link>%s/a/%d</link><guid>g%d</guid><pubDate>السبت, 31 مايو 2025 0%d:00:00 +0000</pubDate><description>مقدمة قصيرة…</description></item>", title, s.URL, n, n, n)
	}
	fmt.Fprint(w, "</channel></rss>")
}

func TestFeeds(t *testing.T) {
	d := newDesk(t)
	s := newSite(t, "الخبر الثاني", "الخبر الأول")
	d.says(editor, "/feed add "+s.URL+"/feed")
	d.hears("أخبار", "2 documents", "15 minutes")
	d.says(editor, "/feed add "+s.URL+"/feed")
	d.hears("there already")
	d.a.poll(t.Context(), d)
	list := d.documents()
	if len(list) != 2 || list[0].Title != "الخبر الثاني" || len(list[0].Document.Paragraphs()) != 5 || list[0].Date != "2025-05-31T02:00:00Z" {
		t.Fatalf("%+v", list)
	}
	polls := s.polls
	d.a.poll(t.Context(), d)
	if s.polls != polls {
		t.Error("polled again at once")
	}
	d.now = d.now.Add(feedPeriod)
	d.a.poll(t.Context(), d)
	if s.cached != 1 {
		t.Errorf("%d conditional answers", s.cached)
	}
	if _, err := d.store.Remove(t.Context(), list[1].ID, store.Actor{}); err != nil {
		t.Fatal(err)
	}
	s.entries = append([]string{"الخبر الثالث"}, s.entries...)
	d.now = d.now.Add(feedPeriod)
	d.a.poll(t.Context(), d)
	if list := d.documents(); len(list) != 2 || list[0].Title != "الخبر الثالث" {
		t.Fatalf("a removed document came back, or the new one did not come: %d", len(list))
	}
	d.says(editor, "/feed")
	d.hears("1. أخبار", "read 1 June 2025")
	d.says(editor, "/feed pause 1")
	d.now = d.now.Add(feedPeriod)
	polls = s.polls
	d.a.poll(t.Context(), d)
	if s.polls != polls {
		t.Error("a paused feed was polled")
	}
	d.says(editor, "/feed resume 1")
	d.a.poll(t.Context(), d)
	if s.polls == polls {
		t.Error("a resumed feed was not polled")
	}
	d.says(editor, "/feed remove "+s.URL+"/feed")
	d.hears("Its documents stay")
	d.says(editor, "/feed add "+s.URL+"/a/1")
	d.hears("no RSS or Atom feed")
}

// sendsWithoutReply is a delivery that was sent twice and never confirmed.
func (d *desk) sendsWithoutReply(chat int64) {
	d.t.Helper()
	ctx := d.t.Context()
	check := func(err error) {
		d.t.Helper()
		if err != nil {
			d.t.Fatal(err)
		}
	}
	_, err := d.store.Enqueue(ctx, store.Delivery{Chat: chat, Kind: store.DigestDelivery})
	check(err)
	for range 2 {
		sends, err := d.store.Claim(ctx, "w", 1, time.Hour)
		check(err)
		check(d.store.BeginSend(ctx, sends[0].ID, "w"))
		check(d.store.Finish(ctx, sends[0].ID, "w", store.Outcome{State: store.Unknown, Retry: d.now}))
	}
}

func TestFailingFeed(t *testing.T) {
	d := newDesk(t)
	if _, err := d.store.AddAdmin(t.Context(), 9, "Another", store.Actor{ID: owner}); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, "خبر")
	d.says(editor, "/feed add "+s.URL+"/feed")
	s.fails = 4
	said := len(d.said)
	var waits []time.Duration
	for range 4 {
		d.a.poll(t.Context(), d)
		feeds, err := d.store.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		waits = append(waits, feeds[0].NextPoll.Sub(d.now))
		d.now = feeds[0].NextPoll
	}
	if want := []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour}; fmt.Sprint(waits) != fmt.Sprint(want) {
		t.Errorf("waits %v", waits)
	}
	told := map[int64]bool{}
	for _, x := range d.said[said:] {
		if strings.Contains(x.text, "3 times in a row") && strings.Contains(x.text, "503") {
			told[x.chat] = true
		}
	}
	if len(d.said)-said != 3 || !told[owner] || !told[editor] || !told[9] {
		t.Errorf("told %v in %d messages", told, len(d.said)-said)
	}
	d.says(editor, "/feed")
	d.hears("could not be read 4 times", "503")
	d.a.poll(t.Context(), d)
	if n := len(d.documents()); n != 1 {
		t.Errorf("%d documents after recovery", n)
	}
}

func TestLongFeedComesInParts(t *testing.T) {
	d := newDesk(t)
	var titles []string
	for i := range feedArticles + 5 {
		titles = append(titles, fmt.Sprint("خبر ", i))
	}
	s := newSite(t, titles...)
	d.says(editor, "/feed add "+s.URL+"/feed")
	d.a.poll(t.Context(), d)
	if n := len(d.documents()); n != feedArticles {
		t.Fatalf("%d documents after one polling", n)
	}
	d.now = d.now.Add(feedSoon)
	d.a.poll(t.Context(), d)
	if n := len(d.documents()); n != feedArticles+5 {
		t.Errorf("%d documents after two", n)
	}
}

// TestEntriesWithoutArticlesHoldUpNobody: old entries whose pages are gone, and
// one whose site is only down for now, stand before a new one.
func TestEntriesWithoutArticlesHoldUpNobody(t *testing.T) {
	d := newDesk(t)
	down := true
	paragraphs := strings.Repeat("<p>نص المقال كاملا كما نشره الموقع، وفيه تفاصيل كثيرة عن الخبر وخلفياته ومواقف الأطراف منه.</p>", 5)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/gone"):
			w.WriteHeader(http.StatusGone)
		case r.URL.Path == "/down" && down:
			w.WriteHeader(http.StatusBadGateway)
		case r.URL.Path == "/feed":
			fmt.Fprint(w, `<rss version="2.0"><channel><title>أخبار</title>`)
			fmt.Fprint(w, `<item><title>الجديد</title><link>/new</link><guid>new</guid><pubDate>Sun, 01 Jun 2025 08:00:00 +0000</pubDate></item>`)
			fmt.Fprint(w, `<item><title>المؤجل</title><link>/down</link><guid>down</guid><pubDate>Sun, 01 Jun 2025 07:00:00 +0000</pubDate><description>مقدمة قصيرة…</description></item>`)
			for i := range feedArticles + 1 {
				fmt.Fprintf(w, `<item><title>فيديو %d</title><link>/gone/%d</link><guid>v%d</guid><pubDate>Sat, 31 May 2025 08:00:00 +0000</pubDate></item>`, i, i, i)
			}
			fmt.Fprint(w, "</channel></rss>")
		default:
			fmt.Fprintf(w, "<html><head><title>الخبر</title></head><body><article><h1>الخبر</h1>%s</article></body></html>", paragraphs)
		}
	}))
	t.Cleanup(s.Close)
	d.says(editor, "/feed add "+s.URL+"/feed")
	for range 3 {
		d.a.poll(t.Context(), d)
		d.now = d.now.Add(feedSoon)
	}
	if list := d.documents(); len(list) != 1 || list[0].Title != "الجديد" {
		t.Fatalf("%d documents while one page is out of reach", len(list))
	}
	down = false
	d.now = d.now.Add(feedPeriod)
	d.a.poll(t.Context(), d)
	if list := d.documents(); len(list) != 2 || len(list[1].Document.Paragraphs()) != 5 {
		t.Errorf("%d documents when it is back", len(list))
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(t.Context())
	ticks := make(chan struct{}, 100)
	d.a.o.Tick = func(ctx context.Context, _ time.Duration) error {
		ticks <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	done := make(chan error)
	go func() { done <- d.a.Run(ctx, d) }()
	for range 3 {
		<-ticks
	}
	cancel()
	if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestImportedDocumentsAreFoundAsDuplicates(t *testing.T) {
	d := newDesk(t)
	d.put(corpus.Document{ID: "a", Title: "تقرير", Text: strings.Join(strings.Split(article, "\n")[1:], "\n")})
	if err := d.a.adding.SignAll(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	d.says(editor, "/add "+strings.Replace(article, "شهرين", "شهر واحد", 1))
	d.hears("like a published document", "تقرير")
}
