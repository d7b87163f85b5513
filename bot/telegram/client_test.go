package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/sandbox"
)

func TestReplyIsAReplyInItsTopic(t *testing.T) {
	r := start(t, echo, nil)
	group := r.AddSupergroup("غرفة الأخبار", true, r.reader.ID)
	topic := r.AddTopic(group.ID, r.reader.ID, "الشرق الأوسط")
	asked := r.Post(sandbox.Post{From: r.reader.ID, Chat: group.ID, Thread: topic, Text: "/ask@" + r.Bot().Username + " ما <b> & \"الهدنة\""})
	got := r.answer(asked, 5*time.Second)
	if got.ReplyTo == nil || got.ReplyTo.ID != asked.ID || got.ThreadID != topic {
		t.Errorf("reply to %v in topic %d, want %d in %d", got.ReplyTo, got.ThreadID, asked.ID, topic)
	}
	if !strings.HasSuffix(got.Text, "ما <b> & \"الهدنة\"") || !got.NoPreview {
		t.Errorf("got %q, preview off: %v", got.Text, got.NoPreview)
	}
}

func TestLongMessageComesInPartsWithTheKeyboardLast(t *testing.T) {
	long := strings.Repeat("كلمة طويلة جدا. ", 600)
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		m := reply(long)
		m.Keyboard = message.Keyboard{{{Text: "المزيد", Data: "1.more"}}, {}, {{Text: "انسخ", Copy: "نص"}, {Text: ""}}}
		p, err := tr.Send(ctx, bot.Target{Chat: r.Chat.ID}, m)
		if p.MessageID == 0 {
			t.Error("no number of the message sent")
		}
		return err
	}, func(o *Options) { o.Unpaced = true })
	asked := r.ask("س")
	last, err := r.NextMessage(within(t, 5*time.Second), r.reader.ID, asked.ID, func(m sandbox.Message) bool { return m.ReplyMarkup != nil })
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, m := range r.BotMessages(r.reader.ID) {
		words = append(words, strings.Fields(m.Text)...)
		if m.ReplyMarkup != nil && m.ID != last.ID {
			t.Error("a keyboard under a part that is not the last")
		}
	}
	if len(words) != 1800 || len(last.Buttons()) != 2 {
		t.Errorf("%d words, buttons %v", len(words), last.Buttons())
	}
}

func TestPressEditAndInline(t *testing.T) {
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		switch r.Kind {
		case bot.Press:
			if err := tr.AnswerPress(ctx, r.CallbackID, strings.Repeat("ط", 300), false); err != nil {
				return err
			}
			m := reply("صفحة " + r.Data)
			if err := tr.Edit(ctx, bot.Posted{Chat: r.Chat.ID, MessageID: r.MessageID}, m); err != nil {
				return err
			}
			return tr.Edit(ctx, bot.Posted{Chat: r.Chat.ID, MessageID: r.MessageID}, m) // not modified: no error
		case bot.InlineAsk:
			var rs bot.InlineResults
			for i := range 60 {
				rs.Results = append(rs.Results, bot.InlineResult{ID: fmt.Sprint(i), Title: "عنوان", Message: reply("نص " + r.Text)})
			}
			return tr.AnswerInline(ctx, r.InlineID, rs)
		}
		m := reply("السؤال")
		m.Keyboard = message.Keyboard{{{Text: "التالي", Data: "1.page\t2\nx"}}}
		_, err := tr.Send(ctx, bot.Target{Chat: r.Chat.ID}, m)
		return err
	}, func(o *Options) { o.Unpaced = true })
	first := r.answer(r.ask("س"), 5*time.Second)
	id := r.Press(r.reader.ID, first, "التالي")
	answer, err := r.PressAnswer(within(t, 5*time.Second), id)
	if err != nil || len([]rune(answer.Text)) != 200 {
		t.Errorf("press answered %q, %v", answer.Text, err)
	}
	edited, err := r.Edited(within(t, 5*time.Second), first)
	if err != nil || edited.Text != "صفحة 1.page\t2\nx" && !strings.HasPrefix(edited.Text, "صفحة 1.page") {
		t.Errorf("edited to %q, %v", edited.Text, err)
	}
	q := r.Inline(sandbox.InlineQuery{From: r.reader, Query: "هدنة"})
	offered, err := r.InlineAnswer(within(t, 5*time.Second), q)
	if err != nil || len(offered.Results) != 50 || offered.CacheTime != 0 || offered.Results[0].Text != "نص هدنة" {
		t.Errorf("inline: %d results, cache %d, %v", len(offered.Results), offered.CacheTime, err)
	}
	if err := r.Idle(within(t, 5*time.Second)); err != nil {
		t.Fatal(err)
	}
	if logs := r.logs.String(); strings.Contains(logs, "put back") {
		t.Errorf("an update was put back:\n%s", logs)
	}
}

func TestFilesBothWays(t *testing.T) {
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		data, err := tr.Download(ctx, *r.Attachment, 100)
		if errors.Is(err, bot.ErrTooLarge) {
			_, err = tr.Send(ctx, bot.Target{Chat: r.Chat.ID, ReplyTo: r.MessageID}, reply("كبير"))
			return err
		}
		if err != nil {
			return err
		}
		m := reply("ملفك: " + r.Text)
		m.File = &message.File{Name: "نسخة.txt", Data: data}
		m.Keyboard = message.Keyboard{{{Text: "حذف", Data: "1.del"}}}
		_, err = tr.Send(ctx, bot.Target{Chat: r.Chat.ID, ReplyTo: r.MessageID}, m)
		return err
	}, func(o *Options) { o.Unpaced = true })
	got := r.answer(r.SendFile(r.reader.ID, r.reader.ID, sandbox.File{Name: "خبر.txt", Data: []byte("النص")}, "شرح"), 5*time.Second)
	if got.Document == nil || got.Document.FileName != "نسخة.txt" || got.Document.FileSize != int64(len("النص")) || got.Caption != "ملفك: شرح" || len(got.Buttons()) != 1 {
		t.Errorf("got %+v", got)
	}
	got = r.answer(r.SendFile(r.reader.ID, r.reader.ID, sandbox.File{Name: "خبر.txt", Data: make([]byte, 101)}, ""), 5*time.Second)
	if got.Text != "كبير" {
		t.Errorf("a large file: %q", got.Text)
	}
}

func TestErrorsThatACallerActsOn(t *testing.T) {
	r := start(t, echo, func(o *Options) { o.Unpaced = true })
	blocked, gone := r.AddUser(sandbox.User{FirstName: "سعاد"}), int64(987654)
	r.SendText(blocked.ID, blocked.ID, "س")
	r.ask("س")
	if err := r.Idle(within(t, 5*time.Second)); err != nil {
		t.Fatal(err)
	}
	r.Block(blocked.ID)
	group := r.AddGroup("قديمة", r.reader.ID)
	moved := r.Migrate(group.ID)
	ctx := within(t, 10*time.Second)
	for _, tt := range []struct {
		name string
		do   func() error
		want error
	}{
		{"blocked", func() error { _, err := r.client.Send(ctx, bot.Target{Chat: blocked.ID}, reply("س")); return err }, bot.ErrBlocked},
		{"no such chat", func() error { _, err := r.client.Send(ctx, bot.Target{Chat: gone}, reply("س")); return err }, bot.ErrGone},
		{"no such message", func() error {
			return r.client.Edit(ctx, bot.Posted{Chat: r.reader.ID, MessageID: 99999}, reply("س"))
		}, bot.ErrGone},
		{"late press", func() error { return r.client.AnswerPress(ctx, "12345", "س", false) }, bot.ErrTooOld},
		{"late inline query", func() error { return r.client.AnswerInline(ctx, "12345", bot.InlineResults{}) }, bot.ErrTooOld},
		{"nothing to see", func() error {
			_, err := r.client.Send(ctx, bot.Target{Chat: r.reader.ID}, reply(" \u200f"))
			return err
		}, ErrNothing},
	} {
		if err := tt.do(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	var migrated *bot.MigratedError
	if _, err := r.client.Send(ctx, bot.Target{Chat: group.ID}, reply("س")); !errors.As(err, &migrated) || migrated.To != moved.ID {
		t.Errorf("migration: %v, want to %d", err, moved.ID)
	}
	if _, err := r.client.Send(ctx, bot.Target{Chat: r.reader.ID, ReplyTo: 99999}, reply("س")); err != nil {
		t.Errorf("a reply to a deleted message: %v", err)
	}
	r.SetMember(moved.ID, r.reader.ID, "member")
	if admin, err := r.client.IsChatAdmin(ctx, moved.ID, r.reader.ID); err != nil || admin {
		t.Errorf("member: admin %v, %v", admin, err)
	}
	r.SetMember(moved.ID, r.reader.ID, "administrator")
	if admin, err := r.client.IsChatAdmin(ctx, moved.ID, r.reader.ID); err != nil || !admin {
		t.Errorf("administrator: admin %v, %v", admin, err)
	}
}

func TestOrderWithinAChatAndFairnessBetweenPeople(t *testing.T) {
	var mu sync.Mutex
	got := map[int64][]string{}
	gate := make(chan struct{})
	var flooder atomic.Int64
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		if r.User.ID == flooder.Load() {
			select {
			case <-gate:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		mu.Lock()
		got[r.User.ID] = append(got[r.User.ID], r.Text)
		mu.Unlock()
		_, err := tr.Send(ctx, bot.Target{Chat: r.Chat.ID}, reply(r.Text))
		return err
	}, func(o *Options) { o.Unpaced, o.Workers, o.PerChat = true, 3, 40 })
	flooder.Store(r.reader.ID)
	for i := range 40 {
		r.ask(fmt.Sprint(i))
	}
	calm := r.AddUser(sandbox.User{FirstName: "هند"})
	r.answer(r.SendText(calm.ID, calm.ID, "سؤال"), 5*time.Second) // though the flooder's first is not done
	close(gate)
	if err := r.WaitFor(within(t, 10*time.Second), func() bool { return len(r.BotMessages(r.reader.ID)) == 40 }); err != nil {
		t.Fatal(err)
	}
	for i, text := range got[r.reader.ID] {
		if text != fmt.Sprint(i) {
			t.Fatalf("message %d is %q", i, text)
		}
	}
}

func TestOverloadIsSaidOnce(t *testing.T) {
	gate := make(chan struct{})
	var busy atomic.Int32
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		if r.Busy {
			busy.Add(1)
			return nil
		}
		<-gate
		return echo(ctx, r, tr)
	}, func(o *Options) { o.Unpaced, o.PerChat = true, 5 })
	for i := range 20 {
		r.ask(fmt.Sprint(i))
	}
	r.until(5*time.Second, func() bool { return busy.Load() == 1 && r.client.work.pending() == 5 && r.Pending() == 0 })
	close(gate)
	r.settle(5 * time.Second)
	if n := len(r.BotMessages(r.reader.ID)); n != 5 || busy.Load() != 1 {
		t.Errorf("%d answers, %d notices", n, busy.Load())
	}
}

func TestPanicsAndErrorsStayWithTheirUpdate(t *testing.T) {
	t.Parallel()
	var tries atomic.Int32
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		switch r.Text {
		case "panic":
			panic("boom")
		case "error":
			if tries.Add(1) < 3 {
				return errors.New("not yet")
			}
		}
		return echo(ctx, r, tr)
	}, func(o *Options) { o.Unpaced = true })
	r.ask("panic")
	r.answer(r.ask("error"), 15*time.Second)
	if got := r.answer(r.ask("بعد"), 5*time.Second); got.Text != "صدى: بعد" || tries.Load() != 3 {
		t.Errorf("got %q after %d tries", got.Text, tries.Load())
	}
	if !strings.Contains(r.logs.String(), "boom") {
		t.Error("the panic was not logged")
	}
}

func TestOldMessagesAreSummedUp(t *testing.T) {
	t.Parallel()
	var absences, texts atomic.Int32
	s := sandbox.Serve(t, sandbox.Options{})
	reader := s.AddUser(sandbox.User{FirstName: "ريم"})
	now := time.Now()
	for i := range 7 {
		s.Post(sandbox.Post{From: reader.ID, Text: fmt.Sprint("قديم ", i), Date: now.Add(-2 * time.Hour).Unix()})
	}
	s.Post(sandbox.Post{From: reader.ID, Text: "حديث", Date: now.Add(-30 * time.Minute).Unix()})
	startOn(t, s, func(_ context.Context, r bot.Request, _ bot.Transport) error {
		switch {
		case r.Kind == bot.Absence && r.Missed == 7 && r.Text == "قديم 6":
			absences.Add(1)
		case r.Kind == bot.Text && r.Text == "حديث":
			texts.Add(1)
		default:
			t.Errorf("unexpected %+v", r)
		}
		return nil
	}, nil)
	deadline := within(t, 10*time.Second)
	for absences.Load() != 1 || texts.Load() != 1 {
		if !sleep(deadline, 20*time.Millisecond) {
			t.Fatalf("%d absences, %d texts", absences.Load(), texts.Load())
		}
	}
}

func TestStopLetsRepliesFinish(t *testing.T) {
	began := make(chan struct{})
	r := start(t, func(ctx context.Context, r bot.Request, tr bot.Transport) error {
		close(began)
		if !sleep(ctx, 300*time.Millisecond) {
			return ctx.Err()
		}
		return echo(ctx, r, tr)
	}, nil)
	r.ask("قبل التوقف")
	<-began
	start := time.Now()
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	if n := len(r.BotMessages(r.reader.ID)); n != 1 || time.Since(start) > 5*time.Second {
		t.Errorf("%d replies, stopped after %v", n, time.Since(start))
	}
}

func TestMenuIsSetOnlyWhenItDiffers(t *testing.T) {
	menu := Menu{Button: true, Descriptions: map[string]string{"": "موجز الأخبار", "en": "News briefings"}, Briefs: map[string]string{"": "موجز"},
		Commands: []CommandSet{
			{Scope: "default", Commands: []Command{{"ask", "سؤال"}, {"latest", "الجديد"}}},
			{Scope: "all_private_chats", Language: "en", Commands: []Command{{"ask", "ask"}}},
		}}
	r := start(t, echo, func(o *Options) { o.Menu = menu })
	sets := func() (n int) {
		for _, m := range []string{"setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton"} {
			n += len(r.Calls(m))
		}
		return n
	}
	r.answer(r.ask("س"), 5*time.Second)
	r.until(5*time.Second, r.client.menuSet.Load)
	if n := sets(); n != 5 { // the button is as wanted from the start
		t.Errorf("%d calls, want 5", n)
	}
	if err := r.client.SetMenu(within(t, 5*time.Second), menu); err != nil || sets() != 5 {
		t.Errorf("set again: %v, %d calls", err, sets())
	}
}

func fileOf(text string) *message.File { return &message.File{Name: "f.txt", Data: []byte(text)} }
