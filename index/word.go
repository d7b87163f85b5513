package index

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"mujaz/corpus/arabic"
)

// word is what the ranker knows of one folded form. Words are shared and
// never change.
type word struct {
	id       uint32 // number in the dictionary, 0 for a form that is not there
	folded   string
	stem     string
	skeleton string
	stemHash uint32 // tells most stems apart without looking at their letters
	skelHash uint32
	hash     uint64 // of the folded form
	letters  uint8  // number of letters of the folded form
	flags    flag
}

// hashForm is FNV-1a: it is kept in the index and must not depend on the process.
func hashForm(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
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

// hashSeed holds for one process.
var hashSeed = maphash.MakeSeed()

// analyse makes the word of a written form.
func analyse(text string) *word {
	folded := strings.Clone(arabic.Fold(text))
	w := newWord(0, folded, arabic.Stem(folded), arabic.Skeleton(folded))
	return &w
}

// newWord makes a word of its forms.
func newWord(id uint32, folded, stem, skeleton string) word {
	w := word{id: id, folded: folded, stem: stem, skeleton: skeleton}
	w.hash = maphash.String(hashSeed, folded)
	w.stemHash, w.skelHash = hashForm(stem), hashForm(skeleton)
	w.letters = uint8(min(utf8.RuneCountInString(folded), 255))
	w.flags = flagsOf(&w)
	return w
}

// sieve sorts stems and skeletons into 64 kinds: a word that is of no kind of
// the question's words cannot meet one.
func (w *word) sieve() (stem, skeleton uint8) { return uint8(w.stemHash % 64), uint8(w.skelHash % 64) }

// maxWords bounds the dictionary: a corpus of 4.6 million running words has
// 260,000 forms. Words beyond it are analysed whenever they are met.
const maxWords = 500_000

// words gives the forms that are indexed their numbers, and leads to the
// dictionary that questions read.
type words struct {
	mu       sync.RWMutex
	forms    map[string]*word // as written and as folded, of what this process has indexed
	fresh    []*word          // numbered, but not yet written
	last     uint32           // greatest number
	complete bool             // forms has all words that were written before

	dictionary atomic.Pointer[dictionary]
}

func newWords() *words {
	m := &words{}
	m.reset()
	return m
}

// reset begins another index.
func (m *words) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forms, m.fresh, m.last, m.complete = map[string]*word{}, nil, 0, false
	m.dictionary.Store(newDictionary())
}

// keep returns the word of a form that is indexed, and numbers a new one.
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
	if have := m.forms[w.folded]; have != nil {
		w = have
	} else if m.last < maxWords {
		m.last++
		w.id = m.last
		m.fresh = append(m.fresh, w)
		m.forms[w.folded] = w
	}
	if text != w.folded && len(m.forms) < 2*maxWords {
		m.forms[strings.Clone(text)] = w
	}
	return w
}

// keepAll is keep for all words of a text, mostly under one lock.
func (m *words) keepAll(found []arabic.Token) []*word {
	list, missing := make([]*word, len(found)), false
	m.mu.RLock()
	for i, t := range found {
		list[i] = m.forms[t.Text]
		missing = missing || list[i] == nil
	}
	m.mu.RUnlock()
	for i, t := range found {
		if missing && list[i] == nil {
			list[i] = m.keep(t.Text)
		}
	}
	return list
}

// look returns the word of a form that need not be in the index.
func (m *words) look(text string) *word { return analyse(text) }

// size is one more than the greatest number that a snapshot has seen.
func (m *words) size() int { return m.dictionary.Load().size() }

// learn takes the numbers of all words that the index has, so that new rows
// use them. Until then nothing may be indexed.
func (m *words) learn(s *snapshot) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.complete {
		return nil
	}
	for _, at := range s.pages {
		p, err := s.page(at)
		if err != nil {
			return err
		}
		for i := range p.count {
			if w, ok := p.word(i, at.first); ok {
				m.forms[w.folded] = &w
			}
		}
		m.last = max(m.last, at.first+uint32(p.count)-1)
	}
	m.complete = true
	return nil
}

func (m *words) learned() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.complete
}

// unwritten lists the words whose numbers the next batch must write.
func (m *words) unwritten() []*word {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.fresh[:len(m.fresh):len(m.fresh)]
}

// wrote forgets the first n of them.
func (m *words) wrote(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fresh = append([]*word(nil), m.fresh[n:]...)
}
