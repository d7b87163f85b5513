package index

import (
	"hash/maphash"
	"strings"
	"sync"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// word is what the ranker knows of one written form. Words are shared and
// never change.
type word struct {
	id       uint32 // dense, 0 for a form that is not kept
	folded   string
	stem     string
	skeleton string
	stemID   uint32 // equal for equal stems, 0 for none that is kept
	skelID   uint32
	hash     uint64 // of the folded form
	letters  uint8  // number of letters of the folded form
	flags    flag
}

// flag marks words by what they do in a sentence.
type flag uint16

const (
	isStop     flag = 1 << iota // function or question word
	isNumber                    // digits, or a number word
	isDigits                    // digits only
	isDate                      // month, weekday, year
	isCause                     // opens a cause
	isSay                       // reports what somebody says
	isLatin                     // not Arabic script
	isQuestion                  // question word
	isFuture                    // announces
	isPlace                     // stands before or for a place
	isMonth                     // month, weekday or year: a date that can be written in a calendar
	isManner                    // opens a means
)

// maxWords bounds the forms that are kept: a corpus of 4.6 million running
// words has 260,000.
const maxWords = 500_000

// words keeps the analysis of every form that was met in documents, so that
// folding and stemming happen once per form and not once per occurrence.
type words struct {
	mu    sync.RWMutex
	forms map[string]*word
	ids   map[string]uint32 // stems and skeletons
}

func newWords() *words {
	return &words{forms: map[string]*word{}, ids: map[string]uint32{}}
}

// keep returns the word of a written form and remembers it.
func (m *words) keep(text string) *word {
	m.mu.RLock()
	w := m.forms[text]
	m.mu.RUnlock()
	if w != nil {
		return w
	}
	w = analyse(text)
	m.mu.Lock()
	defer m.mu.Unlock()
	if have := m.forms[text]; have != nil {
		return have
	}
	if len(m.forms) < maxWords {
		m.number(w)
		m.forms[strings.Clone(text)] = w
	}
	return w
}

// keepAll is keep for all words of a text, under one lock.
func (m *words) keepAll(found []arabic.Token, into []token) {
	missing := false
	m.mu.RLock()
	for i, t := range found {
		into[i].w = m.forms[t.Text]
		missing = missing || into[i].w == nil
	}
	m.mu.RUnlock()
	if !missing {
		return
	}
	for i, t := range found {
		if into[i].w == nil {
			into[i].w = m.keep(t.Text)
		}
	}
}

// look returns the word of a form without remembering it: questions must not
// fill the memory with what nobody wrote.
func (m *words) look(text string) *word {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if w := m.forms[text]; w != nil {
		return w
	}
	w := analyse(text)
	w.stemID, w.skelID = m.ids["s"+w.stem], m.ids["k"+w.skeleton]
	return w
}

func (m *words) number(w *word) {
	w.id = uint32(len(m.forms) + 1)
	w.stemID, w.skelID = m.intern("s"+w.stem), m.intern("k"+w.skeleton)
}

func (m *words) intern(key string) uint32 {
	id, ok := m.ids[key]
	if !ok {
		id = uint32(len(m.ids) + 1)
		m.ids[key] = id
	}
	return id
}

// size is one more than the greatest id.
func (m *words) size() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.forms) + 1
}

// hashSeed holds for one process.
var hashSeed = maphash.MakeSeed()

func analyse(text string) *word {
	folded := strings.Clone(arabic.Fold(text))
	w := &word{folded: folded, stem: arabic.Stem(folded), skeleton: arabic.Skeleton(folded)}
	w.letters = uint8(min(utf8.RuneCountInString(folded), 255))
	w.hash = maphash.String(hashSeed, folded)
	w.flags = flagsOf(w)
	return w
}
