package digest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/corpus"
	"mujaz/corpus/store"
)

func TestMain(m *testing.M) {
	// bleve starts its analysis workers when it is imported, for the whole process.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// outbox is a Messenger that keeps what it is given and fails as told.
type outbox struct {
	mu   sync.Mutex
	sent map[int64][]string
	fail func(chat int64) error
}

func (o *outbox) Send(_ context.Context, to bot.Target, m message.Message) (bot.Posted, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.fail != nil {
		if err := o.fail(to.Chat); err != nil {
			return bot.Posted{}, err
		}
	}
	o.sent[to.Chat] = append(o.sent[to.Chat], message.Plain(m, message.PlainOptions{}))
	return bot.Posted{Chat: to.Chat, MessageID: len(o.sent[to.Chat])}, nil
}

func (o *outbox) Edit(context.Context, bot.Posted, message.Message) error {
	return errors.New("digests are not edited")
}

func (o *outbox) of(chat int64) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sent[chat]
}

// desk is an engine with a real store and a clock that the test moves.
type desk struct {
	t     *testing.T
	store *store.Store
	e     *Engine
	out   *outbox
	now   time.Time
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, out: &outbox{sent: map[int64][]string{}}, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return d.now }
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.check(s.Close()) })
	d.store, d.e = s, New(Options{Store: s, Now: clock})
	return d
}

func (d *desk) check(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) put(id, title, text string) {
	d.t.Helper()
	_, err := d.store.Put(d.t.Context(), corpus.Document{ID: id, Title: title, Text: text, Date: d.now.Format(time.DateOnly)}, store.Actor{})
	d.check(err)
}

func (d *desk) subscribe(chat int64, change func(*store.Subscription)) {
	d.t.Helper()
	sub := daily("Asia/Riyadh", 480)
	sub.Chat, sub.Language, sub.Length = chat, "ar", store.Short
	if change != nil {
		change(&sub)
	}
	sub.NextDue, _ = NextDue(d.now, sub)
	d.check(d.store.PutSubscription(d.t.Context(), sub))
}

// at moves the clock and does everything that is due by then.
func (d *desk) at(moment string) {
	d.t.Helper()
	d.now = at(d.t, moment)
	for d.e.Step(d.t.Context(), d.out) {
	}
}

func (d *desk) want(chat int64, n int) {
	d.t.Helper()
	if got := d.out.of(chat); len(got) != n {
		d.t.Fatalf("at %s chat %d has %d messages, want %d: %q", d.now, chat, len(got), n, got)
	}
}

const bridge = "افتُتح الجسر الجديد في الميناء بعد سنوات من العمل المتواصل.\nيبلغ ارتفاع الجسر ٤٥ مترًا."

func TestADigestIsSentOnceWithWhatIsNew(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(1, nil)
	d.at("2026-11-25T04:59:00Z")
	d.want(1, 0)
	d.at("2026-11-25T05:00:00Z")
	d.want(1, 1)
	d.at("2026-11-25T05:00:01Z")
	d.want(1, 1)
	text := d.out.of(1)[0]
	for _, part := range []string{"موجز الأربعاء ٢٥ نوفمبر ٢٠٢٦", "وثيقة واحدة", "الجسر الجديد", "افتُتح الجسر الجديد"} {
		if !strings.Contains(text, part) {
			t.Errorf("the digest lacks %q:\n%s", part, text)
		}
	}
	d.at("2026-11-26T05:00:00Z") // nothing new: silent
	d.want(1, 1)
	d.put("bridge", "الجسر الجديد", bridge+"\nأُغلق الجسر للصيانة.")
	d.at("2026-11-27T05:00:00Z")
	d.want(1, 2)
	if !strings.Contains(d.out.of(1)[1], "(معدّلة)") {
		t.Errorf("an edited document is not marked:\n%s", d.out.of(1)[1])
	}
}

func TestTopicsAndEmptyDigests(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(1, func(s *store.Subscription) { s.Topics = []string{"الجسور", "جسر الميناء"} })
	d.subscribe(2, func(s *store.Subscription) { s.Topics = []string{"الزيتون"} })
	d.subscribe(3, func(s *store.Subscription) { s.Topics = []string{"الزيتون"}; s.Always = true })
	d.at("2026-11-25T05:00:00Z")
	d.want(1, 1)
	d.want(2, 0)
	d.want(3, 1)
	if text := d.out.of(3)[0]; !strings.Contains(text, "لا جديد") {
		t.Errorf("an empty digest: %s", text)
	}
}

func TestOneStoryIsToldOnce(t *testing.T) {
	d := newDesk(t)
	d.put("first", "افتتاح الجسر الجديد في الميناء", bridge)
	d.put("second", "افتتاح الجسر الجديد في الميناء اليوم", bridge+" وحضر السكان.")
	d.put("olives", "موسم الزيتون", "بدأ موسم قطاف الزيتون في القرى الجبلية هذا الأسبوع.")
	d.subscribe(1, nil)
	d.at("2026-11-25T05:00:00Z")
	d.want(1, 1)
	text := d.out.of(1)[0]
	if !strings.Contains(text, "وفي وثائق أخرى: افتتاح الجسر الجديد في الميناء (") || strings.Contains(text, "\u200f٣.") {
		t.Errorf("the stories are not grouped:\n%s", text)
	}
}

func TestAlsoInCountsTheRest(t *testing.T) {
	d := newDesk(t)
	for i := range 6 {
		d.put(fmt.Sprint("d", i), "", "افتُتح الجسر الجديد في الميناء بعد سنوات من العمل.")
	}
	sub := daily("Asia/Riyadh", 480)
	sub.Language = "ar"
	pages, err := d.e.Pages(t.Context(), sub)
	d.check(err)
	text := message.Plain(pages[0], message.PlainOptions{})
	if !strings.Contains(text, "وفي وثائق أخرى: افتُتح") || !strings.Contains(text, "و٢ غيرها") {
		t.Errorf("the rest is not counted:\n%s", text)
	}
	if n := strings.Count(text, "افتُتح الجسر"); n != 4 { // an untitled document is not told twice
		t.Errorf("told %d times:\n%s", n, text)
	}
}

func TestAfterDowntimeOneDigestCatchesUp(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(1, func(s *store.Subscription) { s.Always = true })
	d.at("2026-11-29T09:00:00Z")
	d.want(1, 1)
	d.at("2026-11-30T05:00:00Z")
	d.want(1, 2)
}

func TestABlockedChatSleepsAndComesBack(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(1, func(s *store.Subscription) { s.Always = true })
	d.out.fail = func(int64) error { return fmt.Errorf("send: %w", bot.ErrBlocked) }
	d.at("2026-11-25T05:00:00Z")
	d.out.fail = nil
	d.at("2026-11-26T05:00:00Z")
	d.want(1, 0)
	d.check(d.store.SetChatState(t.Context(), 1, store.ChatActive))
	d.at("2026-11-27T05:00:00Z")
	d.want(1, 1)
}

func TestAMigratedGroupGetsItsDigest(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(-5, nil)
	d.out.fail = func(chat int64) error {
		if chat == -5 {
			return &bot.MigratedError{To: -1005}
		}
		return nil
	}
	d.at("2026-11-25T05:00:00Z")
	d.at("2026-11-25T05:00:01Z")
	d.want(-5, 0)
	d.want(-1005, 1)
}

func TestAnUnknownOutcomeIsRepeatedOnce(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(1, nil)
	tries := 0
	d.out.fail = func(int64) error { tries++; return bot.ErrUnknown }
	for _, moment := range []string{"2026-11-25T05:00:00Z", "2026-11-25T05:02:00Z", "2026-11-25T06:00:00Z"} {
		d.at(moment)
	}
	if tries != 2 {
		t.Errorf("sent %d times, want 2", tries)
	}
	list, err := d.store.Deliveries(t.Context(), store.Unknown, 10)
	if err != nil || len(list) != 1 {
		t.Errorf("admins see %d unknown outcomes, %v", len(list), err)
	}
}

func TestAnOutageOnlyDelays(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(1, nil)
	d.out.fail = func(int64) error { return bot.ErrOutage }
	for at := d.now; at.Before(time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)); at = at.Add(time.Minute) {
		d.at(at.Format(time.RFC3339)) // two hours long
	}
	d.out.fail = nil
	d.at("2026-11-25T06:59:05Z") // too early
	d.want(1, 0)
	d.at("2026-11-25T06:59:08Z")
	d.want(1, 1)
}

func TestAlertsAreBundledAndKeepQuietHours(t *testing.T) {
	d := newDesk(t)
	a, err := d.store.PutAlert(t.Context(), store.Alert{Chat: 7, Words: "الجسر الجديد", Language: "ar", PerDay: 1, QuietFrom: 1380, QuietTo: 420, Zone: "Asia/Riyadh"})
	d.check(err)
	d.at("2026-11-24T21:00:00Z") // midnight in Riyadh
	d.put("bridge", "الجسر الجديد", bridge)
	d.put("again", "الجسر الجديد يغلق", "أُغلق الجسر الجديد للصيانة أسبوعًا كاملًا.")
	d.put("olives", "موسم الزيتون", "بدأ موسم قطاف الزيتون.")
	d.at("2026-11-24T21:00:05Z")
	d.want(7, 0)
	d.at("2026-11-25T04:00:05Z")
	d.want(7, 1)
	if text := d.out.of(7)[0]; !strings.Contains(text, "جديد عن «الجسر الجديد»") || strings.Contains(text, "الزيتون") {
		t.Errorf("the alert says:\n%s", text)
	}
	d.put("third", "الجسر الجديد", "زار الوفد الجسر الجديد.")
	d.at("2026-11-25T12:00:00Z") // one a day
	d.want(7, 1)
	d.at("2026-11-26T04:00:01Z")
	d.want(7, 2)
	d.check(d.store.DeleteAlert(t.Context(), 7, a.ID))
}

// TestOneContentIsComposedOnce: ten thousand chats with fifty sets of topics.
func TestOneContentIsComposedOnce(t *testing.T) {
	d := newDesk(t)
	for i := range 60 {
		d.put(fmt.Sprintf("d%d", i), fmt.Sprintf("خبر رقم %d", i), fmt.Sprintf("أعلنت البلدية رقم %d خطة جديدة للنقل في المدينة.", i))
	}
	began := time.Now()
	for i := range 10_000 {
		sub := daily("Asia/Riyadh", 480)
		sub.Chat, sub.Language, sub.Topics = int64(i+1), "ar", []string{fmt.Sprintf("البلدية %d", i%50)}
		if _, _, err := d.e.compose(t.Context(), sub, d.now); err != nil {
			t.Fatal(err)
		}
	}
	if spent := time.Since(began); spent > 30*time.Second {
		t.Errorf("composing for 10,000 chats took %s", spent)
	}
	if n := len(d.e.contents.kept); n != 50 {
		t.Errorf("%d contents were composed, want 50", n)
	}
}

// queued is a messenger whose limits never let anything pass.
type queued struct{ *outbox }

func (queued) Reserve(ctx context.Context, _ int64) (context.Context, error) {
	return ctx, bot.ErrOutage
}

func TestADeliveryThatWaitsIsNotInDoubt(t *testing.T) {
	d := newDesk(t)
	d.put("bridge", "الجسر الجديد", bridge)
	d.subscribe(1, nil)
	d.now = at(t, "2026-11-25T05:00:00Z")
	d.e.Step(t.Context(), queued{d.out})
	list, err := d.store.Deliveries(t.Context(), store.Pending, 5)
	d.check(err)
	if len(list) != 1 || list[0].Attempts != 0 || list[0].Unknowns != 0 {
		t.Errorf("got %+v", list)
	}
}

func TestAlertsOfOneChatAreOneMessage(t *testing.T) {
	d := newDesk(t)
	for _, words := range []string{"الجسر الجديد", "ارتفاع الميناء", "الزيتون"} {
		_, err := d.store.PutAlert(t.Context(), store.Alert{Chat: 7, Words: words, Language: "ar", PerDay: 2, Zone: "Asia/Riyadh"})
		d.check(err)
	}
	d.put("bridge", "الجسر الجديد", bridge)
	d.at("2026-11-24T12:00:05Z")
	d.want(7, 1)
	if text := d.out.of(7)[0]; !strings.Contains(text, "«الجسر الجديد، ارتفاع الميناء»") || strings.Count(text, "افتُتح الجسر") != 1 {
		t.Errorf("two alerts about one document say:\n%s", text)
	}
	d.put("olives", "موسم الزيتون", "بدأ موسم قطاف الزيتون في القرى.")
	d.at("2026-11-24T12:00:10Z")
	d.want(7, 2)
	d.put("second", "الجسر الجديد", "زار الوفد الجسر الجديد.") // the chat had its two
	d.at("2026-11-24T12:00:15Z")
	d.want(7, 2)
	d.at("2026-11-24T21:00:01Z") // a new day in Riyadh
	d.want(7, 3)
}

// TestWaitingAlertsHoldUpNobody: more than a message takes waits for the
// morning of one chat, and a document about another's words comes among
// hundreds.
func TestWaitingAlertsHoldUpNobody(t *testing.T) {
	d := newDesk(t)
	_, err := d.store.PutAlert(t.Context(), store.Alert{Chat: 7, Words: "البلدية", Language: "ar", PerDay: 1, QuietFrom: 1, QuietTo: 1439, Zone: "UTC"})
	d.check(err)
	_, err = d.store.PutAlert(t.Context(), store.Alert{Chat: 8, Words: "الزيتون", Language: "ar", PerDay: 1, Zone: "UTC"})
	d.check(err)
	d.subscribe(9, func(s *store.Subscription) { s.Topics = []string{"الزيتون"} })
	d.put("olives", "موسم الزيتون", "بدأ موسم قطاف الزيتون.")
	d.now = d.now.Add(24 * time.Hour) // the others are newer
	for i := range watched + mostDocuments + 20 {
		d.put(fmt.Sprintf("d%d", i), fmt.Sprintf("خبر رقم %d", i), fmt.Sprintf("أعلنت البلدية رقم %d خطة جديدة للنقل.", i))
	}
	d.at("2026-11-25T12:00:05Z")
	d.want(7, 0)
	d.want(8, 1)
	d.want(9, 1)
	if text := d.out.of(9)[0]; !strings.Contains(text, "قطاف الزيتون") {
		t.Errorf("the digest says:\n%s", text)
	}
}
