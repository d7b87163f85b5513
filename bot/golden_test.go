package bot_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/briefings"
	"mujaz/index/answer"
)

var (
	update = flag.Bool("update", false, "write the golden replies anew")
	record = flag.Bool("record", false, "take the answers behind the golden replies from the index anew")
)

// replies are the questions whose whole replies about the shipped briefing are
// kept as files: what a reader of this project sees the program say.
var replies = []struct{ name, question string }{
	{"outcome", "ما نتائج محادثات مسقط بين أمريكا وإيران؟"},
	{"speaker", "ماذا قال عراقجي عن المحادثات؟"},
	{"position", "ما موقف إيران من تخصيب اليورانيوم؟"},
	{"yes-no", "هل فرضت أمريكا عقوبات جديدة على إيران بعد المحادثات؟"},
	{"scenarios", "ما السيناريوهات المتوقعة بعد جولة مسقط؟"},
	{"no-figure", "كم بلغت نسبة تخصيب اليورانيوم في إيران؟"},
	{"off-topic", "ما سعر الذهب اليوم؟"},
	{"english", "What did Araghchi say about the talks?"},
	{"greeting", "السلام عليكم"},
}

// TestGoldenReplies composes recorded answers and compares the replies with the
// files. After a change that is meant, run with -update and read the
// difference; with -record as well to take new answers from the index.
func TestGoldenReplies(t *testing.T) {
	for _, c := range replies {
		a := recorded(t, c.name, c.question)
		p := phrase.For(a.Language, phrase.Options{})
		plain := message.Plain(bot.Compose(a, bot.View{Phrases: p}), message.PlainOptions{})
		html := strings.Join(message.HTML(bot.Compose(a, bot.View{Phrases: p, Username: "mujaz_bot", State: "s"}), 4096), "\n=====\n")
		golden(t, c.name+".txt", plain)
		golden(t, c.name+".html", html)
		verbatim(t, a)
	}
}

// recorded is an answer that the index gave to the question once, so that
// these files change with the composition alone.
func recorded(t *testing.T, name, question string) (a answer.Answer) {
	t.Helper()
	file := filepath.Join("testdata", "answers", name+".json")
	if *record {
		a = ask(t, question)
		data, err := json.MarshalIndent(a, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func ask(t *testing.T, question string) answer.Answer {
	t.Helper()
	r := openRoom(t)
	a, err := r.asks.Ask(r.ctx, question, answer.Ask{Today: r.clock.Now(), FollowUps: true})
	r.must(err)
	a.Took = 0
	return a
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, []byte(got+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got+"\n" != string(want) {
		t.Errorf("%s changed. Now:\n%s\nwas:\n%s", name, got, want)
	}
}

// verbatim checks that every line of the summary stands in the paragraph that
// it cites.
func verbatim(t *testing.T, a answer.Answer) {
	t.Helper()
	paragraphs := briefings.Documents()[0].Paragraphs()
	check := func(p answer.Point) {
		if !strings.Contains(paragraphs[p.Ref.Paragraph].Text, p.Text) {
			t.Errorf("%q is not in paragraph %d", p.Text, p.Ref.Paragraph+1)
		}
	}
	if a.Summary.Lead != nil {
		check(*a.Summary.Lead)
	}
	for _, s := range a.Summary.Sections {
		for _, p := range s.Points {
			check(p)
		}
	}
}

// TestComposeIsPure composes the same answer twice and leaves it as it was.
func TestComposeIsPure(t *testing.T) {
	a := recorded(t, "position", question)
	before, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	v := bot.View{Phrases: phrase.For("ar", phrase.Options{}), Username: "mujaz_bot", State: "s"}
	first, second := bot.Compose(a, v), bot.Compose(a, v)
	if !reflect.DeepEqual(first, second) {
		t.Error("two compositions differ")
	}
	if after, err := json.Marshal(a); err != nil || string(after) != string(before) {
		t.Errorf("the answer was changed (%v)", err)
	}
}

// TestLongExcerptsFitOneMessage keeps the buttons with the answer: paragraphs
// of 300 words are cut to whole words around the best sentence.
func TestLongExcerptsFitOneMessage(t *testing.T) {
	a := recorded(t, "position", question)
	for i := range a.Excerpts {
		e := &a.Excerpts[i]
		before, after := strings.Repeat("سابق ", 200), strings.Repeat(" لاحق", 200)
		sentence := "هذه الجملة تجيب."
		e.Text = before + sentence + after
		e.Sentence = answer.Span{Start: len(before), End: len(before) + len(sentence)}
		e.Matches = []answer.Span{{Start: len(before), End: len(before) + len("هذه")}}
	}
	p := phrase.For("ar", phrase.Options{})
	parts := message.HTML(bot.Compose(a, bot.View{Phrases: p, Username: "mujaz_bot", State: "s"}), 4096)
	if len(parts) != 1 {
		t.Fatalf("%d messages", len(parts))
	}
	if n := strings.Count(parts[0], "<b>هذه</b> الجملة تجيب."); n != 3 {
		t.Errorf("the sentence stands %d times:\n%s", n, parts[0])
	}
	_, excerpts, _ := strings.Cut(parts[0], "المقتطفات")
	for _, quote := range strings.Split(excerpts, "<blockquote expandable>")[1:] {
		quote, _, _ = strings.Cut(quote, "</blockquote>")
		words := strings.Fields(quote)
		if first, last := words[1], words[len(words)-2]; first != "سابق" || last != "لاحق" {
			t.Errorf("cut inside a word: %q … %q", first, last)
		}
	}
}
