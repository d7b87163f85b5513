package telegram

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"mujaz/bot"
)

func TestDecode(t *testing.T) {
	me := profile{ID: 7, Username: "mujaz_bot"}
	const from = `"from":{"id":5,"first_name":"علي","last_name":"<x>","username":"ali","language_code":"ar"}`
	const private = `"chat":{"id":5,"type":"private","first_name":"علي"}`
	const group = `"chat":{"id":-9,"type":"supergroup","title":"غرفة"}`
	ali := bot.User{ID: 5, Name: "علي <x>", Username: "ali", Language: "ar"}
	at := time.Unix(1700000000, 0)
	message := func(kind bot.RequestKind, c bot.Chat) bot.Request {
		return bot.Request{UpdateID: 1, Kind: kind, Chat: c, User: ali, MessageID: 3, Date: at}
	}
	privateChat, groupChat := bot.Chat{ID: 5, Kind: bot.Private, Title: "علي"}, bot.Chat{ID: -9, Kind: bot.Supergroup, Title: "غرفة"}
	with := func(r bot.Request, f func(*bot.Request)) bot.Request { f(&r); return r }
	for _, tt := range []struct {
		name, update string
		want         bot.Request
		ours         bool
	}{
		{"text", `"message":{"message_id":3,"date":1700000000,` + from + `,` + private + `,"text":"/add@Mujaz_bot سطر\nآخر"}`,
			with(message(bot.Text, privateChat), func(r *bot.Request) { r.Text, r.Mentioned = "/add@Mujaz_bot سطر\nآخر", true }), true},
		{"caption and document", `"message":{"message_id":3,"date":1700000000,` + from + `,` + private + `,"caption":"/اضافة","media_group_id":"g","document":{"file_id":"f","file_name":"خ.pdf","mime_type":"application/pdf","file_size":9}}`,
			with(message(bot.Text, privateChat), func(r *bot.Request) {
				r.Text, r.MediaGroup, r.Attachment = "/اضافة", "g", &bot.Attachment{FileID: "f", Name: "خ.pdf", MIME: "application/pdf", Size: 9}
			}), true},
		{"edited in a topic", `"edited_message":{"message_id":3,"date":1699999999,"edit_date":1700000000,"message_thread_id":4,"is_topic_message":true,` + from + `,` + group + `,"text":"س @mujaz_bot2"}`,
			with(message(bot.EditedText, bot.Chat{ID: -9, Kind: bot.Supergroup, Title: "غرفة", Thread: 4}), func(r *bot.Request) { r.Text = "س @mujaz_bot2" }), true},
		{"reply to us", `"message":{"message_id":3,"date":1700000000,` + from + `,` + group + `,"text":"س","reply_to_message":{"message_id":2,"date":1,"from":{"id":7,"is_bot":true,"first_name":"م"},` + group + `,"text":"جواب"}}`,
			with(message(bot.Text, groupChat), func(r *bot.Request) {
				r.Text, r.ReplyTo = "س", &bot.Quoted{MessageID: 2, FromBot: true, Text: "جواب"}
			}), true},
		{"reply to a person's forward", `"message":{"message_id":3,"date":1700000000,` + from + `,` + group + `,"text":"س","reply_to_message":{"message_id":2,"date":1,` + from + `,"text":"قول","forward_origin":{"type":"user","date":1600000000,"sender_user":{"id":77,"first_name":"سلمى"}}}}`,
			with(message(bot.Text, groupChat), func(r *bot.Request) {
				r.Text = "س"
				r.ReplyTo = &bot.Quoted{MessageID: 2, Text: "قول", User: ali.ID, Origin: &bot.Origin{Title: "سلمى", User: 77, Date: time.Unix(1600000000, 0).UTC()}}
			}), true},
		{"forward from a channel", `"message":{"message_id":3,"date":1700000000,` + from + `,` + private + `,"text":"خبر","forward_date":1600000000,"forward_origin":{"type":"channel","date":1600000000,"message_id":44,"chat":{"id":-100,"type":"channel","title":"قناة","username":"news"}}}`,
			with(message(bot.Text, privateChat), func(r *bot.Request) {
				r.Text, r.Origin = "خبر", &bot.Origin{Title: "قناة", URL: "https://t.me/news/44", Date: time.Unix(1600000000, 0).UTC(), Channel: true}
			}), true},
		{"forward, older form, hidden user", `"message":{"message_id":3,"date":1700000000,` + from + `,` + private + `,"text":"خبر","forward_date":1600000000,"forward_sender_name":"سر"}`,
			with(message(bot.Text, privateChat), func(r *bot.Request) {
				r.Text, r.Origin = "خبر", &bot.Origin{Title: "سر", Date: time.Unix(1600000000, 0).UTC()}
			}), true},
		{"our own inline result", `"message":{"message_id":3,"date":1700000000,` + from + `,` + group + `,"text":"جواب @mujaz_bot","via_bot":{"id":7,"is_bot":true,"first_name":"م"}}`,
			with(message(bot.Text, groupChat), func(r *bot.Request) { r.Text, r.Mentioned = "جواب @mujaz_bot", true }), false},
		{"location", `"message":{"message_id":3,"date":1700000000,` + from + `,` + private + `,"location":{"latitude":24.5,"longitude":46.5}}`,
			with(message(bot.Text, privateChat), func(r *bot.Request) { r.Location = &bot.Location{Latitude: 24.5, Longitude: 46.5} }), true},
		{"anonymous admin", `"message":{"message_id":3,"date":1700000000,"from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"sender_chat":{"id":-9,"type":"supergroup","title":"غرفة"},` + group + `,"text":"س"}`,
			with(message(bot.Text, groupChat), func(r *bot.Request) { r.Text, r.User = "س", bot.User{Name: "غرفة", Anonymous: true} }), true},
		{"channel post", `"channel_post":{"message_id":3,"date":1700000000,"sender_chat":{"id":-8,"type":"channel","title":"قناة"},"chat":{"id":-8,"type":"channel","title":"قناة"},"text":"خبر"}`,
			bot.Request{UpdateID: 1, Kind: bot.ChannelPost, Chat: bot.Chat{ID: -8, Kind: bot.Channel, Title: "قناة"}, User: bot.User{Name: "قناة"}, MessageID: 3, Date: at, Text: "خبر"}, true},
		{"migration", `"message":{"message_id":3,"date":1700000000,` + from + `,"chat":{"id":-4,"type":"group","title":"ق"},"migrate_to_chat_id":-1004}`,
			with(message(bot.Migrated, bot.Chat{ID: -4, Kind: bot.Group, Title: "ق"}), func(r *bot.Request) { r.NewChatID = -1004 }), true},
		{"press", `"callback_query":{"id":"9",` + from + `,"data":"\f1|\n","message":{"message_id":3,"date":0,` + private + `}}`,
			bot.Request{UpdateID: 1, Kind: bot.Press, Chat: privateChat, User: ali, MessageID: 3, CallbackID: "9", Data: "\f1|\n"}, true},
		{"press under an inline message", `"callback_query":{"id":"9",` + from + `,"data":"x","inline_message_id":"in"}`,
			bot.Request{UpdateID: 1, Kind: bot.Press, User: ali, CallbackID: "9", Data: "x", InlineID: "in"}, true},
		{"inline query", `"inline_query":{"id":"8",` + from + `,"query":"هدنة","offset":"10"}`,
			bot.Request{UpdateID: 1, Kind: bot.InlineAsk, User: ali, InlineID: "8", Text: "هدنة", Offset: "10"}, true},
		{"blocked", `"my_chat_member":{"date":1700000000,` + from + `,` + private + `,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked"}}`,
			bot.Request{UpdateID: 1, Kind: bot.Membership, Chat: privateChat, User: ali, Date: at}, true},
		{"channel admin who may post", `"my_chat_member":{"date":1700000000,` + from + `,"chat":{"id":-8,"type":"channel","title":"قناة"},"new_chat_member":{"status":"administrator","can_post_messages":true}}`,
			bot.Request{UpdateID: 1, Kind: bot.Membership, Chat: bot.Chat{ID: -8, Kind: bot.Channel, Title: "قناة"}, User: ali, Date: at, Member: true}, true},
		{"service message", `"message":{"message_id":3,"date":1700000000,` + from + `,` + group + `,"new_chat_title":"جديد"}`, bot.Request{}, false},
		{"another bot", `"message":{"message_id":3,"date":1700000000,"from":{"id":6,"is_bot":true,"first_name":"b"},` + group + `,"text":"س"}`, bot.Request{}, false},
		{"poll", `"poll":{"id":"1"}`, bot.Request{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := []byte(`{"update_id":1,` + tt.update + `}`)
			if !json.Valid(data) {
				t.Fatal("the test's JSON is wrong")
			}
			got, ours, err := decode(data, me)
			if err != nil || ours != tt.ours {
				t.Fatalf("ours %v, %v", ours, err)
			}
			if ours && !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"update_id":1,"message":{"message_id":3,"date":1,"chat":{"id":1,"type":"private"},"from":{"id":1},"text":"x"}}`))
	f.Add([]byte(`{"update_id":2,"callback_query":{"id":"1","from":{"id":1},"message":{}}}`))
	f.Add([]byte(`{"update_id":3,"my_chat_member":{"chat":{},"new_chat_member":{}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := updateID(data); err == nil {
			if _, _, err := decode(data, profile{Username: "b"}); err != nil && err != errUpdate {
				t.Fatal(err) // a panic was contained, but is a defect
			}
		}
	})
}
