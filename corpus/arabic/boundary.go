package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a run of final marks with what stands around it: everything that
// the rules of a sentence end look at.
type mark struct {
	run       string // the marks themselves
	runEnd    int
	end       int    // after the closing quotes and brackets that follow
	closed    bool   // such a closing sign follows
	glued     bool   // a letter or digit follows without a space
	before    string // word or number directly before, as written
	wordStart int    // its offset
	earlier   string // the word before that
	chained   bool   // before is part of a dotted abbreviation (ق.م)
	next      string // folded word after the run; empty at the end
	nextRune  rune   // first visible character after the run, 0 at the end
	marked    bool   // only an invisible direction mark stands before the next character
	opening   bool   // a quotation or bracket opens next
	first     bool   // nothing but before stands in the sentence so far
	enclosed  bool   // inside round brackets that close soon
	words     int    // words in the sentence so far, roughly
}

// mark collects the context of the run text[i:runEnd].
func (s *splitter) mark(i, runEnd int) mark {
	m := mark{run: strings.ReplaceAll(s.text[i:runEnd], " ", ""), runEnd: runEnd}
	m.before, m.wordStart = wordBefore(s.text, s.start, i)
	m.earlier, _ = wordBefore(s.text, s.start, m.wordStart)
	m.chained = m.wordStart > s.start && s.text[m.wordStart-1] == '.'
	m.first = strings.TrimLeftFunc(s.text[s.start:m.wordStart], isBlank) == ""
	m.enclosed = enclosed(s.text[s.start:i], s.text[runEnd:])
	m.words = strings.Count(s.text[s.start:i], " ") + 1
	m.end = s.closers(runEnd)
	m.closed = m.end > runEnd
	m.after(s.text)
	return m
}

func (m *mark) after(text string) {
	rest := text[m.end:]
	trimmed := strings.TrimLeftFunc(rest, isBlank)
	if bare := strings.TrimLeftFunc(trimmed, isInvisible); len(bare) < len(trimmed) {
		trimmed, m.marked = bare, true
	}
	if trimmed == "" {
		return
	}
	m.nextRune, _ = utf8.DecodeRuneInString(trimmed)
	m.opening = strings.ContainsRune("«“\"(‘[", m.nextRune)
	m.glued = len(trimmed) == len(rest) && (unicode.IsLetter(m.nextRune) || unicode.IsDigit(m.nextRune))
	word := trimmed
	if m.opening {
		word = strings.TrimLeft(trimmed, "«“\"(‘[ ")
	}
	m.next = Fold(leadingWord(word))
}

// closers is the end of the closing quotes and brackets that follow offset i.
func (s *splitter) closers(i int) int {
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case r == '»' || r == '”' || r == ')' || r == ']' || r == '’':
		case r == '"' && (s.quotes+strings.Count(s.text[s.start:i], `"`)-s.quotes)%2 == 1:
		default:
			return i
		}
		i += n
	}
	return i
}

// ends applies the rules, the particular before the general.
func (m mark) ends() bool {
	switch {
	case m.nextRune == 0:
		return true
	case strings.ContainsRune("،,؛;:", m.nextRune):
		return false
	case m.enclosed:
		return false
	case m.run == ".":
		return m.dotEnds()
	case strings.ContainsAny(m.run, "!?؟"):
		return !m.closed || opensStatement(m.next)
	}
	return m.ellipsisEnds()
}

// dotEnds decides about one full stop.
func (m mark) dotEnds() bool {
	switch {
	case m.first && (asInt(m.before) > 0 || letters(m.before) == 1):
		return false // list number
	case isNumber(m.before) && m.glued && unicode.IsDigit(m.nextRune):
		return false // decimal
	case isNumber(m.before) && m.marked && unicode.IsDigit(m.nextRune):
		return false // decimal torn by a direction mark
	case has(letterNames, Fold(m.before)) && has(letterNames, m.next):
		return false // ان. بي. سي
	case m.closed:
		return !continuesQuotation(m.next)
	case m.isAbbreviation():
		return m.abbreviationEnds()
	case m.glued:
		return m.gluedEnds()
	}
	return true
}

// gluedEnds: «انتهت.وقال» is two sentences, example.com is one word.
func (m mark) gluedEnds() bool {
	if isNumber(m.before) {
		return unicode.Is(unicode.Arabic, m.nextRune)
	}
	return isArabicWord(Fold(m.before)) && isArabicWord(m.next) && letters(m.next) > 1
}

// ellipsisEnds: two or more dots are mostly a pause; they end a sentence when
// what follows clearly opens one.
func (m mark) ellipsisEnds() bool {
	if m.closed {
		return !continuesQuotation(m.next)
	}
	return opensStatement(m.next) || m.words > 8 && opensSentence(m.next)
}

var abbreviations = set(`د م أ ا ص ب ق ه هـ س ج ت ط ع ش ر ل ك ف ن ص.ب أد بروف مهند تلفاكس
	mr mrs ms dr prof st no vs inc ltd co jr sr gen col lt sen rep gov eg ie etc vol fig jan feb mar apr jun jul aug sep sept oct nov dec`)

// letterNames are Latin letters spelled in Arabic, as in names of broadcasters.
var letterNames = set("ان إن بي سي اف إف آي اي إي دي جي اس إس ام إم ال إل ار آر كي تي يو في اكس بى سى جى دى")

func (m mark) isAbbreviation() bool {
	return has(abbreviations, Fold(m.before)) || letters(m.before) == 1 || m.chained && letters(m.before) <= 2
}

// abbreviationEnds: «عام 1436 هـ. وقال» ends, «د. وليد» does not. An era or a
// dotted name (ق.م، أ.ف.ب) can be the last word of a sentence, a title cannot.
func (m mark) abbreviationEnds() bool {
	word := Fold(m.before)
	if m.glued || m.chained && word == "د" {
		return false
	}
	era := (word == "م" || word == "ه") && isNumber(m.earlier) || isNumber(m.before)
	if era {
		return m.opening || opensSentence(m.next) || !IsStop(m.next)
	}
	return m.chained && opensSentence(m.next)
}

// letters counts the letters of a word; marks and tatweel are none.
func letters(word string) int {
	n := 0
	for _, r := range word {
		if unicode.IsLetter(r) && r != 'ـ' {
			n++
		}
	}
	return n
}

func isNumber(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(r)
}

// wordBefore is the word that ends before offset i, blanks apart, and its start.
func wordBefore(text string, from, i int) (string, int) {
	end := from + len(strings.TrimRightFunc(text[from:i], isBlank))
	start := end
	for start > from {
		r, n := utf8.DecodeLastRuneInString(text[from:start])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !isMark(r) {
			break
		}
		start -= n
	}
	return text[start:end], start
}

func leadingWord(s string) string {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !isMark(r) {
			return s[:i]
		}
	}
	return s
}

// enclosed reports an open round bracket before that closes within 100 bytes.
func enclosed(before, after string) bool {
	open := strings.LastIndexByte(before, '(')
	if open < 0 || strings.IndexByte(before[open:], ')') >= 0 {
		return false
	}
	closing := strings.IndexByte(after, ')')
	return closing >= 0 && closing < 100 && strings.IndexByte(after[:closing], '(') < 0
}

var openers = set(`كما لكن أما إلا هذا هذه ثم غير يذكر يشار تجدر وهو وهي وفي وعن ومن وكان ولم ولا وقد ولكن وإن وما وهذا وهذه وأما بينما فيما`)

// opensSentence reports words that often begin a sentence: a joined و, or a
// connective.
func opensSentence(folded string) bool {
	if has(openers, folded) {
		return true
	}
	rest, ok := Conjoined(folded)
	return ok && len(rest) < len(folded) && strings.HasPrefix(folded, "و") && !ownWaw(folded)
}

// opensStatement reports «وقال»، «وأضاف» and connectives that begin a new statement.
func opensStatement(folded string) bool {
	rest, ok := Conjoined(folded)
	return ok && has(saying, rest) || has(strongOpeners, folded)
}

var strongOpeners = set("أما كما ولكن يذكر يشار تجدر وكان وكانت وفي")

var afterQuotation = set("هكذا بهذه بهذا بحسب حسب وفق وفقا حسبما عبارة كلمات جملة كتب سؤال")

// continuesQuotation reports words that carry on after a quotation: «…».
// قال الوزير.
func continuesQuotation(folded string) bool {
	return has(saying, folded) || has(afterQuotation, folded)
}
