package index

import (
	"context"
	"fmt"
	"strings"
	"time"

	"mujaz/corpus"
)

// Want is the kind of answer that a question asks for; the ranker prefers
// sentences that hold one.
type Want string

// The kinds of answer. The empty Want prefers nothing.
const (
	WantAny      Want = ""
	WantTime     Want = "time"     // متى، في أي عام
	WantNumber   Want = "number"   // كم، ما عدد
	WantPerson   Want = "person"   // من، من هو
	WantPlace    Want = "place"    // أين، في أي مدينة
	WantCause    Want = "cause"    // لماذا، ما سبب
	WantPosition Want = "position" // ما موقف، ماذا قال
	WantNext     Want = "next"     // ما التالي، ماذا سيحدث
	WantManner   Want = "manner"   // كيف
)

// Query is a question that has been read: what to look for and what to prefer.
type Query struct {
	Text     string    // the question, verbatim
	Language string    // "ar" or "en"; empty: decided by its letters
	Want     Want      // kind of answer wanted; WantAny: read from the question words
	Speaker  string    // whose position is asked for, as typed; empty: nobody's
	From, To time.Time // prefer documents of these days, both included; zero: no wish
	Exact    bool      // neither corrections nor concepts: the typed words only
	K        int       // hits wanted; 0 means 10
	Explain  bool      // fill Hit.Features and Hit.Words
}

// Result is what a Query found, best first.
type Result struct {
	Hits       []Hit
	Words      []Word       // the informative words of the question, in order
	Understood []Understood // typed words that another word stood in for
	Searched   string       // the question with its slips corrected; empty: nothing was changed
	Answerable float64      // 0..1: calibrated chance that the first hits answer the question
	Took       time.Duration
	Gathered   time.Duration // of Took: until the candidates were known; the rest is ranking
}

// Word is an informative word of the question.
type Word struct {
	Typed    string
	Span     Span    // where it stands in Query.Text
	IDF      float64 // natural logarithm; what a match of it is worth
	Known    bool    // the index has it, or a form or concept of it
	Coverage float64 // 0..1: how well the first hit covers it
}

// Understood tells that another word than the typed one decided the first hits.
type Understood struct {
	Typed string
	As    string // as the documents write it
	How   How
}

// How says in what way a word of the question met a word of a document.
type How string

// The ways to meet, nearest first.
const (
	BySurface         How = "surface"         // the same word
	ByClitic          How = "clitic"          // the same word with or without و، ال، ب …
	ByStem            How = "stem"            // the same light stem
	BySkeleton        How = "skeleton"        // broken plurals, one root
	ByConcept         How = "concept"         // the lexicon brings them together
	ByCorrection      How = "corrected"       // nearest known word
	ByTransliteration How = "transliteration" // a name in another script
	ByDictionary      How = "dictionary"      // a bilingual dictionary brings them together
)

// Span is a half-open byte range.
type Span struct{ Start, End int }

// Hit is one paragraph that was found.
type Hit struct {
	Ref      corpus.Ref
	Title    string
	Source   string
	Date     string
	URL      string
	Text     string       // the whole paragraph, verbatim
	Score    float64      // of the ranker, comparable within one Result only
	Article  float64      // 0..1: how well the whole article fits
	Matches  []Span       // whole matched words of Text, ascending, not overlapping
	Sentence Span         // the sentence of Text that fits best
	AlsoIn   []corpus.Ref // near-identical paragraphs that were folded into this one
	Features []Feature    // when Query.Explain
	Words    []Match      // when Query.Explain
}

// Feature is one named ingredient of a Score.
type Feature struct {
	Name          string
	Value, Weight float64
}

// Match explains what a word of the question was worth in one paragraph.
type Match struct {
	Typed string
	Met   string // the word of the paragraph; empty: none
	How   How
	Worth float64 // 0..1
}

// Source is the part of the store that the index follows.
type Source interface {
	// Changes lists at most limit changes after the given sequence number, in order.
	Changes(ctx context.Context, after int64, limit int) ([]corpus.Change, error)
	// LastSeq is the newest sequence number, 0 for an empty store.
	LastSeq(ctx context.Context) (int64, error)
}

// explained is the least contribution to a score that Explanation names.
const explained = 0.02

// Explanation tells on two lines what every word of the question met in the
// paragraph and what it was worth, and what the score is made of. It needs a
// hit that was searched with Query.Explain.
func (h Hit) Explanation() string {
	var b strings.Builder
	b.WriteString("words")
	for _, w := range h.Words {
		fmt.Fprintf(&b, " %s→%s(%s %.2f)", w.Typed, w.Met, w.How, w.Worth)
	}
	b.WriteString("\nscore")
	for _, f := range h.Features {
		if v := f.Value * f.Weight; v > explained || v < -explained {
			fmt.Fprintf(&b, " %s %+.2f", f.Name, v)
		}
	}
	return b.String()
}
