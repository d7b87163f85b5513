package answer

import (
	"slices"
	"strings"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/briefings"
)

// port is one story told by three papers on three days.
var port = []corpus.Document{
	{ID: "a", Title: "انفجار في ميناء اللاذقية", Date: "2026-02-01", Source: "الأولى",
		Text: "أسفر انفجار في ميناء اللاذقية عن مقتل 12 شخصا وإصابة العشرات.\nوهرعت سيارات الإسعاف إلى المكان."},
	{ID: "b", Title: "ارتفاع حصيلة انفجار ميناء اللاذقية", Date: "2026-02-03", Source: "الثانية",
		Text: "ارتفع عدد قتلى انفجار ميناء اللاذقية إلى 19 شخصا بعد العثور على جثث تحت الأنقاض.\nوقال وزير الصحة إن المستشفيات استقبلت كل المصابين."},
	{ID: "c", Title: "أسعار القمح", Date: "2026-02-02", Source: "الثالثة",
		Text: "تراجعت أسعار القمح في الأسواق العالمية بنسبة 3 في المئة."},
}

func TestAnswerAcrossDocuments(t *testing.T) {
	a := answererOf(t, port...)
	ans, err := a.Ask(t.Context(), "كم عدد قتلى انفجار ميناء اللاذقية؟", Ask{})
	if err != nil {
		t.Fatal(err)
	}
	if ans.Kind != Answered || ans.Summary.Lead == nil || ans.Summary.Lead.Ref.Document != "b" {
		t.Fatalf("the newest document does not lead: %s %s", ans.Kind, shown(ans))
	}
	if ans.Summary.Lead.Date != "2026-02-03" {
		t.Errorf("lead is dated %q", ans.Summary.Lead.Date)
	}
	i := slices.IndexFunc(ans.Summary.Sections, func(s Section) bool { return s.Label == Disagree })
	if i < 0 || !strings.Contains(ans.Summary.Sections[i].Points[0].Text, "12") || ans.Summary.Sections[i].Points[0].Date != "2026-02-01" {
		t.Errorf("the older figure does not stand beside the newer: %s", shown(ans))
	}
	checkLines(t, ans)
}

func TestMissingWords(t *testing.T) {
	a := answererOf(t, port...)
	ans, err := a.Ask(t.Context(), "ما رأي البرلمان الياباني في الطحالب؟", Ask{})
	if err != nil {
		t.Fatal(err)
	}
	if ans.Kind == Answered || !slices.Contains(ans.Missing, "الطحالب") {
		t.Errorf("%s, missing %q", ans.Kind, ans.Missing)
	}
	if ans.Summary.Lead != nil {
		t.Errorf("a reply without an answer has a lead: %s", ans.Summary.Lead.Text)
	}
}

func TestFollowUpsAreAnswered(t *testing.T) {
	a := answererOf(t, port...)
	offered := 0
	for _, question := range []string{"كم عدد قتلى انفجار ميناء اللاذقية؟", "ماذا قال وزير الصحة؟"} {
		ans, err := a.Ask(t.Context(), question, Ask{FollowUps: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ans.FollowUps {
			offered++
			next, err := a.Ask(t.Context(), f, Ask{})
			if err != nil || next.Kind != Answered || next.Confidence < followUpFrom {
				t.Errorf("%s → %s: %s with %.2f, %v", question, f, next.Kind, next.Confidence, err)
			}
		}
	}
	if offered == 0 {
		t.Error("no question was offered")
	}
}

func TestWithPrevious(t *testing.T) {
	for _, c := range []struct{ text, previous, want string }{
		{"وماذا عن الصواريخ؟", "ما موقف إيران من تخصيب اليورانيوم؟", "ما موقف إيران من الصواريخ؟"},
		{"ومتى؟", "هل فرضت أمريكا عقوبات جديدة؟", "ومتى فرضت أمريكا عقوبات جديدة"},
		{"لماذا؟", "متى فشلت الجولة؟", "لماذا فشلت الجولة"},
		{"ما موقف واشنطن منها؟", "ما نتائج محادثات مسقط؟", "ما موقف واشنطن من محادثات مسقط"},
		{"what about missiles?", "What did Iran say about enrichment?", "What did Iran say about missiles?"},
		{"ما موقف روسيا من العقوبات؟", "ما نتائج محادثات مسقط؟", "ما موقف روسيا من العقوبات؟"},
		{"ومتى؟", "", "ومتى؟"},
		{"ومتى؟", "شكرا", "ومتى؟"},
	} {
		if got, _ := withPrevious(c.text, c.previous); got != c.want {
			t.Errorf("withPrevious(%q, %q) = %q, want %q", c.text, c.previous, got, c.want)
		}
	}
}

// TestLinesOfManyQuestions asks the shipped briefing all kinds of questions:
// whatever the reply, its lines are verbatim, within the budget and in order.
func TestLinesOfManyQuestions(t *testing.T) {
	a := answererOf(t, briefings.Documents()...)
	for _, question := range []string{
		"ما موقف واشنطن من إيران؟", "ما موقف امريكا من الصواريخ الايرانيه", "ماذا قال ترمب؟", "شو قال عراقجي عن المحادثات", "متى الجولة القادمة؟",
		"ليش فشلت الجولة", "من توسط في المحادثات؟", "كم عدد القتلى في إيران؟", "أين عقدت المحادثات؟", "ما دلالة مشاركة قائد القيادة المركزية؟",
		"حاملة الطائرات", "العقوبات على النفط الإيراني", "what did the US say about enrichment?", "ما الفجوة بين الطرفين؟", "ما سبب انعدام الثقة؟",
		"ماذا بعد؟", "هل طرح ملف الصواريخ؟", "ما معادلة القيادة الإيرانية؟", "ايران", "محادثات مسقط",
	} {
		ans, err := a.Ask(t.Context(), question, Ask{K: 3})
		if err != nil {
			t.Fatal(err)
		}
		checkLines(t, ans)
	}
	if a.Dropped() != 0 {
		t.Errorf("%d lines were not verbatim", a.Dropped())
	}
}

// TestAskTakesAnything: whatever is typed gets a value, never a panic or an error.
func TestAskTakesAnything(t *testing.T) {
	a := answererOf(t, briefings.Documents()...)
	for _, text := range []string{
		"", " ", "ا", "في من على", "😀😀", "\x00\x01", "\xff\xfe", "<script>alert(1)</script>", strings.Repeat("عقوبات ", 1500), strings.Repeat("ا", 10000),
		"中文问题", "؟؟؟", "١٢٣", "/start", "'; DROP TABLE documents; --", "\u202eقلب\u202c",
	} {
		ans, err := a.Ask(t.Context(), text, Ask{FollowUps: true})
		if err != nil {
			t.Errorf("%.30q: %v", text, err)
		}
		if ans.Kind == "" || ans.Confidence < 0 || ans.Confidence > 1 {
			t.Errorf("%.30q: %+v", text, ans)
		}
		checkLines(t, ans)
	}
	empty := answererOf(t)
	if ans, err := empty.Ask(t.Context(), "ما نتائج المحادثات؟", Ask{}); err != nil || ans.Kind == Answered {
		t.Errorf("without documents: %s, %v", ans.Kind, err)
	}
}

// TestDatesOfAQuestion: of two articles that tell alike, the one of the days
// that are asked for comes first.
func TestDatesOfAQuestion(t *testing.T) {
	a := answererOf(t,
		corpus.Document{ID: "old", Date: "2026-01-05", Text: "اجتمع مجلس الوزراء وأقر موازنة وزارة التعليم بعد نقاش طويل."},
		corpus.Document{ID: "new", Date: "2026-02-09", Text: "اجتمع مجلس الوزراء وأقر موازنة وزارة الصحة بعد نقاش طويل."})
	for question, want := range map[string]string{"ماذا أقر مجلس الوزراء أمس؟": "new", "ماذا أقر مجلس الوزراء الشهر الماضي؟": "old"} {
		ans, err := a.Ask(t.Context(), question, Ask{Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if len(ans.Excerpts) == 0 || ans.Excerpts[0].Ref.Document != want {
			t.Errorf("%s: %s", question, shown(ans))
		}
	}
}
