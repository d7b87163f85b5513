package answer

import (
	"slices"
	"strings"

	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// side recognises the speaker that was asked about, under any of its names.
type side struct {
	stems    map[string]bool
	concepts map[lexicon.ID]bool
	lexicon  *lexicon.Lexicon
	office   []side // of «وزير النفط السعودي» what every word names, where it takes more than one
}

// officeWords is how many words of an office must stand together to name its
// holder: there are other Saudis, and others who speak of oil.
const officeWords = 2

// titles are words that many speakers share: they name nobody.
var titles = wordSet(`أبو بن ابن عبد آل أم وزير الوزير رئيس الرئيس الخارجية خارجية وزارة الدفاع الداخلية المتحدث باسم الناطق مدير عام أمين العام السابق الجديد
	minister president foreign spokesman chief secretary`)

// surelyNamed is the least weight of a concept that stands for the speaker: a
// term that is ambiguous in its line names too many others.
const surelyNamed = 0.5

// sideOf reads the name of a speaker, or an office.
func (w *writer) sideOf(speaker string) side {
	s := w.named(speaker)
	words := strings.Fields(speaker)
	at := slices.IndexFunc(words, func(word string) bool { return offices[arabic.Fold(word)] })
	if at < 0 {
		return s
	}
	var last string
	for _, word := range words {
		if !titles[arabic.Fold(word)] {
			s.office, last = append(s.office, w.named(word)), word
		}
	}
	if len(s.office) == 1 && strings.HasPrefix(last, "ال") { // «الرئيس الأميركي», not any American
		s.office = append(s.office, w.named(words[at]))
	}
	return s
}

// offices are titles of which there are many at a time.
var offices = wordSet(`وزير الوزير وزيرة رئيس الرئيس مدير أمين المتحدث الناطق متحدث ناطق سفير محافظ minister spokesman ambassador`)

func (w *writer) named(speaker string) side {
	s := side{stems: map[string]bool{}, concepts: map[lexicon.ID]bool{}, lexicon: w.lexicon}
	words := arabic.FoldedWords(speaker)
	for _, word := range words {
		if len(words) == 1 || !titles[word] {
			s.stems[arabic.Stem(word)] = true
		}
	}
	if w.lexicon != nil {
		for _, m := range w.lexicon.Match(words) {
			if len(words) > 1 && m.First == m.Last && titles[words[m.First]] {
				continue
			}
			for _, c := range m.Concepts {
				if c.Weight >= surelyNamed {
					s.concepts[c.ID] = true
				}
			}
		}
	}
	return s
}

// speaks reports whether one of the words names the side.
func (s side) speaks(words, stems []string) bool {
	for _, stem := range stems {
		if s.stems[stem] {
			return true
		}
	}
	if s.lexicon == nil || len(s.concepts) == 0 {
		return false
	}
	for _, m := range s.lexicon.Match(words) {
		for _, c := range m.Concepts {
			if s.concepts[c.ID] {
				return true
			}
		}
	}
	return false
}

// typed reports that a sentence has a word of the name as it was typed.
func (s side) typed(stems []string) bool {
	return slices.ContainsFunc(stems, func(stem string) bool { return s.stems[stem] })
}

// subjectReach is how many words on either side of a verb of saying its
// subject stands in: «طهران، في المقابل، استبعدت», «أكد وزير الخارجية».
const subjectReach = 4

// readStances tells whose statement each sentence of one paragraph is.
func (w *writer) readStances(list []sentence) {
	for i := range list {
		s := &list[i]
		if s.cues&arabic.HasSaying != 0 {
			s.statements = arabic.Attributions(s.words)
		}
		if w.question.Speaker == "" {
			continue
		}
		switch {
		case w.asked(s):
			s.stance = askedSide
		case s.unnamed() && i > 0 && (list[i-1].stance == askedSide || list[i-1].stance == carriedSide):
			s.stance = carriedSide
		case len(s.statements) > 0:
			s.stance = otherSide
		}
	}
}

// asked reports whether the asked side is the subject of a statement.
func (w *writer) asked(s *sentence) bool {
	bound := len(s.words)
	if len(s.statements) > 0 {
		bound = quotedFrom(s)
	}
	if len(s.words) > 1 && arabic.IsSaying(s.words[0]) && w.names(s, 1, min(bound, subjectReach+3)) {
		return true
	}
	if w.insists(s) {
		return true
	}
	for _, a := range s.statements {
		from, to := max(a.Verb-subjectReach, 0), min(a.Verb+subjectReach+2, len(s.words))
		switch {
		case a.First >= 0 && a.Sure && a.Last >= a.Verb: // «أكد … آل خليفة وزير الداخلية بمملكة البحرين أن»
			to = a.Last + 1
		case a.Sure:
			to = min(to, a.Verb+subjectReach+1)
		case a.Verb < bound:
			to = min(to, bound)
		}
		if w.names(s, from, to) {
			return true
		}
	}
	return false
}

// names reports that words from..to-1 name the asked side, and not somebody
// of its company: «مستشار خامنئي» is not Khamenei.
func (w *writer) names(s *sentence, from, to int) bool {
	if from >= to || len(w.side.office) >= officeWords && w.side.officeIn(s.words[from:to], s.stems[from:to]) < officeWords {
		return false
	}
	for i := from; i < to; i++ {
		if !w.side.speaks(s.words[i:i+1], s.stems[i:i+1]) {
			continue
		}
		if i == 0 || !company[s.words[i-1]] && !media[s.words[i-1]] {
			return true
		}
	}
	return len(w.side.concepts) > 0 && !w.inCompany(s, from, to) && w.side.speaks(s.words[from:to], s.stems[from:to])
}

// officeIn counts the words of an office that stand in a text.
func (s side) officeIn(words, stems []string) int {
	n := 0
	for _, word := range s.office {
		n += int(truth(word.speaks(words, stems)))
	}
	return n
}

// media are papers and agencies named by their country: they carry what others say.
var media = wordSet(`وكالة لوكالة الوكالة للوكالة صحافة الصحافة للصحافة صحيفة لصحيفة الصحيفة للصحيفة قناة لقناة القناة للقناة شبكة لشبكة تلفزيون التلفزيون للتلفزيون إذاعة الإذاعة agency newspaper`)

func (w *writer) inCompany(s *sentence, from, to int) bool {
	return slices.ContainsFunc(s.words[from:to], func(word string) bool { return company[word] || media[word] })
}

// company are people named by whom they belong to.
var company = wordSet(`مستشار مستشارة مستشاري مساعد مساعدة مساعدي نجل شقيق شقيقة زوجة زوج ابنة والد والدة محامي محامية سكرتير مكتب حراس حارس adviser advisor aide`)

// quotedFrom is the first word behind a colon or an opening quotation mark:
// whoever is named there is spoken of.
func quotedFrom(s *sentence) int {
	tokens := arabic.Words(s.text)
	for i := 1; i < len(tokens) && i < len(s.words); i++ {
		if strings.ContainsAny(s.text[tokens[i-1].End:tokens[i].Start], `:«"“`) {
			return i
		}
	}
	return len(s.words)
}

// attitudes are nouns before the name of whoever takes a position: «إصرار واشنطن».
var attitudes = wordSet(`إصرار تأكيد رفض دعوة تحذير تحذيرات تهديد تهديدات مطالبة موافقة ترحيب انتقاد انتقادات إدانة استعداد تمسك رغبة قلق معارضة تأييد دعم شروط مطالب موقف مواقف رد تصريحات`)

// insists reports such a noun with the asked side right behind it.
func (w *writer) insists(s *sentence) bool {
	for i, word := range s.words {
		rest, _ := arabic.Conjoined(word)
		if (attitudes[word] || attitudes[rest]) && w.side.speaks(s.words[i+1:min(i+3, len(s.words))], s.stems[i+1:min(i+3, len(s.words))]) {
			return true
		}
	}
	return false
}

// speakerName is who speaks or acts in a statement, as the text names it, at
// most four words; empty when nobody is named. The subject of a verb goes
// before the source that is quoted for it («بحسب دبلوماسيين، أبدى المفاوضون …»).
func speakerName(s *sentence) string {
	tokens := arabic.Words(s.text)
	name := ""
	for _, a := range s.statements {
		if a.First < 0 || a.First >= len(s.words) || arabic.IsStop(s.words[a.First]) {
			continue
		}
		last := a.First
		for last < min(a.Last, a.First+3) && nameGoesOn(s, tokens, last+1, a.Sure && a.Last-a.First < nameWords) {
			last++
		}
		name = s.text[tokens[a.First].Start:tokens[last].End]
		if arabic.IsSaying(s.words[a.Verb]) {
			return name
		}
	}
	return name
}

// nameWords is how many words may stand between a verb and its أن for all of
// them to be the name: «أعلنت هيئة الموانئ بدء توسعة ميناء الشمال، على أن» names more.
const nameWords = 5

// nameGoesOn reports whether word i still belongs to a name: nothing but space
// stands before it and, where no أن bounds the name, it has the article.
func nameGoesOn(s *sentence, tokens []arabic.Token, i int, bounded bool) bool {
	if separated(s.text[tokens[i-1].End:tokens[i].Start]) || arabic.IsStop(s.words[i]) {
		return false
	}
	return bounded || strings.HasPrefix(s.words[i], "ال")
}

// separated reports a sign other than a space between two words.
func separated(between string) bool {
	return strings.TrimSpace(between) != ""
}

// isPosition reports whether a question asks what somebody thinks or says.
func (q Question) isPosition() bool { return q.Want == index.WantPosition || q.Speaker != "" }
