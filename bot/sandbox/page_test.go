package sandbox

import (
	"testing"
	"time"

	tele "gopkg.in/telebot.v3"
)

const scripted = `<b>الموقف الإيراني</b> من <i>التخصيب</i>: «لن نتخلى عن حقنا» <a href="https://t.me/mujaz_bot?start=d-1-4">[1]</a>
• البند الأول: نسبة 3.67% حتى 2031
IAEA inspectors left <code>Natanz</code> in June.

<blockquote expandable><b>المقتطف 1</b> · وكالة
قال المتحدث إن بلاده مستعدة للتفاوض على نسب التخصيب ضمن إطار زمني محدد، وإن الحق في التخصيب غير قابل للنقاش.
وأضاف أن الزيارة المقبلة ستحدد المسار، وأن الفريق الفني سيعود إلى فيينا.
ثم ختم بالقول إن النقاش مستمر.
وسطر رابع يظهر عند التوسيع فقط.</blockquote>
<pre>go run . ask</pre>`

// scriptedBot is a bot of a few lines that shows the page everything a bot can
// send; the real bot has tests of its own.
func scriptedBot(t *testing.T, s *Server) {
	b, err := tele.NewBot(tele.Settings{URL: s.URL(), Token: s.Token(), Poller: &tele.LongPoller{Timeout: 10 * time.Second}, OnError: func(err error, _ tele.Context) { t.Error(err) }})
	if err != nil {
		t.Fatal(err)
	}
	keys := &tele.ReplyMarkup{InlineKeyboard: [][]tele.InlineButton{{{Text: "السياق", Data: "context"}, {Text: "المزيد", Data: "more"}}, {{Text: "👍", Data: "up"}, {Text: "👎", Data: "down"}}}}
	b.Handle(tele.OnText, func(c tele.Context) error {
		if c.Text() == "/start" {
			return c.Send("أهلًا بك", keys)
		}
		if err := c.Notify(tele.Typing); err != nil {
			return err
		}
		return c.Reply(scripted, tele.ModeHTML, keys)
	})
	b.Handle(tele.OnCallback, func(c tele.Context) error {
		if c.Callback().Data == "more" {
			if err := c.Edit("صفحة ٢", keys); err != nil {
				return err
			}
		}
		return c.Respond(&tele.CallbackResponse{Text: "تم", ShowAlert: c.Callback().Data == "up"})
	})
	b.Handle(tele.OnQuery, func(c tele.Context) error {
		return c.Answer(&tele.QueryResponse{CacheTime: 1, Results: tele.Results{&tele.ArticleResult{ResultBase: tele.ResultBase{ID: "one"}, Title: "عنوان", Text: "نص مختار", Description: "وصف"}}})
	})
	b.Handle(tele.OnDocument, func(c tele.Context) error { return c.Reply("وصل " + c.Message().Document.FileName) })
	if err := b.SetCommands([]tele.Command{{Text: "ask", Description: "اسأل"}, {Text: "help", Description: "مساعدة"}}); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); b.Start() }()
	t.Cleanup(func() { b.Stop(); <-done })
}

func TestPage(t *testing.T) {
	s := Serve(t, Options{Cast: true})
	scriptedBot(t, s)
	b := openPage(t, s.URL())
	b.until("the greeting", last+`.includes("أهلًا بك")`)
	b.say("سؤال <b>طويل</b>")
	b.until("the reply", last+`.includes("الموقف الإيراني")`)
	b.shot("desktop")
	b.accessible("desktop")
	const height = `document.querySelector(".long .clip").getBoundingClientRect().height`
	b.eval("window.closedHeight = " + height)
	b.click(".expand")
	b.until("an open quotation", height+` > window.closedHeight + 20 && document.querySelector(".expand").getAttribute("aria-expanded") === "true"`)
	b.click(`.message:last-child .key:nth-child(2)`)
	b.click(".message:nth-last-child(1) .keys:nth-child(1) .key:nth-child(2)")
	b.until("the edit", last+`.includes("صفحة ٢") && `+last+`.includes("معدّلة")`)
	b.keys("@mujaz_bot سؤال")
	b.until("inline results", `document.querySelector("#panel [role=option] strong")?.textContent === "عنوان"`)
	b.click("#panel [role=option]")
	b.until("the chosen result", `[...document.querySelectorAll(".message.mine")].pop().innerText.includes("نص مختار")`)
	b.keys("/")
	b.until("the command menu", `document.querySelectorAll("#panel [role=option]").length === 2`)
	b.shot("commands")
	b.accessible("commands")
	b.press("Escape", 27)
	b.until("a closed menu", `document.querySelector("#panel").hidden`)
	b.eval(`document.querySelector("#input").value = ""`)
	b.click(`[data-theme="dark"]`)
	b.shot("dark")
	b.accessible("dark")
	b.eval(`(() => { const d = new DataTransfer(); d.items.add(new File(["x"], "مرفق.txt")); dispatchEvent(new DragEvent("dragenter", { dataTransfer: d })); dispatchEvent(new DragEvent("drop", { dataTransfer: d, cancelable: true })) })()`)
	b.until("the dropped file arrives", last+`.includes("وصل مرفق.txt") && document.querySelector("a.document") && document.querySelector("#drop").hidden`)
	b.say("سؤال آخر")
	b.until("a link", last+`.includes("الموقف")`)
	b.click(`.text a[href*="start=d-1-4"]`)
	b.until("the deep link", `[...document.querySelectorAll(".message.mine")].pop().innerText.includes("/start d-1-4")`)
	b.say("/start")
	b.until("buttons", last+`.includes("أهلًا بك")`)
	b.click(`.message.theirs:last-child .keys:nth-child(2) .key:first-child`)
	b.until("an alert", `document.querySelector("#alert").open && document.querySelector("#alert-text").textContent === "تم"`)
	b.accessible("alert")
	b.eval(`document.querySelector("#alert button").click()`)
	b.press("ArrowUp", 38)
	b.until("editing the last message", `document.querySelector("#input").value === "/start" && !document.querySelector("#quoting").hidden`)
	b.accessible("editing")
	b.press("Escape", 27)
	b.size(360, 720)
	b.until("no sideways scrolling", `document.documentElement.scrollWidth <= 360`)
	b.shot("narrow-dark")
	b.accessible("narrow-dark")
	b.click(`[data-theme="light"]`)
	b.click("#settings-button")
	b.shot("narrow-settings")
	b.accessible("narrow-settings")
	b.click(`[data-language="en"]`)
	b.until("English", `document.documentElement.dir === "ltr" && document.querySelector("#title").textContent === "Mujaz"`)
	b.click("#settings-button")
	b.click(`[data-role="group"]`)
	b.until("the group", `document.querySelectorAll(".message").length === 0`)
	b.say("/ask question")
	b.until("a reply in the group", last+`.includes("الموقف الإيراني")`)
	b.shot("narrow-group")
	b.accessible("narrow-group")
}
