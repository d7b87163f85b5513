package sandbox

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"slices"
	"testing"
)

// FuzzMethods sends any body to any method: the server must answer with a JSON
// object that says ok or why not, and never panic.
func FuzzMethods(f *testing.F) {
	names := slices.Sorted(maps.Keys(methods))
	for i, body := range []string{
		`{"chat_id":2001,"text":"<b>x</b>","parse_mode":"HTML","reply_markup":"{\"inline_keyboard\":[[{\"text\":\"b\",\"callback_data\":\"d\"}]]}"}`,
		`{"chat_id":"2001","message_id":2,"text":"y","entities":[{"type":"bold","offset":-3,"length":99}]}`,
		`{"commands":[{"command":"a","description":"b"}],"scope":{"type":"chat","chat_id":"2001"}}`,
		`{"inline_query_id":"inline1","results":[{"type":"article","id":1,"title":"t","message_text":"x"}]}`,
		`{"chat_id":2001,"reply_parameters":{"message_id":1},"message_ids":[1,2],"reaction":[{"type":"emoji","emoji":"x"}]}`,
		`null`, `[]`, `{"chat_id":null,"text":"\ud800"}`,
	} {
		f.Add(uint8(i), []byte(body))
	}
	f.Fuzz(func(t *testing.T, n uint8, body []byte) {
		s := New(Options{})
		defer s.Close()
		u := s.AddUser(User{})
		s.SendText(u.ID, u.ID, "/start")
		r := httptest.NewRequest("POST", "http://127.0.0.1/bot"+s.Token()+"/"+names[int(n)%len(names)], bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		var a answer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || a.OK != (w.Code == 200) || a.OK == (a.Description != "") {
			t.Fatalf("%s %q: %d %q", names[int(n)%len(names)], body, w.Code, w.Body)
		}
		for _, m := range s.BotMessages(u.ID) {
			for _, e := range m.Entities {
				if e.Length <= 0 || e.Offset < 0 || e.Offset+e.Length > units(m.Text) {
					t.Fatalf("%+v outside of %q", e, m.Text)
				}
			}
		}
	})
}
