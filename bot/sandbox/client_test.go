package sandbox

import (
	"context"
	"testing"
	"time"

	tele "gopkg.in/telebot.v3"
)

// TestRealClient runs the real Telegram client against the server.
func TestRealClient(t *testing.T) {
	s := Serve(t, Options{})
	u := s.AddUser(User{FirstName: "A"})
	b, err := tele.NewBot(tele.Settings{URL: s.URL(), Token: s.Token(), Poller: &tele.LongPoller{Timeout: 10 * time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	b.Handle(tele.OnText, func(c tele.Context) error {
		return c.Reply("<b>hi</b> "+c.Text(), tele.ModeHTML, &tele.ReplyMarkup{InlineKeyboard: [][]tele.InlineButton{{{Text: "more", Data: "m1"}}}})
	})
	b.Handle(tele.OnCallback, func(c tele.Context) error {
		if err := c.Edit("edited"); err != nil {
			t.Error(err)
		}
		return c.Respond(&tele.CallbackResponse{Text: "ok"})
	})
	b.Handle(tele.OnQuery, func(c tele.Context) error {
		return c.Answer(&tele.QueryResponse{Results: tele.Results{&tele.ArticleResult{ResultBase: tele.ResultBase{ID: "1"}, Title: "t", Text: "x"}}})
	})
	b.Handle(tele.OnDocument, func(c tele.Context) error {
		if err := b.Download(&c.Message().Document.File, t.TempDir()+"/x"); err != nil {
			t.Error(err)
		}
		return c.Send(&tele.Document{File: tele.FromReader(c.Message().Document.FileReader), FileName: "b.txt"})
	})
	go b.Start()
	defer b.Stop()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	m := s.SendText(u.ID, u.ID, "hello")
	r, err := s.Reply(ctx, m)
	if err != nil || r.HTML() != "<b>hi</b> hello" || r.ReplyTo.ID != m.ID {
		t.Fatalf("%+v %v", r, err)
	}
	id := s.Press(u.ID, r, "more")
	a, err := s.PressAnswer(ctx, id)
	if err != nil || a.Text != "ok" {
		t.Fatal(a, err)
	}
	if r, err = s.Edited(ctx, r); err != nil || r.Text != "edited" {
		t.Fatal(r, err)
	}
	q := s.Inline(InlineQuery{From: u, Query: "x"})
	ia, err := s.InlineAnswer(ctx, q)
	if err != nil || len(ia.Results) != 1 {
		t.Fatal(ia, err)
	}
	if err := s.Idle(ctx); err != nil {
		t.Fatal(err)
	}
}
