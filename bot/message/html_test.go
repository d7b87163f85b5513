package message

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func ar(blocks ...Block) Message { return Message{Blocks: blocks, Language: "ar"} }

func spans(kind Kind, s ...Span) Block { return Block{Kind: kind, Spans: s} }

func TestHTML(t *testing.T) {
	tests := []struct {
		name string
		m    Message
		want string
	}{
		{"text", ar(Text("لم أجد جوابًا.")), "لم أجد جوابًا."},
		{"escapes three characters only", ar(Text(`أ < ب > ت & ث " ' `)), `أ &lt; ب &gt; ت &amp; ث " '`},
		{"markup in a title stays text", ar(spans(Heading, Span{Text: "<script>alert(1)</script>"})),
			"\u200f<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>"},
		{"heading is bold once", ar(spans(Heading, Span{Text: "الأرقام", Style: Bold}, Span{Text: " والتواريخ"})), "<b>الأرقام والتواريخ</b>"},
		{"item", ar(spans(Item, Span{Text: "عاد إليها "}, Span{Text: "400", Style: Bold})), "• عاد إليها <b>400</b>"},
		{"a number in front gets one RLM", ar(Text("400 ألف شخص")), "\u200f400 ألف شخص"},
		{"so does a number behind the bullet", ar(spans(Item, Span{Text: "2025 عام الحسم"})), "\u200f• 2025 عام الحسم"},
		{"and a Latin name", ar(Text("Reuters قالت")), "\u200fReuters قالت"},
		{"but not a second one", ar(Text("\u200fReuters قالت")), "\u200fReuters قالت"},
		{"nor Arabic behind a quotation mark", ar(Text("«الهدنة» 2025")), "«الهدنة» 2025"},
		{"each line by itself", ar(spans(Quote, Span{Text: "قال:\n3 نقاط\nBBC"})), "<blockquote>قال:\n\u200f3 نقاط\n\u200fBBC</blockquote>"},
		{"an English sentence keeps its direction", ar(spans(Quote, Span{Text: "The talks will resume in Geneva on Friday."})),
			"<blockquote>The talks will resume in Geneva on Friday.</blockquote>"},
		{"no marks in English", Message{Language: "en", Blocks: []Block{Text("3 documents")}}, "3 documents"},
		{"long quotation", ar(spans(LongQuote, Span{Text: "نص"})), "<blockquote expandable>نص</blockquote>"},
		{"code", ar(spans(Code, Span{Text: "a<b", Style: Bold})), "<pre>a&lt;b</pre>"},
		{"code takes no other style", ar(spans(Paragraph, Span{Text: "نص "}, Span{Text: "x&y", Style: Mono | Bold})), "نص <code>x&amp;y</code>"},
		{"link", ar(spans(Paragraph, Span{Text: "النص", URL: `https://x.org/?a=1&b="2"`})), `<a href="https://x.org/?a=1&amp;b=&quot;2&quot;">النص</a>`},
		{"no other schemes", ar(spans(Paragraph, Span{Text: "النص", URL: `javascript:alert(1)`})), "النص"},
		{"nested styles", ar(spans(Paragraph, Span{Text: "نص", URL: "tg://user?id=1", Style: Bold | Italic | Underline})),
			`<a href="tg://user?id=1"><b><i><u>نص</u></i></b></a>`},
		{"overrides go, isolates are closed", ar(Text("علي\u202e txt \u2067x")), "علي txt \u2067x\u2069"},
		{"control characters go", ar(Text("أ\x00ب\x1b[1mت\tث\r\nج")), "أب[1mت ث\nج"},
		{"invalid UTF-8 is repaired", ar(Text("أ\xff\xfeب")), "أ\uFFFDب"},
		{"breaks", ar(spans(Break), Text("أ"), spans(Break), spans(Break), Text("ب"), spans(Break)), "أ\n\nب"},
		{"blank blocks go", ar(Text(" \u200f \n"), Text("أ"), Text("")), "أ"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parts := HTML(tt.m, TextLimit)
			if len(parts) != 1 || parts[0] != tt.want {
				t.Errorf("got  %q\nwant %q", parts, tt.want)
			}
		})
	}
	if parts := HTML(ar(Text("\u200f ")), TextLimit); len(parts) != 0 {
		t.Errorf("nothing to see gave %q", parts)
	}
}

func TestCutsPreferParagraphsThenSentencesThenWords(t *testing.T) {
	sentence := strings.Repeat("كلمة ", 19) + "آخرها."
	glued := Block{Kind: Heading, Spans: []Span{{Text: "عنوان"}}, Glue: true}
	tests := []struct {
		name  string
		m     Message
		limit int
		ends  []string // of each part
	}{
		{"between paragraphs", ar(Text(strings.Repeat("أ ", 30)+"ب"), Text(strings.Repeat("ت ", 30)+"ث")), 100, []string{"ب", "ث"}},
		{"between sentences", ar(Text(sentence + " " + sentence)), 150, []string{"آخرها.", "آخرها."}},
		{"between words", ar(Text("واحد اثنان ثلاثة أربعة")), 16, []string{"اثنان", "أربعة"}},
		{"a citation stays with its sentence", ar(Text("وقال إن الاتفاق تم. [الشرق الأوسط، 4] ثم عاد")), 40, []string{"4]", "عاد"}},
		{"a heading goes with what it introduces", ar(Text(strings.Repeat("أ ", 40)+"ب"), glued, Text(strings.Repeat("ت ", 10)+"ث")), 100, []string{"ب", "ث"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parts := HTML(tt.m, tt.limit)
			if len(parts) != len(tt.ends) {
				t.Fatalf("%d parts: %q", len(parts), parts)
			}
			for i, p := range parts {
				if text, _ := parseHTML(p); !strings.HasSuffix(text, tt.ends[i]) {
					t.Errorf("part %d ends %q, want %q", i, text, tt.ends[i])
				}
			}
		})
	}
}

func TestGlueMovesTheHeadingOfALongQuotation(t *testing.T) {
	m := ar(Text(strings.Repeat("أ ", 45)), Block{Kind: Heading, Spans: []Span{{Text: "عنوان"}}, Glue: true},
		spans(LongQuote, Span{Text: strings.Repeat("كلمة ", 60)}))
	parts := HTML(m, 100)
	if strings.Contains(parts[0], "عنوان") || !strings.HasPrefix(parts[1], "<b>عنوان</b>\n<blockquote expandable>") {
		t.Errorf("%q", parts)
	}
	for _, p := range parts[1:] {
		if !strings.HasSuffix(p, "</blockquote>") {
			t.Errorf("a part of the quotation is none: %q", p)
		}
	}
}

func TestLinksAreNotCut(t *testing.T) {
	m := ar(spans(Paragraph, Span{Text: "وصف قصير للخبر هنا "}, Span{Text: "اسم الوثيقة الطويل", URL: "https://x.org"}, Span{Text: " ثم"}))
	for limit := 38; limit < 60; limit++ {
		for _, p := range HTML(m, limit) {
			if strings.Contains(p, "href") && !strings.Contains(p, ">اسم الوثيقة الطويل</a>") {
				t.Errorf("limit %d: %q", limit, p)
			}
		}
	}
}

func TestCaption(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("كلمة ", 1500))
	caption, rest := Caption(ar(Text("تصدير"), Text(long)))
	if units(caption) > CaptionLimit || caption == "" {
		t.Errorf("caption has %d units", units(caption))
	}
	all := append([]string{caption}, rest...)
	if got := strings.Fields(strings.Join(all, " ")); len(got) != 1501 {
		t.Errorf("%d words of 1501", len(got))
	}
	if len(rest) != 2 {
		t.Errorf("%d further parts, want 2 of at most 4096", len(rest))
	}
	if caption, rest := Caption(Message{}); caption != "" || rest != nil {
		t.Errorf("an empty message gave %q %q", caption, rest)
	}
}

func TestManyLinksStayUnderTheRawLimit(t *testing.T) {
	b := Block{}
	for range 1000 {
		b.Spans = append(b.Spans, Span{Text: "ا", URL: "https://x.org/" + strings.Repeat("a", 500)}, Span{Text: " "})
	}
	for _, p := range HTML(ar(b), TextLimit) {
		if len(p) > 32768 {
			t.Fatalf("a part of %d bytes", len(p))
		}
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("قال <b>علي</b> & \"x\" [1] ثم عاد. 2025 عام", "https://x.org/?q=\"<>", 64, uint8(0x35))
	f.Add("\u202e\u2067\xff\x00\u0301\u0301\u0301🏳️‍🌈🏳️‍🌈", "tg://user?id=1", 16, uint8(0x72))
	f.Add(strings.Repeat("ا", 5000), "", 4096, uint8(0x14))
	f.Add("[ا ب\n1]\n\n2 [3] [4]\n", "javascript:x", 17, uint8(0xff))
	f.Fuzz(func(t *testing.T, s, url string, limit int, shape uint8) {
		limit = min(max(limit, smallestLimit), TextLimit)
		kind, style := Kind(shape&7)%7, Style(shape>>3&15)
		words := strings.SplitAfter(s, " ")
		half := len(words) / 2
		m := Message{Language: [2]string{"ar", "en"}[shape>>7], Blocks: []Block{
			{Kind: kind, Glue: shape&1 != 0, Spans: []Span{{Text: strings.Join(words[:half], ""), Style: style}, {Text: strings.Join(words[half:], ""), URL: url}}},
			{Kind: LongQuote, Spans: []Span{{Text: s}}},
		}}
		var shown []string
		for _, p := range HTML(m, limit) {
			text, err := parseHTML(p)
			if err != nil {
				t.Fatalf("%v in %q", err, p)
			}
			if n := units(text); n > limit || utf8.RuneCountInString(text) > limit || len(p) > 32768 {
				t.Fatalf("%d units, %d bytes for a limit of %d", n, len(p), limit)
			}
			if strings.ContainsAny(text, "\u202a\u202b\u202c\u202d\u202e\x00\x1b\r\t") || !strings.ContainsFunc(text, isVisible) {
				t.Fatalf("characters that may not be there: %q", text)
			}
			shown = append(shown, text)
		}
		// Nothing is lost and nothing is added: the same letters as without
		// cutting, and the same words where no word is longer than a part.
		whole := Plain(m, PlainOptions{Direction: LeftToRight})
		if got, want := squeeze(strings.Join(shown, "")), squeeze(whole); link(url) == "" && got != want {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	})
}

// squeeze leaves the letters alone: no white space, no direction marks.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r == rlm || r == ' ' || r == '\n' || !isVisible(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzCutsKeepWords(f *testing.F) {
	f.Add("وقال إن [الشرق، 4] عاد. ثم 30 يوما", 20)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = min(max(limit, 20), 400)
		s = Clean(strings.ReplaceAll(s, "[", "("))
		words := visibleWords(s)
		for _, w := range words {
			if units(w) > limit/2 {
				t.Skip("a word that needs cutting")
			}
		}
		var got []string
		for _, p := range HTML(Message{Blocks: []Block{Text(s)}, Language: "ar"}, limit) {
			text, err := parseHTML(p)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, visibleWords(text)...)
		}
		if strings.Join(got, " ") != strings.Join(words, " ") && visible([]Span{{Text: s}}) {
			t.Fatalf("got  %q\nwant %q", got, words)
		}
	})
}

// visibleWords are the words that a reader sees: a part of a message that shows
// nothing is not sent, because Telegram refuses it.
func visibleWords(s string) []string {
	return slices.DeleteFunc(strings.Fields(strings.Map(dropMarks, s)), func(w string) bool { return !strings.ContainsFunc(w, isVisible) })
}

func dropMarks(r rune) rune {
	if isMark(r) {
		return -1
	}
	return r
}
