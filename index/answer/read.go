package answer

import (
	"slices"
	"time"

	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

// Question is a text that has been read: what is asked, of whom, of when.
type Question struct {
	Text     string
	Language string // "ar" or "en"
	Want     index.Want
	YesNo    bool      // هل: the sentence answers, never a yes of ours
	Subject  bool      // names a subject and asks nothing of it: «ماذا عن الصواريخ؟»
	Outcome  bool      // asks what came of something: «ما نتائج …»
	Says     bool      // asks what the speaker said, not what is thought of it
	Speaker  string    // whose position is asked for, as typed
	Asked    string    // folded noun that a number is asked of («كم قتيلا»)
	From, To time.Time // days that it speaks of, both included; zero: none
	words    []string  // folded, dialect words in standard form
}

// Read tells what a question asks. It looks at its words alone; today is what
// «أمس» refers to. l may be nil.
func Read(text string, today time.Time, l *lexicon.Lexicon) Question {
	q := Question{Text: text, Language: languageOf(text)}
	q.words = arabic.FoldedWords(text)
	if l != nil {
		q.words = l.Standard(q.words)
	}
	q.Want = wantOf(q.words)
	q.YesNo = len(q.words) > 0 && yesNo[q.words[0]]
	q.Outcome = q.Want == index.WantAny && outcomeAsked(q.words)
	q.Speaker = speakerAsked(text, q.words)
	if q.Speaker != "" && q.Want == index.WantAny {
		q.Want = index.WantPosition
	}
	q.Says = q.Speaker != "" && says(q.words)
	if q.Want == index.WantNumber {
		q.Asked = askedNoun(q.words)
	}
	q.From, q.To = datesAsked(q.words, today)
	return q
}

// yesNo are words that open a question for yes or no.
var yesNo = wordSet("هل وهل فهل did does do is are was were has have had will can could should")

// languageOf is "en" when more letters are Latin than Arabic.
func languageOf(text string) string {
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case r < 0x80 && (r|0x20) >= 'a' && (r|0x20) <= 'z':
			latin++
		case r >= 0x600 && r < 0x700:
			other++
		}
	}
	if latin > other {
		return "en"
	}
	return "ar"
}

// askedNoun is the noun that a number is asked of: the first content word
// behind كم or «ما عدد».
func askedNoun(words []string) string {
	for i, w := range words {
		switch w {
		case "كم", "وكم", "بكم", "عدد", "many", "much":
			for _, next := range words[i+1:] {
				if next != "عدد" && !arabic.IsStop(next) && !arabic.IsQuestionWord(next) {
					return next
				}
			}
		}
	}
	return ""
}

// says reports a verb of saying in the question: «ماذا قال …», "what did … say".
func says(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return arabic.IsSaying(w) || w == "say" || w == "says" || w == "said" })
}
