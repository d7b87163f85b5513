package bot_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/sandbox"
	"mujaz/bot/telegram"
	"mujaz/corpus/ingest"
	"mujaz/corpus/lexicon"
	"mujaz/corpus/store"
	"mujaz/index"
	"mujaz/index/answer"
)

// newsroom is the whole bot at work: store, index that follows it, admins'
// chores, and the Telegram client against a local Bot API server.
type newsroom struct {
	*sandbox.Server
	t      *testing.T
	editor sandbox.User
	reader sandbox.User
	store  *store.Store
}

func openNewsroom(t *testing.T) *newsroom {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	n := &newsroom{Server: sandbox.Serve(t, sandbox.Options{}), t: t}
	n.editor = n.AddUser(sandbox.User{FirstName: "سلمى", LanguageCode: "ar"})
	n.reader = n.AddUser(sandbox.User{FirstName: "ريم", LanguageCode: "ar"})
	s, err := store.Open(ctx, store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	n.store = s
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(ctx, index.Options{Lexicon: l})
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(bot.Options{Store: s, Answers: answer.New(ix, answer.Options{}), Corpus: ix, Owners: []int64{n.editor.ID}})
	limits := ingest.Limits{Cache: filepath.Join(os.TempDir(), "mujaz-test-engine")}
	admins := b.ServeAdmins(bot.AdminOptions{Fetcher: &ingest.Fetcher{Limits: limits}, Limits: limits})
	client, err := telegram.New(telegram.Options{Token: n.Token(), APIURL: n.URL(), Handler: b, PollTimeout: 5 * time.Second, Ready: b.SetUsername})
	if err != nil {
		t.Fatal(err)
	}
	var work sync.WaitGroup
	work.Go(func() {
		for changed := s.Watch(ctx); ; {
			if err := ix.CatchUp(ctx, s, func(index.Progress) {}); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	})
	work.Go(func() {
		if err := admins.Run(ctx, client); err != nil {
			t.Error(err)
		}
	})
	work.Go(func() {
		if err := client.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		cancel()
		work.Wait()
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// hears waits for a message or an edit in a chat that contains the text.
func (n *newsroom) hears(chat int64, text string) sandbox.Message {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(n.t.Context(), 20*time.Second)
	defer cancel()
	var found sandbox.Message
	err := n.WaitFor(ctx, func() bool {
		for _, m := range n.BotMessages(chat) {
			if strings.Contains(m.Text+m.Caption, text) {
				found = m
			}
		}
		return found.ID != 0
	})
	if err != nil {
		for _, m := range n.BotMessages(chat) {
			n.t.Logf("said: %s", m.Text)
		}
		n.t.Fatalf("nobody said %q: %v", text, err)
	}
	return found
}

// TestEditorOnAPhone adds a file by the real client, publishes it, asks about
// it as soon as the bot says "published", and takes it out again.
func TestEditorOnAPhone(t *testing.T) {
	n := openNewsroom(t)
	data, err := os.ReadFile(filepath.Join("..", "corpus", "ingest", "testdata", "samples", "libreoffice.docx"))
	if err != nil {
		t.Fatal(err)
	}
	chat := n.editor.ID
	n.SendFile(chat, chat, sandbox.File{Name: "harbour.docx", Data: data}, "/add")
	preview := n.hears(chat, "معاينة قبل النشر")
	if !strings.Contains(preview.Text, "ميناء الصيد في صور") {
		t.Errorf("preview:\n%s", preview.Text)
	}
	n.Press(n.reader.ID, preview, "انشر") // a reader who forges the press
	n.Press(chat, preview, "انشر")
	published := n.hears(chat, "نُشرت")
	at := time.Now()
	n.SendText(n.reader.ID, n.reader.ID, "كم بلغت كلفة ترميم ميناء الصيد في صور؟")
	n.hears(n.reader.ID, "4.2 مليون")
	t.Logf("answered %s after publishing", time.Since(at).Round(time.Millisecond))
	n.Press(chat, published, "تراجع")
	n.hears(chat, "أُلغي التغيير")
	list, err := n.store.List(t.Context(), store.ListOptions{})
	if err != nil || len(list) != 0 {
		t.Errorf("%d documents, %v", len(list), err)
	}
}

// TestTelegramSplitsALongText pastes a text that the client sends in parts.
func TestTelegramSplitsALongText(t *testing.T) {
	n := openNewsroom(t)
	chat := n.editor.ID
	part := strings.Repeat("وقال المتحدث إن المفاوضات ستستأنف قريبا. ", 95)
	n.SendText(chat, chat, "/add عنوان الخبر الطويل\n"+strings.TrimSpace(part))
	n.SendText(chat, chat, strings.TrimSpace(part))
	n.SendText(chat, chat, "وهذه نهاية الخبر.")
	preview := n.hears(chat, "معاينة قبل النشر")
	n.Press(chat, preview, "انشر")
	n.hears(chat, "نُشرت")
	list, err := n.store.List(t.Context(), store.ListOptions{})
	if err != nil || len(list) != 1 || !strings.HasSuffix(list[0].Text, "وهذه نهاية الخبر.") || strings.Count(list[0].Text, "المتحدث") != 190 {
		t.Errorf("%v, %v", list, err)
	}
}

// TestForwardedPost takes source, date and link from the post's origin.
func TestForwardedPost(t *testing.T) {
	n := openNewsroom(t)
	chat := n.editor.ID
	channel := n.AddChannel("قناة الأخبار", "news", n.editor.ID)
	text := "أعلنت الوزارة استئناف المفاوضات الأسبوع المقبل في العاصمة.\nوقال المتحدث إن الوفدين اتفقا على جدول الأعمال."
	n.Post(sandbox.Post{From: chat, Text: text, Forward: &sandbox.Origin{Type: "channel", Date: 1748600000, Chat: &channel, MessageID: 7}})
	preview := n.hears(chat, "معاينة قبل النشر")
	if !strings.Contains(preview.Text, "قناة الأخبار") {
		t.Errorf("preview:\n%s", preview.Text)
	}
	n.Press(chat, preview, "انشر")
	n.hears(chat, "نُشرت")
	list, err := n.store.List(t.Context(), store.ListOptions{})
	if err != nil || len(list) != 1 || list[0].URL != "https://t.me/news/7" || !strings.HasPrefix(list[0].Date, "2025-05-30") {
		t.Errorf("%+v, %v", list, err)
	}
}
