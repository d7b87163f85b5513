package answer

import (
	"strings"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// leadWords is the most words of one line of a summary.
const leadWords = 45

// leastWords is the fewest words that a cut may leave.
const leastWords = 6

// clauseOpeners are words before which a long clause may be cut where no comma is near.
var clauseOpeners = wordSet("فيما بينما حيث إذ مما وذلك بعدما لكن ولكن وهو وهي الأمر كما التي الذي الذين while which but because who")

// phraseOpeners are words before which a clause without any of these is cut:
// the phrase behind them can be missed.
var phraseOpeners = wordSet(`في من على إلى عن مع بعد قبل خلال عبر منذ حتى ضمن لدى بين تحت حول ضد بسبب نتيجة مقارنة وفق بحسب عند عقب إثر أثناء
	in on at for with after before during by from under over against`)

// clause is a run of tokens between two places where a line may be cut.
type clause struct {
	first, end int  // tokens, half-open
	phrase     bool // begins inside a clause: no line may begin with it
}

// clausesOf cuts a text at its commas, semicolons and colons outside brackets
// and quotations; clauses of more than limit words are cut further, before
// connectives.
func clausesOf(text string, tokens []arabic.Token, limit int) []clause {
	var out []clause
	enclosed := enclosedTokens(text, tokens)
	first := 0
	for i := range tokens {
		last := i+1 == len(tokens)
		if last || !enclosed[i+1] && clauseSign(text[tokens[i].End:tokens[i+1].Start]) {
			if at := introduction(text, tokens, first, i); at > first {
				out = appendSplit(out, tokens, enclosed, clause{first: first, end: at}, limit)
				first = at
			}
			out = appendSplit(out, tokens, enclosed, clause{first: first, end: i + 1}, limit)
			first = i + 1
		}
	}
	return out
}

// introductionWords is the most words of «وقالت المديرية في بيان:».
const introductionWords = 6

// introduction is the token with which the introduction of a statement begins
// where one ends the clause first..last before a colon; 0 for none.
func introduction(text string, tokens []arabic.Token, first, last int) int {
	if !strings.HasPrefix(strings.TrimLeft(text[tokens[last].End:], " \u00a0"), ":") {
		return 0
	}
	for i := last; i > max(first, last-introductionWords); i-- {
		verb := arabic.Fold(tokens[i].Text)
		if _, joined := arabic.Conjoined(verb); joined && arabic.IsSaying(verb) {
			return i
		}
	}
	return 0
}

// enclosedTokens tells which tokens stand inside brackets or a quotation and
// do not open it. In a text that does not close what it opens none does.
func enclosedTokens(text string, tokens []arabic.Token) []bool {
	out := make([]bool, len(tokens))
	if !balanced(text) {
		return out
	}
	depth, straight, from := 0, 0, 0
	for i, t := range tokens {
		before := depth + straight
		for _, r := range text[from:t.Start] {
			switch r {
			case '«', '(', '“':
				depth++
			case '»', ')', '”':
				depth--
			case '"':
				straight = 1 - straight
			}
		}
		from = t.Start
		out[i] = before > 0 && depth+straight > 0
	}
	return out
}

// appendSplit cuts a clause that is too long for a line before the connectives
// in it, where there are none before the last joined و, and else before the
// last phrase.
func appendSplit(out []clause, tokens []arabic.Token, enclosed []bool, c clause, limit int) []clause {
	for c.end-c.first > limit {
		at, weak := lastOpening(tokens, enclosed, c.first+leastWords, c.first+limit)
		out = append(out, clause{c.first, at, c.phrase})
		c.first, c.phrase = at, weak
	}
	return append(out, c)
}

// openings tell, best first, before which words a clause may be cut.
var openings = [...]func(string) bool{
	func(w string) bool { return clauseOpeners[w] },
	func(w string) bool { return strings.HasPrefix(w, "و") && !arabic.IsStop(w) },
	func(w string) bool { return phraseOpeners[w] },
}

// lastOpening is the last token of from..to before which the text may be cut,
// by the best kind of opening that there is, and else to; weak reports that no
// clause begins there.
func lastOpening(tokens []arabic.Token, enclosed []bool, from, to int) (at int, weak bool) {
	for kind, opens := range openings {
		for i := to; i >= from; i-- {
			if !enclosed[i] && opens(arabic.Fold(tokens[i].Text)) && !hangs(arabic.Fold(tokens[i-1].Text)) {
				return i, kind > 0
			}
		}
	}
	return to, true
}

// hangs reports words that a line must not end with: they open what follows.
func hangs(word string) bool {
	return phraseOpeners[word] || arabic.IsStop(word) || arabic.IsStop(strings.TrimPrefix(word, "و"))
}

// window is a run of whole clauses of a text, in bytes of it.
type window struct {
	start, end int
	words      int
	before     bool // the text begins earlier
	after      bool // the text goes on
}

// bestWindow is the run of clauses of at most limit words that worth likes
// best; nearly equal ones lose to the earlier and the longer. Windows that
// would begin where not forbids are left out (nil: none are).
func bestWindow(text string, tokens []arabic.Token, limit int, not func(offset int) bool, worth func(first, end int) float64) (window, bool) {
	clauses := clausesOf(text, tokens, limit)
	best, found := window{}, false
	top := 0.0
	for a := range clauses {
		start := clauseStart(text, tokens, clauses[a].first)
		if clauses[a].phrase || not != nil && not(start) {
			continue
		}
		for b := a; b < len(clauses); b++ {
			words := clauses[b].end - clauses[a].first
			if words > limit {
				break
			}
			w := window{start, clauseEnd(text, tokens, clauses[b].end), words, a > 0, b+1 < len(clauses)}
			if !balanced(text[w.start:w.end]) || words < min(leastWords, len(tokens)) {
				continue
			}
			x := worth(clauses[a].first, clauses[b].end) + wholeness(w, limit) - promise*truth(promises(text[w.start:w.end]))
			if w.before && phraseOpeners[arabic.Fold(tokens[clauses[a].first].Text)] {
				x -= fragment
			}
			if !found || x > top {
				best, top, found = w, x, true
			}
		}
	}
	return best, found
}

// promise is what a window loses that ends with a colon: what it announces is
// cut off. It outweighs all that a window can gain elsewhere.
const promise = 10

// fragment is what a window loses that begins with a preposition: a piece of
// what was cut off before it.
const fragment = 0.5

func promises(line string) bool { return strings.HasSuffix(line, ":") }

// wholeness prefers windows that begin with their sentence, end with it and
// waste no room.
func wholeness(w window, limit int) float64 {
	return 0.35*truth(!w.before) + 0.1*truth(!w.after) + 0.3*float64(w.words)/float64(limit)
}

// clauseStart is the byte where a window that begins with a token begins: with
// the opening quotation mark or bracket before it.
func clauseStart(text string, tokens []arabic.Token, first int) int {
	if first == 0 {
		return 0
	}
	from := tokens[first-1].End
	between := text[from:tokens[first].Start]
	if i := strings.LastIndexAny(between, " \u00a0،؛,;:"); i >= 0 {
		_, n := utf8.DecodeRuneInString(between[i:])
		return from + i + n
	}
	return tokens[first].Start
}

// clauseEnd is the byte where a window ends: the comma that closes it included.
func clauseEnd(text string, tokens []arabic.Token, end int) int {
	if end == len(tokens) {
		return len(text)
	}
	between := text[tokens[end-1].End:tokens[end].Start]
	if i := strings.IndexAny(between, " \u00a0"); i >= 0 {
		return tokens[end-1].End + i
	}
	return tokens[end-1].End + len(strings.TrimRight(between, "«“(["))
}

// cut shortens a text to its beginning of at most limit words, at a clause,
// and reports whether something was left out.
func cut(text string, limit int) (string, bool) {
	tokens := arabic.Words(text)
	if len(tokens) <= limit {
		return text, false
	}
	w, ok := bestWindow(text, tokens, limit, nil, func(first, _ int) float64 { return -promise * float64(first) })
	if !ok || w.start > 0 {
		at, _ := lastOpening(tokens, enclosedTokens(text, tokens), min(leastWords, limit), limit)
		return text[:clauseEnd(text, tokens, at)], true
	}
	return text[:w.end], true
}

func clauseSign(between string) bool { return strings.ContainsAny(between, "،؛,;:–—") }

// balanced reports that quotations and brackets are closed.
func balanced(s string) bool {
	return strings.Count(s, "«") == strings.Count(s, "»") && strings.Count(s, "(") == strings.Count(s, ")") &&
		strings.Count(s, `"`)%2 == 0 && strings.Count(s, "“") == strings.Count(s, "”")
}

// tornQuotation tells whether a sentence begins inside a quotation or bracket,
// or leaves one open: a quotation of several sentences is cut by their ends.
func tornQuotation(s string) (before, after bool) {
	depth := 0
	for _, r := range s {
		switch r {
		case '«', '(', '“':
			depth++
		case '»', ')', '”':
			if depth--; depth < 0 {
				before, depth = true, 0
			}
		}
	}
	if strings.Count(s, `"`)%2 == 1 {
		at := strings.LastIndexByte(s, '"')
		if opens := at+1 < len(s) && s[at+1] != ' ' && (at == 0 || strings.IndexByte(" :(", s[at-1]) >= 0); opens {
			return before, true
		}
		before = true
	}
	return before, depth > 0
}

// countWords is the number of words of a line as readers count them.
func countWords(text string) int { return len(arabic.Words(text)) }

// verbatim reports whether a line may be printed: a whole-character part of
// its paragraph.
func verbatim(line, paragraph string) bool {
	return line != "" && utf8.ValidString(line) && strings.Contains(paragraph, line)
}
