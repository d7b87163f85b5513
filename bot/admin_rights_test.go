package bot

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/store"
)

// adminCommands are all commands of this part, as they would change or show
// something, with the least right that they need.
var adminCommands = []struct {
	text string
	need Rights
}{
	{"/add " + article, Admin},
	{"/add", Admin},
	{"/done", Admin},
	{"/log", Admin},
	{"/stats", Admin},
	{"/unanswered", Admin},
	{"/feedback", Admin},
	{"/synonym add هدنة = تهدئة", Admin},
	{"/synonym remove 1", Admin},
	{"/synonym", Admin},
	{"/feed", Admin},
	{"/feed remove 1", Admin},
	{"/feed pause 1", Admin},
	{"/removed", Admin},
	{"/admin add 77", Owner},
	{"/admin remove 2", Owner},
	{"/admin", Owner},
	{"/أضف " + article, Admin},
	{"/ADD@mujaz_bot " + article, Admin},
}

// adminButtons are the data of all buttons of this part, with the ids that are
// in use on the desk of the test.
func adminButtons(t *testing.T, d *desk) []string {
	t.Helper()
	doc := d.documents()[0]
	drafts, err := d.store.Drafts(t.Context(), editor, editor)
	if err != nil || len(drafts) == 0 {
		t.Fatal(drafts, err)
	}
	log, err := d.store.Log(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	draft, number, entry := draftKey(drafts[0].ID), short(doc.Number), short(log[0].ID)
	return []string{
		Data("ap", draft), Data("ax", draft), Data("ae", draft, "t"), Data("am", draft), Data("au", entry),
		Data("dm", number), Data("de", number, "t"), Data("dt", number), Data("dx", number), Data("dy", number), Data("dv", number), Data("dd", number),
		Data("lp", "0"), Data("lu", entry), Data("uq", "0"), Data("fb", "0"),
	}
}

// TestEveryAdminButtonIsInTheTable fails when a button is added and not tested.
func TestEveryAdminButtonIsInTheTable(t *testing.T) {
	d := furnishedDesk(t)
	listed := map[string]bool{}
	for _, data := range adminButtons(t, d) {
		action, _, _ := readData(data)
		listed[action] = true
	}
	for action, route := range d.b.routes.presses {
		if route.rights >= Admin && !listed[action] {
			t.Errorf("the button %q is not tested", action)
		}
	}
	for name, c := range d.b.routes.commands {
		found := false
		for _, x := range adminCommands {
			found = found || strings.HasPrefix(x.text, "/"+name)
		}
		if c.Rights >= Admin && !found {
			t.Errorf("the command /%s is not tested", name)
		}
	}
}

// furnishedDesk has one document, one synonym, one feed and an open draft.
func furnishedDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	ctx := t.Context()
	if _, err := d.store.Put(ctx, corpus.Document{ID: "x", Title: "وثيقة", Text: "نص الوثيقة الأولى هنا."}, store.Actor{ID: owner}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.store.AddSynonym(ctx, "syn\tسلم|صلح\t\t", store.Actor{ID: owner}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.store.AddFeed(ctx, store.Feed{URL: "https://example.org/feed", Title: "Feed"}, store.Actor{ID: owner}); err != nil {
		t.Fatal(err)
	}
	d.says(editor, "/add "+article)
	return d
}

// state is everything that admins can change.
func (d *desk) state() string {
	d.t.Helper()
	ctx := d.t.Context()
	docs, err1 := d.store.List(ctx, store.ListOptions{Limit: 100})
	removed, err2 := d.store.List(ctx, store.ListOptions{Limit: 100, Removed: true})
	syn, err3 := d.store.Synonyms(ctx)
	feeds, err4 := d.store.Feeds(ctx)
	people, err5 := d.store.Admins(ctx)
	log, err6 := d.store.Log(ctx, 0, 100)
	drafts, err7 := d.store.Drafts(ctx, editor, editor)
	for _, err := range []error{err1, err2, err3, err4, err5, err6, err7} {
		if err != nil {
			d.t.Fatal(err)
		}
	}
	return fmt.Sprintf("%+v|%+v|%+v|%+v|%+v|%+v|%+v", docs, removed, syn, feeds, people, log, drafts)
}

// intruders are those who may not change the corpus, in every kind of chat.
var intruders = []struct {
	name string
	user User
	chat Chat
}{
	{"reader", User{ID: reader}, Chat{ID: reader, Kind: Private}},
	{"reader in a group", User{ID: reader}, Chat{ID: -1, Kind: Supergroup}},
	{"anonymous group admin", User{Anonymous: true}, Chat{ID: -1, Kind: Supergroup}},
	{"anonymous group admin with the group's bot id", User{ID: 1087968824, Anonymous: true}, Chat{ID: -1, Kind: Supergroup}},
	{"reader in the editor's chat", User{ID: reader}, Chat{ID: editor, Kind: Private}},
	{"channel", User{}, Chat{ID: -2, Kind: Channel}},
	{"nobody", User{}, Chat{ID: -1, Kind: Group}},
	{"negative id", User{ID: -1}, Chat{ID: -1, Kind: Group}},
}

func TestIntrudersChangeNothing(t *testing.T) {
	for _, who := range intruders {
		t.Run(who.name, func(t *testing.T) {
			d := furnishedDesk(t)
			before := d.state()
			kind := Text
			if who.chat.Kind == Channel {
				kind = ChannelPost
			}
			for _, c := range adminCommands {
				said := len(d.said)
				d.handle(Request{Kind: kind, User: who.user, Chat: who.chat, Text: c.text})
				if who.chat.Kind != Channel && len(d.said) != said+1 {
					t.Errorf("%.30s: %d replies", c.text, len(d.said)-said)
				}
			}
			for _, data := range adminButtons(t, d) {
				said := len(d.said)
				d.handle(Request{Kind: Press, User: who.user, Chat: who.chat, MessageID: 9, CallbackID: "c", Data: data})
				if len(d.said) != said+1 || !d.said[said].notice {
					t.Errorf("%s: not refused: %v", data, d.said[said:])
				}
			}
			d.handle(Request{User: who.user, Chat: who.chat, Text: "عنوان جديد"})
			if after := d.state(); after != before {
				t.Errorf("changed\n%s\nto\n%s", before, after)
			}
		})
	}
}

func TestAdminsMayAndOwnersMayMore(t *testing.T) {
	for _, c := range adminCommands {
		d := furnishedDesk(t)
		before := d.state()
		d.says(editor, c.text)
		refused := strings.Contains(d.last(), d.b.phrases(store.Chat{}, "en").T("rights.owner"))
		if refused != (c.need == Owner) {
			t.Errorf("%.30s by an admin: %s", c.text, d.last())
		}
		if c.need == Owner && d.state() != before {
			t.Errorf("%.30s by an admin changed something", c.text)
		}
		d.says(owner, c.text)
		if strings.Contains(d.last(), "admins") && strings.Contains(d.last(), "Only") {
			t.Errorf("%.30s by an owner: %s", c.text, d.last())
		}
	}
}

func TestForgedButtons(t *testing.T) {
	d := furnishedDesk(t)
	other := int64(7)
	if _, err := d.store.AddAdmin(t.Context(), other, "Other", store.Actor{ID: owner}); err != nil {
		t.Fatal(err)
	}
	before := d.state()
	drafts, err := d.store.Drafts(t.Context(), editor, editor)
	if err != nil {
		t.Fatal(err)
	}
	forged := []string{
		Data("ap", draftKey(drafts[0].ID)), // a draft of another chat
		Data("ap", "zzzzzzzzzzzzz"), Data("ap"), Data("ap", ""), Data("ap", "-1"), Data("ap", "'; drop table drafts"),
		Data("dy", "999999"), Data("dy"), Data("dv"), Data("de", "1", "x"), Data("lu", "1"), Data("au"), "1.", "1.nonsense", "2.ap.1", "", strings.Repeat("1", 64),
	}
	for _, data := range forged {
		d.handle(Request{Kind: Press, User: User{ID: other}, Chat: Chat{ID: other, Kind: Private}, MessageID: 9, CallbackID: "c", Data: data})
	}
	if after := d.state(); after != before {
		t.Errorf("changed\n%s\nto\n%s", before, after)
	}
}

// A draft's conversation ends for who is no admin any more.
func TestRightsAreCheckedAtEveryStep(t *testing.T) {
	d := furnishedDesk(t)
	d.presses(editor, "Edit title")
	if err := d.store.RemoveAdmin(t.Context(), editor, store.Actor{ID: owner}); err != nil {
		t.Fatal(err)
	}
	before := d.state()
	d.says(editor, "عنوان بعد الإزالة")
	d.presses(editor, "Publish")
	if after := d.state(); !reflect.DeepEqual(after, before) {
		t.Errorf("changed\n%s\nto\n%s", before, after)
	}
}
