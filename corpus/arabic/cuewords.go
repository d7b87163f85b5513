package arabic

import "strings"

var (
	causes = set(`بسبب نتيجة لأن لأنه لأنها لأنهم جراء إثر بفعل بفضل لكي كي بغية بهدف بغرض سعيا تجنبا خشية خوفا نظرا أسباب سبب السبب
		يعود تعود يرجع ترجع مرده أدى أدت بدعوى بحجة بذريعة احتجاجا ردا لكونه لكونها كونه كونها انتقاما تفاديا بدافع استجابة
		حرصا عزا يعزو معللا عازيا لذلك لهذا because due owing reason cause caused since`)
	places = set(`مدينة محافظة منطقة قرية بلدة حي شارع ميناء مطار ولاية إقليم جزيرة عاصمة العاصمة شمال جنوب شرق غرب شمالي جنوبي شرقي
		غربي قرب بمدينة بمحافظة بمنطقة in at near city town province region`)
	outcomes = set(`أسفر أسفرت يسفر تسفر أفضى أفضت يفضي تفضي تفض يفض نتج نتجت ينتج توصل توصلت توصلوا يتوصل تتوصل اختراق اختراقا الاختراق انفراج انفراجة
		فشل فشلت الفشل نجح نجحت النجاح نجاح أخفق أخفقت إخفاق حصيلة حقق حققت تحقق أثمر أثمرت مثمر مثمرة اتفقا اتفقوا تنازلات عكست تمخض تمخضت
		resulted led agreed achieved breakthrough failed succeeded concessions`)
	manners  = set("عبر بواسطة باستخدام طريق خلال باستعمال through via using")
	planned  = set("المقرر المتوقع المرتقب المنتظر المزمع المرجح")
	plans    = set("سيناريو السيناريو سيناريوهات السيناريوهات سوف يعتزم تعتزم يعتزمون ستكون سيكون ستتم سيتم ستبقى ستظل سيظل يخطط تخطط will plans scheduled expected")
	upcoming = set("المقبل المقبلة القادم القادمة المقبلين القادمين")
	maybe    = set("قد وقد ربما")
)

// Bits beside the cues of a word that ask for a look at its neighbours.
const (
	askDate Cue = 1 << (15 - iota) // may begin a date
	askNext                        // may announce with its neighbours
	askIn                          // في، من
)

// wordCues holds what single words mark, and where the neighbours decide.
var wordCues = func() map[string]Cue {
	m := map[string]Cue{}
	add := func(c Cue, sets ...map[string]struct{}) {
		for _, set := range sets {
			for w := range set {
				m[w] |= c
			}
		}
	}
	add(HasCause, causes)
	add(HasPlace, places)
	add(HasManner, manners)
	add(HasOutcome, outcomes)
	add(HasSaying, saying, participle, sourced)
	add(HasNext, plans)
	add(askNext, planned, maybe, set("حال"))
	add(HasDate, dayWords)
	add(askDate, timeUnits)
	add(askIn, set("في من"))
	addCounts(m)
	for _, names := range [...]map[string]int{monthOf, hijri} {
		for name := range names {
			first, _, _ := strings.Cut(name, " ")
			m[first] |= askDate
		}
	}
	for name := range weekdayOf {
		m[name] |= HasDate
	}
	return m
}()

// addCounts marks number words with all that can be joined to them.
func addCounts(m map[string]Cue) {
	for _, prefix := range [...]string{"", "ال", "وال", "و", "ب", "بال", "ل", "لل", "ف"} {
		for w := range numberValues {
			m[prefix+w] |= HasNumber
		}
		for w := range scales {
			m[prefix+w] |= HasNumber
		}
		for w := range fuzzyCounts {
			m[prefix+w] |= HasNumber
		}
	}
}
