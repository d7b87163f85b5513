package answer

import (
	"strings"

	"mujaz/corpus/arabic"
)

// frames open the name of whose position is asked for; until closes it.
var (
	speakerOpens = patterns(`ما موقف|ما هو موقف|ما رأي|ما هو رأي|ما رد فعل|ما رد|ما تعليق|وما موقف|هو موقف|كيف رد|كيف ردت|كيف علق|كيف علقت|كيف وصف|كيف وصفت
		|ماذا قال|ماذا قالت|ماذا قالوا|ماذا صرح|ماذا صرحت|ماذا أعلن|ماذا أعلنت|ماذا أكد|ماذا أكدت|ماذا يقول|ماذا تقول|بماذا صرح|بماذا رد|بماذا وصف|بم وصف|بما وصف|بم رد|بم علق|بماذا اتهم|بم اتهم|موقف
		|what did|what does|what has|position of|stance of|reaction of|how did`)
	speakerCloses = wordSet(`من عن بشأن حول تجاه إزاء في على بخصوص بعد قبل إن أن خلال عقب لدى ضد حيال بسبب
		say says said demand demands want wants think thinks announce propose offer reject promise on about to of toward towards react respond after during`)
)

func wordSet(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[arabic.Fold(w)] = true
	}
	return m
}

// speakerMax bounds the words of a speaker: longer runs are no name.
const speakerMax = 5

// speakerAsked finds whose position a question asks for, as typed: «ما موقف
// إيران من …» asks for إيران's. words are those of text, folded, dialect words in
// standard form; they are read again where their number has changed.
func speakerAsked(text string, words []string) string {
	tokens := arabic.Words(text)
	if len(words) != len(tokens) {
		words = arabic.FoldedWords(text)
	}
	for i := range words {
		for _, p := range speakerOpens {
			if !hasPrefix(words[i:], p.words) {
				continue
			}
			if s := nameFrom(text, tokens, words, i+len(p.words), closesEarly(p, words, i+len(p.words))); s != "" {
				return s
			}
		}
	}
	return possessor(text, tokens, words)
}

var (
	stanceNouns = wordSet(`position stance reaction response view opinion`)
	englishAsks = wordSet(`what what's is was were are the whats tell me about explain describe`)
)

// possessor finds the speaker in «Iran's position on …» and "the Russian
// reaction to …", where English names it before the noun.
func possessor(text string, tokens []arabic.Token, words []string) string {
	for i, word := range words {
		if !stanceNouns[word] || i == 0 || i+1 < len(words) && !speakerCloses[words[i+1]] {
			continue
		}
		first := i
		for first > 0 && i-first < speakerMax && !englishAsks[words[first-1]] {
			first--
		}
		if first < i {
			name := text[tokens[first].Start:tokens[i-1].End]
			return strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
		}
	}
	return ""
}

// twoObjects are verbs behind whose speaker another name follows at once:
// «بماذا اتهم داود أوغلو حزب …»، «بم وصف عراقجي المحادثات».
var twoObjects = wordSet("اتهم اتهمت وصف وصفت")

// accused is how many words at most are the speaker's there.
const accused = 2

// closesEarly is where a speaker's name ends at the latest: behind accused words,
// or before a noun with the article where the name has none.
func closesEarly(p pattern, words []string, first int) int {
	if !twoObjects[p.words[len(p.words)-1]] || first >= len(words) || titles[words[first]] {
		return len(words)
	}
	last := min(first+accused, len(words))
	if last-first == accused && strings.HasPrefix(words[first+1], "ال") && !strings.HasPrefix(words[first], "ال") {
		last--
	}
	return last
}

func nameFrom(text string, tokens []arabic.Token, words []string, first, before int) string {
	for first < len(words) && (words[first] == "the" || words[first] == "was" || words[first] == "is") {
		first++
	}
	last := first
	for last < before && !speakerCloses[words[last]] {
		if last > first && strings.ContainsAny(text[tokens[last-1].End:tokens[last].Start], "<>؟?") {
			break // markup or the next question, no name
		}
		last++
	}
	if last == first || last-first > speakerMax {
		return ""
	}
	return text[tokens[first].Start:tokens[last-1].End]
}
