package lexicon

import (
	"hash/maphash"
	"sync/atomic"
)

// memorySize is a power of two; 131,072 readings take about 15 MB when full and
// hold more than nine tenths of the running words of a news corpus.
const memorySize = 1 << 17

// memory remembers the readings of words, one to a slot; a newcomer takes the
// place of what stood there. That bounds it without a lock.
type memory struct {
	seed  maphash.Seed
	slots []atomic.Pointer[reading]
}

// newMemory makes a memory of so many readings, a power of two.
func newMemory(size int) *memory {
	return &memory{seed: maphash.MakeSeed(), slots: make([]atomic.Pointer[reading], size)}
}

func (m *memory) slot(word string) *atomic.Pointer[reading] {
	return &m.slots[maphash.String(m.seed, word)&uint64(len(m.slots)-1)]
}

func (m *memory) get(word string) *reading {
	if r := m.slot(word).Load(); r != nil && r.word == word {
		return r
	}
	return nil
}

func (m *memory) put(r *reading) { m.slot(r.word).Store(r) }
