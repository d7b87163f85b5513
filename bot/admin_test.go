package bot

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"mujaz/bot/message"
	"mujaz/corpus/ingest"
	"mujaz/corpus/lexicon"
	"mujaz/corpus/store"
	"mujaz/index"
	"mujaz/index/answer"
)

// The people of these tests.
const (
	owner  int64 = 1
	editor int64 = 2
	reader int64 = 3
)

// desk is a conversation with admins, over a real store, and a transport that
// remembers what was said.
type desk struct {
	t      *testing.T
	b      *Bot
	a      *Admins
	store  *store.Store
	ix     *index.Index
	now    time.Time
	mu     sync.Mutex
	said   []spoken
	files  map[string][]byte
	nextID int
}

// spoken is a message that the bot sent, edited, or showed over the chat.
type spoken struct {
	chat   int64
	id     int
	text   string
	m      message.Message
	notice bool
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2025, 6, 1, 9, 0, 0, 0, time.UTC), files: map[string][]byte{}, nextID: 100}
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Now: d.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	d.store = s
	d.ix, err = index.Open(t.Context(), index.Options{Lexicon: testLexicon(), Now: d.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.ix.Close(); err != nil {
			t.Error(err)
		}
	})
	d.b = d.newBot()
	limits := ingest.Limits{Cache: filepath.Join(os.TempDir(), "mujaz-test-engine")}
	d.a = d.b.ServeAdmins(AdminOptions{
		Fetcher: &ingest.Fetcher{Limits: limits, Allow: func(string, string, syscall.RawConn) error { return nil }},
		Limits:  limits,
		Tick:    d.tick,
	})
	if _, err := s.AddAdmin(t.Context(), editor, "Editor", store.Actor{ID: owner}); err != nil {
		t.Fatal(err)
	}
	return d
}

var testLexicon = sync.OnceValue(func() *lexicon.Lexicon {
	l, _, err := lexicon.Load(nil)
	if err != nil {
		panic(err)
	}
	return l
})

func (d *desk) newBot() *Bot {
	return New(Options{Store: d.store, Answers: answer.New(d.ix, answer.Options{}), Corpus: d.ix, Owners: []int64{owner},
		Username: "mujaz_bot", Language: "en", Now: d.clock})
}

// tick lets the index follow the store while somebody waits for it.
func (d *desk) tick(ctx context.Context, _ time.Duration) error {
	return d.ix.CatchUp(ctx, d.store, nil)
}

func (d *desk) clock() time.Time { return d.now }

// Send implements Messenger.
func (d *desk) Send(_ context.Context, to Target, m message.Message) (Posted, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.nextID++
	d.said = append(d.said, spoken{chat: to.Chat, id: d.nextID, text: message.Plain(m, message.PlainOptions{}), m: m})
	return Posted{Chat: to.Chat, MessageID: d.nextID}, nil
}

// Edit implements Messenger.
func (d *desk) Edit(_ context.Context, p Posted, m message.Message) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.said = append(d.said, spoken{chat: p.Chat, id: p.MessageID, text: message.Plain(m, message.PlainOptions{}), m: m})
	return nil
}

// AnswerPress implements Responder.
func (d *desk) AnswerPress(_ context.Context, _, text string, _ bool) error {
	if text != "" {
		d.said = append(d.said, spoken{text: text, notice: true})
	}
	return nil
}

// AnswerInline implements Responder.
func (d *desk) AnswerInline(context.Context, string, InlineResults) error { return nil }

// Download implements Files.
func (d *desk) Download(_ context.Context, a Attachment, limit int64) ([]byte, error) {
	data, ok := d.files[a.FileID]
	if !ok {
		return nil, ErrGone
	}
	if int64(len(data)) > limit {
		return nil, ErrTooLarge
	}
	return data, nil
}

// Typing implements Presence.
func (d *desk) Typing(context.Context, Target) error { return nil }

// IsChatAdmin implements Presence.
func (d *desk) IsChatAdmin(context.Context, int64, int64) (bool, error) { return false, nil }

// handle lets a request through the whole conversation.
func (d *desk) handle(r Request) {
	d.t.Helper()
	if r.MessageID == 0 {
		d.nextID++
		r.MessageID = d.nextID
	}
	if r.Chat.ID == 0 {
		r.Chat = Chat{ID: r.User.ID, Kind: Private}
	}
	r.User.Language, r.Date = "en", d.now
	if err := d.b.Handle(d.t.Context(), r, d); err != nil {
		d.t.Fatalf("%q: %v", r.Text, err)
	}
}

func (d *desk) says(user int64, text string) {
	d.t.Helper()
	d.handle(Request{User: User{ID: user, Name: fmt.Sprint("person", user)}, Text: text})
}

func (d *desk) uploads(user int64, name string, data []byte, caption string) {
	d.t.Helper()
	d.files[name] = data
	d.handle(Request{User: User{ID: user}, Text: caption, Attachment: &Attachment{FileID: name, Name: name, Size: int64(len(data))}})
}

// presses finds the newest button of that text and presses it.
func (d *desk) presses(user int64, label string) {
	d.t.Helper()
	data, s, ok := d.button(label)
	if !ok {
		d.t.Fatalf("there is no button %q; last said: %s", label, d.last())
	}
	d.press(user, s, data)
}

func (d *desk) press(user int64, s spoken, data string) {
	d.t.Helper()
	d.now = d.now.Add(3 * time.Second) // no double press
	d.handle(Request{Kind: Press, User: User{ID: user}, Chat: Chat{ID: s.chat, Kind: Private}, MessageID: s.id, CallbackID: "c", Data: data})
}

func (d *desk) button(label string) (string, spoken, bool) {
	for i := len(d.said) - 1; i >= 0; i-- {
		for _, row := range d.said[i].m.Keyboard {
			for _, b := range row {
				if b.Text == label && b.Data != "" {
					return b.Data, d.said[i], true
				}
			}
		}
	}
	return "", spoken{}, false
}

func (d *desk) last() string {
	if len(d.said) == 0 {
		return ""
	}
	return d.said[len(d.said)-1].text
}

// hears fails unless the last thing said contains every part.
func (d *desk) hears(parts ...string) {
	d.t.Helper()
	for _, part := range parts {
		if !strings.Contains(plainLetters(d.last()), part) {
			d.t.Fatalf("last said:\n%s\nwithout %q", d.last(), part)
		}
	}
}

// plainLetters drops direction marks and isolates.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F {
			return -1
		}
		return r
	}, s)
}

func (d *desk) documents() []store.Stored {
	d.t.Helper()
	list, err := d.store.List(d.t.Context(), store.ListOptions{Limit: 100})
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

const article = "استئناف المفاوضات في مسقط\nقال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة العمانية بعد توقف دام شهرين.\nوأضاف أن الوفدين اتفقا على جدول أعمال من ثلاثة بنود تشمل العقوبات والرقابة والضمانات الأمنية.\nوأكد مصدر دبلوماسي أن الجولة ستستمر يومين على الأقل."

func sampleFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "corpus", "ingest", "testdata", "samples", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAddTextInTheSameMessage(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add "+article)
	d.hears("Preview", "استئناف المفاوضات في مسقط", "Arabic", "3 paragraphs", "unknown", "قال المتحدث")
	if n := len(d.documents()); n != 0 {
		t.Fatalf("%d documents before publishing", n)
	}
	d.presses(editor, "Publish")
	d.hears("published")
	list := d.documents()
	d.says(reader, "متى تستأنف المفاوضات؟")
	d.hears("الأسبوع المقبل")
	if len(list) != 1 || list[0].By.ID != editor || len(list[0].Document.Paragraphs()) != 3 {
		t.Fatalf("%+v", list)
	}
	d.presses(editor, "Undo")
	d.hears("undone")
	if n := len(d.documents()); n != 0 {
		t.Errorf("%d documents after the undo", n)
	}
}

func TestUndoButtonEndsAfterTenMinutes(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add "+article)
	d.presses(editor, "Publish")
	d.now = d.now.Add(undoTime + time.Second)
	d.presses(editor, "Undo")
	d.hears("Ten minutes")
	if n := len(d.documents()); n != 1 {
		t.Fatalf("%d documents", n)
	}
	d.says(editor, "/log")
	d.hears("added a document", "استئناف")
	d.presses(editor, "Undo 1")
	if n := len(d.documents()); n != 0 {
		t.Errorf("%d documents after undoing in the log", n)
	}
	d.presses(editor, "Undo 1")
	d.hears("cannot be undone")
}

func TestPublishTwicePublishesOnce(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add "+article)
	d.presses(editor, "Publish")
	data, s := "", spoken{}
	for _, x := range d.said {
		for _, row := range x.m.Keyboard {
			for _, b := range row {
				if b.Text == "Publish" {
					data, s = b.Data, x
				}
			}
		}
	}
	d.press(editor, s, data)
	d.hears("over")
	if n := len(d.documents()); n != 1 {
		t.Errorf("%d documents", n)
	}
}

func TestAddAsReply(t *testing.T) {
	d := newDesk(t)
	origin := &Origin{Title: "قناة الأخبار", URL: "https://t.me/news/7", Date: time.Date(2025, 5, 30, 8, 0, 0, 0, time.UTC)}
	d.handle(Request{User: User{ID: editor}, Text: "/add عنوان آخر", ReplyTo: &Quoted{MessageID: 5, Text: article, Origin: origin}})
	d.hears("عنوان آخر", "قناة الأخبار", "30 May 2025", "t.me/news/7")
	d.presses(editor, "Publish")
	doc := d.documents()[0].Document
	if doc.Source != "قناة الأخبار" || doc.URL != "https://t.me/news/7" || doc.Date != "2025-05-30T08:00:00Z" {
		t.Errorf("%+v", doc)
	}
}

func TestForwardedPostsAreDocumentsOfTheirOwn(t *testing.T) {
	d := newDesk(t)
	for i := range 3 {
		origin := &Origin{Title: "قناة", Channel: true, URL: []string{"https://t.me/news/1", "https://t.me/news/2", ""}[i], Date: d.now}
		d.handle(Request{User: User{ID: editor}, Text: fmt.Sprintf("خبر رقم %d\n", i) + article[len("استئناف المفاوضات في مسقط"):], Origin: origin})
		d.hears("Preview")
		d.presses(editor, "Publish")
	}
	if n := len(d.documents()); n != 3 {
		t.Errorf("%d documents", n)
	}
	said := len(d.said)
	d.handle(Request{User: User{ID: reader}, Text: "خبر", Origin: &Origin{Channel: true, URL: "https://t.me/news/9"}})
	if strings.Contains(d.last(), "Preview") || len(d.said) == said {
		t.Errorf("a reader's forward: %s", d.last())
	}
}

func TestSplitTextIsJoined(t *testing.T) {
	d := newDesk(t)
	sentence := "وقال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة العمانية. "
	long := "عنوان النص الطويل\n" + strings.Repeat(sentence, 110)
	pieces := splitLikeClient("/add " + long)
	if len(pieces) < 3 {
		t.Fatalf("%d pieces", len(pieces))
	}
	for _, p := range pieces {
		d.says(editor, p)
	}
	d.hears("Preview", "عنوان النص الطويل")
	d.presses(editor, "Publish")
	got := d.documents()[0]
	if want := strings.Join(strings.Fields(long), ""); strings.Join(strings.Fields(got.Title+got.Text), "") != want {
		t.Error("the joined text is not the text")
	}
	if n := strings.Count(got.Text, "وقال المتحدث باسم الوزارة"); n != 110 {
		t.Errorf("%d sentences", n)
	}
}

// splitLikeClient cuts a text as Telegram's clients do: at the last white
// space before 4096 units.
func splitLikeClient(s string) []string {
	var out []string
	for units(s) > 4096 {
		n := fitting(s, 4096)
		out = append(out, strings.TrimSpace(s[:n]))
		s = strings.TrimSpace(s[n:])
	}
	return append(out, s)
}

func TestPiecesUntilDone(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.hears("Send the document's text")
	lines := strings.Split(article, "\n")
	for _, line := range lines {
		d.says(editor, line)
	}
	d.says(editor, "/done")
	d.hears("Preview", "استئناف", "3 paragraphs")
	d.presses(editor, "There is more text")
	d.says(editor, "فقرة رابعة أرسلت بعد المعاينة لأن النص لم يكن كاملا.")
	d.says(editor, "/done")
	d.hears("4 paragraphs")
	d.presses(editor, "Publish")
	if n := len(d.documents()); n != 1 {
		t.Errorf("%d documents", n)
	}
	d.says(editor, "/done")
	d.hears("No text is being sent")
}

func TestPiecesUntilAGap(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.says(editor, article)
	d.a.sweep(t.Context())
	if strings.Contains(d.last(), "Preview") {
		t.Fatal("finished before the gap")
	}
	d.now = d.now.Add(pieceGap)
	d.a.sweep(t.Context())
	d.hears("Preview", "3 paragraphs")
	said := len(d.said)
	d.now = d.now.Add(time.Hour)
	d.a.sweep(t.Context())
	if len(d.said) != said {
		t.Errorf("said twice: %s", d.last())
	}
}

func TestATextThatIsFinishedByTheClockLeavesTheNext(t *testing.T) {
	d := newDesk(t)
	full := strings.TrimSpace(strings.Repeat("وقال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة العمانية. ", 46))
	d.says(editor, "/add "+full)
	d.says(editor, "/add")
	d.now = d.now.Add(pieceGap)
	d.a.sweep(t.Context())
	d.hears("Preview", "وقال المتحدث باسم الوزارة")
	d.says(editor, article)
	d.says(editor, "/done")
	d.hears("Preview", "استئناف المفاوضات في مسقط", "3 paragraphs")
}

func TestAPieceAfterThePreviewIsAdded(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.says(editor, article)
	d.now = d.now.Add(pieceGap)
	d.a.sweep(t.Context())
	d.hears("Preview", "3 paragraphs")
	d.now = d.now.Add(time.Minute)
	late := "فقرة رابعة نسخها المحرر من تطبيق آخر، " + strings.Repeat("وفيها تفاصيل عن الخبر وخلفياته ومواقف الأطراف، ", 5) + "انتهى."
	d.says(editor, late)
	d.hears("Preview", "4 paragraphs")
	d.says(editor, "ما موقف الوفدين؟") // short: a question
	if strings.Contains(d.last(), "Preview") {
		t.Error("a question was taken for a piece")
	}
	d.now = d.now.Add(lateTime + time.Second)
	d.says(editor, late)
	if strings.Contains(d.last(), "Preview") {
		t.Error("a text long after the preview was taken for a piece")
	}
	d.presses(editor, "Publish")
	if got := d.documents(); len(got) != 1 || len(got[0].Document.Paragraphs()) != 4 {
		t.Errorf("%d documents", len(got))
	}
}

func TestCancelDropsATextThatIsBeingSent(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.says(editor, article)
	d.says(editor, "/cancel")
	said := len(d.said)
	d.now = d.now.Add(pieceGap)
	d.a.sweep(t.Context())
	if len(d.said) != said {
		t.Errorf("said after it was cancelled: %s", d.last())
	}
	d.says(editor, "/done")
	d.hears("No text is being sent")
}

// TestLongForwardedPosts: two parts of one post are one document, another long
// post is another.
func TestLongForwardedPosts(t *testing.T) {
	d := newDesk(t)
	post := func(word string, at time.Time, times int) {
		t.Helper()
		text := strings.TrimSpace(strings.Repeat("وقال المتحدث باسم "+word+" إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة. ", times))
		d.handle(Request{User: User{ID: editor}, Text: text, Origin: &Origin{Title: "قناة", Channel: true, URL: "https://t.me/news/" + at.Format("1504"), Date: at}})
	}
	post("الوزارة", d.now, 53)
	post("الوزارة", d.now.Add(time.Second), 53)
	post("البلدية", d.now.Add(time.Hour), 53)
	d.hears("Preview", "الوزارة")
	post("البلدية", d.now.Add(time.Hour), 10)
	d.hears("Preview", "البلدية")
	for range 2 {
		d.presses(editor, "Publish")
		d.said = slices.DeleteFunc(d.said, func(s spoken) bool { return strings.Contains(s.text, "البلدية") })
	}
	list := d.documents()
	if len(list) != 2 || strings.Count(list[0].Text+list[1].Text, "الوزارة") != 106 {
		t.Errorf("%d documents", len(list))
	}
}

func TestUnfinishedAddDoesNotEatQuestions(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.now = d.now.Add(emptyGap)
	d.a.sweep(t.Context())
	drafts, err := d.store.Drafts(t.Context(), editor, editor)
	if err != nil || len(drafts) != 0 {
		t.Errorf("%v, %v", drafts, err)
	}
}

func TestCollectingSurvivesARestart(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.says(editor, article)
	d.b = d.newBot()
	d.a = d.b.ServeAdmins(AdminOptions{Fetcher: &ingest.Fetcher{}})
	d.says(editor, "فقرة أخيرة بعد إعادة التشغيل.")
	d.says(editor, "/done")
	d.hears("Preview", "4 paragraphs")
}

func TestATextWhoseRestNeverCameIsFinishedAfterARestart(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.says(editor, article)
	d.b = d.newBot()
	d.a = d.b.ServeAdmins(AdminOptions{Fetcher: &ingest.Fetcher{}})
	if err := d.a.resume(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(pieceGap)
	d.a.sweep(t.Context())
	d.hears("Preview", "3 paragraphs")
}

func TestAddFiles(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"harbour.html", "harbour.md", "harbour-1256.txt", "libreoffice.docx", "libreoffice.pdf"} {
		d.uploads(editor, name, sampleFile(t, name), "/add")
		d.hears("Preview", "ميناء الصيد في صور")
		d.presses(editor, "Cancel")
		d.hears("nothing was published")
	}
	d.uploads(editor, "harbour.txt", sampleFile(t, "harbour.txt"), "/add عنوان من التعليق")
	d.hears("عنوان من التعليق", "صحيفة الساحل", "18 March 2025")
	d.presses(editor, "Publish")
	d.uploads(editor, "libreoffice.pdf", sampleFile(t, "libreoffice.pdf"), "") // without a command
	d.hears("like a published document", "عنوان من التعليق", "Published: عنوان من التعليق")
	links := d.said[len(d.said)-1].m.Blocks
	if spans := links[len(links)-1].Spans; !strings.Contains(spans[len(spans)-1].URL, "https://t.me/mujaz_bot?start=") {
		t.Errorf("the published document cannot be opened: %+v", spans)
	}
	d.uploads(editor, "harbour.txt", sampleFile(t, "harbour.txt"), "/add عنوان من التعليق")
	d.hears("The same text is published")
}

func TestLongCaptionIsNoTitle(t *testing.T) {
	d := newDesk(t)
	d.uploads(editor, "harbour.txt", sampleFile(t, "harbour.txt"), strings.Repeat("كلام طويل عن الملف ", 20))
	d.hears("Title: ميناء الصيد في صور يستعيد نشاطه بعد عام من الإغلاق")
}

func TestFilesOfOneAlbum(t *testing.T) {
	d := newDesk(t)
	group := Chat{ID: -100, Kind: Supergroup}
	d.files["a"], d.files["b"] = sampleFile(t, "harbour.txt"), []byte(article)
	d.handle(Request{User: User{ID: editor}, Chat: group, Text: "/add", MediaGroup: "g", Attachment: &Attachment{FileID: "a", Name: "a.txt"}})
	d.handle(Request{User: User{ID: editor}, Chat: group, MediaGroup: "g", Attachment: &Attachment{FileID: "b", Name: "b.txt"}})
	d.hears("Preview", "استئناف")
	said := len(d.said)
	d.handle(Request{User: User{ID: reader}, Chat: group, MediaGroup: "g", Attachment: &Attachment{FileID: "b", Name: "b.txt"}})
	d.handle(Request{User: User{ID: editor}, Chat: group, MediaGroup: "holiday", Attachment: &Attachment{FileID: "b", Name: "b.txt"}})
	if len(d.said) != said {
		t.Errorf("said to files that nobody added: %s", d.last())
	}
}

// TestAddInAGroup: two admins add long texts at once among people who talk.
func TestAddInAGroup(t *testing.T) {
	d := newDesk(t)
	group := Chat{ID: -100, Kind: Supergroup}
	posts := func(user int64, text string) {
		t.Helper()
		d.handle(Request{User: User{ID: user}, Chat: group, Text: text})
	}
	long := func(word string) (text string, pieces []string) {
		text = strings.Repeat("وقال المتحدث باسم "+word+" إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة العمانية.\n", 110)
		return text, splitLikeClient("/add " + text)
	}
	first, a := long("الوزارة")
	second, b := long("البلدية")
	for i := range a {
		posts(editor, a[i])
		posts(reader, "متى نخرج إلى الغداء؟")
		posts(owner, b[i])
	}
	d.publishes(group, editor, 0)
	d.publishes(group, owner, 1)
	var got []string
	for _, doc := range d.documents() {
		got = append(got, strings.Join(strings.Fields(doc.Text), " "))
	}
	for _, want := range []string{first, second} {
		if !slices.Contains(got, strings.Join(strings.Fields(want), " ")) {
			t.Errorf("a text is not whole among %d", len(got))
		}
	}
	posts(editor, "/add")
	d.hears("Send the document's text", "as a reply to this message")
	said := len(d.said)
	posts(editor, "نلتقي بعد الاجتماع")
	if len(d.said) != said {
		t.Errorf("said to talk: %s", d.last())
	}
	d.handle(Request{User: User{ID: editor}, Chat: group, Text: article, ReplyTo: &Quoted{MessageID: 1, FromBot: true}})
	posts(editor, "/done")
	d.hears("Preview", "3 paragraphs")
}

// publishes presses the button of the n-th preview of a group.
func (d *desk) publishes(group Chat, user int64, n int) {
	d.t.Helper()
	for _, s := range d.said {
		for _, b := range slices.Concat(s.m.Keyboard...) {
			if b.Text != "Publish" {
				continue
			}
			if n--; n == -1 {
				d.now = d.now.Add(3 * time.Second)
				d.handle(Request{Kind: Press, User: User{ID: user}, Chat: group, MessageID: s.id, CallbackID: "c", Data: b.Data})
				return
			}
		}
	}
	d.t.Fatal("there is no such preview")
}

func TestPiecesThatLookLikeCommands(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add")
	d.says(editor, article)
	d.says(editor, "/etc/hosts هو الملف الذي عدّله المهاجمون في الخوادم بحسب التقرير.")
	d.handle(Request{User: User{ID: editor}, Text: "/help أمر ذكره المنشور المنقول.", Origin: &Origin{Title: "قناة"}})
	d.says(editor, "/dnoe")
	d.hears("/help")
	d.says(editor, "/done")
	d.hears("Preview", "5 paragraphs")
}

func TestRefusals(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.txt", []byte("  "), "no text"},
		{"a.txt", []byte{0, 1, 2, 3, 4, 5, 6, 7}, "not a text"},
		{"a.docx", []byte("PK\x03\x04nonsense"), "damaged"},
		{"a.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "old Word"},
		{"a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "picture"},
		{"a.zip", []byte("\x1F\x8B\x08\x00\x00"), "archive"},
	} {
		d.uploads(editor, c.name, c.data, "/add")
		d.hears(c.want)
	}
	d.handle(Request{User: User{ID: editor}, Text: "/add", Attachment: &Attachment{FileID: "x", Name: "big.pdf", Size: 2 << 30}})
	d.hears("over the limit")
	d.handle(Request{User: User{ID: editor}, Text: "/add", Attachment: &Attachment{FileID: "gone", Name: "x.pdf"}})
	d.hears("no longer available")
	drafts, err := d.store.Drafts(t.Context(), editor, editor)
	if err != nil || len(drafts) != 0 {
		t.Errorf("half-stored: %v, %v", drafts, err)
	}
}

func TestAddLink(t *testing.T) {
	d := newDesk(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/news" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(sampleFile(t, "harbour.html"))
	}))
	defer s.Close()
	d.says(editor, "/add "+s.URL+"/news")
	d.hears("ميناء الصيد", "صحيفة الساحل", "18 March 2025")
	d.presses(editor, "Publish")
	d.says(editor, "/add "+s.URL+"/news")
	d.hears("The same text is published")
	d.says(editor, "/add "+s.URL+"/other")
	d.hears("refused", "404")
	d.says(editor, "/add "+s.URL+"/news عنوان من المحرر")
	d.hears("Title: عنوان من المحرر", "صحيفة الساحل")
	d.says(editor, s.URL+"/news") // in a private chat without the command
	d.hears("Title: ميناء الصيد")
	said := len(d.said)
	d.says(editor, "/add "+s.URL+"/news\n"+s.URL+"/other")
	if n := len(d.said) - said; n != 2 {
		t.Errorf("%d replies to two links", n)
	}
	d.hears("404")
	d.a.adding.Fetcher = &ingest.Fetcher{}
	d.says(editor, "/add http://127.0.0.1:8080/")
	d.hears("internal address")
}

func TestEditsBeforePublishing(t *testing.T) {
	d := newDesk(t)
	d.says(editor, "/add "+article)
	d.presses(editor, "Edit date")
	d.hears("Send the date")
	d.says(editor, "غدا")
	d.hears("not understood")
	d.says(editor, "أمس")
	d.hears("Preview", "31 May 2025")
	d.presses(editor, "Edit date")
	d.says(editor, "٣٠ أيار ٢٠٢٥")
	d.hears("Preview", "30 May 2025")
	d.presses(editor, "Edit title")
	d.says(editor, "عنوان <b>جديد</b>")
	d.hears("عنوان <b>جديد</b>")
	d.presses(editor, "Edit source")
	d.says(editor, "وكالة الأنباء")
	d.presses(editor, "Publish")
	doc := d.documents()[0].Document
	if doc.Title != "عنوان <b>جديد</b>" || doc.Date != "2025-05-30" || doc.Source != "وكالة الأنباء" {
		t.Errorf("%+v", doc)
	}
}
