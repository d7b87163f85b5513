package arabic

import "strings"

// Cue is a set of kinds of answer that a sentence can hold.
type Cue uint16

// The cues, see CuesOf.
const (
	HasNumber      Cue = 1 << iota // figure or number word
	HasDate                        // point in time
	HasCause                       // بسبب، لأن، نتيجة …
	HasPlace                       // a preposition of place or a word like مدينة
	HasAttribution                 // somebody says something, surely
	HasSaying                      // a verb or participle of saying
	HasNext                        // announces what comes, with strong markers
	HasCondition                   // في حال، إذا
	HasManner                      // عبر، بواسطة، من خلال
	HasOutcome                     // tells what came of something: أسفر، أفضى، اختراق، فشل …
)

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

// CuesOf tells what kinds of answer a sentence, given as folded words, can hold.
func CuesOf(words []string) Cue {
	var c Cue
	for i := range words {
		c |= CueAt(words, i)
	}
	if c&HasSaying != 0 {
		for _, a := range Attributions(words) {
			if a.Sure {
				c |= HasAttribution
			}
		}
	}
	return c
}

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

// CueAt tells what the word at i of a sentence, given as folded words, marks.
func CueAt(words []string, i int) Cue {
	w := words[i]
	c := wordCues[w]
	if rest := unjoined(w); len(rest) < len(w) {
		c |= wordCues[rest] & (HasDate | askDate)
	}
	if rest, ok := Conjoined(w); ok {
		c |= wordCues[rest] &^ (askNext | askIn)
	}
	if isDigit(w[0]) {
		c |= HasNumber
		if _, year := YearOf(w); year {
			c |= HasDate
		}
	}
	if c&askDate != 0 && DateAt(words, i) > 0 {
		c |= HasDate
	}
	if c&askIn != 0 {
		c |= inAt(words, i)
	}
	if c&askNext != 0 || IsFutureVerb(w) || isJoinedFuture(w) {
		c |= nextAt(words, i, w)
	}
	return c &^ (askDate | askNext | askIn)
}

// inAt: «في» before a place and not before a time, «من أجل».
func inAt(words []string, i int) Cue {
	if i+1 == len(words) {
		return 0
	}
	next := words[i+1]
	switch {
	case words[i] == "من" && next == "اجل":
		return HasCause
	case words[i] == "في" && DateAt(words, i+1) == 0 && !IsStop(next):
		return HasPlace
	}
	return 0
}

func isJoinedFuture(w string) bool {
	rest, ok := Conjoined(w)
	return ok && IsFutureVerb(rest)
}

// nextAt recognises strong announcements only: «قد» with a verb is as often
// past as future, so that it needs a word like «المقبلة» or a condition.
func nextAt(words []string, i int, w string) Cue {
	switch {
	case IsFutureVerb(w), isJoinedFuture(w):
		return HasNext
	case has(planned, w) && i > 0 && strings.HasSuffix(words[i-1], "من"):
		return HasNext
	case w == "حال" && i > 0 && (words[i-1] == "في" || words[i-1] == "وفي"):
		return conditionAt(words, i)
	case has(maybe, w) && i+1 < len(words) && isImperfect(words[i+1]) && containsAny(words[i+1:], upcoming):
		return HasNext
	}
	return 0
}

func conditionAt(words []string, i int) Cue {
	if containsAny(words[i:], maybe) || containsAny(words[i:], upcoming) {
		return HasCondition | HasNext
	}
	return HasCondition
}

func containsAny(words []string, m map[string]struct{}) bool {
	for _, w := range words {
		if has(m, w) {
			return true
		}
	}
	return false
}

// IsFutureVerb reports سـ before an imperfect: سيلتقي، ستعود.
func IsFutureVerb(folded string) bool {
	rest, ok := strings.CutPrefix(folded, "س")
	if !ok || len(rest) < 4*letterBytes || !isImperfect(rest) {
		return false
	}
	for _, noun := range futureLike {
		if strings.HasPrefix(folded, noun) {
			return false
		}
	}
	return true
}

// futureLike are beginnings of nouns and perfects that look like a future.
var futureLike = strings.Fields(Fold("سيار سياس سياح سيناري سيطر سيدات سيدة سيول سياج سياق سيادة سينما ستون ستين سيناء سيدني ستوكهولم ستار سنوات سنتين سنوي سنين سنتر سيرة سينات سنتيم ستاند سترات ستيف ستيفن سيرج سيمنز سيلفا"))

func isImperfect(w string) bool {
	if len(w) < 4*letterBytes {
		return false
	}
	switch w[:letterBytes] {
	case "ي", "ت", "ن":
		return true
	}
	return false
}

// CountCue is how many words of a sentence, given as folded words, hold the cue.
func CountCue(words []string, cue Cue) int {
	n := 0
	for i := range words {
		if CueAt(words, i)&cue != 0 {
			n++
		}
	}
	return n
}
