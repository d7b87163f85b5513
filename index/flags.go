package index

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mujaz/corpus/arabic"
)

// The word lists of this file tell what sort of answer a sentence can hold.
// They were written from knowledge of news Arabic; entries stand in ordinary
// spelling and are folded when the program starts.

func folded(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[arabic.Fold(w)] = true
	}
	return m
}

var numberWords = folded(`
	واحد واحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثماني ثمانية ثمان تسع تسعة عشر عشرة
	عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين
	مئة مائة مئتان مئتين مائتان مائتين ثلاثمئة ثلاثمائة أربعمئة أربعمائة خمسمئة خمسمائة ستمئة ستمائة سبعمئة سبعمائة ثمانمئة ثمانمائة تسعمئة تسعمائة
	ألف ألفا ألفين ألفان آلاف مليون مليونا مليونين ملايين مليار مليارا مليارين مليارات بليون تريليون
	عشرات مئات نصف ثلث ربع خمس ثلثي ثلثا ضعف ضعفي مرتين يومين شهرين عامين سنتين أسبوعين ساعتين شخصين دولتين
	one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million billion dozen half third quarter
`)

var dateWords = folded(`
	يناير فبراير مارس أبريل إبريل نيسان مايو يونيو يونيه يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
	كانون شباط آذار أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل جوان جويلية أوت شتنبر نونبر دجنبر
	محرم صفر ربيع جمادى رجب شعبان رمضان شوال القعدة الحجة
	السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة
	اليوم أمس الأمس غدا الغد بعد غد عام سنة عاما سنوات الماضي المقبل القادم الجاري المنصرم الشهر الأسبوع صباح مساء ظهر فجر ليلة منتصف الساعة
	january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
	today yesterday tomorrow year month week ago last next
`)

var monthWords = folded(`
	يناير فبراير مارس أبريل إبريل نيسان مايو يونيو يونيه يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
	شباط آذار أيار حزيران تموز أيلول تشرين جانفي فيفري أفريل جوان جويلية أوت شتنبر نونبر دجنبر
	السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة شوال شعبان رمضان محرم
	january february april june july august september october november december monday tuesday wednesday thursday friday saturday sunday
`)

var causeWords = folded(`
	بسبب نتيجة لأن لأنه لأنها لأنهم جراء إثر لذلك لهذا بفعل بفضل لكي كي بغية بهدف بغرض سعيا تجنبا خشية خوفا نظرا سبب السبب أسباب لسبب يعود تعود
	ويعود وتعود أدى أدت بدعوى بحجة بذريعة احتجاجا ردا لكون كونه كونها انتقاما دفع دفعت تفاديا لعدم بدافع استجابة ضمانا حرصا معللا عازيا عزا وعزا
	كون عزت وعزت أرجع وأرجع أرجعت وأرجعت ناتج ناتجة الناتج الناتجة ناجم ناجمة الناجم الناجمة لأننا لأنني تحسبا لأسباب خلفية رفضا
	يرجع ويرجع ترجع مرده لمنع لتفادي لتجنب لضمان لمواجهة لحماية لوقف
	because since due owing reason cause caused therefore thanks
`)

var futureWords = folded(`
	سوف المقرر المتوقع المرتقب المنتظر المزمع يتوقع ويتوقع متوقع مقرر سيتم وسيتم ستكون سيكون المقبل المقبلة القادم القادمة يعتزم تعتزم يخطط تخطط
	will plans expected scheduled upcoming next
`)

var placeWords = folded(`
	مدينة محافظة منطقة قرية بلدة حي شارع ميناء مطار ولاية إقليم جزيرة عاصمة العاصمة شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب بمدينة بمحافظة بمنطقة بقرية
	مسجد جامع فندق مستشفى مطار ملعب استاد جسر ميدان قصر سجن مخيم معبر
	city town province region village hotel mosque
`)

var mannerWords = folded(`عبر بواسطة خلال باستخدام طريق طريقة وسيلة أسلوب آلية بعدما بعد by through using via`)

// listed joins the lists, so that a new word costs one look-up.
var listed = func() map[string]flag {
	all := map[string]flag{}
	for bit, list := range map[flag]map[string]bool{
		isNumber: numberWords, isDate: dateWords, isMonth: monthWords, isCause: causeWords,
		isFuture: futureWords, isPlace: placeWords, isManner: mannerWords,
	} {
		for w := range list {
			all[w] |= bit
		}
	}
	return all
}()

// listsFingerprint changes when the lists do: what they tell of a word is kept
// with it in the index.
var listsFingerprint = sync.OnceValue(func() string {
	sum := fnv.New64a()
	for _, w := range slices.Sorted(maps.Keys(listed)) {
		fmt.Fprintf(sum, "%s %x\n", w, listed[w])
	}
	return strconv.FormatUint(sum.Sum64(), 36)
})

// flagsOf tells what a word does in a sentence.
func flagsOf(w *word) flag {
	f := listed[w.folded]
	if bare, ok := arabic.Conjoined(w.folded); ok {
		f |= listed[bare]
	}
	set := func(ok bool, bit flag) {
		if ok {
			f |= bit
		}
	}
	question := arabic.IsQuestionWord(w.folded)
	digits := isNumeral(w.folded)
	year := digits && len(w.folded) == 4 && (w.folded[0] == '1' || w.folded[0] == '2')
	set(question || arabic.IsStop(w.folded), isStop)
	set(question, isQuestion)
	set(digits, isDigits)
	set(digits || prefixedNumber(w.folded), isNumber)
	set(year, isDate|isMonth)
	set(futurePrefix(w.folded), isFuture)
	set(isLatinWord(w.folded), isLatin)
	set(arabic.IsSaying(w.folded) || arabic.IsSayingParticiple(w.folded), isSay)
	return f
}

// prefixedNumber accepts number words behind the article or a particle.
func prefixedNumber(folded string) bool {
	for _, prefix := range [...]string{"ال", "لل", "بال", "ب", "ل"} {
		if rest, ok := strings.CutPrefix(folded, prefix); ok && len(rest) >= 6 && numberWords[rest] {
			return true
		}
	}
	return false
}

func isNumeral(folded string) bool {
	return folded != "" && folded[0] >= '0' && folded[0] <= '9'
}

// futurePrefix reports سـ before a sign of the imperfect.
func futurePrefix(folded string) bool {
	rest, ok := strings.CutPrefix(folded, "س")
	return ok && len(rest) >= 8 && (strings.HasPrefix(rest, "ي") || strings.HasPrefix(rest, "ت"))
}
