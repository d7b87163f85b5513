package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mujaz/bot/sandbox"
	"mujaz/corpus"
)

// inGroup sends a text in a group and returns the message.
func (r *room) inGroup(u sandbox.User, chat int64, thread int, text string) sandbox.Message {
	return r.Post(sandbox.Post{From: u.ID, Chat: chat, Thread: thread, Text: text})
}

func TestGroups(t *testing.T) {
	r := openRoom(t)
	boss := r.AddUser(sandbox.User{FirstName: "سلمى", LanguageCode: "ar"})
	group := r.AddSupergroup("غرفة الأخبار", true, boss.ID, r.reader.ID)
	topic := r.AddTopic(group.ID, boss.ID, "إيران")
	answer := r.reply(r.inGroup(r.reader, group.ID, topic, "/ask "+question))
	r.contains(answer, "تصفير التخصيب", "المصادر:")
	if answer.ThreadID != topic {
		t.Errorf("the answer left the topic: thread %d", answer.ThreadID)
	}
	if strings.Contains(answer.Text, "\nالمقتطفات\n") {
		t.Errorf("the long form in a group:\n%s", answer.Text)
	}
	r.contains(r.reply(r.inGroup(r.reader, group.ID, 0, "@Mujaz_bot "+question)), "تصفير التخصيب")
	follow := r.SendReply(r.reader.ID, answer, "وماذا عن الصواريخ؟")
	r.contains(r.reply(follow), "الصاروخية")
	longer, _ := r.presses(r.reader, answer, "المقتطفات")
	r.contains(longer, "\nالمقتطفات\n")
	shorter, _ := r.presses(r.reader, longer, "باختصار")
	if shorter.Text != answer.Text {
		t.Errorf("not the short form again:\n%s", shorter.Text)
	}
	r.contains(r.reply(r.inGroup(r.reader, group.ID, 0, "/start@mujaz_bot")), "للسؤال: /ask", "@mujaz_bot", "أسئلة يمكن البدء بها")
	r.noRefusals()
}

func TestSilenceInGroups(t *testing.T) {
	r := openRoom(t)
	r.stop()
	boss := r.AddUser(sandbox.User{FirstName: "سلمى", LanguageCode: "ar"})
	group := r.AddSupergroup("غرفة", false, boss.ID, r.reader.ID)
	r.start()
	r.SetMember(group.ID, r.Bot().ID, "administrator") // administrators see every message
	r.must(r.Idle(r.ctx))
	for _, text := range []string{question, "صباح الخير", "/help@other_bot", "/unknown_command", "@mujaz_bot_other ما رأيك؟", "😀"} {
		r.quiet(group.ID, func() { r.inGroup(r.reader, group.ID, 0, text) })
	}
	r.contains(r.reply(r.inGroup(r.reader, group.ID, 0, "/settings")), "لمشرفي المجموعة")
	settings := r.reply(r.inGroup(boss, group.ID, 0, "/settings"))
	if _, p := r.presses(r.reader, settings, "1.s.free.yes"); !strings.Contains(p.Text, "لمشرفي المجموعة") {
		t.Errorf("a member changed the settings: %q", p.Text)
	}
	now, _ := r.presses(boss, settings, "1.s.free.yes")
	r.contains(now, "الإجابة عن أسئلة لا تذكر البوت: نعم")
	r.contains(r.reply(r.inGroup(r.reader, group.ID, 0, question)), "تصفير التخصيب")
	for _, text := range []string{"ما سعر الذهب اليوم؟", "كيف حالكم؟", "موقف إيران من التخصيب معروف"} {
		r.quiet(group.ID, func() { r.inGroup(r.reader, group.ID, 0, text) })
	}
	english, _ := r.presses(boss, now, "English")
	r.contains(english, "Settings")
	r.SetAnonymous(group.ID, boss.ID)
	anonymous := r.reply(r.Post(sandbox.Post{From: boss.ID, Chat: group.ID, Text: "/language ar", Anonymous: true}))
	r.contains(anonymous, "أتكلم العربية")
	r.noRefusals()
}

func TestMigrationAndMembership(t *testing.T) {
	r := openRoom(t)
	boss := r.AddUser(sandbox.User{FirstName: "سلمى", LanguageCode: "ar"})
	group := r.AddGroup("غرفة", boss.ID)
	r.contains(r.reply(r.inGroup(boss, group.ID, 0, "/language en")), "English from now on")
	moved := r.Migrate(group.ID)
	r.must(r.Idle(r.ctx))
	chat, err := r.store.Chat(r.ctx, moved.ID)
	r.must(err)
	if chat.Language != "en" {
		t.Errorf("the settings stayed behind: %+v", chat)
	}
	r.contains(r.reply(r.inGroup(boss, moved.ID, 0, "/help")), "Commands")
	r.says(r.reader, "/start")
	r.Block(r.reader.ID)
	r.must(r.Idle(r.ctx))
	if chat, err = r.store.Chat(r.ctx, r.reader.ID); err != nil || chat.State != "blocked" {
		t.Errorf("after blocking: %+v, %v", chat, err)
	}
	r.Unblock(r.reader.ID)
	r.says(r.reader, "/start")
	if chat, err = r.store.Chat(r.ctx, r.reader.ID); err != nil || chat.State != "active" {
		t.Errorf("after coming back: %+v, %v", chat, err)
	}
}

func (r *room) inline(u sandbox.User, query string) sandbox.InlineAnswer {
	r.t.Helper()
	a, err := r.InlineAnswer(r.ctx, r.Inline(sandbox.InlineQuery{From: u, Query: query}))
	r.must(err)
	return a
}

func TestInline(t *testing.T) {
	r := openRoom(t, corpus.Document{ID: "markup", Title: "<i>عنوان</i> & \u202eآخر", Text: "أعلنت الوزارة <b>خطة</b> التخصيب الجديدة."})
	latest := r.inline(r.reader, "")
	if len(latest.Results) != 2 || latest.CacheTime == 0 {
		t.Errorf("latest: %+v", latest)
	}
	found := r.inline(r.reader, question)
	if n := len(found.Results); n < 3 || n > 11 || found.Results[0].Title != "الخلاصة" || !found.Personal {
		t.Fatalf("results: %+v", found)
	}
	seen := map[string]bool{}
	for i, again := range r.inline(r.reader, question).Results {
		if again.ID != found.Results[i].ID || seen[again.ID] || len(again.ID) > 64 {
			t.Errorf("id %q of result %d is not stable and its own", again.ID, i)
		}
		seen[again.ID] = true
		for _, part := range []string{"https://t.me/mujaz_bot", "عبر"} {
			if !strings.Contains(again.HTML(), part) {
				t.Errorf("result %d lacks %q:\n%s", i, part, again.HTML())
			}
		}
	}
	id := r.Inline(sandbox.InlineQuery{From: r.reader, Query: question})
	_, err := r.InlineAnswer(r.ctx, id)
	r.must(err)
	sent := r.Choose(r.reader.ID, id, found.Results[0].ID)
	r.contains(sent, question, "تصفير التخصيب", "المصادر")
	if none := r.inline(r.reader, "ما سعر الذهب اليوم؟"); len(none.Results) != 0 {
		t.Errorf("offers for what is not there: %+v", none.Results)
	}
	if half := r.inline(r.reader, "تخصيب ال"); len(half.Results) == 0 || half.Results[0].Title == "الخلاصة" {
		t.Errorf("half a question is offered %+v, want excerpts alone", half.Results)
	}
	r.inline(r.reader, strings.Repeat("تخصيب ", 40))
	r.noRefusals()
}

func TestDeepLinksOfAnyDocument(t *testing.T) {
	long := strings.Repeat("وثيقة/", 20)
	r := openRoom(t,
		corpus.Document{ID: "https://example.com/a?b=c&d=é", Title: "رابط", Text: "فقرة أولى عن الميناء.\nفقرة ثانية عن الميناء."},
		corpus.Document{ID: long, Title: "طويل", Text: "فقرة عن المطار الجديد في صلالة."})
	for title, parts := range map[string][]string{"رابط": {"الميناء"}, "طويل": {"صلالة"}} {
		list := r.says(r.reader, "/docs")
		card, _ := r.presses(r.reader, list, title)
		r.contains(card, parts...)
	}
	latest := r.says(r.reader, "/latest")
	opened := 0
	for _, part := range strings.Split(latest.HTML(), `https://t.me/mujaz_bot?start=`)[1:] {
		payload, _, _ := strings.Cut(part, `"`)
		m := r.says(r.reader, "/start "+payload)
		if strings.Contains(m.Text, "لم تعد") || len(payload) > 64 {
			t.Errorf("the link %q opens nothing: %s", payload, m.Text)
		}
		opened++
	}
	if opened != 3 {
		t.Errorf("%d links in /latest:\n%s", opened, latest.HTML())
	}
	r.noRefusals()
}

func TestDocumentsPageByPage(t *testing.T) {
	var many []corpus.Document
	for i := range 20 {
		many = append(many, corpus.Document{ID: fmt.Sprint("d", i), Title: fmt.Sprintf("خبر رقم %d", i), Date: fmt.Sprintf("2026-01-%02d", i+1), Text: strings.Repeat("كلمة ", 2500) + "."})
	}
	r := openRoom(t, many...)
	list := r.says(r.reader, "/docs")
	r.contains(list, "٢١ وثيقة", "الصفحة ١ من ٣")
	list, _ = r.presses(r.reader, list, "التالي")
	list, _ = r.presses(r.reader, list, "التالي")
	r.contains(list, "الصفحة ٣ من ٣")
	list, _ = r.presses(r.reader, list, "السابق")
	card, _ := r.presses(r.reader, list, "خبر رقم")
	text, _ := r.presses(r.reader, card, "النص الكامل")
	for range 3 {
		text, _ = r.presses(r.reader, text, "التالي")
	}
	r.contains(text, "الصفحة ٤ من")
	r.noRefusals()
}

func TestMenus(t *testing.T) {
	r := openRoom(t)
	for _, list := range append(r.bot.Menus(), r.bot.AdminMenus()...) {
		if len(list.Lines) == 0 || len(list.Lines) > 100 {
			t.Errorf("%s in %q has %d commands", list.Audience, list.Language, len(list.Lines))
		}
		for _, line := range list.Lines {
			if line.Brief == "" || len([]rune(line.Brief)) > 256 || strings.HasPrefix(line.Brief, "menu.") || strings.Trim(line.Name, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" || len(line.Name) > 32 {
				t.Errorf("%s in %q: %+v", list.Audience, list.Language, line)
			}
		}
	}
	long, brief := r.bot.Descriptions()
	for _, lang := range []string{"", "ar", "en"} {
		if n := len([]rune(long[lang])); n == 0 || n > 512 {
			t.Errorf("the description in %q has %d characters", lang, n)
		}
		if n := len([]rune(brief[lang])); n == 0 || n > 120 {
			t.Errorf("the brief in %q has %d characters", lang, n)
		}
	}
}

func TestFollowUpQuestions(t *testing.T) {
	r := openRoom(t)
	r.says(r.reader, "ماذا قال عراقجي عن المحادثات؟")
	r.contains(r.says(r.reader, "وماذا عن الصواريخ؟"), "الصاروخية")
	r.clock.Advance(time.Hour)
	answer := r.says(r.reader, question)
	follow := 0
	for _, b := range answer.Buttons() {
		if strings.HasPrefix(b.Data, "1.n.") {
			follow++
			r.presses(r.reader, answer, b.Data)
		}
	}
	if follow == 0 {
		t.Error("no follow-up questions are offered")
	}
	r.must(r.Idle(r.ctx))
	for _, m := range r.BotMessages(r.reader.ID)[3:] {
		r.contains(m, "السؤال:", "الخلاصة:")
	}
	r.presses(r.reader, answer, "بحث حرفي")
	r.must(r.Idle(r.ctx))
	last := r.BotMessages(r.reader.ID)
	r.contains(last[len(last)-1], "بحث حرفي:")
	r.noRefusals()
}

// TestMigrationThatIsLearntFromASend follows a group whose move is told by the
// refusal of a reply.
func TestMigrationThatIsLearntFromASend(t *testing.T) {
	r := openRoom(t)
	old := r.AddGroup("غرفة", r.reader.ID)
	r.contains(r.reply(r.inGroup(r.reader, old.ID, 0, "/language en")), "English from now on")
	moved := r.AddSupergroup("غرفة", false, r.reader.ID)
	r.must(r.Idle(r.ctx))
	r.Inject(sandbox.Fault{Method: "sendMessage", Chat: old.ID, Err: &sandbox.APIError{
		Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: moved.ID}})
	r.inGroup(r.reader, old.ID, 0, "/ask "+question)
	m, err := r.NextMessage(r.ctx, moved.ID, 0, func(m sandbox.Message) bool { return strings.Contains(m.Text, "Bottom line:") })
	r.must(err)
	r.contains(m, "تصفير التخصيب")
	chat, err := r.store.Chat(r.ctx, moved.ID)
	r.must(err)
	if chat.Language != "en" {
		t.Errorf("the settings stayed behind: %+v", chat)
	}
}
