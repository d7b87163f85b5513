// Package answer turns a question into an Answer: it reads what is asked, lets
// the index find candidates, chooses excerpts, writes the extractive summary
// and decides whether there is an answer at all. It owns the wording of
// nothing: labels are keys that bot/phrase puts into words. It must not know
// of chats, markup or storage.
package answer

import (
	"time"

	"mujaz/corpus"
)

// Kind says what sort of reply an Answer is.
type Kind string

// The kinds of a reply.
const (
	Answered Kind = "answer"    // the excerpts answer the question
	NoAnswer Kind = "no_answer" // the documents speak of it but do not answer
	OffTopic Kind = "off_topic" // the documents do not speak of it, or it is no question
)

// Courtesy says which sort of non-question an OffTopic text is; empty for questions.
type Courtesy string

// What people type that is not a question about the documents.
const (
	Greeting    Courtesy = "greeting"
	Thanks      Courtesy = "thanks"
	Insult      Courtesy = "insult"
	Gibberish   Courtesy = "gibberish"
	Farewell    Courtesy = "farewell"
	AskHelp     Courtesy = "help"        // «مساعدة»
	Subscribe   Courtesy = "subscribe"   // «اشترك»
	Unsubscribe Courtesy = "unsubscribe" // «الغاء الاشتراك»
	EmptyText   Courtesy = "empty"       // empty, one letter, only stop words or emoji
	Warming     Courtesy = "warming"     // the index is still being made; said by the running program
)

// Label names a section of a summary; bot/phrase has its words.
type Label string

// Sections in the order in which they are printed.
const (
	KeyPoints Label = "key_points"
	Positions Label = "positions"
	Numbers   Label = "numbers_dates"
	WhatNext  Label = "what_next"
	Disagree  Label = "sources_disagree" // figures that differ between documents
	Nearest   Label = "nearest"          // no_answer: what comes nearest
	About     Label = "about"            // off_topic: what the documents are about
)

// Point is one line of a summary: a verbatim substring of the excerpt it cites.
type Point struct {
	Text string // verbatim, contiguous
	Cut  bool   // the sentence goes on after Text: print " …" behind it
	// CutBefore: the sentence began before Text: print "… " in front of it.
	CutBefore bool
	Cite      int        // Excerpt.N
	Ref       corpus.Ref // the paragraph of that excerpt
	Date      string     // document date, set where documents of several dates tell the story
}

// Section is a labelled group of points.
type Section struct {
	Label  Label
	Side   string // for Positions: the side as the text names it, may be empty
	Points []Point
}

// Summary is the short structured reply. Lead is nil when there is no answer.
type Summary struct {
	Lead     *Point
	Sections []Section
}

// Span is a half-open byte range of an excerpt's text.
type Span struct{ Start, End int }

// Excerpt is one paragraph shown with its source.
type Excerpt struct {
	N        int // 1-based, as cited
	Ref      corpus.Ref
	Title    string
	Source   string
	Date     string
	URL      string
	Text     string  // the whole paragraph, verbatim
	Score    float64 // of the ranker, comparable within one answer only
	Matches  []Span  // whole matched words, ascending, not overlapping
	AlsoIn   []corpus.Ref
	Sentence Span // best sentence of the paragraph for this question
}

// Understanding tells that a typed word was taken for another one.
type Understanding struct {
	Typed string // as typed in the question
	As    string // the word of the documents that decided
	Why   Reason
}

// Reason says how a typed word came to mean another.
type Reason string

// Reasons of an Understanding.
const (
	Corrected      Reason = "corrected"      // a slip: nearest known word
	ByConcept      Reason = "concept"        // the lexicon brings them together
	Transliterated Reason = "transliterated" // a name in another script
	FromPrevious   Reason = "previous"       // the subject was taken from the question before
)

// Answer is everything that a reply shows. It is a value: nothing found is no error.
type Answer struct {
	Question   string // as asked
	Searched   string // what was searched, where it differs (follow-up questions)
	Language   string // "ar" or "en": the language of the question
	Kind       Kind
	Courtesy   Courtesy
	Confidence float64 // 0..1, calibrated: see index/eval
	Summary    Summary
	Excerpts   []Excerpt // best first; off_topic may list one more than was asked for, to cite what the documents are about
	Missing    []string  // informative words, as typed, that no document contains
	Topic      string    // the key phrase of the question, as the documents write it; may be empty
	Understood []Understanding
	FollowUps  []string // questions that the documents can answer
	Took       time.Duration
	Stages     Stages `json:"-"` // where Took went, for the operator
}

// Stages are the parts of the time that an answer took.
type Stages struct{ Search, Rank, Summary, Suggest time.Duration }
