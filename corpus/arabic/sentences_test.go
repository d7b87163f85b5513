package arabic

import (
	"strings"
	"testing"
)

// sentenceCases are paragraphs with | where a sentence must end.
var sentenceCases = []struct{ name, text string }{
	{"one", "اختتمت الجولة في مسقط."},
	{"two", "اختتمت الجولة.| ولم يصدر بيان."},
	{"no final dot", "اختتمت الجولة.| ولم يصدر بيان"},
	{"heading", "ملفات الخلاف: التخصيب"},
	{"question", "هل تنجح المحادثات؟| لا أحد يعرف."},
	{"exclamation", "يا للعجب!| لم يحضر أحد."},
	{"both marks", "أهذا ممكن؟!| ربما."},
	{"three marks", "مستحيل!!!| قال الجميع ذلك."},
	{"semicolon", "جاءت الرسائل مزدوجة؛ فبينما أشاد الرئيس، حذر الوزير."},
	{"Latin semicolon", "جاء الوفد; وغادر الوزير."},
	{"colon", "قال الوزير: لن نتراجع."},
	{"dr", "استقبل الوزير د. محمد علي الوفد."},
	{"dr with w name", "وصل د. وليد المعلم إلى موسكو."},
	{"dr glued", "استقبل د.محمد علي الوفد.| ثم غادر."},
	{"engineer", "افتتح م. أحمد صالح المعرض.| وحضر جمهور."},
	{"professor", "حاضر أ.د. وائل حلاق في الجامعة.| وحضر طلاب."},
	{"professor spaced", "حاضر أ. د. سامي نصر في الجامعة."},
	{"before Christ", "بني المعبد عام 300 ق.م. في عهد بطليموس."},
	{"before Christ ends", "بني المعبد عام 300 ق.م.| وكان مقصدا للحجاج."},
	{"Hijri", "ولد سنة 1340 هـ. في مكة المكرمة."},
	{"Hijri ends", "ولد سنة 1340 هـ.| ودرس في مكة المكرمة."},
	{"era ends", "حكموا من عام 1299م إلى عام 1922م.| امتدت دولتهم شمالا."},
	{"Hijri glued", "صدر في 1436هـ. عن دار النشر."},
	{"Hijri in brackets", "صدر القرار (1436 هـ. - 2015 م.) في الرياض.| ثم ألغي."},
	{"post box", "العنوان: ص.ب. 1234 الرياض."},
	{"post box spaced", "العنوان: ص. ب. 1234 الرياض."},
	{"page", "انظر ص. 25 من الكتاب."},
	{"agency", "نقلت وكالة أ.ف.ب عن مصدر أمني.| ولم تذكر اسمه."},
	{"agency in brackets", "قتل شخصان (د.ب.أ).| وأصيب ثالث."},
	{"initials Arabic", "كتب ج. ك. رولينغ رواية جديدة."},
	{"initials Latin", "كتب J. K. Rowling رواية جديدة.| ونجحت."},
	{"Latin title", "قال Dr. Smith إن الدواء آمن."},
	{"Latin company", "اشترت Apple Inc. الشركة الناشئة."},
	{"Latin sentences", "The talks ended in Muscat.| No statement was issued."},
	{"Latin abbreviation", "The U.S. delegation left on Friday.| Iran's stayed."},
	{"decimal", "ارتفع النفط 3.5 في المئة.| وتراجع الذهب."},
	{"decimal Arabic digits", "ارتفع النفط ٣.٥ في المئة.| وتراجع الذهب."},
	{"decimal Arabic sign", "ارتفع النفط ٣٫٥ في المئة."},
	{"thousands with dots", "بلغ العدد 10.500.000 نسمة.| وهو في ازدياد."},
	{"thousands with commas", "بلغ العدد 1,200 نسمة."},
	{"year at the end", "حدث ذلك في عام 2015.| وبعد عام عاد."},
	{"year glued", "حدث ذلك في عام 2015.|وبعد عام عاد."},
	{"decimal torn by a mark", "بلغ طوله 8. \u200f1 متر."},
	{"version", "صدر الإصدار 1.2.3 أمس."},
	{"time", "يبدأ البث في 8.30 مساء.| وينتهي في 10.00."},
	{"ellipsis inside", "كنا نعتقد ... أنهم سيعودون."},
	{"two dots inside", "أنا بخير .. الحمد لله."},
	{"ellipsis sign", "لا أعرف… ربما غدا."},
	{"ellipsis ends", "لم يعد أحد إلى القرية بعد تلك الليلة الطويلة الباردة...| وقال شهود إنهم رأوا النار."},
	{"ellipsis then saying", "كانت ليلة صعبة...| وأضاف أن الجميع بخير."},
	{"ellipsis at the end", "ثم صمت..."},
	{"glued", "انتهت الجولة.|وقال الوزير إنها ناجحة."},
	{"glued question", "هل انتهت؟|نعم انتهت."},
	{"spaced dot", "انتهت الجولة .| وقال الوزير إنها ناجحة ."},
	{"web address", "نشر موقع alarabiya.net الخبر.| ثم حذفه."},
	{"quotation with final dot", "قال: «لن نتراجع.»| وأضاف أن القرار نهائي."},
	{"quotation ends before dot", "قال: «لن نتراجع».| وأضاف أن القرار نهائي."},
	{"quotation ends inside", "«هل تنجح المحادثات؟» سؤال يطرحه الجميع."},
	{"exclamation in quotation", "صرخ «النجدة!» ثم سقط.| ونقل إلى المستشفى."},
	{"quotation then speaker", "«انتهى الأمر.» قال الوزير للصحافيين."},
	{"straight quotes", "قال \"لن نتراجع.\"| وأضاف أن القرار نهائي."},
	{"straight quotes open next", "انتهت الجولة.| \"لن نتراجع\" قال الوزير."},
	{"straight quotes twice", "وصفه \"بالوفي\" و\"الصادق\".| ثم غادر."},
	{"curly quotes", "قال “لن نتراجع.”| وأضاف أن القرار نهائي."},
	{"dots in quotation", "قال: «لن نتراجع.| سنواصل العمل.»| وأضاف أن القرار نهائي."},
	{"question in brackets", "وصل المدير (المقال؟) إلى مكتبه.| وبدأ العمل."},
	{"sentence in brackets", "غادر الوفد (لم يذكر السبب.) ثم عاد."},
	{"brackets after dot", "غادر الوفد.| (رويترز)"},
	{"list number first", "1. إعادة فتح المعابر."},
	{"list numbers", "1. فتح المعابر.| 2. إطلاق الأسرى.| 3. وقف النار."},
	{"list without dots", "1. فتح المعابر| 2. إطلاق الأسرى| 3. وقف النار"},
	{"list letter", "أ. فتح المعابر.| ب. إطلاق الأسرى."},
	{"number ends sentence", "بلغ عدد القتلى 12.| وأصيب آخرون."},
	{"comma after dot", "ذكرت شركة كو.، وهي صينية، أنها خسرت."},
	{"vowelled", "انْتَهَتِ الجَوْلَةُ.| وَلَمْ يَصْدُرْ بَيَانٌ."},
	{"tatweel abbreviation", "توفي سنة 256 هـ.، ودفن في سمرقند."},
	{"line break inside", "عنوان الخبر|\nنص الخبر."},
	{"only marks", "..."},
	{"trailing quote", "قال: لن نتراجع.»"},
	{"blank", "   "},
	{"letters by name", "قال لتلفزيون ان. بي. سي إن القرار خطأ.| ثم غادر."},
	{"percent", "بلغت النسبة 45%.| وكانت 30% قبل عام."},
	{"degree of doctor list", "حضر د. سعد و د. خالد و م. فهد.| واعتذر أ. ناصر."},
	{"etc", "شملت الجولة مصر والأردن ولبنان إلخ.| وعاد الوزير."},
}

func TestSentences(t *testing.T) {
	for _, c := range sentenceCases {
		text := strings.ReplaceAll(c.text, "|", "")
		var want []string
		for _, part := range strings.Split(c.text, "|") {
			if part = strings.TrimSpace(part); part != "" {
				want = append(want, part)
			}
		}
		var got []string
		for _, s := range Sentences(text) {
			got = append(got, text[s.Start:s.End])
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, want)
		}
	}
}

// FuzzSentences holds that the sentences are ordered, trimmed, whole
// characters, and that nothing but white space is lost between them.
func FuzzSentences(f *testing.F) {
	for _, c := range sentenceCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, span := range Sentences(s) {
			if span.Start < last || span.End <= span.Start || span.End > len(s) {
				t.Fatalf("Sentences(%q): %v after %d", s, span, last)
			}
			if gap := strings.TrimFunc(s[last:span.Start], isBlank); gap != "" {
				t.Fatalf("Sentences(%q) loses %q", s, gap)
			}
			last = span.End
		}
		if rest := strings.TrimFunc(s[last:], isBlank); rest != "" {
			t.Fatalf("Sentences(%q) loses %q at the end", s, rest)
		}
	})
}
