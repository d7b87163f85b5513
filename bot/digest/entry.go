package digest

import (
	"sync"

	"mujaz/corpus/arabic"
	"mujaz/corpus/ingest"
	"mujaz/corpus/lexicon"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

// entry is a document with what grouping and matching look at.
type entry struct {
	store.Stored
	brief    answer.DocumentSummary
	shingles ingest.Shingles
	opening  map[string]bool // stems of title and first paragraph
	stems    map[string]bool // of the whole document
	concepts map[lexicon.ID]bool
}

// Concepts finds the concepts of folded words; *lexicon.Lexicon is one.
type Concepts interface {
	Match(words []string) []lexicon.Match
}

// entriesKept bounds the memory: a busy day has fewer new documents.
const entriesKept = 2000

// entries remembers what was made of documents, so that a digest for ten
// thousand chats reads each of them once.
type entries struct {
	mu   sync.Mutex
	kept map[string]*entry // by id
}

// remembered is the entry of a document as it stands, or nil.
func (c *entries) remembered(d store.Stored) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.kept[d.ID]; e != nil && e.Revision == d.Revision && e.Seq == d.Seq {
		return e
	}
	return nil
}

// of returns the entry of a document, made anew when the document changed.
func (c *entries) of(d store.Stored, concepts Concepts) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.kept[d.ID]; e != nil && e.Revision == d.Revision && e.Seq == d.Seq {
		return e
	}
	if c.kept == nil || len(c.kept) >= entriesKept {
		c.kept = map[string]*entry{}
	}
	e := newEntry(d, concepts)
	c.kept[d.ID] = e
	return e
}

func newEntry(d store.Stored, concepts Concepts) *entry {
	e := &entry{Stored: d, brief: answer.Brief(d.Document), shingles: ingest.ShinglesOf(d.Text)}
	opening := d.Title
	if ps := d.Document.Paragraphs(); len(ps) > 0 {
		opening += "\n" + ps[0].Text
	}
	e.opening = stemsOf(opening)
	words := arabic.FoldedWords(d.Title + "\n" + d.Text)
	e.stems, e.concepts = stemSet(words), conceptSet(words, concepts)
	e.Text = ""
	return e
}

func stemsOf(text string) map[string]bool { return stemSet(arabic.FoldedWords(text)) }

func stemSet(words []string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		if !arabic.IsStop(w) {
			set[arabic.Stem(w)] = true
		}
	}
	return set
}

func conceptSet(words []string, concepts Concepts) map[lexicon.ID]bool {
	set := map[lexicon.ID]bool{}
	if concepts == nil {
		return set
	}
	for _, m := range concepts.Match(words) {
		for _, c := range m.Concepts {
			set[c.ID] = true
		}
	}
	return set
}

// topic is the words that somebody follows.
type topic struct {
	words    []string // folded, without stop words and question words
	concepts [][]lexicon.ID
}

func newTopic(text string, concepts Concepts) topic {
	var t topic
	for _, w := range arabic.FoldedWords(text) {
		if !arabic.IsStop(w) && !arabic.IsQuestionWord(w) {
			t.words = append(t.words, w)
		}
	}
	t.concepts = make([][]lexicon.ID, len(t.words))
	if concepts == nil {
		return t
	}
	for _, m := range concepts.Match(t.words) {
		for i := m.First; i <= m.Last; i++ {
			for _, c := range m.Concepts {
				t.concepts[i] = append(t.concepts[i], c.ID)
			}
		}
	}
	return t
}

// in tells whether a document is about the topic: it has every word, or a
// concept of it; of four words and more, one may be missing.
func (t topic) in(e *entry) bool {
	if len(t.words) == 0 {
		return false
	}
	missing := 0
	for i, w := range t.words {
		if !e.stems[arabic.Stem(w)] && !anyOf(e.concepts, t.concepts[i]) {
			missing++
		}
	}
	return missing == 0 || missing == 1 && len(t.words) >= 4
}

func anyOf(set map[lexicon.ID]bool, ids []lexicon.ID) bool {
	for _, id := range ids {
		if set[id] {
			return true
		}
	}
	return false
}
