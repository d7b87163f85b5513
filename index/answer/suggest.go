package answer

import (
	"context"
	"strings"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// How many follow-up questions are offered, and how sure the answer to each
// must be.
const (
	followUps     = 3
	followUpTries = 8
	followUpFrom  = 0.5
	// followUpPhrases are looked at for one answer.
	followUpPhrases = 12
)

// Suggest returns up to three questions beside the answer that the documents
// can answer: positions of speakers who are named near it, what is next, and
// phrases of the same paragraphs. Each has been asked, and its answer has a
// confidence of at least 0.5.
func (a *Answerer) Suggest(ctx context.Context, ans Answer, o Ask) []string {
	if ans.Kind != Answered {
		return nil
	}
	o.Previous, o.FollowUps = "", false
	var out []string
	leads := map[string]bool{leadOf(ans): true}
	for n, question := range a.follow(ans) {
		if len(out) == followUps || n == followUpTries || ctx.Err() != nil {
			break
		}
		next, err := a.Ask(ctx, question, o)
		if err == nil && next.Kind == Answered && next.Confidence >= followUpFrom && !leads[leadOf(next)] {
			leads[leadOf(next)] = true
			out = append(out, question)
		}
	}
	return out
}

func leadOf(a Answer) string {
	if a.Summary.Lead == nil {
		return ""
	}
	return a.Summary.Lead.Text
}

// follow makes candidate questions, the most telling first.
func (a *Answerer) follow(ans Answer) []string {
	english := ans.Language == "en"
	asked := map[string]bool{}
	for _, w := range arabic.FoldedWords(ans.Question + " " + ans.Searched) {
		asked[arabic.Stem(w)] = true
	}
	var texts []string
	for _, e := range ans.Excerpts {
		texts = append(texts, e.Text)
	}
	phrases := unasked(ans.KeyPhrases(followUpPhrases), asked)
	var out []string
	out = append(out, positionQuestions(texts, asked, english)...)
	topic := ans.Topic
	if !english && !together(topic, ans.Question) {
		topic = "" // neighbours in the text by chance: «وصف عراقجي المحادثات»
	}
	if topic = nounPhrase(topic, phrases); topic != "" && announces(texts) && Read(ans.Question, a.o.Now(), nil).Want != index.WantNext {
		out = append(out, ask(english, "ما المتوقع بشأن "+topic+"؟", "What is expected about "+topic+"?"))
	}
	for _, p := range phrases {
		out = append(out, ask(english, "ماذا ورد عن "+p+"؟", "What is said about "+p+"?"))
	}
	return out
}

func ask(english bool, ar, en string) string {
	if english {
		return en
	}
	return ar
}

// together reports whether the words of a phrase follow each other in a question.
func together(phrase, question string) bool {
	stems := func(text string) string {
		out := " "
		for _, w := range arabic.FoldedWords(text) {
			out += arabic.Stem(w) + " "
		}
		return out
	}
	return strings.Contains(stems(question), stems(phrase))
}

// nounPhrase is the topic where it can stand behind a preposition, else the
// first phrase, if any.
func nounPhrase(topic string, phrases []string) string {
	if list := candidates(topic); len(list) == 1 && list[0].text == topic {
		return topic
	}
	if len(phrases) == 0 {
		return ""
	}
	return phrases[0]
}

// unasked leaves phrases out whose words the question has.
func unasked(phrases []string, asked map[string]bool) []string {
	var out []string
	for _, p := range phrases {
		fresh := 0
		for _, w := range arabic.FoldedWords(p) {
			fresh += 1 - int(truth(asked[arabic.Stem(w)]))
		}
		if fresh > 1 {
			out = append(out, p)
		}
	}
	return out
}

// positionQuestions asks for the statements of the speakers in the texts.
func positionQuestions(texts []string, asked map[string]bool, english bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, text := range texts {
		for _, span := range arabic.Sentences(text) {
			name, she := namedSpeaker(text[span.Start:span.End])
			if name == "" || seen[name] || known(name, asked) {
				continue
			}
			seen[name] = true
			said := "قال "
			if she {
				said = "قالت "
			}
			out = append(out, ask(english, "ماذا "+said+name+"؟", "What did "+name+" say?"))
		}
	}
	return out
}

// namedSpeaker is the first speaker of a sentence that أن follows, in two to
// nameWords words without times and numbers, and whether the verb is feminine.
// More are no name alone, and are not cut down to one.
func namedSpeaker(text string) (name string, she bool) {
	tokens := arabic.Words(text)
	words := arabic.FoldedWords(text)
	for _, a := range arabic.Attributions(words) {
		if !a.Sure || a.First < 0 || !arabic.IsSaying(words[a.Verb]) {
			continue
		}
		last := a.First - 1
		for i := a.First; i <= a.Last; i++ {
			if arabic.Counts(words[i]) || arabic.DateAt(words, i) > 0 || arabic.IsStop(words[i]) ||
				i > a.First && separated(text[tokens[i-1].End:tokens[i].Start]) {
				break
			}
			last = i
		}
		if n := last - a.First + 1; n > 1 && n <= nameWords {
			return text[tokens[a.First].Start:tokens[last].End], isFeminine(words[a.Verb])
		}
	}
	return "", false
}

// isFeminine reports قالت and تقول, with or without a joined و.
func isFeminine(verb string) bool {
	if rest, ok := arabic.Conjoined(verb); ok && arabic.IsSaying(rest) {
		verb = rest
	}
	return strings.HasSuffix(verb, "ت") || strings.HasPrefix(verb, "ت")
}

func known(name string, asked map[string]bool) bool {
	for _, w := range arabic.FoldedWords(name) {
		if !titles[w] && asked[arabic.Stem(w)] {
			return true
		}
	}
	return false
}

func announces(texts []string) bool {
	for _, text := range texts {
		if arabic.CuesOf(arabic.FoldedWords(text))&arabic.HasNext != 0 {
			return true
		}
	}
	return false
}
