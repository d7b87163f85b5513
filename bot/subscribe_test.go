package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"mujaz/bot/digest"
	"mujaz/bot/sandbox"
	"mujaz/corpus"
	"mujaz/corpus/store"
)

func (r *room) subscription(chat int64) store.Subscription {
	r.t.Helper()
	s, err := r.store.Subscription(r.ctx, chat)
	r.must(err)
	return s
}

func (r *room) lastOf(chat int64) sandbox.Message {
	r.t.Helper()
	r.must(r.Idle(r.ctx))
	all := r.BotMessages(chat)
	return all[len(all)-1]
}

func TestSubscribeWithOneTap(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, "اشترك")
	r.contains(m, "تم الاشتراك", "٠٨:٠٠", "كل يوم")
	s := r.subscription(r.reader.ID)
	if want := time.Date(2026, 2, 11, 8, 0, 0, 0, time.UTC); !s.Active || !s.NextDue.Equal(want) || s.Minutes != 8*60 {
		t.Errorf("subscribed to %+v", s)
	}
	r.contains(r.says(r.reader, "الغاء الاشتراك"), "أُوقف الموجز")
	if r.subscription(r.reader.ID).Active {
		t.Error("still subscribed")
	}
	r.contains(r.says(r.reader, "/unsubscribe"), "لا اشتراك هنا")
	r.contains(r.says(r.reader, "/subscribe 25:99"), "لم أفهم الوقت", "/subscribe 8:30")
	if s := r.subscription(r.reader.ID); s.Active || len(s.Topics) > 0 {
		t.Errorf("a time that is none subscribed to %+v", s)
	}
	r.contains(r.says(r.reader, "/subscribe ٨:٣٠ مساءً"), "٢٠:٣٠")
	r.noRefusals()
}

func TestDigestSettingsAreEditedInPlace(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, "/subscribe")
	times, _ := r.presses(r.reader, m, "الوقت")
	m, _ = r.presses(r.reader, times, "١٨:٠٠")
	r.contains(m, "١٨:٠٠")
	days, _ := r.presses(r.reader, m, "الأيام")
	for range 3 {
		days, _ = r.presses(r.reader, days, "الجمعة")
	}
	m, _ = r.presses(r.reader, days, "السابق")
	if strings.Contains(m.Text, "الجمعة، السبت") || !strings.Contains(m.Text, "الخميس، السبت") {
		t.Errorf("days:\n%s", m.Text)
	}
	m, _ = r.presses(r.reader, m, "عناوين")
	m, _ = r.presses(r.reader, m, "بلا صوت")
	m, _ = r.presses(r.reader, m, "أرسل ولو بلا جديد")
	pause, _ := r.presses(r.reader, m, "إيقاف مؤقت")
	r.presses(r.reader, pause, "٧ أيام")
	s := r.subscription(r.reader.ID)
	if s.Minutes != 18*60 || s.Days.Has(time.Friday) || !s.Days.Has(time.Monday) || s.Length != store.Headlines || !s.Silent || !s.Always {
		t.Errorf("settings: %+v", s)
	}
	if until := r.clock.Now().Add(6 * 24 * time.Hour); s.NextDue.Before(until) {
		t.Errorf("the pause does not hold: due %s", s.NextDue)
	}
	if n := len(r.BotMessages(r.reader.ID)); n != 1 {
		t.Errorf("%d messages instead of one that is edited", n)
	}
	r.noRefusals()
}

func TestTimeAndZoneAreTyped(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, "/subscribe")
	r.presses(r.reader, m, "المنطقة الزمنية")
	r.contains(r.says(r.reader, "كوكب المريخ"), "لم أعرف المنطقة الزمنية")
	r.restart() // the question of a conversation survives
	r.contains(r.says(r.reader, "القاهرة"), "Africa/Cairo")
	r.presses(r.reader, m, "المنطقة الزمنية")
	r.contains(r.says(r.reader, "/ask "+question), "تصفير التخصيب") // a command ends the conversation
	r.contains(r.says(r.reader, question), "تصفير التخصيب")
	place := r.Post(sandbox.Post{From: r.reader.ID, Location: &sandbox.Location{Latitude: 23.6, Longitude: 58.4}})
	r.contains(r.reply(place), "Asia/Muscat")
	times, _ := r.presses(r.reader, m, "الوقت")
	r.presses(r.reader, times, "وقت آخر")
	r.contains(r.says(r.reader, "٧ ونصف صباحًا"), "٠٧:٣٠")
	r.noRefusals()
}

func TestTopics(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, "/topics")
	first := m.Buttons()[0]
	m, _ = r.presses(r.reader, m, first.Data)
	r.contains(m, "الموضوعات: "+first.Text)
	r.contains(r.says(r.reader, "/topics النفط، العقوبات"), "النفط", "العقوبات", first.Text)
	if s := r.subscription(r.reader.ID); len(s.Topics) != 3 {
		t.Errorf("topics: %v", s.Topics)
	}
	r.contains(r.says(r.reader, "/start t-2KfZhNmG2YHYtw"), "النفط")
	all, _ := r.presses(r.reader, m, "كل الموضوعات")
	r.contains(all, "الموضوعات: كلها")
	r.noRefusals()
}

func TestDigestNowDoesNotMoveTheNextOne(t *testing.T) {
	r := openRoom(t)
	r.contains(r.says(r.reader, "/digest"), "محادثات مسقط")
	if _, err := r.store.Subscription(r.ctx, r.reader.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("looking at a digest subscribed: %v", err)
	}
	r.says(r.reader, "/subscribe")
	before := r.subscription(r.reader.ID)
	r.says(r.reader, "/digest")
	if after := r.subscription(r.reader.ID); !after.NextDue.Equal(before.NextDue) || after.LastSeq != before.LastSeq {
		t.Errorf("moved from %+v to %+v", before, after)
	}
	r.noRefusals()
}

func TestAlerts(t *testing.T) {
	r := openRoom(t)
	r.contains(r.says(r.reader, "/alert"), "لا تنبيهات بعد")
	r.contains(r.says(r.reader, "/alert مضيق هرمز"), "«مضيق هرمز»")
	r.contains(r.says(r.reader, "/alert  مضيق   هُرمز"), "من قبل")
	r.contains(r.says(r.reader, "/alert ؟!"), "اكتب كلمات التنبيه")
	list := r.says(r.reader, "/alerts")
	list, _ = r.presses(r.reader, list, "هدوء ليلًا")
	list, _ = r.presses(r.reader, list, "في اليوم")
	saved, err := r.store.Alerts(r.ctx, r.reader.ID)
	r.must(err)
	if len(saved) != 1 || saved[0].QuietFrom != saved[0].QuietTo || saved[0].PerDay != 10 {
		t.Errorf("alerts: %+v", saved)
	}
	other := r.AddUser(sandbox.User{FirstName: "سالم", LanguageCode: "ar"})
	r.says(other, "/start")
	none, _ := r.presses(r.reader, list, "احذف: مضيق هرمز")
	r.contains(none, "لا تنبيهات بعد")
	r.noRefusals()
}

func TestChannelAdminsSubscribeTheirChannel(t *testing.T) {
	r := openRoom(t)
	channel := r.AddChannel("نشرة", "nashra", r.reader.ID)
	r.must(r.Idle(r.ctx))
	r.Post(sandbox.Post{From: r.reader.ID, Chat: channel.ID, Text: "خبر عاجل عن النفط؟"})
	r.must(r.Idle(r.ctx))
	if said := r.Calls("sendMessage"); len(said) != 0 {
		t.Errorf("said to a post: %+v", said)
	}
	post := r.Post(sandbox.Post{From: r.reader.ID, Chat: channel.ID, Text: "/subscribe"})
	r.contains(r.reply(post), "تم الاشتراك")
	if !r.subscription(channel.ID).Active {
		t.Error("the channel is not subscribed")
	}
	r.presses(r.reader, r.lastOf(channel.ID), "المنطقة الزمنية")
	asked := r.lastOf(channel.ID)
	r.contains(asked, "ردًّا على هذه الرسالة")
	for to, want := range []string{"UTC", "Africa/Cairo"} { // a post of its own is no answer
		r.Post(sandbox.Post{From: r.reader.ID, Chat: channel.ID, Text: "القاهرة", ReplyTo: to * asked.ID})
		r.must(r.Idle(r.ctx))
		if got := r.subscription(channel.ID).Zone; got != want {
			t.Errorf("the channel's zone is %s, want %s", got, want)
		}
	}
	r.noRefusals()
}

func TestAGroupSetsItsDigestByReplies(t *testing.T) {
	r := openRoom(t)
	boss := r.AddUser(sandbox.User{FirstName: "سلمى", LanguageCode: "ar"})
	group := r.AddSupergroup("غرفة", false, boss.ID, r.reader.ID)
	r.SetMember(group.ID, r.Bot().ID, "administrator")
	r.must(r.Idle(r.ctx)) // the greeting is no reply
	m := r.reply(r.inGroup(boss, group.ID, 0, "/subscribe"))
	r.presses(boss, m, "المنطقة الزمنية")
	asked := r.lastOf(group.ID)
	r.contains(asked, "ردًّا على هذه الرسالة")
	r.quiet(group.ID, func() { r.inGroup(boss, group.ID, 0, "القاهرة") })
	place := sandbox.Post{From: boss.ID, Chat: group.ID, ReplyTo: asked.ID, Location: &sandbox.Location{Latitude: 23.6, Longitude: 58.4}}
	r.contains(r.reply(r.Post(place)), "Asia/Muscat")
	times, _ := r.presses(boss, m, "الوقت")
	r.presses(boss, times, "وقت آخر")
	r.SetAnonymous(group.ID, boss.ID) // buttons are pressed under one's own name even so
	r.Post(sandbox.Post{From: boss.ID, Chat: group.ID, ReplyTo: r.lastOf(group.ID).ID, Text: "٧ ونصف صباحًا", Anonymous: true})
	r.must(r.Idle(r.ctx))
	if s := r.subscription(group.ID); s.Minutes != 7*60+30 {
		t.Errorf("the time that an anonymous admin gave is %d minutes", s.Minutes)
	}
	m, _ = r.Message(group.ID, m.ID)
	m, _ = r.presses(boss, m, "السابق")
	if _, p := r.presses(r.reader, m, "المنطقة الزمنية"); !strings.Contains(p.Text, "لمشرفي المجموعة") {
		t.Errorf("a member was asked: %q", p.Text)
	}
	r.noRefusals()
}

func TestPauseUntilADateAndResume(t *testing.T) {
	r := openRoom(t) // Tuesday, 10 February 2026
	m := r.says(r.reader, "/subscribe")
	pause, _ := r.presses(r.reader, m, "إيقاف مؤقت")
	r.presses(r.reader, pause, "حتى تاريخ")
	for _, text := range []string{"حتى إشعار آخر", "٥ ديسمبر ٢٠٢٠", "2044-01-01"} {
		r.contains(r.says(r.reader, text), "لم أعرف يومًا قادمًا")
	}
	shown := r.says(r.reader, "حتى ١ رمضان ١٤٤٧")
	r.contains(shown, "متوقف حتى الأربعاء ١٨ فبراير", "الموعد التالي: الأربعاء ١٨ فبراير")
	if s := r.subscription(r.reader.ID); !s.NextDue.Equal(time.Date(2026, 2, 18, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("due %s", s.NextDue)
	}
	now, _ := r.presses(r.reader, shown, "استأنف")
	r.contains(now, "١١ فبراير")
	if strings.Contains(now.Text, "متوقف") {
		t.Errorf("still paused:\n%s", now.Text)
	}
	r.noRefusals()
}

func TestDigestAndAlertsFollowLanguageAndZone(t *testing.T) {
	r := openRoom(t)
	m := r.says(r.reader, "/subscribe")
	r.says(r.reader, "/alert مضيق هرمز")
	alert := func() store.Alert {
		t.Helper()
		list, err := r.store.Alerts(r.ctx, r.reader.ID)
		r.must(err)
		return list[0]
	}
	m, _ = r.presses(r.reader, m, "English")
	r.contains(m, "Daily digest")
	if got := r.subscription(r.reader.ID).Language; got != "en" || alert().Language != "en" {
		t.Errorf("the digest speaks %q, the alert %q", got, alert().Language)
	}
	r.says(r.reader, "/language العربية")
	if got := r.subscription(r.reader.ID).Language; got != "ar" || alert().Language != "ar" {
		t.Errorf("after the command the digest speaks %q, the alert %q", got, alert().Language)
	}
	settings := r.says(r.reader, "/settings")
	r.presses(r.reader, settings, "1.s.language.en")
	if got := r.subscription(r.reader.ID).Language; got != "en" {
		t.Errorf("after the settings the digest speaks %q", got)
	}
	r.reply(r.Post(sandbox.Post{From: r.reader.ID, Location: &sandbox.Location{Latitude: 23.6, Longitude: 58.4}}))
	if got := alert().Zone; got != "Asia/Muscat" {
		t.Errorf("quiet hours are kept in %s", got)
	}
	list := r.says(r.reader, "/alerts")
	r.presses(r.reader, list, "1.a.n")
	r.says(r.reader, "/alert oil")
	for _, a := range func() []store.Alert { l, err := r.store.Alerts(r.ctx, r.reader.ID); r.must(err); return l }() {
		if a.PerDay != 10 || a.Zone != "Asia/Muscat" {
			t.Errorf("a new alert has its own rules: %+v", a)
		}
	}
	r.noRefusals()
}

// TestPagesOfADigestWhoseDocumentsGoAway turns pages after documents were
// edited and removed.
func TestPagesOfADigestWhoseDocumentsGoAway(t *testing.T) {
	r := openRoom(t)
	digest.New(digest.Options{Store: r.store, Now: r.clock.Now}).Register(r.bot)
	for i, text := range []string{
		"افتتحت البلدية الجسر بعد سنوات من العمل.", "بدأ موسم قطاف الزيتون في القرى الجبلية.", "استقبل المطار مليون مسافر هذا العام.",
		"توقفت المصفاة عن الإنتاج إثر عطل كهربائي.", "يعرض المتحف لوحات من القرن الماضي.", "تأجلت مباراة الملعب بسبب الأمطار الغزيرة.", "وصلت السكة الحديد إلى الحدود الشرقية."} {
		r.put(corpus.Document{ID: fmt.Sprint("n", i), Date: fmt.Sprintf("2026-02-0%d", 9-i), Text: text})
	}
	m := r.says(r.reader, "/digest")
	r.contains(m, "صفحة ١ من ٢", "الجسر")
	r.put(corpus.Document{ID: "n5", Title: "الملعب", Date: "2026-02-04", Text: "أجلت اللجنة مباراة الملعب أسبوعًا."})
	second, _ := r.presses(r.reader, m, "التالي")
	r.contains(second, "صفحة ٢ من ٢", "أجلت اللجنة", "(معدّلة)")
	back, _ := r.presses(r.reader, second, "السابق")
	for _, id := range []string{"n5", "n6", "n4", "n0"} {
		_, err := r.store.Remove(r.ctx, id, store.Actor{})
		r.must(err)
	}
	now, _ := r.presses(r.reader, back, "التالي")
	r.contains(now, "الزيتون", "مليون مسافر")
	if strings.Contains(now.Text, "الجسر") || strings.Contains(now.Text, "صفحة") {
		t.Errorf("after the removal:\n%s", now.Text)
	}
	r.noRefusals()
}
