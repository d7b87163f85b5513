package answer

import (
	"mujaz/corpus/arabic"
	"mujaz/index"
)

// matter is what a question asks for, seen more narrowly than index.Want: a
// question in key words («راتب المدرب», «رئيس تحرير سبق») has no question word
// and asks for a number or a person all the same.
type matter string

const (
	matterOther    matter = "other"
	matterNumber   matter = "number"
	matterName     matter = "name" // «ما اسم …»: the name stands in no list, the word اسم often beside it
	matterPerson   matter = "person"
	matterPlace    matter = "place"
	matterTime     matter = "time"
	matterCause    matter = "cause"
	matterPosition matter = "position"
	matterManner   matter = "manner"
)

// The nouns that say what is asked for. Written from knowledge of how news is
// asked about, not from any question set.
var (
	measureNouns = wordSet(`عدد أعداد نسبة حجم قيمة مبلغ سعر أسعار تكلفة كلفة راتب رواتب ميزانية موازنة أرباح خسائر إيرادات إنتاج وزن طول عمر سن مساحة ارتفاع
		درجة سرعة مسافة مدة رقم رسوم غرامة إعانة جائزة مكافأة رأس استثمارات قروض سكان جمهور حضور حصيلة ضريبة معدل
		price prices cost salary population rate number age weight revenue profit profits budget fee fees percentage average total amount old much many`)
	nameNouns   = wordSet(`اسم أسماء أسامي شسمه لقب name names`)
	placeNouns  = wordSet(`مكان موقع مدينة حي ملعب فندق مقر عنوان منطقة شارع دولة بلد قرية محافظة city country hotel place stadium town location`)
	timeNouns   = wordSet(`تاريخ موعد وقت سنة عام يوم ساعة شهر date year day time`)
	causeNouns  = wordSet(`سبب أسباب دوافع reason reasons cause`)
	personNouns = wordSet(`رئيس رئيسة مدرب محافظ وزير وزيرة سفير نقيب مخرج مدير مديرة قائد بطل أبطال هداف حكم مؤسس صاحب زوج زوجة أمير أمين ناطق متحدث
		president head chief coach director minister ambassador founder owner leader`)
)

// namedMatters are tried in this order; within is how many informative words
// may stand before the noun.
var namedMatters = []struct {
	matter matter
	nouns  map[string]bool
	within int
}{
	{matterName, nameNouns, 2}, {matterNumber, measureNouns, 1}, {matterTime, timeNouns, 0}, {matterPlace, placeNouns, 0},
	{matterCause, causeNouns, 0}, {matterPerson, personNouns, 0},
}

var wantedMatters = map[index.Want]matter{
	index.WantNumber: matterNumber, index.WantTime: matterTime, index.WantPlace: matterPlace, index.WantCause: matterCause,
	index.WantPerson: matterPerson, index.WantPosition: matterPosition, index.WantManner: matterManner,
}

// matterOf tells what is asked for and which informative word of the question
// names it, -1 where none does.
func (w *writer) matterOf(words []index.Word) (matter, int) {
	for i, word := range words[:min(len(words), 3)] {
		folded := arabic.Fold(word.Typed)
		for _, m := range namedMatters {
			if i <= m.within && inAnyForm(m.nouns, folded) {
				return m.matter, i
			}
		}
	}
	switch m := wantedMatters[w.question.Want]; m {
	case "":
		return matterOther, 0
	case matterNumber, matterPerson:
		return m, 0 // «كم قتيلا», «من مدرب …»: the noun follows the question word
	default:
		return m, -1
	}
}

// inAnyForm looks a folded word up as it is, without a joined ب or ل, and by
// its stem.
func inAnyForm(nouns map[string]bool, folded string) bool {
	if nouns[folded] || nouns[arabic.Stem(folded)] {
		return true
	}
	const joined = len("ب")
	return len(folded) > 3*joined && (folded[:joined] == "ب" || folded[:joined] == "ل") && nouns[folded[joined:]]
}

// evidence is what the sentences of the first excerpts hold of what is asked
// for. Sentences that cover at least half of what the best one covers count,
// and those right behind them count in part.
type evidence struct {
	sentence float64 // 0..1: share of the question in the best single sentence
	met      float64 // 0..1: how well the word that names it is met
	beside   float64 // 1: that word and the next of the question stand side by side
	number   float64 // 0..1: a figure that the question has not
	dated    bool    // a date or a figure, in any of them
	says     bool    // the speaker asked about speaks of something in the question
}

// carried is what a sentence counts that only follows a fitting one.
const carried = 0.6

// evidenceExcerpts is how many excerpts are looked at, however many are listed.
const evidenceExcerpts = 3

// evidenceOf reads the first excerpts for what a question asks for.
func (w *writer) evidenceOf(words []index.Word) (matter, evidence) {
	matter, named := w.matterOf(words)
	var e evidence
	for i := range w.evidenceSentences() {
		e.sentence = max(e.sentence, w.sentences[i].share)
	}
	for i := range w.evidenceSentences() {
		s := &w.sentences[i]
		w.nameEvidence(&e, s, named)
		e.says = e.says || s.stance == askedSide && s.share > 0
		near := w.nearness(i, e.sentence/2)
		e.number = max(e.number, near*truth(w.hasNewNumber(s)))
		e.dated = e.dated || s.cues&arabic.HasDate != 0 || w.hasNewNumber(s)
	}
	return matter, e
}

// evidenceSentences are those of the first excerpts, which come first.
func (w *writer) evidenceSentences() []sentence {
	for i := range w.sentences {
		if w.sentences[i].excerpt >= evidenceExcerpts {
			return w.sentences[:i]
		}
	}
	return w.sentences
}

// nearness is 1 for a sentence of at least that share, and less for the one behind it.
func (w *writer) nearness(i int, share float64) float64 {
	switch s := &w.sentences[i]; {
	case s.share >= share:
		return 1
	case s.position == 0 || w.sentences[i-1].share >= share:
		return carried
	}
	return 0
}

func (w *writer) nameEvidence(e *evidence, s *sentence, named int) {
	if named >= 0 && named < len(s.cover) {
		e.met = max(e.met, s.cover[named])
	}
	if w.sideBySide(s, max(named, 0)) {
		e.beside = 1
	}
}

// sideBySide reports that question word n and the one after it stand in this
// order within three words.
func (w *writer) sideBySide(s *sentence, n int) bool {
	const reach = 3
	last := -reach - 1
	for i := range s.words {
		for _, m := range w.terms.meets(s.words[i], s.stems[i]) {
			switch {
			case m.worth < skeletonWorth:
			case m.n == n:
				last = i
			case m.n == n+1 && i > last && i-last <= reach:
				return true
			}
		}
	}
	return false
}
