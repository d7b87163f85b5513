package answer

import (
	"strings"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// pattern is a sequence of folded words that asks for one kind of answer. It
// may stand anywhere, or only at the beginning when it opens with ^.
type pattern struct {
	words []string
	first bool
}

// asks lists the patterns by kind; the kinds are tried in the order of wantOrder.
var asks = map[index.Want][]pattern{
	index.WantTime: patterns(`متى|منذ متى|في أي عام|في أي سنة|أي عام|أي سنة|أي يوم|أي شهر|أي تاريخ|أي وقت|بأي عام|بأي سنة|أي ساعة|أي قرن|ما تاريخ|ما موعد|ما هو تاريخ|ما هو موعد
		|when|what year|which year|what date|what day|which day|what month|which month|what time`),
	index.WantNumber: patterns(`كم|بكم|لكم|وكم|ما عدد|ما نسبة|ما حجم|ما قيمة|ما سعر|ما مبلغ|ما تكلفة|ما كلفة|ما سن|ما عمر|ما مدة|ما طول|ما مساحة|ما معدل|ما وزن|ما حصيلة|ما ارتفاع|ما عرض|ما مقدار
		|هو عدد|هي نسبة|هو حجم|هي قيمة|هو سعر|هي تكلفة|هو عمر|هي مدة|هو طول|هي مساحة|هو معدل|هو ارتفاع|هي المسافة|هي حصيلة|هو مقدار|كم عدد
		|how many|how much|how old|how long|how far|how large|how big|how tall|what percentage|what share|how often|what number|what price`),
	index.WantPlace: patterns(`أين|من أين|إلى أين|أي مدينة|أي بلد|أي دولة|أي مكان|أي منطقة|أي محافظة|أي قارة|أي قرية|أي ولاية|أي موقع|ما عاصمة|ما موقع
		|where|which city|what city|which country|what country|which town|which village|which province|in which`),
	index.WantCause:    patterns(`لماذا|ولماذا|لما|ما سبب|ما أسباب|ما السبب|ما هو سبب|ما هي أسباب|ما دوافع|ما الدافع|ما الذي دفع|ما الذي أدى|^لم|بسبب ماذا|why|what caused|reason for|reasons for|how come`),
	index.WantPosition: patterns(`ما موقف|هو موقف|ما رأي|هو رأي|ما رد فعل|كيف رد|كيف ردت|كيف علق|كيف علقت|ماذا قال|ماذا قالت|ماذا قالوا|ماذا صرح|ماذا أعلن|ماذا أعلنت|ماذا أكد|ماذا أكدت|ماذا يقول|ماذا تقول|بماذا صرح|بم صرح|بماذا رد|بماذا اتهم|بماذا وصف|كيف وصف|ما تعليق|موقف|تصريحات|position of|stance|position on|say about|says about|said about|say on|react|reaction|respond`),
	index.WantNext: patterns(`ما التالي|ماذا بعد|ماذا سيحدث|ما المتوقع|ما هو المتوقع|السيناريوهات|سيناريوهات|ما الخطوة القادمة|ما الخطوة التالية|ما الخطوات|ماذا سيفعل|ماذا ستفعل|ماذا ينتظر|ما مستقبل|ما مصير|المتوقعة|المرتقبة
		|what next|what is next|what's next|happens next|happen next|expected to|scenarios|what will`),
	index.WantPerson: patterns(`^من|^ومن|لمن|من هو|من هي|من الذي|من التي|ما اسم|ما هو اسم|أي شخص|أي لاعب|أي رئيس|أي وزير|مع من|على يد من|من قبل من|who|whom|whose|what is the name`),
	index.WantManner: patterns(`كيف|وكيف|بأي طريقة|ما طريقة|كيفية|how`),
}

var wantOrder = []index.Want{
	index.WantPlace, index.WantNumber, index.WantTime, index.WantCause, index.WantPosition, index.WantNext, index.WantPerson, index.WantManner,
}

var outcomes = patterns(`نتائج|نتيجة|ما حصيلة|أسفرت عنه|أسفر عنه|أسفرت عن ماذا|أسفر عن ماذا|ماذا حقق|ماذا حققت|ماذا تحقق|هل نجح|هل نجحت|هل فشل|هل فشلت|إلى ماذا توصل|إلى ماذا توصلت|توصلت إليه|خرجت به|خلاصة|ملخص
	|results|result|outcome|outcomes|came out of|achieve|achieved|conclusion`)

func outcomeAsked(words []string) bool {
	for _, p := range outcomes {
		if p.in(words) {
			return true
		}
	}
	return false
}

func patterns(text string) []pattern {
	var out []pattern
	for _, alternative := range strings.Split(strings.Join(strings.Fields(text), " "), "|") {
		alternative = strings.TrimSpace(alternative)
		bare, first := strings.CutPrefix(alternative, "^")
		if bare != "" {
			out = append(out, pattern{strings.Fields(arabic.Fold(bare)), first})
		}
	}
	return out
}

func wantOf(words []string) index.Want {
	for _, want := range wantOrder {
		for _, p := range asks[want] {
			if p.in(words) {
				return want
			}
		}
	}
	return index.WantAny
}

func (p pattern) in(words []string) bool {
	last := len(words) - len(p.words)
	if p.first {
		last = min(last, 0)
	}
	for i := 0; i <= last; i++ {
		if hasPrefix(words[i:], p.words) {
			return true
		}
	}
	return false
}

func hasPrefix(words, prefix []string) bool {
	if len(words) < len(prefix) {
		return false
	}
	for i, w := range prefix {
		if words[i] != w {
			return false
		}
	}
	return true
}
