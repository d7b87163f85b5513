package answer

import (
	"strings"
	"testing"

	"mujaz/corpus"
)

// TestLead: which sentence leads, by example. Every case is one paragraph.
func TestLead(t *testing.T) {
	for _, c := range []struct{ question, text, want string }{
		// dates in brackets answer a birth, though no word says so
		{"متى ولد نجيب محفوظ؟", "نجيب محفوظ (11 ديسمبر 1911 - 30 أغسطس 2006) روائي مصري. ولد نجيب محفوظ في حي الجمالية لأسرة متوسطة، وكان أصغر إخوته، ونشأ كأنه طفل وحيد، وتعلم في كتاب الحي ثم في مدارسه، وقرأ ما وقع تحت يده من القصص والروايات المترجمة التي كان يعيرها له زملاؤه في المدرسة، ثم درس الفلسفة في الجامعة وعمل موظفا.", "11 ديسمبر 1911"},
		// a caption is no answer
		{"ما نتائج شركة سابك للربع الثاني؟", "البنيان خلال إعلانه نتائج سابك للربع الثاني\nتراجعت أرباح سابك في الربع الثاني إلى ستة مليارات ريال.", "تراجعت أرباح"},
		// the class of figure that is asked for
		{"كم سعر برميل النفط؟", "تراجع سعر برميل النفط بنسبة 3 في المئة وسط مخاوف من زيادة المعروض في الأسواق العالمية خلال الأسابيع القليلة المقبلة من هذا العام كما يرى محللون في لندن ونيويورك ودبي وسنغافورة. وبلغ سعر برميل النفط 49 دولارا بعد تعاملات متقلبة شهدتها الأسواق الآسيوية والأوروبية طوال أيام الأسبوع الماضي.", "49 دولارا"},
		// a quotation of two sentences is not broken off
		{"ماذا قال كاميرون عن داعش؟", "وقال كاميرون عن داعش \"أود أن نبذل المزيد. سنعمل معكم\".", "سنعمل معكم"},
		// what was said without the name goes on from who said it
		{"ماذا قال المدير عن المدرسة؟", "قال المدير إن المدرسة تفتح غدا. وأضاف: «كل شيء جاهز في المدرسة».", "قال المدير"},
	} {
		documents := []corpus.Document{{ID: "a", Text: c.text}, {ID: "b", Text: "اختتمت أمس بطولة الشطرنج في العاصمة بمشاركة واسعة."}}
		ans, err := answererOf(t, documents...).Ask(t.Context(), c.question, Ask{})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Kind != Answered || !strings.Contains(ans.Summary.Lead.Text, c.want) {
			t.Errorf("%s: %s %.2f%s", c.question, ans.Kind, ans.Confidence, shown(ans))
		}
		checkLaws(t, ans, Read(c.question, today, nil))
	}
}
