package sandbox

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// program runs the real program without a token and returns the address of its
// page. It is stopped by a signal at the end of the test and must then leave in
// peace.
func program(t *testing.T) string {
	t.Helper()
	if os.Getenv("MUJAZ_TEST_CHROMIUM") == "" {
		t.Skip("MUJAZ_TEST_CHROMIUM names no Chromium")
	}
	binary, err := build()
	if err != nil {
		t.Fatalf("the program does not build: %v", err)
	}
	folder := t.TempDir()
	c := exec.Command(binary, "serve", "-data", filepath.Join(folder, "data"), "-addr", "127.0.0.1:0")
	c.Dir = folder
	c.Env = append(slices.DeleteFunc(os.Environ(), isSetting), "TZ=UTC", "TIMEZONE=UTC")
	out, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stdout = c.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	address := make(chan string, 1)
	log := &lines{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		found := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
		for in := bufio.NewScanner(out); in.Scan(); {
			log.add(in.Text())
			if url := found.FindString(in.Text()); url != "" {
				select {
				case address <- url:
				default:
				}
			}
		}
	}()
	t.Cleanup(func() {
		c.Process.Signal(syscall.SIGTERM)
		<-done
		if err := c.Wait(); err != nil {
			t.Errorf("the program did not leave in peace: %v", err)
		}
		if text := log.text(); t.Failed() || strings.Contains(text, "panic") || strings.Contains(text, DefaultToken) {
			t.Logf("the program said:\n%s", text)
			if strings.Contains(text, DefaultToken) {
				t.Error("the token is in the log")
			}
		}
	})
	select {
	case url := <-address:
		return url
	case <-done:
		t.Fatalf("the program ended at once:\n%s", log.text())
	case <-time.After(time.Minute):
		t.Fatalf("no address was printed:\n%s", log.text())
	}
	return ""
}

// build makes the program once for all tests.
var build = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "mujaz-test-")
	if err != nil {
		return "", err
	}
	built = folder
	out, err := exec.Command("go", "build", "-o", filepath.Join(folder, "mujaz"), "mujaz").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return filepath.Join(folder, "mujaz"), nil
})

var built string // folder of the program, removed at the end

// isSetting tells whether a variable of the environment would change the program.
func isSetting(v string) bool {
	for _, prefix := range []string{"TELEGRAM_", "ADMIN_IDS=", "DATA_DIR=", "DATABASE_URL=", "DIGEST_TIME=", "TIMEZONE=", "TZ=", "DEFAULT_LANGUAGE=", "LISTEN_ADDR=", "WEBHOOK_", "BACKUP_DIR="} {
		if strings.HasPrefix(v, prefix) {
			return true
		}
	}
	return false
}

type lines struct {
	mu  sync.Mutex
	all []string
}

func (l *lines) add(s string) { l.mu.Lock(); defer l.mu.Unlock(); l.all = append(l.all, s) }

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.all, "\n")
}

const question = "ما موقف إيران من تخصيب اليورانيوم؟"

// has is an expression: the last message of the bot shows a text.
func has(text string) string { return last + ".includes(" + quote(text) + ")" }

// tap presses the button of the last message that has one whose label contains
// a text.
func (b *browser) tap(label string) {
	b.t.Helper()
	find := `[...document.querySelectorAll(".key")].filter((k) => k.textContent.includes(` + quote(label) + `)).pop()`
	b.until("a button "+label, find)
	b.eval(find + ".click()")
}

func (b *browser) play(role string) {
	b.t.Helper()
	b.click(`[data-role="` + role + `"]`)
	b.until(role, `document.querySelector('[data-role="`+role+`"][aria-current]') && document.querySelectorAll(".message").length`)
}

// TestConversation drives the real bot from the page, as a first visitor would.
func TestConversation(t *testing.T) {
	b := openPage(t, program(t))

	b.until("the greeting with questions to tap", `[...document.querySelectorAll(".message.theirs .key")].length >= 3`)
	b.shot("bot-greeting")
	b.eval(`document.querySelector(".message.theirs .key").click()`)
	b.until("one tap yields an answer", `document.querySelectorAll(".message.theirs").length >= 2 && `+has("المقتطفات"))

	b.say(question)
	b.until("a cited reply", has("تصفير التخصيب")+` && [...document.querySelectorAll(".message.theirs")].pop().querySelector(".text a[href*='start=']")`)
	b.shot("bot-answer")
	b.accessible("answer")
	saveConversation(t, b)

	before := b.text(last)
	b.tap("مقتطفات أخرى")
	b.until("more excerpts in the same message", last+" !== "+quote(before)+` && `+has("معدّلة"))
	b.shot("bot-more")

	b.say(question)
	b.until("the answer again", has("الخلاصة")+" && !"+has("معدّلة"))
	before = b.text(last)
	b.tap("السياق")
	b.until("the paragraphs around", last+" !== "+quote(before))
	b.shot("bot-context")

	count := b.text(`String(document.querySelectorAll(".message.theirs").length)`)
	b.say(question)
	b.until("one more answer", `document.querySelectorAll(".message.theirs").length > `+count+` && [...document.querySelectorAll(".message.theirs")].pop().querySelector(".text a")`)
	count = b.text(`String(document.querySelectorAll(".message.theirs").length)`)
	b.click(`.message.theirs:last-child .text a[href*='start=']`)
	b.until("the citation opens its paragraph", `document.querySelectorAll(".message.theirs").length > `+count)
	b.shot("bot-citation")
}

// TestAdminAddsAndReaderIsRefused adds documents by text and by file and asks
// about them; a reader who tries the same is refused.
func TestAdminAddsAndReaderIsRefused(t *testing.T) {
	b := openPage(t, program(t))
	b.until("the greeting", `document.querySelectorAll(".message.theirs").length`)
	b.say("/add")
	b.until("a refusal", `document.querySelectorAll(".message.theirs").length >= 2`)
	b.shot("bot-refused")
	if text := b.text(last); strings.Contains(text, "أرسل نص الوثيقة") {
		t.Errorf("a reader may add: %s", text)
	}

	b.play("admin")
	b.until("the editor's greeting", `document.querySelectorAll(".message.theirs").length`)
	b.say("/add")
	b.until("being asked for a text", has("أرسل نص الوثيقة"))
	b.eval(`(() => { const i = document.querySelector("#input"); i.value = ` + quote("افتتاح جسر الوادي\nافتتحت البلدية جسر الوادي الجديد يوم الأحد بطول 840 مترًا.\nوقال المهندس سامر الخالدي إن كلفة الجسر بلغت 12 مليون دينار.") + `; i.dispatchEvent(new Event("input")) })()`)
	b.press("Enter", 13)
	b.say("/done")
	b.until("a preview", has("معاينة قبل النشر"))
	b.shot("bot-preview")
	b.tap("انشر")
	b.until("published", `[...document.querySelectorAll(".message.theirs")].some((m) => m.innerText.includes("نُشرت"))`)
	b.say("كم بلغت كلفة جسر الوادي؟")
	b.until("an answer from the new document", has("12 مليون دينار"))

	file := filepath.Join(t.TempDir(), "مهرجان الزيتون.txt")
	if err := os.WriteFile(file, []byte("مهرجان الزيتون\nانطلق مهرجان الزيتون السنوي في عجلون بمشاركة 75 مزارعًا.\nوأكدت المنظمة ليلى حداد أن المهرجان يستمر أربعة أيام."), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	b.until("a preview of the file", has("مهرجان الزيتون")+" && "+has("معاينة قبل النشر"))
	b.tap("انشر")
	b.until("published", `[...document.querySelectorAll(".message.theirs")].filter((m) => m.innerText.includes("نُشرت")).length >= 2`)
	b.say("كم مزارعًا شارك في مهرجان الزيتون؟")
	b.until("an answer from the file", has("75 مزارعًا"))
	b.shot("bot-added")
}

// TestDigestAfterMovingTheClock subscribes and lets the real scheduler deliver.
func TestDigestAfterMovingTheClock(t *testing.T) {
	b := openPage(t, program(t))
	b.until("the greeting", `document.querySelectorAll(".message.theirs").length`)
	b.say("/subscribe")
	b.until("subscribed", has("تم الاشتراك في الموجز اليومي"))
	b.shot("bot-subscribed")
	count := b.text(`String(document.querySelectorAll(".message.theirs").length)`)
	b.click("#tomorrow")
	b.until("the digest", `document.querySelectorAll(".message.theirs").length > `+count+" && "+has("محادثات مسقط"))
	b.until("the moved clock", `document.querySelector("#now").textContent.includes("08:0")`)
	b.shot("bot-digest")
	b.accessible("digest")
}

// TestEnglishGroupAndNarrow covers the other language, the group and a small screen.
func TestEnglishGroupAndNarrow(t *testing.T) {
	b := openPage(t, program(t))
	b.size(360, 740)
	b.until("the greeting", `document.querySelectorAll(".message.theirs").length`)
	b.shot("bot-narrow")
	b.accessible("narrow")
	b.click("#settings-button")
	b.click(`[data-language="en"]`)
	b.until("an English page", `document.documentElement.lang === "en"`)
	b.click("#settings-button")
	b.click(`[data-role="admin"]`)
	b.until("an English greeting", `/[a-z]{4}/i.test(`+last+`)`)
	b.say("What is Iran's position on uranium enrichment?")
	b.until("an answer to an English question", has("Sources:")+" && "+has("التخصيب"))
	b.shot("bot-narrow-english")
	b.until("no sideways scrolling", `document.documentElement.scrollWidth <= 360`)
	b.click(`[data-theme="dark"]`)
	b.accessible("narrow, dark, English")
	b.click(`[data-role="group"]`)
	b.say("nobody asked the bot")
	b.say("/ask " + question)
	b.until("an answer in the group", has("التخصيب"))
	if n := b.text(`String(document.querySelectorAll(".message.theirs").length)`); n != "1" {
		t.Errorf("%s messages of the bot in the group, want the one answer", n)
	}
	b.keys("@mujaz_bot تخصيب اليورانيوم")
	b.until("offers of inline mode", `document.querySelectorAll("#panel [role=option]").length > 1`)
	b.until("nothing on top of the offers", `getComputedStyle(document.querySelector("#down")).display === "none"`)
	b.shot("bot-inline")
	b.accessible("inline mode")
	b.press("ArrowDown", 40)
	b.press("Enter", 13)
	b.until("the chosen offer", `[...document.querySelectorAll(".message.mine")].pop().innerText.includes("@mujaz_bot")`)
	b.say("/help")
	b.until("help", `document.querySelectorAll(".message.theirs").length >= 2`)
	if text := b.text(last); !strings.Contains(text, "/latest") {
		t.Errorf("the bot answered its own offer: %s", text)
	}
	b.shot("bot-narrow-group")
}

// saveConversation renews the picture of the README when MUJAZ_TEST_README names its path.
func saveConversation(t *testing.T, b *browser) {
	path := os.Getenv("MUJAZ_TEST_README")
	if path == "" {
		return
	}
	b.size(900, 840)
	b.eval(`[...document.querySelectorAll(".message.mine")].pop().scrollIntoView({ block: "start" })`)
	b.until("no notice on top", `getComputedStyle(document.querySelector("#toast")).visibility === "hidden"`)
	if err := os.WriteFile(path, smaller(t, b.shot("conversation")), 0o644); err != nil {
		t.Fatal(err)
	}
	b.size(1280, 860)
}
