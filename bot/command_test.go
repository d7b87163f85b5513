package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"mujaz/corpus"
	"mujaz/index/answer"
)

func TestParseCommand(t *testing.T) {
	for _, c := range []struct {
		text string
		want call
		ok   bool
	}{
		{"/ask", call{name: "ask"}, true},
		{"/ASK what  now", call{name: "ask", args: "what  now"}, true},
		{"/ask@Mujaz_Bot x", call{name: "ask", args: "x", named: true}, true},
		{"/ask@other x", call{name: "ask", args: "x", other: true}, true},
		{"/ask\nfirst\nsecond\n", call{name: "ask", args: "first\nsecond"}, true},
		{"\u200f /مساعدة", call{name: "مساعدة"}, true},
		{"/ask\u00a0x", call{name: "ask", args: "x"}, true},
		{"/", call{}, false}, {"/ ask", call{}, false}, {"", call{}, false}, {"ask", call{}, false}, {"1/2", call{}, false},
		{"/" + strings.Repeat("a", 33), call{}, false},
		{"/ask\u200e", call{name: "ask"}, true},
	} {
		got, ok := parseCommand(c.text, "mujaz_bot")
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%q: got %+v %t, want %+v %t", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestWithoutMention(t *testing.T) {
	for text, want := range map[string]string{
		"@mujaz_bot سؤال": "سؤال", "سؤال @Mujaz_Bot؟": "سؤال ؟", "@mujaz_bot": "", "@mujaz_bots سؤال": "@mujaz_bots سؤال",
		"İ @mujaz_bot x": "İ  x", "بلا ذكر": "بلا ذكر",
	} {
		if got := withoutMention(text, "mujaz_bot"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// FuzzCommand: reading any text neither fails nor invents.
func FuzzCommand(f *testing.F) {
	for _, s := range []string{"/ask x", "/a@b\n", "@mujaz_bot", "\xff/ask", "/اسأل", "/\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := parseCommand(text, "mujaz_bot")
		if ok && (c.name == "" || c.other && c.named || !strings.Contains(text, c.args)) {
			t.Errorf("%q: %+v", text, c)
		}
		if got := withoutMention(text, "mujaz_bot"); len(got) > len(text) {
			t.Errorf("%q grew to %q", text, got)
		}
	})
}

// FuzzDocumentKey: any id makes a key that fits links and buttons, and comes back.
func FuzzDocumentKey(f *testing.F) {
	for _, s := range []string{"muscat-talks", "", "a/b c", "وثيقة", strings.Repeat("x", 300), "\xff"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, id string, paragraph int) {
		if id == "" || paragraph < 0 || paragraph > 1_000_000 {
			return
		}
		key := documentKey(id)
		back, hashed, ok := documentID(key)
		if !ok || !hashed && back != id || hashed && hashKey(id) != key {
			t.Errorf("%q became %q and %q", id, key, back)
		}
		link := paragraphPayload(corpus.Ref{Document: id, Paragraph: paragraph})
		p, ok := readPayload(link)
		if !ok || len(link) > payloadLimit || p.Key != key || p.Paragraph != paragraph {
			t.Errorf("%q: payload %q reads as %+v", id, link, p)
		}
		if data := Data("k", key, "123456"); len(data) > dataLimit || strings.IndexFunc(data, func(r rune) bool { return r > 126 }) >= 0 {
			t.Errorf("%q: data %q", id, data)
		}
		if action, args, ok := readData(Data("k", key, "0")); !ok || action != "k" || args[0] != key {
			t.Errorf("%q: data reads as %s %v", id, action, args)
		}
	})
}

// FuzzWindow: whatever is cut is cut verbatim, within the limit, at characters.
func FuzzWindow(f *testing.F) {
	f.Add("كلمة أولى. جملة تجيب. كلمة أخيرة", 10, 20, 12)
	f.Add("😀😀 😀", 0, 4, 3)
	f.Add("word", 2, 1, 0)
	f.Fuzz(func(t *testing.T, text string, start, end, limit int) {
		if !utf8.ValidString(text) || limit < 0 || start < 0 || end > len(text) || start > end || !utf8.ValidString(text[:start]) || !utf8.ValidString(text[start:end]) {
			return
		}
		w := window(answer.Excerpt{Text: text, Sentence: answer.Span{Start: start, End: end}}, limit)
		if w.Start < 0 || w.End > len(text) || w.Start > w.End || !utf8.ValidString(text[w.Start:w.End]) {
			t.Fatalf("%q: %+v", text, w)
		}
		if n := units(text[w.Start:w.End]); n > limit {
			t.Errorf("%d units, limit %d", n, limit)
		}
		var out strings.Builder
		for _, s := range emphasise(text, w, []answer.Span{{Start: w.Start, End: w.End}}) {
			out.WriteString(s.Text)
		}
		if !strings.Contains(out.String(), text[w.Start:w.End]) {
			t.Errorf("%q became %q", text[w.Start:w.End], out.String())
		}
	})
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"قصير", 10, "قصير"}, {"كلمة ثانية ثالثة", 12, "كلمة ثانية…"}, {"بلافراغاتمطلقا", 6, "بلافر…"}, {"أ", 1, "أ"},
	} {
		if got := shorten(c.text, c.limit); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}
