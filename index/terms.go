package index

import (
	"math"
	"strings"
	"sync/atomic"

	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
)

// term is an informative word of the question and what may stand for it.
type term struct {
	typed    string
	span     Span
	w        *word
	weight   float64 // 1, less for words that say little
	idf      float64 // of the typed word, or of what stands for it
	known    bool    // the index has its stem, or something that stands for it
	own      bool    // the index has its stem
	concepts []standin
	others   []other
	parted   bool // half of a word that was typed without its space
	partner  int  // index of the second half, 0 on that itself
}

// standin is a concept that a word of the question has.
type standin struct {
	id     lexicon.ID
	weight float64
	idf    float64
}

// other is a word of the index that stands in for one that it does not have.
type other struct {
	w      *word
	weight float64 // 0..1
	how    How
}

// reading is a question made ready for the index.
type reading struct {
	q        Query
	terms    []term
	totalIDF float64
	want     Want
	focus    map[int]float64 // terms that «كم», «أي» ask about, with their share
	unit     unit
	chosen   bool // one of a kind is asked for: «في أي مدينة»
	latin    bool // asked in Latin letters
	speaker  []*word
	weighed  atomic.Int32 // terms so far, see fetch
	opening  []string     // folded words of the question, dialect words replaced
}

// read turns the question into terms. It needs the snapshot for what is known.
func (x *Index) read(s *snapshot, q Query, l *lexicon.Lexicon) (*reading, error) {
	r := &reading{q: q, want: q.Want, focus: map[int]float64{}}
	tokens := arabic.Words(q.Text)
	if len(tokens) > maxQuestionWords {
		tokens = tokens[:maxQuestionWords]
	}
	all := make([]*word, len(tokens))
	foldedWords := make([]string, len(tokens))
	latin := 0
	for i, t := range tokens {
		all[i] = x.words.look(t.Text)
		foldedWords[i] = all[i].folded
		if all[i].flags&isLatin != 0 {
			latin++
		}
	}
	r.latin = q.Language == "en" || latin*2 > len(tokens)
	r.opening = foldedWords
	if l != nil {
		r.opening = l.Standard(foldedWords)
	}
	if r.want == WantAny {
		r.want = wanted(r.opening)
	}
	at := r.collect(tokens, all, l)
	if len(r.opening) == len(all) { // question words are read in their standard form
		for i, w := range r.opening {
			if w != all[i].folded {
				all[i] = x.words.look(w)
			}
		}
	}
	if l != nil && !q.Exact && !x.off["concepts"] {
		r.addConcepts(l, foldedWords, at)
	}
	r.findFocus(all, at)
	r.unit = unitOf(r.want, all)
	for _, t := range arabic.Words(q.Speaker) {
		if w := x.words.look(t.Text); w.flags&isStop == 0 {
			r.speaker = append(r.speaker, w)
		}
	}
	if len(r.speaker) == 0 {
		r.findSpeaker(all)
	}
	if r.want == WantAny && asksFuture(all) {
		r.want = WantNext
	}
	weigh := func() error { return x.weigh(s, r, l) }
	if wait, ok := x.fetch(s, r, l); ok {
		return r, both(weigh, wait)
	}
	return r, weigh()
}

// maxQuestionWords bounds what a pasted text costs.
const maxQuestionWords = 60

// collect makes the terms and returns which term each token became, -1 none.
func (r *reading) collect(tokens []arabic.Token, all []*word, l *lexicon.Lexicon) []int {
	at := make([]int, len(tokens))
	seen := map[string]int{}
	for i, t := range tokens {
		at[i] = -1
		w := all[i]
		if w.flags&isStop != 0 || l != nil && l.IsFunctionWord(w.folded) || w.letters < 2 && w.flags&isDigits == 0 {
			continue
		}
		if j, ok := seen[w.folded]; ok {
			at[i] = j
			continue
		}
		at[i] = len(r.terms)
		seen[w.folded] = len(r.terms)
		weight := 1.0
		if r.latin {
			weight = englishWeight(w.folded)
		}
		if saysLittle[w.folded] {
			weight = .4
		}
		r.terms = append(r.terms, term{typed: t.Text, span: Span{t.Start, t.End}, w: w, weight: weight})
	}
	return at
}

// saysLittle are words that ask for a kind of answer more than they name a
// subject.
var saysLittle = folded(`
	اسم اسمه اسمها يسمى تسمى تسمي يقع تقع كانت عدد هناك حدث يحدث حصل حصلت تم سبب سببه أسباب السبب مدى نوع هدف الهدف دور موقف رأي معنى تعريف
	صار صارت يعني قصة خبر أخبار حكاية موضوع سيحدث ستحدث يتم تمت جرى بلغ بلغت يبلغ تبلغ وصل وصلت
	happened happen many much name named according called did
`)

func englishWeight(folded string) float64 {
	if len(folded) <= 2 {
		return .3
	}
	return 1
}

func (r *reading) addConcepts(l *lexicon.Lexicon, foldedWords []string, at []int) {
	for _, m := range l.Match(foldedWords) {
		for _, c := range m.Concepts {
			if c.Kind == lexicon.Stop || c.Kind == lexicon.Gloss && !isLatinWord(foldedWords[m.First]) {
				continue
			}
			for i := m.First; i <= m.Last; i++ {
				if at[i] >= 0 {
					t := &r.terms[at[i]]
					t.concepts = append(t.concepts, standin{id: c.ID, weight: float64(c.Weight)})
				}
			}
		}
	}
}

// wanted reads the kind of answer from the question words.
func wanted(opening []string) Want {
	for i, w := range opening {
		next := ""
		if i+1 < len(opening) {
			next = opening[i+1]
		}
		if want, ok := wantWords[w]; ok && (i < 6 || i > len(opening)-3) {
			return want
		}
		if w == "how" {
			if next == "many" || next == "much" || next == "long" || next == "old" || next == "far" {
				return WantNumber
			}
			return WantManner
		}
		if w == "ما" && (next == "وراء" || next == "الذي" && i+2 < len(opening) && causing[opening[i+2]]) {
			return WantCause
		}
		if askWhich[w] {
			if want, ok := wantNouns[strings.TrimPrefix(next, "ال")]; ok {
				return want
			}
		}
	}
	return WantAny
}

var askWhich = folded("أي أية بأي في ما ماهو ماهي هو هي ماهى which what كم the whats")

// causing are verbs that ask for a cause behind «ما الذي».
var causing = folded("أشعل أدى دفع سبب يعرقل عرقل منع يمنع حال يعيق أعاق جعل يجعل أثار يقف أعاد أجبر حمل حدا")

var wantWords = map[string]Want{}

var wantNouns = map[string]Want{}

func init() {
	for want, text := range map[Want]string{
		WantTime: "متى ومتى فمتى when", WantNumber: "كم وكم بكم فكم", WantPlace: "أين وأين فأين لأين where",
		WantPerson: "من ومن لمن منذا who whom whose", WantCause: "لماذا لم ولماذا فلماذا لما why", WantManner: "كيف وكيف فكيف",
	} {
		for w := range folded(text) {
			wantWords[w] = want
		}
	}
	for want, text := range map[Want]string{
		WantTime:   "عام سنة يوم شهر تاريخ موعد متى ساعة قرن year day date month time",
		WantNumber: "عدد نسبة حجم قيمة مبلغ كمية تكلفة سعر معدل عمر ثمن مساحة طول وزن ارتفاع حصيلة نتيجة percentage number amount price cost age",
		WantPlace:  "مدينة دولة بلد منطقة مكان محافظة قارة ولاية قرية عاصمة city country place province region state town capital village hotel mosque street airport island",
		WantCause:  "سبب أسباب اسباب دافع دوافع مبرر مبررات ذريعة حجة علة خلفيات reason cause causes motive",
		WantPerson: "اسم مؤلف مؤسس رئيس قائد مخترع",
	} {
		for w := range folded(text) {
			wantNouns[w] = want
		}
	}
}

// findFocus marks the noun that is counted or chosen: what stands behind the
// question word, or behind عدد, نسبة …
func (r *reading) findFocus(all []*word, at []int) {
	for i, w := range all {
		_, noun := wantNouns[strings.TrimPrefix(w.folded, "ال")]
		switch {
		case i > 5 && !noun:
		case w.flags&isLatin != 0 && (asksFor[w.folded] || w.folded == "many" || w.folded == "much"):
			r.focusEnglish(all, at, i)
		case w.folded == "كم" || w.folded == "وكم" || choosing[w.folded]:
			r.focusBehind(all, at, i, 1)
			r.chosen = r.chosen || choosing[w.folded]
		case noun:
			if at[i] >= 0 {
				r.mark(at[i], .7)
			}
			r.focusBehind(all, at, i, 2)
		case asksFor[w.folded] && i < 4:
			r.focusBehind(all, at, i, 1)
		}
	}
}

// focusBehind marks the next terms.
func (r *reading) focusBehind(all []*word, at []int, i, reach int) {
	for j := i + 1; j < len(all) && j <= i+4 && reach > 0; j++ {
		if at[j] >= 0 {
			r.mark(at[j], 1)
			reach--
		}
	}
}

// focusEnglish marks the noun phrase up to the auxiliary verb, its last word
// most: "which Mogadishu hotel did".
func (r *reading) focusEnglish(all []*word, at []int, i int) {
	last := -1
	for j := i + 1; j < len(all) && j <= i+4 && all[j].flags&isStop == 0; j++ {
		if at[j] < 0 || strings.HasSuffix(all[j].folded, "ed") && j > i+1 {
			break
		}
		r.mark(at[j], .4)
		last = j
		if want, ok := wantNouns[all[j].folded]; ok && r.want == WantAny {
			r.want = want
		}
	}
	if last >= 0 {
		r.mark(at[last], 1)
		r.chosen = r.chosen || all[i].folded == "which" || all[i].folded == "what"
	}
}

// choosing are the words that ask for one of a kind, whose name then stands
// beside the kind.
var choosing = folded("أي أية بأي لأي وأي")

func (r *reading) mark(term int, share float64) { r.focus[term] = max(r.focus[term], share) }

var asksFor = folded("أي أية بأي لأي وأي ما ماهو ماهي ماهى من which what whose who")

// findSpeaker reads whose statement or position is asked for, where the caller
// did not say: the words behind the verb or noun of saying.
func (r *reading) findSpeaker(all []*word) {
	for i, w := range all {
		if !asksStatement[w.folded] && (w.flags&isSay == 0 || i == 0) {
			continue
		}
		if !r.asksWhat() {
			return
		}
		if r.want == WantAny {
			r.want = WantPosition
		}
		for j := i + 1; j < len(all) && j <= i+4 && len(r.speaker) < 3; j++ {
			if all[j].flags&isStop != 0 {
				break
			}
			r.speaker = append(r.speaker, all[j])
		}
		return
	}
}

// asksFuture reports a question about what will be.
func asksFuture(all []*word) bool {
	for _, w := range all {
		if w.flags&isFuture != 0 {
			return true
		}
	}
	return false
}

// asksWhat reports a question that can ask for a statement.
func (r *reading) asksWhat() bool {
	for _, w := range r.opening[:min(3, len(r.opening))] {
		if asksStatements[w] {
			return true
		}
	}
	return false
}

var (
	asksStatements = folded("ما ماذا بماذا بم كيف ماهو ماهي أي عم عما what how")
	asksStatement  = folded(`رأي موقف تعليق رد تصريح تصريحات تعقيب موقف قول وصف وصفت علق علقت اتهم اتهمت حذر حذرت طالب طالبت دعا دعت هدد هددت نفى نفت رد ردت برر بررت اعتبر اعتبرت توقع توقعت
		say said says comment think position opinion reaction describe respond warn accuse demand`)
)

// weigh looks up how rare every term is and finds what stands in for words
// that the index does not have.
func (x *Index) weigh(s *snapshot, r *reading, l *lexicon.Lexicon) error {
	for i := 0; i < len(r.terms); i++ {
		r.weighed.Store(int32(i))
		if err := x.weighTerm(s, &r.terms[i], l); err != nil {
			return err
		}
		if r.terms[i].known || r.q.Exact {
			continue
		}
		done, err := x.respelled(s, &r.terms[i], l)
		if err == nil && !done {
			err = x.rejoin(s, r, i, l)
		}
		if err != nil {
			return err
		}
	}
	for _, t := range r.terms {
		share := 1.0
		if !t.known {
			share = unknownShare
		}
		r.totalIDF += share * t.weight * t.idf
	}
	return nil
}

// unknownShare is what a word that no document has still counts: by it no two
// paragraphs differ.
const unknownShare = .25

func (x *Index) weighTerm(s *snapshot, t *term, l *lexicon.Lexicon) error {
	list, err := s.list(stemField, t.w.stem)
	if err != nil {
		return err
	}
	t.own = len(list) > 0
	t.known = t.own
	t.idf = idf(float64(len(s.rows)), len(list))
	if x.usesSkeleton(t) { // gather needs it: fetch reads ahead
		if _, err := s.lookup(skeletonField, t.w.skeleton, s.wanted(t)); err != nil {
			return err
		}
	}
	return s.weighConcepts(t, l)
}

// weighConcepts looks up how rare the concepts of a word are. A word that no
// document has is as rare as the rarest of them.
func (s *snapshot) weighConcepts(t *term, l *lexicon.Lexicon) error {
	rarest := 0.0
	for i := range t.concepts {
		found, err := s.conceptPostings(l, t.concepts[i].id, s.wanted(t))
		if err != nil {
			return err
		}
		if found.n > 0 {
			t.concepts[i].idf = idf(float64(len(s.rows)), found.n)
			rarest = max(rarest, t.concepts[i].idf)
		}
	}
	if !t.own && rarest > 0 {
		t.known, t.idf = true, rarest
	}
	return nil
}

// rejoin serves a term that documents have in no form: near words, or the two
// words that a missing space joined.
func (x *Index) rejoin(s *snapshot, r *reading, i int, l *lexicon.Lexicon) error {
	t := &r.terms[i]
	others, err := x.nearest(s, r, t, l)
	if err != nil {
		return err
	}
	v, err := s.vocabulary()
	if err != nil {
		return err
	}
	a, b, ok, err := v.split(t.w.folded)
	if err != nil {
		return err
	}
	if ok && !x.off["corrections"] && (len(others) == 0 || others[0].weight < correctionWorth) {
		second := *t
		second.w = x.words.look(b)
		t.w = x.words.look(a)
		t.parted = true
		second.parted = true
		t.partner = len(r.terms)
		r.terms = append(r.terms, second)
		return x.weighTerm(s, &r.terms[i], l)
	}
	if len(others) == 0 {
		return nil
	}
	t.others, t.known = others, true
	for _, o := range others {
		list, err := s.list(stemField, o.w.stem)
		if err != nil {
			return err
		}
		t.idf = min(t.idf, idf(float64(len(s.rows)), len(list)))
	}
	return nil
}

func idf(n float64, df int) float64 {
	return math.Log(1 + (n-float64(df)+.5)/(float64(df)+.5))
}
