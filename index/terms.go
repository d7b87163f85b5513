package index

import (
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
