package answer

import (
	"sort"
	"strings"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
)

// KeyPhrases returns at most n phrases of two to four words that tell what a
// document is about, as written in it, the weightiest first.
func KeyPhrases(d corpus.Document, n int) []string {
	texts := []string{d.Title}
	for _, p := range d.Paragraphs() {
		texts = append(texts, p.Text)
	}
	return phrasesOf(texts, n)
}

// KeyPhrases returns at most n phrases that tell what the listed excerpts are
// about, as written in them.
func (a Answer) KeyPhrases(n int) []string {
	texts := []string{""} // no title
	for _, e := range a.Excerpts {
		texts = append(texts, e.Text)
	}
	return phrasesOf(texts, n)
}

// keyPhrase is a candidate with its weight.
type keyPhrase struct {
	text     string
	key      string // stems, so that forms of one phrase count together
	stems    []string
	definite bool // its first word has the article
	count    int
	first    int // number of the text that has it first
	weight   float64
}

// phraseWords bounds the length of a phrase.
const phraseWords = 4

// phrasesOf finds phrases in texts, of which the first is the title. A phrase
// is a longest run at least once; then every place that has its words counts.
// One that begins without the article must stand twice or in the title,
// because a verb before its subject looks the same.
func phrasesOf(texts []string, n int) []string {
	found := map[string]*keyPhrase{}
	var order []*keyPhrase
	for number, text := range texts {
		for _, c := range candidates(text) {
			if found[c.key] == nil {
				c.first = number
				found[c.key] = &c
				order = append(order, &c)
			}
		}
	}
	for _, text := range texts {
		count(found, text)
	}
	kept := order[:0]
	for _, p := range order {
		if p.count < 2 && p.first > 0 && !p.definite {
			continue
		}
		p.weight = float64(p.count)*(1+0.25*float64(len(p.stems))) + 1.5*truth(p.first == 0) + truth(p.first == 1)
		kept = append(kept, p)
	}
	sort.SliceStable(kept, func(a, b int) bool { return kept[a].weight > kept[b].weight })
	return distinct(kept, n)
}

// count adds every place of a text that has the stems of a phrase.
func count(found map[string]*keyPhrase, text string) {
	words := arabic.FoldedWords(text)
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = arabic.Stem(w)
	}
	for i := range stems {
		for j := i + 2; j <= min(i+phraseWords, len(stems)); j++ {
			if p := found[strings.Join(stems[i:j], " ")]; p != nil {
				p.count++
			}
		}
	}
}

// distinct drops phrases that are part of a weightier one or hold it.
func distinct(order []*keyPhrase, n int) []string {
	var out []string
	var taken []*keyPhrase
	for _, p := range order {
		if len(out) == n {
			break
		}
		shared := false
		for _, t := range taken {
			shared = shared || sharedStems(p.stems, t.stems) > 0
		}
		if shared {
			continue
		}
		taken = append(taken, p)
		out = append(out, p.text)
	}
	return out
}

func sharedStems(a, b []string) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				n++
			}
		}
	}
	return n
}

// candidates are the runs of words in a text that can be noun phrases: the
// last word has the article or is a name beside another, nothing but space
// stands between them, and no verb, particle or number is among them.
func candidates(text string) []keyPhrase {
	tokens := arabic.Words(text)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = arabic.Fold(t.Text)
	}
	var out []keyPhrase
	for i := 0; i < len(tokens); i++ {
		if !startsPhrase(words, i) || fakeArticle(tokens[i].Text) {
			continue
		}
		last := phraseEnd(text, tokens, words, i)
		if last == i {
			continue
		}
		start := tokens[i].Start + clitic(tokens[i].Text)
		p := newPhrase(text[start:tokens[last].End])
		p.definite = hasArticle(words[i][clitic(words[i]):])
		out = append(out, p)
		i = last
	}
	return out
}

// phraseEnd is the last word of the phrase that begins at i; i for none.
func phraseEnd(text string, tokens []arabic.Token, words []string, i int) int {
	last := i
	for j := i + 1; j < min(i+phraseWords, len(tokens)); j++ {
		if separated(text[tokens[j-1].End:tokens[j].Start]) || !inPhrase(words[j]) || fakeArticle(tokens[j].Text) {
			break
		}
		if !hasArticle(words[j]) && !(isLatinName(tokens[j].Text) && isLatinName(tokens[j-1].Text)) {
			break
		}
		last = j
	}
	return last
}

// fakeArticle: أل and إل are letters of the word (ألقت، إلغاء).
func fakeArticle(written string) bool {
	return strings.HasPrefix(written, "أل") || strings.HasPrefix(written, "إل")
}

func newPhrase(text string) keyPhrase {
	p := keyPhrase{text: text}
	for _, w := range arabic.FoldedWords(text) {
		p.stems = append(p.stems, arabic.Stem(w))
	}
	p.key = strings.Join(p.stems, " ")
	return p
}

// clitic is the length of a joined particle before the article: the phrase of
// «والولايات المتحدة» begins behind its و.
func clitic(written string) int {
	for _, p := range [...]string{"وال", "فال", "بال", "كال"} {
		if strings.HasPrefix(written, p) {
			return 2
		}
	}
	return 0
}

func hasArticle(w string) bool { return strings.HasPrefix(w, "ال") && len(w) >= 8 && !notNouns[w] }

func isLatinName(written string) bool { return written != "" && written[0] >= 'A' && written[0] <= 'Z' }

// startsPhrase: a noun with the article (a particle may be joined to it) or,
// before a noun with the article, one without that is no verb.
func startsPhrase(words []string, i int) bool {
	w := words[i]
	if !inPhrase(w) {
		return false
	}
	if hasArticle(w) || clitic(w) > 0 && hasArticle(w[clitic(w):]) || w[0] < 0x80 {
		return true
	}
	return len(w) >= 6 && !looksLikeVerb(w) && !strings.HasPrefix(w, "لل") && !startsWithParticle(w)
}

// notNouns begin like nouns with the article.
var notNouns = wordSet("الذي التي الذين اللذان اللتان اللذين اللتين اللواتي اللاتي اليوم الآن الماضي الماضية المقبل المقبلة القادم القادمة الجاري الحالي الأول الثاني الثالث الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأسبوع الشهر العام أو الى إلى الا إلا التقى الغى")

func inPhrase(w string) bool {
	return !arabic.IsStop(w) && !arabic.IsQuestionWord(w) && !arabic.Counts(w) && !arabic.IsSaying(w) &&
		!arabic.IsSayingParticiple(w) && !notNouns[w] && !vague[w] && len(w) > 2
}

// vague words make phrases that name nothing.
var vague = wordSet("الأكثر الأقل الأكبر الأعلى الأدنى الأهم الأبرز الأخير الأخيرة الآخر الأخرى الله جانب جهة جهته جانبه خلال نظر إطار ظل حال عدد بعض أكثر أقل أكبر مزيد المزيد جميع كافة مختلف سائر أنحاء وقت الوقت نفسه نفسها ذاته المرة طريق سبيل شأن صدد عبر بين غير أول آخر هذه هذا قبيل مثل يوم أمر الأمر شكل قرب نحو تم كون ضوء هامش ساعات منتصف مطلع نهاية بداية أواخر عقب بعيد أبرز أهم إحدى أحد")

// looksLikeVerb: imperfects, and perfects with the ت of the feminine.
func looksLikeVerb(w string) bool {
	switch {
	case strings.HasPrefix(w, "ي"), strings.HasPrefix(w, "سي"), strings.HasPrefix(w, "ست"), strings.HasPrefix(w, "وي"), strings.HasPrefix(w, "وت"):
		return true
	case strings.HasPrefix(w, "ت") && len(w) <= 8:
		return true
	}
	return strings.HasSuffix(w, "ت") && !strings.HasSuffix(w, "ات") || strings.HasSuffix(w, "وا")
}

func startsWithParticle(w string) bool {
	for _, p := range [...]string{"و", "ف", "ب", "ل", "ك"} {
		if strings.HasPrefix(w, p) && len(w) >= 8 {
			return true
		}
	}
	return false
}
