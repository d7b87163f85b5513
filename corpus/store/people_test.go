package store

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestDraftSurvivesAndPublishesOnce(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		d, err := b.PutDraft(ctx, Draft{Chat: 5, User: 7, State: "collecting", Body: []byte(`{"title":"أ"}`)})
		check(t, err)
		for _, p := range []struct {
			message int
			added   bool
		}{{12, true}, {11, true}, {12, false}} {
			added, err := b.AddPiece(ctx, d.ID, Piece{p.message, "قطعة " + itoa(p.message)})
			check(t, err)
			equal(t, "added", added, p.added)
		}
		d.State = "preview"
		_, err = b.PutDraft(ctx, d)
		check(t, err)
		b.again(t)
		ds, err := b.Drafts(ctx, 5, 7)
		check(t, err)
		equal(t, "drafts", len(ds), 1)
		equal(t, "state", ds[0].State+string(ds[0].Body), `preview{"title":"أ"}`)
		ps, err := b.Pieces(ctx, d.ID)
		check(t, err)
		equal(t, "pieces", len(ps), 2)
		equal(t, "order", ps[0].Text, "قطعة 11")
		p, err := b.PublishDraft(ctx, d.ID, doc("a", "نص"), editor)
		check(t, err)
		equal(t, "published", p.Result, Created)
		if _, err := b.PublishDraft(ctx, d.ID, doc("a2", "نص"), editor); !errors.Is(err, ErrNotFound) {
			t.Error("published twice:", err)
		}
		if _, err := b.AddPiece(ctx, d.ID, Piece{1, "x"}); !errors.Is(err, ErrNotFound) {
			t.Error("piece of a published draft:", err)
		}
		n, _, err := b.Count(ctx)
		check(t, err)
		equal(t, "documents", n, 1)
		check(t, b.DeleteDraft(ctx, d.ID))
	})
}

func TestRefusedDocumentKeepsTheDraft(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		d, err := b.PutDraft(t.Context(), Draft{Chat: 5, User: 7})
		check(t, err)
		if _, err := b.PublishDraft(t.Context(), d.ID, doc("a", " "), editor); !errors.Is(err, ErrInvalid) {
			t.Error(err)
		}
		_, err = b.Draft(t.Context(), d.ID)
		check(t, err)
	})
}

func TestUndo(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		created := b.put(t, doc("a", "أول"))
		replaced := b.put(t, doc("a", "ثان"))
		if _, err := b.Undo(ctx, created.Audit, editor); !errors.Is(err, ErrFinal) {
			t.Error("undone under a later change:", err)
		}
		_, err := b.Undo(ctx, replaced.Audit, editor)
		check(t, err)
		a, err := b.Get(ctx, "a")
		check(t, err)
		equal(t, "text", a.Text, "أول")
		if _, err := b.Undo(ctx, replaced.Audit, editor); !errors.Is(err, ErrFinal) {
			t.Error("undone twice:", err)
		}
		removal, err := b.Remove(ctx, "a", editor)
		check(t, err)
		_, err = b.Undo(ctx, removal, editor)
		check(t, err)
		_, err = b.Get(ctx, "a")
		check(t, err)
		other := b.put(t, doc("b", "نص"))
		_, err = b.Undo(ctx, other.Audit, editor)
		check(t, err)
		if _, err := b.Get(ctx, "b"); !errors.Is(err, ErrNotFound) {
			t.Error("undone document is there:", err)
		}
		log, err := b.Log(ctx, 0, 100)
		check(t, err)
		var got []string
		for _, e := range log {
			got = append(got, string(e.Action))
		}
		equal(t, "log", strings.Join(got, " "), "document.removed document.created document.restored document.removed document.replaced document.replaced document.created")
		equal(t, "marked", log[5].Undone.Equal(b.clock.now()), true)
		page, err := b.Log(ctx, log[4].ID, 1)
		check(t, err)
		equal(t, "page", page[0].ID, log[5].ID)
	})
}

func TestAdmins(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		for _, want := range []bool{true, false} {
			added, err := b.AddAdmin(ctx, 42, "سارة <b>", editor)
			check(t, err)
			equal(t, "added", added, want)
		}
		is, err := b.IsAdmin(ctx, 42)
		check(t, err)
		equal(t, "admin", is, true)
		log, err := b.Log(ctx, 0, 1)
		check(t, err)
		_, err = b.Undo(ctx, log[0].ID, editor)
		check(t, err)
		is, err = b.IsAdmin(ctx, 42)
		check(t, err)
		equal(t, "admin after undo", is, false)
		if err := b.RemoveAdmin(ctx, 42, editor); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		log, err = b.Log(ctx, 0, 1)
		check(t, err)
		_, err = b.Undo(ctx, log[0].ID, editor)
		check(t, err)
		as, err := b.Admins(ctx)
		check(t, err)
		equal(t, "restored with the name", as[0].Name, "سارة <b>")
	})
}

func TestChats(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		x, err := b.Chat(ctx, -100)
		check(t, err)
		equal(t, "unknown chat", x.ID == -100 && x.State == ChatActive && x.FirstSeen.IsZero(), true)
		_, err = b.UpdateChat(ctx, -100, func(x *Chat) {
			x.Kind, x.Title, x.Language, x.Digits, x.FreeQuestions = "group", "غرفة", "ar", "arabic", true
			x.LastQuestion, x.LastAsked, x.Extra["view"] = "سؤال", b.clock.now(), "short"
		})
		check(t, err)
		check(t, b.SetChatState(ctx, -100, ChatBlocked))
		b.again(t)
		x, err = b.Chat(ctx, -100)
		check(t, err)
		equal(t, "kept", x.Title+x.Language+x.LastQuestion+x.Extra["view"]+string(x.State), "غرفةarسؤالshortblocked")
		equal(t, "flag", x.FreeQuestions, true)
		equal(t, "time", x.LastAsked.Equal(b.clock.now()), true)
	})
}

func TestMoveChat(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		_, err := b.UpdateChat(ctx, -5, func(x *Chat) { x.Language = "en" })
		check(t, err)
		check(t, b.PutSubscription(ctx, Subscription{Chat: -5, Zone: "Asia/Aden", Active: true, NextDue: b.clock.now()}))
		_, err = b.PutAlert(ctx, Alert{Chat: -5, Words: "هدنة"})
		check(t, err)
		_, err = b.Enqueue(ctx, Delivery{Chat: -5, Kind: DigestDelivery})
		check(t, err)
		for range 2 {
			check(t, b.MoveChat(ctx, -5, -1005))
		}
		x, err := b.Chat(ctx, -1005)
		check(t, err)
		equal(t, "settings", x.Language, "en")
		sub, err := b.Subscription(ctx, -1005)
		check(t, err)
		equal(t, "subscription", sub.Zone, "Asia/Aden")
		as, err := b.Alerts(ctx, -1005)
		check(t, err)
		equal(t, "alerts", len(as), 1)
		ds, err := b.Claim(ctx, "w", 5, time.Minute)
		check(t, err)
		equal(t, "delivery", len(ds) == 1 && ds[0].Chat == -1005, true)
		to, err := b.MovedChat(ctx, -5)
		check(t, err)
		equal(t, "moved", to, -1005)
		to, err = b.MovedChat(ctx, 9)
		check(t, err)
		equal(t, "not moved", to, 9)
	})
}

func TestSynonyms(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		for _, want := range []bool{true, false} {
			added, err := b.AddSynonym(ctx, "هدنة = تهدئة", editor)
			check(t, err)
			equal(t, "added", added, want)
		}
		seq, err := b.SynonymSeq(ctx)
		check(t, err)
		equal(t, "sequence", seq, 1)
		ss, err := b.Synonyms(ctx)
		check(t, err)
		check(t, b.RemoveSynonym(ctx, ss[0].ID, editor))
		if err := b.RemoveSynonym(ctx, ss[0].ID, editor); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		log, err := b.Log(ctx, 0, 1)
		check(t, err)
		_, err = b.Undo(ctx, log[0].ID, editor)
		check(t, err)
		ss, err = b.Synonyms(ctx)
		check(t, err)
		equal(t, "back", ss[0].Line, "هدنة = تهدئة")
		equal(t, "documents untouched", b.lastSeq(t), 0)
	})
}

func TestFeeds(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		f, added, err := b.AddFeed(ctx, Feed{URL: "https://example.org/rss", NextPoll: b.clock.now()}, editor)
		check(t, err)
		equal(t, "added", added, true)
		same, added, err := b.AddFeed(ctx, Feed{URL: f.URL}, editor)
		check(t, err)
		equal(t, "again", added == false && same.ID == f.ID, true)
		claimed, err := b.ClaimFeeds(ctx, 5, time.Minute)
		check(t, err)
		equal(t, "claimed", len(claimed), 1)
		claimed, err = b.ClaimFeeds(ctx, 5, time.Minute)
		check(t, err)
		equal(t, "claimed twice", len(claimed), 0)
		_, err = b.UpdateFeed(ctx, f.ID, func(f *Feed) { f.ETag, f.Failures, f.NextPoll = `"x"`, 2, b.clock.now() })
		check(t, err)
		check(t, b.PauseFeed(ctx, f.ID, true, editor))
		claimed, err = b.ClaimFeeds(ctx, 5, time.Minute)
		check(t, err)
		equal(t, "paused", len(claimed), 0)
		p, err := b.PublishItem(ctx, f.ID, "guid-1", doc("i", "نص"), editor)
		check(t, err)
		equal(t, "item", p.Result, Created)
		_, err = b.Remove(ctx, "i", editor)
		check(t, err)
		p, err = b.PublishItem(ctx, f.ID, "guid-1", doc("i", "نص"), editor)
		check(t, err)
		equal(t, "item after removal", p.Result, Unchanged)
		seen, err := b.ItemSeen(ctx, f.ID, "guid-1")
		check(t, err)
		equal(t, "seen", seen, true)
		undo := func(want Action) {
			t.Helper()
			log, err := b.Log(ctx, 0, 1)
			check(t, err)
			equal(t, "latest change", log[0].Action, want)
			_, err = b.Undo(ctx, log[0].ID, editor)
			check(t, err)
		}
		check(t, b.RemoveFeed(ctx, f.ID, editor))
		undo(FeedRemoved)
		back, err := b.Feeds(ctx)
		check(t, err)
		equal(t, "feeds after undo", len(back) == 1 && back[0].URL == f.URL, true)
		undo(FeedAdded)
		f, _, err = b.AddFeed(ctx, Feed{URL: f.URL}, editor)
		check(t, err)
		check(t, b.RemoveFeed(ctx, f.ID, editor))
		fs, err := b.Feeds(ctx)
		check(t, err)
		equal(t, "feeds", len(fs), 0)
	})
}

func TestQuestionsAndFeedback(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		var last int64
		for _, q := range []Question{
			{Text: "س١", Key: "q1", Kind: "no_answer"}, {Text: "س٢", Key: "q2", Kind: "no_answer", Confidence: .25},
			{Text: "س١؟", Key: "q1", Kind: "no_answer"}, {Text: "س٣", Key: "q3", Kind: "answer"},
		} {
			b.clock.pass(time.Second)
			id, err := b.LogQuestion(ctx, q)
			check(t, err)
			last = id
		}
		us, err := b.Unanswered(ctx, 10, 0)
		check(t, err)
		equal(t, "groups", len(us), 2)
		equal(t, "latest first, as last asked", us[0].Text+itoa(us[0].Count)+us[1].Text+itoa(us[1].Count), "س١؟2س٢1")
		for _, up := range []bool{true, true, false} {
			check(t, b.PutFeedback(ctx, Feedback{Question: last, Voter: 3, Up: up}))
		}
		fs, err := b.Feedbacks(ctx, 10, 0)
		check(t, err)
		equal(t, "one vote a voter", len(fs), 1)
		equal(t, "last vote with question", !fs[0].Up && fs[0].Text == "س٣", true)
		st, err := b.Stats(ctx, b.clock.now().Add(-time.Hour))
		check(t, err)
		equal(t, "stats", st, Stats{QuestionsToday: 4, Questions30: 4, Answered30: 1, NoAnswer30: 3, Down: 1})
		b.clock.pass(KeepQuestions + time.Minute)
		n, err := b.Tidy(ctx)
		check(t, err)
		equal(t, "tidied", n, 5)
		if _, err := b.Question(ctx, last); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestKeptAndMeta(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		key, err := b.Keep(ctx, []byte("{\"page\":2}\x00"), time.Hour)
		check(t, err)
		if len(key) > 13 {
			t.Error("key too long:", key)
		}
		b.again(t)
		v, err := b.Kept(ctx, key)
		check(t, err)
		equal(t, "value", string(v), "{\"page\":2}\x00")
		check(t, b.KeepAs(ctx, key, []byte("b"), time.Hour))
		b.clock.pass(2 * time.Hour)
		if _, err := b.Kept(ctx, key); !errors.Is(err, ErrNotFound) {
			t.Error("too old:", err)
		}
		check(t, b.SetMeta(ctx, "commands", "h1"))
		check(t, b.SetMeta(ctx, "commands", "h2"))
		m, err := b.Meta(ctx, "commands")
		check(t, err)
		equal(t, "meta", m, "h2")
		m, err = b.Meta(ctx, "never")
		check(t, err)
		equal(t, "never", m, "")
	})
}

func TestForget(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		for _, id := range []int64{3, 4} {
			_, err := b.UpdateChat(ctx, id, func(x *Chat) { x.LastQuestion = "سر" })
			check(t, err)
			check(t, b.PutSubscription(ctx, Subscription{Chat: id, Active: true, NextDue: b.clock.now()}))
			_, err = b.PutAlert(ctx, Alert{Chat: id, Words: "هدنة"})
			check(t, err)
			check(t, b.PutFeedback(ctx, Feedback{Question: 1, Voter: id}))
			d, err := b.PutDraft(ctx, Draft{Chat: id, User: id})
			check(t, err)
			_, err = b.AddPiece(ctx, d.ID, Piece{1, "x"})
			check(t, err)
			_, err = b.Enqueue(ctx, Delivery{Chat: id, Kind: DigestDelivery})
			check(t, err)
		}
		f, err := b.Forget(ctx, 3)
		check(t, err)
		equal(t, "forgotten", f, Forgotten{true, true, 1, 1, 1, 1})
		f, err = b.Forget(ctx, 3)
		check(t, err)
		equal(t, "again", f, Forgotten{})
		_, err = b.Subscription(ctx, 4)
		check(t, err)
	})
}
