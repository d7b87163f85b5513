package answer

import (
	"strings"
	"unicode"

	"mujaz/corpus/arabic"
)

// courtesies are what people type that asks nothing of the documents: phrases
// of standard Arabic, dialects and English, in ordinary spelling. A text is a
// courtesy only when nothing but such phrases and fillers stands in it.
var courtesies = map[Courtesy]string{
	Greeting: `السلام عليكم|سلام عليكم|السلام عليكم ورحمة الله|السلام عليكم ورحمة الله وبركاته|وعليكم السلام|عليكم السلام|سلام|مرحبا|مرحبتين|مراحب|أهلا|أهلين|أهلا وسهلا|هلا|هلا والله|هاي|هلو|الو
		|صباح الخير|صباح النور|مساء الخير|مساء النور|صباحو|مساءو|يسعد صباحك|يسعد مساك|كيف حالك|كيف الحال|كيفك|شلونك|إزيك|ازيكم|عامل ايه|شخبارك|كيف حالكم|لاباس|السلام|تحية|تحياتي|صباح الورد|صباح الفل|صباح الياسمين|مسا الخير|مساء الورد|حياك الله|حياكم الله|هلا وغلا|هلا بيك|ازيك|واش راك|لاباس عليك|كيف حالكم|شو اخبارك|كيف الأحوال|كيفك اليوم|شلونكم|تشرفنا|نهارك سعيد|ما هذا البوت|من صنعك|ما هذا|ما اسمك|من أنت|من انت|مين انت
		|hello|hi|hey|hi there|hello there|good morning|good evening|good afternoon|how are you|salam|salaam|hiya|greetings|who are you|who made you|what are you|what is this|good day`,
	Thanks: `شكرا|شكرا جزيلا|شكرا لك|شكرا لكم|شكرا كثيرا|مشكور|مشكورين|متشكر|متشكرين|تسلم|تسلمي|تسلم ايدك|تسلم ايديك|يسلمو|يسلموا|وجزاكم خيرا|جزاكم خيرا|وجزاك خيرا|يعطيك العافية|الله يعطيك العافية|جزاك الله خيرا|جزاكم الله خيرا|بارك الله فيك|ممنون|ممنونك|تشكر|تشكرات|كفو|أحسنت|ممتاز|رائع|جميل|حلو|تمام|ميرسي|الف شكر|صحا|بارك الله فيكم|عاشت ايدك|يعطيكم العافية
		|thanks|thank you|thx|thank you very much|thanks a lot|thank u|ty|many thanks|thanks so much|great|awesome|perfect|cool|well done|nice|ok|okay|أوكي|اوك|طيب|حسنا`,
	Farewell: `مع السلامة|وداعا|إلى اللقاء|الى اللقاء|باي|باي باي|في أمان الله|تصبح على خير|تصبحون على خير|أراك لاحقا|نشوفك|سلامات|بسلامة|استودعك الله|bye|goodbye|good bye|bye bye|see you|see you later|good night|farewell`,
	Insult: `غبي|يا غبي|أنت غبي|انت غبي|بوت غبي|حمار|يا حمار|أحمق|يا أحمق|كلب|يا كلب|كلاب|تافهين|قليل الأدب|عديم الفائدة|بلا فائدة|ما تفهم شي|ما بتفهم|سخيف|تافه|يا تافه|حقير|فاشل|بوت فاشل|أنت فاشل|انت فاشل|زبالة|خرا|لعنة|اخرس|انقلع|اسكت|قذر|وسخ|متخلف|يلعن|تفو|زفت|خايس|بايخ|ما تفهم|لا تفهم|لا تفهم شيئا
		|stupid|idiot|you are stupid|dumb|fool|shut up|useless|you suck|stupid bot|moron|bastard|fuck|fuck you|shit`,
	AskHelp: `مساعدة|المساعدة|قائمة|القائمة|القائمة الرئيسية|طريقة الاستخدام|ساعدني|ساعدوني|مساعده|كيف أستخدمك|كيف استخدم البوت|كيف أستخدم هذا البوت|ماذا تفعل|ماذا تستطيع أن تفعل|ماذا يمكنك أن تفعل|ما وظيفتك|شو بتعمل|وش تسوي|بتعمل ايه|الأوامر|تعليمات|ابدأ|بداية|هيلب
		|help|help me|what can you do|how do i use this|how does this work|commands|start|menu|instructions`,
	Subscribe:   `اشترك|اشتراك|الاشتراك|أريد الاشتراك|أشترك|أن أشترك|النشرة اليومية|الاشتراك في النشرة|الاشتراك في النشرة اليومية|اريد ان اشترك|أريد أن أشترك|اشتركني|سجلني|عايز اشترك|ابغى اشترك|بدي اشترك|subscribe|subscribe me|i want to subscribe|sign up|sign me up`,
	Unsubscribe: `إلغاء الاشتراك|الغاء الاشتراك|الغي الاشتراك|ألغ الاشتراك|ألغ اشتراكي|الغ الاشتراك|إلغاء اشتراكي|أريد إلغاء الاشتراك|اوقف الاشتراك|وقف النشرة|أوقف النشرة|ايقاف النشرة|لا أريد النشرة|إلغاء النشرة|أوقف الاشتراك|وقف الاشتراك|إيقاف|ايقاف|توقف|لا ترسل|الغاء|إلغاء|unsubscribe|stop|cancel|cancel subscription|stop subscription`,
}

// fillers may stand beside a courtesy without making a question of it.
var fillers = wordSet("أنت انت انتي هل ممكن أريد اريد ابغى بدي عايز أن في على هذه هذا المعلومات المعلومة المساعدة النشرة اليومية باشا غالي حبيبي اليوم عليكم عليك أستاذ أيها من فضلكم يا أخي اخي صديقي بوت البوت موجز لك لكم جدا كثيرا كتير أوي جزيلا الله والله من فضلك لو سمحت أرجوك رجاء عزيزي للجميع جميعا dear bot please can you i want to u me this that for the information info your very much so mujaz everyone all")

type courtesyPhrase struct {
	words []string
	kind  Courtesy
}

// courtesyPhrases by their first word.
var courtesyPhrases = func() map[string][]courtesyPhrase {
	m := map[string][]courtesyPhrase{}
	for kind, text := range courtesies {
		for _, p := range patterns(text) {
			m[p.words[0]] = append(m[p.words[0]], courtesyPhrase{p.words, kind})
		}
	}
	return m
}()

// CourtesyOf tells what sort of non-question a text is, empty for a question.
func CourtesyOf(text string) Courtesy {
	typed := arabic.FoldedWords(text)
	words := make([]string, len(typed))
	for i, w := range typed {
		words[i] = squeeze(w)
	}
	if len(words) == 0 {
		return EmptyText
	}
	if kind, ok := onlyCourtesies(words); ok {
		return kind
	}
	switch {
	case isGibberish(typed):
		return Gibberish
	case len(informative(words)) == 0 && !asksAlone(words):
		return EmptyText
	}
	return ""
}

// squeeze shortens letters written three times or more: شكرااااا → شكرا.
func squeeze(w string) string {
	var b strings.Builder
	var last rune
	run := 0
	for _, r := range w {
		if r == last {
			run++
		} else {
			last, run = r, 1
		}
		if run < 3 || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	if s := b.String(); len(s) < len(w) {
		return strings.TrimSuffix(s, string(last)) // one of the two that are left
	}
	return w
}

func onlyCourtesies(words []string) (Courtesy, bool) {
	var kind Courtesy
	for i := 0; i < len(words); {
		p, ok := longestCourtesy(words[i:])
		switch {
		case ok:
			if kind == "" || kind == Greeting {
				kind = p.kind
			}
			i += len(p.words)
		case fillers[words[i]]:
			i++
		default:
			return "", false
		}
	}
	return kind, kind != ""
}

func longestCourtesy(words []string) (courtesyPhrase, bool) {
	var best courtesyPhrase
	for _, p := range courtesyPhrases[words[0]] {
		if len(p.words) > len(best.words) && hasPrefix(words, p.words) {
			best = p
		}
	}
	return best, best.words != nil
}

// informative leaves function and question words out.
func informative(words []string) []string {
	var out []string
	for _, w := range words {
		if !arabic.IsStop(w) && !arabic.IsQuestionWord(w) && len([]rune(w)) > 1 {
			out = append(out, w)
		}
	}
	return out
}

// courtesyAfter is CourtesyOf a text that follows a question: with one before
// it, a bare question word or «وهذا؟» goes on; without, it asks nothing yet.
func courtesyAfter(previous, text string) Courtesy {
	switch c := CourtesyOf(text); {
	case c == EmptyText && previous != "":
		return ""
	case c == "" && previous == "" && len(informative(arabic.FoldedWords(text))) == 0:
		return EmptyText
	default:
		return c
	}
}

// asksAlone reports a bare question word («متى؟») that a question before can complete.
func asksAlone(words []string) bool {
	for _, w := range words {
		if arabic.IsQuestionWord(w) && !arabic.IsStop(w) {
			return true
		}
	}
	return false
}
