package answer

import (
	"mujaz/corpus/arabic"
	"mujaz/index"
)

// terms are the informative words of a question and the words of the found
// paragraphs that mean the same.
type terms struct {
	idf     []float64
	counts  []float64 // 1, or framingWeight for framing words
	speaker []bool    // part of the name of the speaker asked about
	total   float64
	forms   map[string][]meeting // folded form or stem → question words
	bones   map[string][]meeting // skeleton → question words
	typed   map[string]bool      // folded forms and stems of the question itself
}

// meeting says that a form stands for question word n and what that is worth.
type meeting struct {
	n     int
	worth float64
}

// What a form is worth that meets a question word by stem or skeleton alone.
const (
	stemWorth     = 0.8
	skeletonWorth = 0.45
)

// framing words shape a question and say little about its subject: texts that
// answer «ما نتائج …» or «ماذا قال …» seldom use the very word.
var framing = wordSet(`قال قالت قالوا يقول تقول صرح صرحت أعلن أعلنت أكد أكدت موقف الموقف رأي تعليق علق علقت رد ردت وصف وصفت نتائج نتيجة حصيلة خلاصة ملخص السيناريوهات سيناريوهات
	المتوقعة المتوقع المرتقبة التالي عدد نسبة حجم قيمة بلغ بلغت يبلغ تبلغ سبب أسباب دوافع تاريخ موعد اسم تفاصيل آخر أخبار أهم أبرز معنى حدث جرى تم مدى طريقة كيفية دور هدف
	اليوم أمس الأمس غدا الغد الأسبوع الشهر العام السنة الماضي الماضية الحالي الحالية الجاري today yesterday tomorrow week month year last
	say said says position stance opinion view results result outcome scenarios expected next number percentage happened happen reason reasons name date details latest news main any some`)

// framingWeight is what a framing word keeps of its weight.
const framingWeight = 0.3

// termsOf collects the question's words and, from the explained hits, the
// words that stood in for them. speaker is whose position is asked for, if any.
func termsOf(r index.Result, speaker string) terms {
	names := map[string]bool{}
	for _, word := range arabic.FoldedWords(speaker) {
		names[word] = true
	}
	t := terms{forms: map[string][]meeting{}, bones: map[string][]meeting{}, typed: map[string]bool{}}
	numbers := map[string]int{}
	for n, w := range r.Words {
		numbers[w.Typed] = n
		folded := arabic.Fold(w.Typed)
		counts := 1.0
		if framing[folded] {
			counts = framingWeight
		}
		t.speaker = append(t.speaker, names[folded])
		t.idf = append(t.idf, w.IDF*counts)
		t.counts = append(t.counts, counts)
		t.total += w.IDF * counts
		t.add(folded, n, 1)
		t.typed[folded], t.typed[arabic.Stem(folded)] = true, true
	}
	for _, h := range r.Hits {
		for _, m := range h.Words {
			if n, ok := numbers[m.Typed]; ok && m.Met != "" {
				t.addMet(arabic.Fold(m.Met), n, m.Worth)
			}
		}
	}
	return t
}

func (t *terms) add(folded string, n int, worth float64) {
	put(t.forms, folded, n, worth)
	put(t.forms, arabic.Stem(folded), n, worth*stemWorth)
	put(t.bones, arabic.Skeleton(folded), n, worth*skeletonWorth)
}

func (t *terms) addMet(folded string, n int, worth float64) {
	put(t.forms, folded, n, worth)
	put(t.forms, arabic.Stem(folded), n, worth*stemWorth)
}

func put(forms map[string][]meeting, form string, n int, worth float64) {
	for i, m := range forms[form] {
		if m.n == n {
			forms[form][i].worth = max(m.worth, worth)
			return
		}
	}
	forms[form] = append(forms[form], meeting{n, worth})
}

// meets returns what a word of a text stands for, by its best form.
func (t *terms) meets(folded, stem string) []meeting {
	if m := t.forms[folded]; m != nil {
		return m
	}
	if m := t.forms[stem]; m != nil {
		return m
	}
	if len(t.bones) == 0 || len(stem) < 4 || arabic.IsStop(folded) {
		return nil
	}
	return t.bones[arabic.Skeleton(folded)]
}

// cover is how much of each question word a run of words covers.
type cover []float64

func (t *terms) newCover() cover { return make(cover, len(t.idf)) }

func (c cover) take(list []meeting) {
	for _, m := range list {
		c[m.n] = max(c[m.n], m.worth)
	}
}

// bestOf is the question word that a word stands for best; -1 for none.
func bestOf(list []meeting) int {
	n, worth := -1, 0.0
	for _, m := range list {
		if m.worth > worth {
			n, worth = m.n, m.worth
		}
	}
	return n
}

// share is the covered part of the question, 0..1, rare words counting more.
func (t *terms) share(c cover) float64 {
	if t.total == 0 {
		return 0
	}
	sum := 0.0
	for n, worth := range c {
		sum += worth * t.idf[n]
	}
	return sum / t.total
}
