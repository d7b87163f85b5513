package index

import "time"

// feature numbers the ingredients of the second stage. Names are those of the
// weights file and of -explain.
type feature int

const (
	fTitle         feature = iota // BM25 of the title by the question's idf
	fArticleLead                  // article's BM25 by that of the best article
	fConcept                      // share of the words covered through concepts only, by idf
	fPrevious                     // BM25 of the paragraph before
	fNext                         // BM25 of the paragraph behind
	fFirst                        // the lead
	fLength                       // logarithm of the number of words
	fSentence                     // best sentence: share covered
	fPairs                        // neighbours of the question are neighbours here
	fNumberWanted                 // number wanted: the best sentence has one
	fNumberBeside                 // number wanted: one stands within 3 words of what is counted
	fNumberAround                 // number wanted: share covered within 8 words of one
	fNumberContext                // number wanted: the paragraph has one; share covered by title and lead
	fTimeWanted                   // time wanted: the best sentence has one
	fDay                          // time wanted: the best sentence has a day of a month
	fCauseBeside                  // cause wanted: one behind a matched word of its sentence
	fCauseContext                 // cause wanted: the paragraph gives one; share covered by title and lead
	fPlaceWanted                  // place wanted: a word for a place near a match
	fSayWanted                    // position wanted: somebody says
	fSpeaker                      // the speaker asked about is the one who says
	fFutureWanted                 // what comes next is wanted: an announcement
	fMannerWanted                 // manner wanted: a means
	fDate                         // document date is in the wanted range
	fQuestionLike                 // the paragraph itself asks
	fDistinct                     // share covered by words that few paragraphs of the article have
	fFocusNew                     // what is asked for stands here with a word that the question lacks
	fUnit                         // a number of the class asked for
	fUnitMissing                  // such a number is asked for and the best sentence has none
	fPeople                       // people are counted: a number of people
	fContext                      // share covered by the paragraph with its title and lead
	fRepeats                      // share of the words that repeat the title
	fNothing                      // no word of the question stands here
	featureCount
)

var featureNames = [featureCount]string{
	"title", "article_lead", "concept", "previous", "next", "first", "length", "sentence", "pairs",
	"number_wanted", "number_beside", "number_around", "number_context", "time_wanted", "day", "cause_beside", "cause_context", "place_wanted", "say_wanted", "speaker",
	"future_wanted", "manner_wanted", "date", "question_like", "distinct", "focus_new", "unit", "unit_missing", "people",
	"context", "repeats", "nothing",
}

// vector holds the features of one candidate.
type vector [featureCount]float64

// view is one candidate seen against the question.
type view struct {
	candidate
	p        *passage
	found    []occurrence
	best     []float64 // by term: strongest worth
	how      []How     // by term: how the strongest met
	at       []int     // by term: token of the strongest
	told     []float64 // by term: how well the title covers it
	covered  float64   // share of the words covered, by idf
	exact    float64   // the same, by surface and stem only
	rarest   float64   // how well the rarest word is covered
	all      bool      // every word is covered
	gives    bool      // a word of the wanted kind stands here that the question lacks
	sentence int       // best sentence
	v        vector
	score    float64
	day      time.Time // of the document, zero where unknown
}
