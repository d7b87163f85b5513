package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"mujaz/bot/sandbox"
	"mujaz/corpus"
	"mujaz/corpus/store"
)

const question = "ما موقف إيران من تخصيب اليورانيوم؟"

func TestFreeTextIsAQuestion(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, question)
	r.contains(m, "الخلاصة:", "تصفير التخصيب", "المصادر:", "محادثات مسقط، الفقرة ٦", "المقتطفات")
	html := m.HTML()
	for _, part := range []string{"https://t.me/mujaz_bot?start=p6-rmuscat-talks", "<b>", "<blockquote"} {
		if !strings.Contains(html, part) {
			t.Errorf("the reply lacks %q:\n%s", part, html)
		}
	}
	if m.ReplyTo == nil {
		t.Error("the answer is no reply to its question")
	}
	r.noRefusals()
}

func TestStartGreetsInThreeLinesWithQuestions(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, "/start")
	r.contains(m, "هنا موجز", "تتناول الوثائق الآن", "محادثات مسقط")
	buttons := m.Buttons()
	if len(buttons) != 3 {
		t.Fatalf("%d questions are offered: %v", len(buttons), labels(m))
	}
	if first := buttons[0].Text; !strings.Contains(first, "محادثات مسقط") {
		t.Errorf("the first question is not about what the document is named for: %s", first)
	}
	for _, b := range buttons {
		_, p := r.presses(r.reader, m, b.Data)
		if p.Text == "" || p.Alert {
			t.Errorf("the press of %q was answered %+v", b.Text, p)
		}
	}
	r.must(r.Idle(r.ctx))
	answers := r.BotMessages(r.reader.ID)[1:]
	if len(answers) != 3 {
		t.Errorf("%d answers", len(answers))
	}
	for _, a := range answers {
		r.contains(a, "السؤال:", "الخلاصة:")
	}
	r.noRefusals()
}

func TestNastyInput(t *testing.T) {
	r := openRoom(t, corpus.Document{ID: `a<b>&"c/é`, Title: `<b>Truce</b> & "peace" \u202e` + "\u202egnp.exe", Text: "The ceasefire in <Aden> & Taiz began on Monday, officials said.\nIt will last 10 days."})
	ali := r.AddUser(sandbox.User{FirstName: `Ali <x> & "y"`, LanguageCode: "en"})
	override := r.AddUser(sandbox.User{FirstName: "\u202eevil\u2066", LanguageCode: "ar"})
	long := strings.Repeat("ما موقف إيران من تخصيب اليورانيوم ", 140)
	for _, c := range []struct {
		user  sandbox.User
		text  string
		parts []string
	}{
		{ali, "/start", []string{`Hello Ali <x> & "y", this is Mujaz.`}},
		{override, "/start", []string{"أهلًا evil"}},
		{ali, "When did the ceasefire in Aden begin?", []string{`<b>Truce</b> & "peace"`}},
		{ali, "<script>alert(1)</script>", nil},
		{r.reader, string([]rune(long)[:4096]), nil},
		{r.reader, "😀😀😀", []string{"اكتب سؤالًا"}},
		{r.reader, "؟", []string{"اكتب سؤالًا"}},
		{r.reader, "в чём смысл", nil},
		{r.reader, "\u202e\u200f\u0007 تخصيب", nil},
		{r.reader, "/docs", []string{"وثيقتان"}},
		{r.reader, "/latest", nil},
		{r.reader, "/start p999999-rmuscat-talks", []string{"لم تعد هذه الوثيقة متاحة"}},
		{r.reader, "/start d-hAAAAAAAAAAAAAAAAAAAAAAAA", []string{"لم تعد هذه الوثيقة متاحة"}},
		{r.reader, "/start ../../etc/passwd", []string{"لا يفتح شيئًا"}},
		{r.reader, "/nonsense", []string{"لا أعرف هذا الأمر"}},
	} {
		m := r.says(c.user, c.text)
		r.contains(m, c.parts...)
		if n := len(utf16.Encode([]rune(m.Text))); n > 4096 {
			t.Errorf("%q: %d units", c.text, n)
		}
	}
	r.noRefusals()
}

func TestCommandsAreReadAsPeopleTypeThem(t *testing.T) {
	r := openRoom(t)
	for text, want := range map[string]string{
		"/HELP":                      "الأوامر",
		"/help@mujaz_bot":            "الأوامر",
		"\u200f/مساعدة":              "الأوامر",
		"مساعدة":                     "الأوامر",
		"/ask":                       "اكتب السؤال بعد الأمر",
		"/ask\nكم عدد الجولات":       "",
		"/Ask@Mujaz_Bot " + question: "تصفير التخصيب",
		"/اسأل " + question:          "تصفير التخصيب",
		"شكرا":                       "على الرحب",
		"السلام عليكم":               "أهلًا",
		"الوثائق":                    "وثيقة واحدة",
		"/privacy":                   "ثلاثين يومًا",
		"/language fr":               "اللغتان",
		"/cancel":                    "تُرك الأمر",
		"/add نص":                    "لا أعرف هذا الأمر", // admins' commands are another part
		"/start d-rmuscat-talks":     "الخبر:",
		"/start p4-rmuscat-talks":    "الفقرة ٤",
		"/start":                     "هنا موجز",
		"/settings":                  "الإعدادات",
		"/help\u00a0أي شيء":          "الأوامر",
		"/latest":                    "أحدث الوثائق",
		"ما سعر الذهب اليوم؟":        "خارج موضوع الوثائق",
		"كم بلغت نسبة تخصيب اليورانيوم في إيران؟": "لم أجد في الوثائق رقمًا",
	} {
		r.clock.Advance(time.Minute)
		r.contains(r.says(r.reader, text), want)
	}
	r.quiet(r.reader.ID, func() { r.SendText(r.reader.ID, r.reader.ID, "/help@other_bot") })
	r.noRefusals()
}

func TestMoreExcerptsArePagedByEditing(t *testing.T) {
	r := openRoom(t)
	answer := r.says(r.reader, "ما نتائج محادثات مسقط بين أمريكا وإيران؟")
	more, _ := r.presses(r.reader, answer, "مقتطفات أخرى")
	r.contains(more, "مقتطفات أخرى عن", "[٤]")
	next, _ := r.presses(r.reader, more, "التالي")
	r.contains(next, "[٧]")
	back, _ := r.presses(r.reader, next, "السابق")
	if back.Text != more.Text {
		t.Errorf("back shows another page:\n%s", back.Text)
	}
	again, _ := r.presses(r.reader, back, "السابق")
	if again.Text != answer.Text {
		t.Errorf("the answer did not come back:\n%s\nwas:\n%s", again.Text, answer.Text)
	}
	if n := len(r.BotMessages(r.reader.ID)); n != 1 {
		t.Errorf("%d messages instead of one that is edited", n)
	}
	around, _ := r.presses(r.reader, again, "السياق")
	if strings.Count(around.Text, "الفقرة") < 2 {
		t.Errorf("no neighbours:\n%s", around.Text)
	}
	document, _ := r.presses(r.reader, around, "الوثيقة")
	r.contains(document, "الخبر:", "اختُتمت جولة المحادثات")
	text, _ := r.presses(r.reader, document, "النص الكامل")
	r.contains(text, "الصفحة ١ من")
	text, _ = r.presses(r.reader, text, "التالي")
	r.contains(text, "الصفحة ٢ من")
	r.noRefusals()
}

func TestButtonsSurviveARestart(t *testing.T) {
	r := openRoom(t)
	answer := r.says(r.reader, question)
	r.restart()
	more, p := r.presses(r.reader, answer, "مقتطفات أخرى")
	if p.Text != "" {
		t.Errorf("answered %q", p.Text)
	}
	r.contains(more, "مقتطفات أخرى عن")
	for _, data := range []string{"0.m.x.1", "1.m.nosuchstate.1", "1.nothing", "garbage", "1.m.", "1.k.r.0", "1.l.-5", "1.s.language.fr", "1.c.nosuchstate.99999999999999999999"} {
		if _, p := r.presses(r.reader, answer, data); !strings.Contains(p.Text, "قديم") && !strings.Contains(p.Text, "لم تعد") {
			t.Errorf("%q was answered %q", data, p.Text)
		}
	}
	r.noRefusals()
}

func TestDoublePressesAreHarmless(t *testing.T) {
	r := openRoom(t)
	start := r.says(r.reader, "/start")
	first := start.Buttons()[0].Data
	a, b := r.Press(r.reader.ID, start, first), r.Press(r.reader.ID, start, first)
	for _, id := range []string{a, b} {
		_, err := r.PressAnswer(r.ctx, id)
		r.must(err)
	}
	r.must(r.Idle(r.ctx))
	if n := len(r.BotMessages(r.reader.ID)); n != 2 {
		t.Errorf("two presses gave %d answers", n-1)
	}
	answer := r.says(r.reader, question)
	for range 2 {
		if _, p := r.presses(r.reader, answer, "👍"); p.Text != "سُجّل رأيك." {
			t.Errorf("answered %q", p.Text)
		}
	}
	_, p := r.presses(r.reader, answer, "👎")
	if !strings.Contains(p.Text, "المشرفون") {
		t.Errorf("answered %q", p.Text)
	}
	votes, err := r.store.Feedbacks(r.ctx, 10, 0)
	r.must(err)
	if len(votes) != 1 || votes[0].Up || votes[0].Text != question {
		t.Errorf("votes: %+v", votes)
	}
}

func TestEditedQuestionEditsItsAnswer(t *testing.T) {
	r := openRoom(t)
	asked := r.SendText(r.reader.ID, r.reader.ID, "ما سعر الذهب اليوم؟")
	answer := r.reply(asked)
	r.contains(answer, "خارج موضوع")
	r.EditText(r.reader.ID, asked.ID, question)
	edited, err := r.Edited(r.ctx, answer)
	r.must(err)
	r.contains(edited, "تصفير التخصيب")
	r.quiet(r.reader.ID, func() { r.EditText(r.reader.ID, asked.ID, question) })
	old := r.SendText(r.reader.ID, r.reader.ID, "/help")
	r.reply(old)
	r.quiet(r.reader.ID, func() { r.EditText(r.reader.ID, old.ID, "شيء آخر") })
}

// TestSlipIsEditedIntoAQuestion follows a message that was none when it was sent.
func TestSlipIsEditedIntoAQuestion(t *testing.T) {
	r := openRoom(t)
	slip := r.SendText(r.reader.ID, r.reader.ID, "م")
	reply := r.reply(slip)
	r.contains(reply, "اكتب سؤالًا")
	r.EditText(r.reader.ID, slip.ID, question)
	edited, err := r.Edited(r.ctx, reply)
	r.must(err)
	r.contains(edited, "تصفير التخصيب")
	r.EditText(r.reader.ID, slip.ID, "شكرًا")
	thanks, err := r.Edited(r.ctx, edited)
	r.must(err)
	r.contains(thanks, "على الرحب")
	if n := len(r.BotMessages(r.reader.ID)); n != 1 || len(thanks.Buttons()) != 0 {
		t.Errorf("%d messages, buttons %v", n, labels(thanks))
	}
}

// TestEditedQuestionWhoseAnswerIsGoneIsAnsweredAgain: somebody deleted the reply.
func TestEditedQuestionWhoseAnswerIsGoneIsAnsweredAgain(t *testing.T) {
	r := openRoom(t)
	asked := r.SendText(r.reader.ID, r.reader.ID, "ما سعر الذهب اليوم؟")
	answer := r.reply(asked)
	r.Inject(sandbox.Fault{Method: "editMessageText", Times: 1, Err: &sandbox.APIError{Code: 400, Description: "Bad Request: message to edit not found"}})
	r.EditText(r.reader.ID, asked.ID, question)
	m, err := r.NextMessage(r.ctx, r.reader.ID, answer.ID, nil)
	r.must(err)
	r.contains(m, "تصفير التخصيب")
}

func TestFloodIsSlowedDownWithOneNotice(t *testing.T) {
	r := openRoom(t)
	for i := range 30 {
		r.SendText(r.reader.ID, r.reader.ID, fmt.Sprintf("ما موقف إيران من التخصيب في الجولة %d؟", i))
	}
	r.must(r.WaitFor(r.ctx, func() bool { return len(r.BotMessages(r.reader.ID)) >= 21 }))
	r.must(r.Idle(r.ctx))
	said := r.BotMessages(r.reader.ID)
	notices := 0
	for i, m := range said {
		if strings.Contains(m.Text, "أعد إرسال السؤال بعد") {
			notices++
		} else if m.ReplyTo == nil || !strings.Contains(m.ReplyTo.Text, fmt.Sprintf("الجولة %d؟", i)) {
			t.Errorf("answer %d is out of order", i)
		}
	}
	if len(said) != 21 || notices != 1 {
		t.Errorf("%d messages, %d notices; want 20 answers and one notice", len(said), notices)
	}
	r.clock.Advance(5 * time.Second)
	r.contains(r.says(r.reader, question), "تصفير التخصيب")
	other := r.AddUser(sandbox.User{FirstName: "سالم", LanguageCode: "ar"})
	r.contains(r.says(other, question), "تصفير التخصيب")
}

func TestSameQuestionIsComputedOnce(t *testing.T) {
	r := openRoom(t)
	var last []sandbox.Message
	for range 8 {
		u := r.AddUser(sandbox.User{FirstName: "ق", LanguageCode: "ar"})
		last = append(last, r.SendText(u.ID, u.ID, question))
	}
	for _, m := range last {
		r.reply(m)
	}
	if n := r.asks.of(question); n != 1 {
		t.Errorf("computed %d times", n)
	}
	r.put(corpus.Document{ID: "new", Title: "خبر", Text: "أعلنت إيران موقفًا جديدًا من تخصيب اليورانيوم اليوم."})
	r.says(r.reader, question)
	if n := r.asks.of(question); n != 2 {
		t.Errorf("computed %d times after the corpus changed", n)
	}
}

func TestTwoLanguages(t *testing.T) {
	r := openRoom(t)
	john := r.AddUser(sandbox.User{FirstName: "John", LanguageCode: "en-GB"})
	r.contains(r.says(john, "/help"), "Commands")
	r.contains(r.says(r.reader, "/help"), "الأوامر")
	r.contains(r.says(john, "What is Iran's position on uranium enrichment?"), "Bottom line:", "Sources:", "paragraph 6")
	r.contains(r.says(john, "/language ar"), "العربية")
	r.contains(r.says(john, "/help"), "الأوامر")
	settings := r.says(john, "/settings")
	shown, _ := r.presses(john, settings, "123")
	r.contains(shown, "الأرقام: 123")
	r.contains(r.says(john, question), "الفقرة 6")
	shown, _ = r.presses(john, shown, "English")
	r.contains(shown, "Settings")
}

func TestKeyboardRowsAreReversedForArabic(t *testing.T) {
	r := openRoom(t)
	john := r.AddUser(sandbox.User{FirstName: "John", LanguageCode: "en"})
	arabic, english := r.says(r.reader, question), r.says(john, "uranium enrichment Iran position?")
	if got := arabic.ReplyMarkup.Rows[0][1].Text; got != "مقتطفات أخرى" {
		t.Errorf("the first button in Arabic stands left: %s", got)
	}
	if got := english.ReplyMarkup.Rows[0][0].Text; got != "More excerpts" {
		t.Errorf("the first button in English: %s", got)
	}
	for _, m := range []sandbox.Message{arabic, english} {
		for _, b := range m.Buttons() {
			if len(b.Data) > 64 || strings.IndexFunc(b.Data, func(r rune) bool { return r > 126 || r < 32 }) >= 0 || !strings.HasPrefix(b.Data, "1.") {
				t.Errorf("data of %q: %q", b.Text, b.Data)
			}
		}
	}
}

func TestPrivacyAndForget(t *testing.T) {
	r := openRoom(t)
	r.says(r.reader, "/language en")
	answer := r.says(r.reader, "What is Iran's position on enrichment?")
	r.presses(r.reader, answer, "👍")
	sure := r.says(r.reader, "/forget")
	kept, _ := r.presses(r.reader, sure, "Keep")
	r.contains(kept, "stays as it was")
	sure = r.says(r.reader, "/forget")
	done, _ := r.presses(r.reader, sure, "Delete")
	r.contains(done, "Deleted:", "settings of the chat", "1 verdict")
	chat, err := r.store.Chat(r.ctx, r.reader.ID)
	r.must(err)
	if chat.Language != "" || chat.LastQuestion != "" || len(chat.Extra) != 0 || !chat.FirstSeen.IsZero() {
		t.Errorf("kept: %+v", chat)
	}
	r.contains(r.says(r.reader, "/help"), "الأوامر")
	r.says(r.reader, question)
	r.must(r.Idle(r.ctx))
	tied, err := r.store.Chat(r.ctx, r.reader.ID)
	r.must(err)
	if tied.LastQuestion == "" || len(tied.Extra) == 0 {
		t.Errorf("nothing ties the chat to its question: %+v", tied)
	}
	r.clock.Advance(store.KeepLatest + time.Hour)
	_, err = r.store.Tidy(r.ctx)
	r.must(err)
	chat, err = r.store.Chat(r.ctx, r.reader.ID)
	r.must(err)
	if chat.LastQuestion != "" || len(chat.Extra) != 0 || chat.FirstSeen.IsZero() {
		t.Errorf("a silent chat is tied to its question: %+v", chat)
	}
	r.clock.Advance(31 * 24 * time.Hour)
	_, err = r.store.Tidy(r.ctx)
	r.must(err)
	stats, err := r.store.Stats(r.ctx, r.clock.Now())
	r.must(err)
	if stats.Questions30 != 0 {
		t.Errorf("%d questions after 31 days", stats.Questions30)
	}
	if _, p := r.presses(r.reader, answer, "1.v."); p.Text == "" {
		t.Error("an old button was not answered")
	}
}

func TestOffTopicOffersQuestionsThatAreAnswered(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, "ما سعر الذهب اليوم؟")
	r.contains(m, "خارج موضوع الوثائق", "الذهب", "تتناول الوثائق حاليًا")
	if len(m.Buttons()) == 0 {
		t.Fatal("nothing is offered")
	}
	r.presses(r.reader, m, m.Buttons()[0].Data)
	r.must(r.Idle(r.ctx))
	said := r.BotMessages(r.reader.ID)
	r.contains(said[len(said)-1], "السؤال: "+m.Buttons()[0].Text, "الخلاصة:")
}

// TestTroubleIsTold keeps causes out of the chat: one sentence that says what
// to do, in the reader's language, and every press answered.
func TestTroubleIsTold(t *testing.T) {
	r := openRoom(t)
	answer := r.says(r.reader, question)
	r.must(r.store.Close())
	m := r.says(r.reader, question)
	r.contains(m, "أعد المحاولة")
	if strings.Contains(m.Text, "sql") || strings.Contains(m.Text, "closed") {
		t.Errorf("the cause reached the chat: %s", m.Text)
	}
	if _, p := r.presses(r.reader, answer, "مقتطفات أخرى"); !strings.Contains(p.Text, "أعد المحاولة") {
		t.Errorf("the press was answered %q", p.Text)
	}
	group := r.AddSupergroup("غرفة", false, r.reader.ID)
	r.quiet(group.ID, func() { r.inGroup(r.reader, group.ID, 0, "حديث لا يخص البوت") })
}
