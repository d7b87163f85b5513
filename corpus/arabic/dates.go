package arabic

import (
	"strings"
	"time"
)

// months of both naming systems and of the Maghreb, one line a month; names of
// two words are joined by an underscore.
const monthNames = `يناير كانون_الثاني جانفي january jan
فبراير شباط فيفري february feb
مارس آذار march mar
أبريل إبريل نيسان أفريل april apr
مايو أيار ماي may
يونيو يونيه حزيران جوان june jun
يوليو يوليه تموز جويلية july jul
أغسطس آب أوت غشت august aug
سبتمبر أيلول شتنبر september sept sep
أكتوبر تشرين_الأول october oct
نوفمبر تشرين_الثاني نونبر november nov
ديسمبر كانون_الأول دجنبر december dec`

const hijriNames = `محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة
	ربيع_الثاني جمادى_الثانية ذي_القعدة ذي_الحجة`

const weekdayNames = `الأحد sunday
الاثنين الإثنين monday
الثلاثاء tuesday
الأربعاء wednesday
الخميس thursday
الجمعة friday
السبت saturday`

var (
	monthOf   = numbered(monthNames)
	weekdayOf = numbered(weekdayNames)
	hijri     = numbered(strings.ReplaceAll(hijriNames, "\n", " "))
)

// numbered maps the folded names of each line to its number, from 1.
func numbered(text string) map[string]int {
	m := map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		for _, name := range strings.Fields(line) {
			m[strings.ReplaceAll(Fold(name), "_", " ")] = i + 1
		}
	}
	return m
}

// MonthAt reads the name of a solar month at words[i], folded, and the number
// of words it takes; 0 when there is none. A joined particle is allowed.
func MonthAt(words []string, i int) (time.Month, int) {
	m, n := nameAt(monthOf, words, i)
	return time.Month(m), n
}

func nameAt(names map[string]int, words []string, i int) (int, int) {
	for _, first := range [...]string{words[i], unjoined(words[i])} {
		if i+1 < len(words) {
			if m, ok := names[first+" "+words[i+1]]; ok {
				return m, 2
			}
		}
		if m, ok := names[first]; ok {
			return m, 1
		}
	}
	return 0, 0
}

// unjoined takes و، ب، ل، ف off a word that is long enough.
func unjoined(w string) string {
	if len(w) >= 4*letterBytes {
		switch w[:letterBytes] {
		case "و", "ب", "ل", "ف":
			return w[letterBytes:]
		}
	}
	return w
}

// WeekdayOf reads the name of a weekday.
func WeekdayOf(folded string) (time.Weekday, bool) {
	d, ok := weekdayOf[folded]
	if !ok {
		d, ok = weekdayOf[unjoined(folded)]
	}
	return time.Weekday(d - 1), ok
}

// YearOf reads a year between 1000 and 2199, of either calendar.
func YearOf(folded string) (int, bool) {
	v, ok := Digits(folded)
	if !ok || len(folded) != 4 || v < 1000 || v >= 2200 {
		return 0, false
	}
	return int(v), true
}

var (
	dayWords    = set("اليوم أمس الأمس غدا الغد البارحة أمسية today yesterday tomorrow tonight")
	timeUnits   = set("عام سنة عاما الأعوام السنوات شهر الشهر أسبوع الأسبوع يوم العام السنة ليلة القرن قرن فجر مساء صباح ظهر عصر منتصف مطلع نهاية أواخر أوائل بداية موعد الساعة year month week century")
	timeRelated = set("الماضي الماضية المقبل المقبلة القادم القادمة الجاري الجارية الحالي المنصرم الفائت التالي التالية السابق نفسه last next this ago")
)

// DateAt tells how many words from words[i] name a point in time: a calendar
// date, a weekday, a year, or a relative expression such as «الأسبوع المقبل»;
// 0 when there is none.
func DateAt(words []string, i int) int {
	w := words[i]
	if _, ok := WeekdayOf(w); ok || has(dayWords, w) || has(dayWords, unjoined(w)) {
		return 1
	}
	if _, ok := YearOf(w); ok {
		return 1
	}
	for _, names := range [...]map[string]int{monthOf, hijri} {
		if _, n := nameAt(names, words, i); n > 0 && !lonelyAmbiguous(words, i, n) {
			return n
		}
	}
	if has(timeUnits, w) || has(timeUnits, unjoined(w)) {
		if i+1 < len(words) && (has(timeRelated, words[i+1]) || isDigit(words[i+1][0])) {
			return 2
		}
	}
	return 0
}

var ambiguousMonths = set("صفر آب ماي may mar mars محرم march أوت")

// lonelyAmbiguous reports month names that are other words, too, unless a
// number stands beside them.
func lonelyAmbiguous(words []string, i, n int) bool {
	if !has(ambiguousMonths, words[i]) && !has(ambiguousMonths, unjoined(words[i])) {
		return false
	}
	before := i > 0 && isDigit(words[i-1][0])
	after := i+n < len(words) && isDigit(words[i+n][0])
	return !before && !after
}
