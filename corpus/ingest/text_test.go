package ingest

import (
	"slices"
	"strings"
	"testing"
)

func TestTitle(t *testing.T) {
	long := "قال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة بعد توقف دام شهرين."
	for _, c := range []struct {
		text, title string
		from        Origin
		paragraphs  int
	}{
		{"استئناف المفاوضات الأسبوع المقبل\n" + long, "استئناف المفاوضات الأسبوع المقبل", FromLine, 1},
		{"هل تنجح المفاوضات؟\n\n" + long + "\n" + long, "هل تنجح المفاوضات؟", FromLine, 2},
		{long + "\n" + long, "قال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة بعد…", FromLead, 2},
		{"أعلنت الوزارة، في بيان مقتضب، أنها ستستأنف المفاوضات.\n" + long, "أعلنت الوزارة، في بيان مقتضب", FromLead, 2},
		{"مسقط (رويترز)\n" + long, "مسقط (رويترز)", FromLead, 2},
		{"العنوان: قمة جديدة في مسقط\nالمصدر: وكالة عُمان\n" + long, "قمة جديدة في مسقط", FromFormat, 1},
	} {
		d, err := Text(c.text)
		if err != nil || d.Document.Title != c.title || d.TitleFrom != c.from || d.Paragraphs != c.paragraphs {
			t.Errorf("%.40q: title %q from %s, %d paragraphs, %v", c.text, d.Document.Title, d.TitleFrom, d.Paragraphs, err)
		}
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2025-03-18": "2025-03-18", "١٨/٣/٢٠٢٥": "2025-03-18", "18.3.2025": "2025-03-18", "2025/3/18": "2025-03-18",
		"الثلاثاء 18 مارس 2025": "2025-03-18", "18 آذار/مارس 2025": "2025-03-18", "٦ مايو/أيار ٢٠٢٤ الساعة ١٠:٣٠": "2024-05-06",
		"3 كانون الثاني 2024": "2024-01-03", "25 تشرين الأول/أكتوبر 2023": "2023-10-25", "7 من شباط 2023": "2023-02-07",
		"May 6, 2024": "2024-05-06", "6 May 2024": "2024-05-06", "Mon, 6 May 2024 10:00:00 GMT": "2024-05-06", "9 جويلية 2022": "2022-07-09",
		"31/2/2024": "", "في عام 2024": "", "مارس 2025": "", "12": "",
	} {
		if got, _ := ParseDate(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestWrappedTextIsJoined(t *testing.T) {
	words := strings.Fields(strings.Repeat("قال المتحدث باسم الوزارة إن المفاوضات ستستأنف قريبا في العاصمة ", 20))
	var lines []string
	for len(words) > 0 {
		n := min(10, len(words))
		lines = append(lines, strings.Join(words[:n], " "))
		words = words[n:]
	}
	text := strings.Join(lines, "\n") + ".\n\nفقرة ثانية قصيرة هنا."
	d, err := Text(text)
	if err != nil || d.Paragraphs != 2 {
		t.Errorf("%d paragraphs, %v", d.Paragraphs, err)
	}
}

func TestLists(t *testing.T) {
	d, err := Text("عنوان الخبر\nوتضم اللجنة الأعضاء الآتية أسماؤهم من المحافظات المختلفة:\n- الأول\n- الثاني\n١) الثالث\nوانتهى الاجتماع مساء أمس دون نتيجة.")
	want := "وتضم اللجنة الأعضاء الآتية أسماؤهم من المحافظات المختلفة: - الأول - الثاني ١) الثالث\nوانتهى الاجتماع مساء أمس دون نتيجة."
	if err != nil || d.Document.Text != want {
		t.Errorf("got %q, %v", d.Document.Text, err)
	}
}

func TestLongParagraphsAreSplit(t *testing.T) {
	sentence := "قال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة. "
	d, err := Text("عنوان\n" + strings.Repeat(sentence, 60))
	if err != nil || d.Paragraphs != 3 || len(d.Warnings) != 1 || d.Warnings[0].Kind != WarnSplit || d.Warnings[0].Count != 1 {
		t.Fatalf("%d paragraphs, %v, %v", d.Paragraphs, d.Warnings, err)
	}
	for _, p := range d.Document.Paragraphs() {
		if !strings.HasSuffix(p.Text, ".") || !strings.HasPrefix(p.Text, "قال") {
			t.Errorf("cut inside a sentence: %q", p.Text)
		}
	}
}

func TestIDs(t *testing.T) {
	a, _ := Text("نص أول طويل بعض الشيء. وفيه جملتان.")
	b, _ := Text("نص أول  طويل بعض الشيء.  وفيه جملتان.\n")
	c, _ := Text("نص ثان مختلف عن الأول. وفيه جملتان.")
	if a.Document.ID != b.Document.ID || a.Document.ID == c.Document.ID || len(a.Document.ID) != 16 {
		t.Errorf("ids %q %q %q", a.Document.ID, b.Document.ID, c.Document.ID)
	}
	x := c.With(Given{URL: "https://Example.org/a/?utm_source=x&id=1#top"})
	y := a.With(Given{URL: "https://example.org/a?id=1"})
	if x.Document.ID != y.Document.ID || x.Document.ID == c.Document.ID {
		t.Errorf("ids by link: %q %q", x.Document.ID, y.Document.ID)
	}
}

func TestNearDuplicates(t *testing.T) {
	want := string(sample(t, "harbour.want.txt"))
	original := ShinglesOf(want)
	words := strings.Fields(want)
	for i := 25; i < len(words); i += 50 {
		words[i] = "كلمة" // 2% edited
	}
	d, err := Read(t.Context(), "a.pdf", "", sample(t, "chromium-naskh.pdf"), testLimits(t))
	if err != nil {
		t.Fatal(err)
	}
	other := ShinglesOf(string(sample(t, "english.want.txt")) + " وقال رئيس البلدية إن الميناء مغلق منذ عام")
	for _, c := range []struct {
		name string
		s    Shingles
		near bool
	}{
		{"the same without marks", ShinglesOf(strings.Map(dropMarks, want)), true},
		{"two percent edited", ShinglesOf(strings.Join(words, " ")), true},
		{"through a PDF", ShinglesOf(d.Document.Title + "\n" + d.Document.Text), true},
		{"another text", other, false},
	} {
		similarity := original.Similarity(c.s)
		if near := similarity >= NearDuplicate; near != c.near {
			t.Errorf("%s: %.2f", c.name, similarity)
		}
		_, a := original.Signature()
		_, b := c.s.Signature()
		if shared := sharedBands(a, b); shared > 0 != c.near {
			t.Errorf("%s: %d shared bands", c.name, shared)
		}
	}
}

func dropMarks(r rune) rune {
	if r >= 0x064B && r <= 0x0652 {
		return -1
	}
	return r
}

func sharedBands(a, b []int64) int {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return n
}

func TestQuality(t *testing.T) {
	good := "قال المتحدث باسم الوزارة إن المرحلة الثانية من المشروع ستبدأ في الأسبوع المقبل، وإنها لا تشمل الأحياء القديمة."
	for _, c := range []struct {
		name, text string
		want       []WarningKind
	}{
		{"clean", good, nil},
		{"letters in reverse", strings.Repeat("ةيناثلا ةلحرملا نم عورشملا لوألا يف ةيبرعلا تايالولا ", 3), []WarningKind{WarnDamaged, WarnOrder}},
		{"words torn apart", strings.Repeat("قا ل ا لمتحدث ب اسم ا لوزارة إ ن ا لمرحلة ", 4), []WarningKind{WarnDamaged}},
		{"unreadable characters", strings.Repeat("قال المتحدث \uFFFD باسم الوزارة ", 4), []WarningKind{WarnDamaged}},
		{"English", "The ministry said that a second phase begins next week.", nil},
	} {
		d, err := Text(c.text)
		var got []WarningKind
		for _, w := range d.Warnings {
			got = append(got, w.Kind)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v", c.name, d.Warnings, err)
		}
	}
}

func TestGivenTitleLosesNothing(t *testing.T) {
	text := "استئناف المفاوضات الأسبوع المقبل\nقال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة بعد توقف."
	d, err := Text(text)
	if err != nil || d.TitleFrom != FromLine {
		t.Fatal(d, err)
	}
	if given := d.With(Given{Title: "عنوان آخر"}); given.Document.Text != text || given.Paragraphs != 2 || given.Document.ID == d.Document.ID {
		t.Errorf("given: %+v", given)
	}
	if same := d.With(Given{Title: "إستئناف المفاوضات الأسبوع المقبل"}); same.Document.Text != d.Document.Text {
		t.Errorf("the same title: %+v", same)
	}
	if edited := d.Edited(Given{Title: "عنوان آخر"}); edited.Document.Text != d.Document.Text || edited.Document.ID != d.Document.ID {
		t.Errorf("edited: %+v", edited)
	}
}
