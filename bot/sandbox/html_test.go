package sandbox

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestParseHTML(t *testing.T) {
	for _, c := range []struct{ in, text, entities string }{
		{"plain", "plain", ""},
		{"<b>a</b>", "a", "bold 0+1"},
		{"<B>a</B> <StRoNg>b</>", "a b", "bold 0+1, bold 2+1"},
		{"<i><b>a</b></i>", "a", "bold 0+1, italic 0+1"},
		{"<em>x</em><u>y</u><ins>z</ins><s>p</s><strike>q</strike><del>r</del>", "xyzpqr",
			"italic 0+1, underline 1+1, underline 2+1, strikethrough 3+1, strikethrough 4+1, strikethrough 5+1"},
		{"<b></b>x", "x", ""},
		{"مرحبا <b>بك</b>", "مرحبا بك", "bold 6+2"},
		{"😀<b>x</b>", "😀x", "bold 2+1"},
		{"&lt;b&gt; &amp;amp; &quot;", `<b> &amp; "`, ""},
		{"&nbsp;&apos;&copy;", "&nbsp;&apos;&copy;", ""},
		{"&#1575;&#x627;&#X627;", "اا&#X627;", ""},
		{"&#0;&#x110000;", "&#0;&#x110000;", ""},
		{"&lt no semicolon", "< no semicolon", ""},
		{`<a href="https://example.com/x?a=1&amp;b=2">l</a>`, "l", "text_link 0+1 https://example.com/x?a=1&b=2"},
		{`<a href='https://example.com'>l</a>`, "l", "text_link 0+1 https://example.com/"},
		{`<a>https://example.com/z</a>`, "https://example.com/z", "text_link 0+21 https://example.com/z"},
		{`<a href="javascript:alert(1)">l</a>`, "l", ""},
		{`<a href="http://localhost/x">l</a>`, "l", ""},
		{`<a href="tg://user?id=7">l</a>`, "l", "text_mention 0+1"},
		{"<blockquote>q</blockquote>", "q", "blockquote 0+1"},
		{"<blockquote expandable>q</blockquote>", "q", "expandable_blockquote 0+1"},
		{`<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>`, "st", "spoiler 0+1, spoiler 1+1"},
		{"<pre>p</pre><code>c</code>", "pc", "pre 0+1, code 1+1"},
		{`<pre><code class="language-go">x</code></pre>`, "x", "pre 0+1 go"},
		{"a > b", "a > b", ""},
	} {
		text, es, err := ParseHTML(c.in)
		if err != nil || text != c.text || describe(es) != c.entities {
			t.Errorf("ParseHTML(%q) = %q, %s, %v; want %q, %s", c.in, text, describe(es), err, c.text, c.entities)
		}
	}
}

func describe(es []Entity) string {
	var all []string
	for _, e := range es {
		s := e.Type + " " + itoa(int64(e.Offset)) + "+" + itoa(int64(e.Length))
		if more := e.URL + e.Language; more != "" {
			s += " " + more
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

func TestParseHTMLErrors(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a<b", "Unclosed start tag at byte offset 1"},
		{"a<", "Unclosed start tag at byte offset 1"},
		{"<b ", `Empty attribute name in the tag "b" at byte offset 0`},
		{"<a href", `Unclosed start tag "a" at byte offset 0`},
		{"<a href=", `Unclosed start tag "a" at byte offset 0`},
		{`<a href="x`, "Unclosed start tag at byte offset 0"},
		{"مر<div>x</div>", `Unsupported start tag "div" at byte offset 4`},
		{"<br/>", `Unsupported start tag "br/" at byte offset 0`},
		{"a < b > c", `Unsupported start tag "" at byte offset 2`},
		{`<a ="x">y</a>`, `Empty attribute name in the tag "a" at byte offset 0`},
		{"<a href=ab/c>y</a>", "Unexpected end of name token at byte offset 8"},
		{"<span>y</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<span class="x">y</span>`, `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{"x</b>", "Unexpected end tag at byte offset 1"},
		{"<b>x</b", "Unclosed end tag at byte offset 4"},
		{"<b>x</i>", `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"<b><i>x</b></i>", `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`},
		{"<b>x", `Can't find end tag corresponding to start tag "b"`},
		{"&#xd800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"},
	} {
		_, _, err := ParseHTML(c.in)
		if want := "Bad Request: can't parse entities: " + c.want; err == nil || err.Error() != want {
			t.Errorf("ParseHTML(%q): %v; want %s", c.in, err, want)
		}
	}
}

// FuzzParseHTML holds the laws of the parser: no panic, the text is valid, every
// entity lies inside the text in UTF-16 code units, what is escaped comes back
// as it was, and what was parsed survives rendering and parsing again.
func FuzzParseHTML(f *testing.F) {
	for _, s := range []string{"<b>a</b>", "<a href='https://x.y'>😀</a>", "&#x1f600;&lt;", "<blockquote expandable><b>ق</b></blockquote>", "<pre><code class=\"language-go\">x</code></pre>", "a<b<c>\x00</>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			ParseHTML(s)
			return
		}
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
		if text, es, err := ParseHTML(escaped); err != nil || text != s || len(es) != 0 {
			t.Fatalf("escaped %q came back as %q %v %v", s, text, es, err)
		}
		text, es, err := ParseHTML(s)
		if err != nil {
			return
		}
		length := len(utf16.Encode([]rune(text)))
		for _, e := range es {
			if e.Length <= 0 || e.Offset < 0 || e.Offset+e.Length > length {
				t.Fatalf("%q: %+v outside of %d units", s, e, length)
			}
		}
		again, _, err := ParseHTML(RenderHTML(text, es))
		if err != nil || again != text {
			t.Fatalf("%q: rendered %q, parsed again %q %v", s, RenderHTML(text, es), again, err)
		}
	})
}

func TestFixText(t *testing.T) {
	for _, c := range []struct{ in, text, entities string }{
		{"  <b> a </b>  ", "a", "bold 0+1"},
		{"x\r\n\ty<i> </i>", "x\n y", ""},
		{"\u202b<b>ا</b>\u202cب", "اب", "bold 0+1"},
		{"\u200f\u200f\u200fa", "\u200c\u200c\u200fa", ""},
		{"\u2067a\u2069", "\u2067a\u2069", ""},
		{"a\u030ab\u0333", "ab", ""},
		{"see https://example.com/a, @someone and /help@mujaz_bot #وسم", "see https://example.com/a, @someone and /help@mujaz_bot #وسم",
			"url 4+21, mention 27+8, bot_command 40+15, hashtag 56+4"},
		{"<code>/help</code>", "/help", "code 0+5"},
	} {
		raw, es, err := ParseHTML(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if text, es := fixText(raw, es); text != c.text || describe(es) != c.entities {
			t.Errorf("fixText(%q) = %q, %s; want %q, %s", c.in, text, describe(es), c.text, c.entities)
		}
	}
}
