package answer

import (
	"strings"

	"mujaz/corpus/arabic"
)

// followOpens are phrases that carry on with the question before.
var followOpens = patterns(`^وماذا عن|^ماذا عن|^وعن|^طيب و|^ومن جهة|^what about|^how about|^and what about|^وبالنسبة|^شو عن|^وش عن|^طب و|^وايه عن|^and`)

// referring words point to a subject that was named before.
var referring = wordSet("عنه عنها عنهم فيه فيها به بها له لها لهم منه منها عليه عليها ذلك هذا هذه تلك هناك بشأنه بشأنها حوله حولها موقفه موقفها رأيه رأيها it him her them that this there")

// withPrevious completes a follow-up question («وماذا عن الصواريخ؟»، «ومتى؟»)
// from the question before. carried is what was taken from it, empty when text
// stands alone.
func withPrevious(text, previous string) (searched, carried string) {
	if previous == "" || CourtesyOf(previous) != "" {
		return text, ""
	}
	words := arabic.FoldedWords(text)
	content := informative(words)
	if rest, ok := about(text, words); ok {
		return inFrame(rest, previous)
	}
	switch {
	case len(content) == 0 || onlyAsks(words, content):
		carried = withoutQuestion(previous, false)
		return strings.TrimSpace(strings.TrimRight(text, "?؟ ") + " " + carried), carried
	case len(content) <= 2 && refers(words):
		carried = withoutQuestion(previous, true)
		return resolve(text, carried), carried
	}
	return text, ""
}

// resolved are the prepositions that stay when the pronoun joined to them is
// replaced by what it refers to.
var resolved = map[string]string{
	"عنه": "عن", "عنها": "عن", "عنهم": "عن", "فيه": "في", "فيها": "في", "منه": "من", "منها": "من", "عليه": "على", "عليها": "على",
	"بشأنه": "بشأن", "بشأنها": "بشأن", "حوله": "حول", "حولها": "حول", "ذلك": "", "هذا": "", "هذه": "", "تلك": "", "it": "", "that": "", "this": "",
}

// resolve puts the subject in the place of the first pronoun that it can
// replace, or behind the question.
func resolve(text, subject string) string {
	text = strings.TrimRight(text, "?؟ ")
	for _, t := range arabic.Words(text) {
		if preposition, ok := resolved[t.Text]; ok {
			return strings.TrimSpace(text[:t.Start]+preposition+" "+subject) + text[t.End:]
		}
	}
	return strings.TrimSpace(text + " " + subject)
}

func refers(words []string) bool {
	for _, w := range words {
		if referring[w] {
			return true
		}
	}
	return false
}

// onlyAsks reports texts like «وكم بلغ عددهم؟» whose content words belong to asking.
func onlyAsks(words, content []string) bool {
	asking := askingWords
	for _, w := range content {
		if !asking[w] && !asking[strings.TrimPrefix(w, "و")] {
			return false
		}
	}
	return len(words) <= 4
}

// askingWords stand beside a question word without naming a subject.
var askingWords = wordSet("عدد عددهم عددها كم بلغ بلغت كان كانت تم حدث جرى السبب سبب ومتى وأين ولماذا وكيف وكم ومن وهل حصل بالضبط تحديدا بعد ذلك happened exactly")

// about returns what follows «وماذا عن».
func about(text string, words []string) (string, bool) {
	for _, p := range followOpens {
		if !p.in(words[:min(len(words), len(p.words))]) || len(words) == len(p.words) {
			continue
		}
		tokens := arabic.Words(text)
		return strings.TrimSpace(text[tokens[len(p.words)].Start:]), true
	}
	return "", false
}

// inFrame puts a new subject in the place of the old one: «ما موقف إيران من
// التخصيب؟» and «الصواريخ» make «ما موقف إيران من الصواريخ». Where the question before
// has no such frame its words follow the new subject.
func inFrame(subject, previous string) (searched, carried string) {
	tokens := arabic.Words(previous)
	words := arabic.FoldedWords(previous)
	if speakerAsked(previous, words) != "" {
		for i := 2; i < len(words)-1; i++ {
			if speakerCloses[words[i]] && words[i-1] != "ما" && !speakerCloses[words[i+1]] {
				carried = previous[:tokens[i].End]
				return carried + " " + subject, carried
			}
		}
	}
	carried = withoutQuestion(previous, true)
	return strings.TrimRight(subject, "?؟ ") + " " + carried, carried
}

// withoutQuestion is a question without the words that ask, and without the
// framing words («نتائج»، «قال») behind them where only the subject is wanted.
func withoutQuestion(question string, subject bool) string {
	tokens := arabic.Words(question)
	first := 0
	for first < len(tokens) {
		w := arabic.Fold(tokens[first].Text)
		if !arabic.IsQuestionWord(w) && !arabic.IsStop(w) && !(subject && framing[w]) {
			break
		}
		first++
	}
	if first == len(tokens) {
		return ""
	}
	return question[tokens[first].Start:tokens[len(tokens)-1].End]
}
