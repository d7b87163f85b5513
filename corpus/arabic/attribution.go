package arabic

import "strings"

// sayings are the verbs by which news attribute a statement, in the perfect;
// their other forms are made by rule. Written from knowledge of news prose.
const sayings = `قال أكد أعلن أضاف أوضح شدد أشار لفت نفى رفض استبعد توعد صرح ذكر أفاد كشف اعتبر رأى حذر دعا طالب وصف أعرب
	عبر هدد تعهد أبلغ أخبر زعم ادعى أقر اعترف تابع استطرد أردف نوه بين أبدى أبرز حث ندد أدان استنكر رحب أشاد انتقد اتهم
	تساءل توقع رجح نبه جدد ألمح لمح طمأن وعد أيد عارض دافع برر نقل كتب غرد علق رد أجاب خلص زاد ختم ناشد دان طلب`

const sayingsPresent = `يقول يؤكد يعلن يضيف يوضح يشدد يشير يلفت ينفي يرفض يستبعد يتوعد يصرح يذكر يفيد يكشف يعتبر يرى يحذر يدعو يطالب يصف
	يعرب يعبر يهدد يتعهد يبلغ يزعم يدعي يقر يعترف يتابع يردف ينوه يبين يبدي يبرز يحث يندد يدين يستنكر يرحب يشيد ينتقد يتهم
	يتساءل يتوقع يرجح ينبه يجدد يلمح يعد يؤيد يعارض يدافع يبرر ينقل يكتب يعلق يرد يجيب يخلص يناشد`

const sayingsParticiple = `مؤكدا مشيرا موضحا مضيفا لافتا معتبرا محذرا نافيا داعيا مطالبا معربا معلنا مشددا مبينا منوها كاشفا واصفا متوعدا مهددا
	متعهدا رافضا مستبعدا مذكرا مجددا منددا منتقدا متهما مرحبا مشيدا مناشدا مرجحا متوقعا متسائلا زاعما مدعيا قائلا مستطردا متابعا مؤيدا معبرا`

// ambiguous are forms that are more often something else than a verb of
// saying: they count only when a statement follows.
var ambiguous = set(`طالب طالبت بين زاد زادت رد ردت عد نقل نقلت ختم كتب طلب طلبت رأى رأت عبر وعد وصف لفت يعد تعد زادوا رفض ذكر حث`)

// sayingsEnglish are verbs of saying as English news write them.
const sayingsEnglish = `said says say told tells announced announces demanded demands warned warns criticised criticized criticises rejected rejects insisted insists
	urged urges added denied denies confirmed confirms welcomed welcomes condemned condemns accused accuses promised vowed argued claims claimed stressed called`

var saying, participle = func() (verbs, participles map[string]struct{}) {
	verbs, participles = map[string]struct{}{}, map[string]struct{}{}
	for _, v := range strings.Fields(sayings) {
		for _, form := range perfectForms(Fold(v)) {
			verbs[form] = struct{}{}
		}
	}
	for _, v := range strings.Fields(sayingsPresent) {
		form := Fold(v)
		verbs[form] = struct{}{}
		verbs["ت"+form[letterBytes:]] = struct{}{}
		verbs[form+"ون"] = struct{}{}
	}
	for _, v := range strings.Fields(sayingsEnglish) {
		verbs[v] = struct{}{}
	}
	for _, v := range strings.Fields(sayingsParticiple) {
		form := Fold(v)
		participles[form] = struct{}{}
		participles[strings.TrimSuffix(form, "ا")+"ه"] = struct{}{}
		participles[strings.TrimSuffix(form, "ا")+"ين"] = struct{}{}
	}
	return verbs, participles
}()

// perfectForms are the third persons of a folded perfect: قال، قالت، قالوا، قالا.
func perfectForms(v string) []string {
	if stem, weak := strings.CutSuffix(v, "ي"); weak { // نفى
		return []string{v, stem + "ت", stem + "وا"}
	}
	if stem, weak := strings.CutSuffix(v, "ا"); weak { // دعا
		return []string{v, stem + "ت", stem + "وا"}
	}
	return []string{v, v + "ت", v + "وا", v + "تا"}
}

// Conjoined takes a joined و or ف off a folded word of at least three further
// letters; ok reports whether there was one.
func Conjoined(w string) (rest string, ok bool) {
	if len(w) >= 4*letterBytes && (strings.HasPrefix(w, "و") || strings.HasPrefix(w, "ف")) {
		return w[letterBytes:], true
	}
	return w, false
}

// IsSaying reports whether a folded word is a finite verb of saying (قال،
// أعلنت، يؤكدون), with or without a joined و or ف.
func IsSaying(folded string) bool {
	if has(saying, folded) {
		return true
	}
	rest, ok := Conjoined(folded)
	return ok && has(saying, rest)
}

// IsSayingParticiple reports مؤكدا، مشيرا and their like: they carry on the
// statement of a speaker who was named before.
func IsSayingParticiple(folded string) bool {
	if has(participle, folded) {
		return true
	}
	rest, ok := Conjoined(folded)
	return ok && has(participle, rest)
}

var reported = set("أن إن بأن أنه إنه بأنه أنها إنها بأنها أنهم إنهم أنهما إنهما بأنهم أننا إننا بأننا إنني أنني أني إني أنّ لأن فإن كي إلى على عن")

var sourced = set("بحسب حسب وفق وفقا نقلا لحسب حسبما وفقما طبقا")

// Attribution is a statement and who made it, as indexes into the words of a sentence.
type Attribution struct {
	Verb  int // the verb of saying or the preposition (بحسب)
	First int // first word of the speaker, -1 when none stands there («وأضاف أن»)
	Last  int // last word of the speaker, inclusive
	Sure  bool
}

// statementWithin is how far أن may stand behind its verb.
const statementWithin = 14

// Attributions finds who says what in a sentence, given as folded words. Sure
// marks those followed by أن/إن or introduced by بحسب, which are right in more
// than nine of ten cases; the others rest on the verb alone.
func Attributions(words []string) []Attribution {
	var out []Attribution
	for i, w := range words {
		switch {
		case has(sourced, w) || has(sourced, strings.TrimPrefix(w, "و")):
			if a, ok := sourcedAt(words, i); ok {
				out = append(out, a)
			}
		case IsSaying(w):
			if a, ok := sayingAt(words, i); ok {
				out = append(out, a)
			}
		}
	}
	return out
}

func sourcedAt(words []string, i int) (Attribution, bool) {
	first := i + 1
	for first < len(words) && (words[first] == "ل" || words[first] == "عن" || words[first] == "ما" || IsSaying(words[first])) {
		first++
	}
	last := min(first+3, len(words)-1)
	return Attribution{i, first, last, true}, first < len(words)
}

func sayingAt(words []string, i int) (Attribution, bool) {
	a := Attribution{Verb: i, First: -1, Last: -1}
	for j := i + 1; j < len(words) && j <= i+statementWithin; j++ {
		if has(reported, words[j]) {
			a.Sure = !has(prepositional, words[j]) || j+1 < len(words) && has(reported, words[j+1]) && !has(prepositional, words[j+1])
			if j > i+1 {
				a.First, a.Last = i+1, j-1
			}
			break
		}
	}
	if rest, _ := Conjoined(words[i]); !a.Sure && (has(ambiguous, words[i]) || has(ambiguous, rest)) {
		return a, false
	}
	if a.First < 0 && !a.Sure {
		a.First, a.Last = i+1, min(i+4, len(words)-1)
		if a.First >= len(words) {
			a.First = -1
		}
	}
	return a, true
}

// prepositional are the complements of verbs like شدد على، أعرب عن.
var prepositional = set("إلى على عن كي لأن فإن")
