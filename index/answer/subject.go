package answer

import (
	"mujaz/corpus/arabic"
	"mujaz/index"
)

// subjectFrames open a request for whatever the documents say of a subject;
// what follows is the subject. Standard Arabic, the larger dialects, English.
var subjectFrames = patterns(`^وماذا عن|^ماذا عن|^ماذا ورد عن|^ماذا ورد في|^ماذا يقال عن|^ماذا قيل عن|^ما الجديد عن|^ما الجديد في|^ما الجديد بشأن|^ما جديد|^ما أخبار
	|^ما آخر أخبار|^آخر أخبار|^أخبار|^اخبرني عن|^أخبرني عن|^حدثني عن|^احكي لي عن|^احكيلي عن|^قل لي عن|^أعطني معلومات عن|^معلومات عن|^تفاصيل عن|^تفاصيل|^كل شيء عن|^كل شي عن
	|^شو عن|^شو في عن|^شو أخبار|^وش أخبار|^وش صار على|^ايش أخبار|^ايه أخبار|^ايه اخبار|^شنو أخبار|^شنو اخبار|^آش كاين على|^بدي أعرف عن|^عايز أعرف عن|^أريد أن أعرف عن|^أريد معرفة
	|^what about|^tell me about|^news about|^news on|^news of|^anything about|^information about|^info on|^info about|^details about|^latest on|^what is new on|^whats new with|^what do you know about`)

// subjectOf returns the subject of a request that names one and asks nothing
// of it, or the whole text where it is a single word.
func subjectOf(text string) (subject string, ok bool) {
	tokens, words := arabic.Words(text), arabic.FoldedWords(text)
	if len(words) == 1 {
		return text, true
	}
	longest := 0
	for _, p := range subjectFrames {
		if len(p.words) < len(words) && len(p.words) > longest && hasPrefix(words, p.words) {
			longest = len(p.words)
		}
	}
	if longest == 0 {
		return text, false
	}
	return text[tokens[longest].Start:tokens[len(tokens)-1].End], true
}

// subjectSure is the confidence of passages that speak of the subject named:
// they are what was asked for, but nobody said what is wanted of it.
const subjectSure = 0.6

// subjectCovered is how well the words of the subject must be met: by the word
// itself, another form of it, or what the lexicon holds for the same.
const subjectCovered = 0.85

// namesSubject reports that the text names a subject and the excerpts have it:
// who types «عراقجي» or «ماذا عن الصواريخ؟» wants the passages about it.
func (w *writer) namesSubject(r index.Result, covered float64) bool {
	for _, word := range r.Words {
		if !word.Known {
			return false
		}
	}
	return w.question.Subject && len(r.Words) > 0 && covered >= subjectCovered
}
