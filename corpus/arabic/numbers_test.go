package arabic

import (
	"strings"
	"testing"
)

func TestNumberAt(t *testing.T) {
	for _, c := range []struct {
		text  string
		value float64
		n     int
	}{
		{"خمسة", 5, 1}, {"٣ آلاف جندي", 3000, 2}, {"3 آلاف", 3000, 2}, {"387,543 بطاقة", 387543, 1},
		{"مئة وخمسة وعشرون قتيلا", 125, 3}, {"خمسة عشر مليونا", 15e6, 3}, {"ثلاثمائة ألف", 3e5, 2}, {"ثلاث مئة", 300, 2},
		{"مليونين ونصف", 2e6, 1}, {"ألفين وخمسمئة", 2500, 2}, {"3.5 في المئة", 3.5, 1}, {"الوزير", 0, 0}, {"الثلاثة", 3, 1},
		{"two million", 2e6, 2}, {"عشرين 30", 20, 1},
	} {
		value, n := NumberAt(strings.Fields(Fold(c.text)), 0)
		if value != c.value || n != c.n {
			t.Errorf("NumberAt(%q) = %v, %d, want %v, %d", c.text, value, n, c.value, c.n)
		}
	}
}

func TestDateAt(t *testing.T) {
	for text, want := range map[string]int{
		"يوليو": 1, "تموز الماضي": 1, "كانون الثاني 2015": 2, "2015": 1, "١٤٣٦": 1, "رمضان": 1, "ذي الحجة": 2, "الاثنين": 1, "والخميس": 1,
		"أمس": 1, "الأسبوع المقبل": 2, "عام 2015": 2, "آب": 0, "آب 2015": 1, "الوزير": 0, "صفر": 0, "تشرين الأول": 2, "12": 0, "july": 1,
	} {
		if got := DateAt(strings.Fields(Fold(text)), 0); got != want {
			t.Errorf("DateAt(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestCuesOf(t *testing.T) {
	for _, c := range []struct {
		text      string
		with, not Cue
	}{
		{"قتل 12 شخصا في بغداد أمس", HasNumber | HasDate | HasPlace, HasCause | HasNext | HasSaying},
		{"قال الوزير إن القرار نهائي", HasSaying | HasAttribution, HasNumber},
		{"بحسب دبلوماسيين مطلعين أبدى المفاوضون تفهما", HasAttribution, HasNumber},
		{"استقال بسبب المرض", HasCause, HasNext},
		{"من المقرر أن تبدأ الجولة", HasNext, HasCondition},
		{"سيلتقي الوفدان", HasNext, HasNumber},
		{"سيارة مفخخة", 0, HasNext},
		{"فرضوا سيطرتهم قبل سنوات", 0, HasNext},
		{"سنتحرك قريبا", HasNext, 0},
		{"في حال فشل الجولات المقبلة قد تعود واشنطن إلى العقوبات", HasNext | HasCondition, 0},
		{"قد تعرض الرجل لهجوم", 0, HasNext},
		{"قد تشهد الجولة المقبلة توافقا", HasNext, 0},
		{"انتظر طالب في المدرسة", 0, HasAttribution},
	} {
		got := CuesOf(strings.Fields(Fold(c.text)))
		if got&c.with != c.with || got&c.not != 0 {
			t.Errorf("CuesOf(%q) = %b, want %b without %b", c.text, got, c.with, c.not)
		}
	}
}

func TestAttributions(t *testing.T) {
	for _, c := range []struct{ text, speaker string }{
		{"قال وزير الخارجية إن الحرب انتهت", "وزير الخارجيه"},
		{"وأكدت واشنطن أن الاتفاق قريب", "واشنطن"},
		{"وأضاف أن الاتفاق قريب", ""},
		{"بحسب مصادر أمنية قتل رجلان", "مصادر امنيه قتل رجلان"},
	} {
		words := strings.Fields(Fold(c.text))
		list := Attributions(words)
		if len(list) != 1 || !list[0].Sure {
			t.Errorf("Attributions(%q) = %+v, want one that is sure", c.text, list)
			continue
		}
		speaker := ""
		if a := list[0]; a.First >= 0 {
			speaker = strings.Join(words[a.First:a.Last+1], " ")
		}
		if speaker != c.speaker {
			t.Errorf("Attributions(%q): speaker %q, want %q", c.text, speaker, c.speaker)
		}
	}
}
