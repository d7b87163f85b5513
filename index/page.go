package index

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"math/bits"
)

// A page holds some words of the dictionary in the index itself: a table of
// records of equal size, by which words are found by their looks and their
// sound without being read, and behind it the forms of every word.
//
//	count     uint32
//	record    count times:
//	  offset  uint32  of the forms
//	  grams   2 × uint64  a bit for every trigram
//	  sound   uint32  hash of the first consonant skeleton, 0 for none
//	  length  uint8   bytes of the folded form, 255 for more
//	  kind    uint8   see below
//	  sounds  uint8   number of consonant skeletons
//	forms     folded, stem, skeleton with their lengths; hashes of further sounds
//
// Numbers are little-endian. A page never changes once it is written.
type page struct {
	data  string
	count int
}

const (
	pageHead   = 4
	recordSize = 27
	pageWords  = 4096 // words of one page at most
)

// Kinds of a record: words that are never looked for by looks or sound.
const (
	kindStop uint8 = 1 << iota
	kindNumeral
	kindLatin
)

// errPage says that a page is not as encodePage made it.
var errPage = errors.New("damaged page of words")

// encodePage writes words, at most pageWords.
func encodePage(list []*word) []byte {
	out := make([]byte, pageHead+recordSize*len(list), pageHead+64*len(list))
	binary.LittleEndian.PutUint32(out, uint32(len(list)))
	for i, w := range list {
		sounds := hashedSounds(w.folded)
		r := out[pageHead+recordSize*i:]
		binary.LittleEndian.PutUint32(r, uint32(len(out)))
		looks := gramsOf(w.folded)
		binary.LittleEndian.PutUint64(r[4:], looks[0])
		binary.LittleEndian.PutUint64(r[12:], looks[1])
		r[24], r[25], r[26] = uint8(min(len(w.folded), 255)), kindOf(w), uint8(len(sounds))
		if len(sounds) > 0 {
			binary.LittleEndian.PutUint32(r[20:], sounds[0])
		}
		for _, form := range [...]string{w.folded, w.stem, w.skeleton} {
			out = binary.AppendUvarint(out, uint64(len(form)))
			out = append(out, form...)
		}
		for n := 1; n < len(sounds); n++ {
			out = binary.LittleEndian.AppendUint32(out, sounds[n])
		}
	}
	return out
}

func kindOf(w *word) (kind uint8) {
	if w.flags&isStop != 0 {
		kind |= kindStop
	}
	if isNumeral(w.folded) {
		kind |= kindNumeral
	}
	if isLatinWord(w.folded) {
		kind |= kindLatin
	}
	return kind
}

// hashedSounds are the consonant skeletons of a word as numbers.
func hashedSounds(folded string) []uint32 {
	if isNumeral(folded) {
		return nil
	}
	var out []uint32
	for _, s := range soundsOf(folded) {
		out = append(out, hashSound(s))
	}
	return out
}

// hashSound must not depend on the process: it is kept in the index.
func hashSound(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // never fails
	return max(h.Sum32(), 1)
}

// gramBits has a bit for every trigram of a word; two may share one.
type gramBits [2]uint64

func gramsOf(folded string) (b gramBits) {
	var stack [48]uint32
	for _, g := range hashedGrams(folded, stack[:0]) {
		bit := g * 0x9E3779B1 >> 25
		b[bit>>6] |= 1 << (bit & 63)
	}
	return b
}

// lacking counts the bits that a record does not have.
func (b gramBits) lacking(r string) int {
	return bits.OnesCount64(b[0]&^little64(r[4:])) + bits.OnesCount64(b[1]&^little64(r[12:]))
}

// openPage checks that the table is whole.
func openPage(data []byte) (page, error) {
	if len(data) < pageHead {
		return page{}, errPage
	}
	n := binary.LittleEndian.Uint32(data)
	if n > pageWords || len(data) < pageHead+recordSize*int(n) {
		return page{}, errPage
	}
	return page{string(data), int(n)}, nil
}

// record is the table's row of word i.
func (p page) record(i int) string {
	from := pageHead + recordSize*i
	return p.data[from : from+recordSize]
}

func recordSound(r string) uint32 { return little32(r[20:]) }
func recordLength(r string) int   { return int(r[24]) }
func recordKind(r string) uint8   { return r[25] }
func recordSounds(r string) int   { return int(r[26]) }

func little64(s string) uint64 { return uint64(little32(s)) | uint64(little32(s[4:]))<<32 }

func little32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// forms reads the three forms of word i and what lies behind them. They share
// the memory of the page.
func (p page) forms(i int) (forms [3]string, rest string, ok bool) {
	offset := little32(p.record(i))
	if uint64(offset) > uint64(len(p.data)) {
		return forms, "", false
	}
	rest = p.data[offset:]
	for k := range forms {
		if forms[k], rest, ok = cutString(rest); !ok {
			return forms, "", false
		}
	}
	return forms, rest, true
}

// cutString takes a string off that stands behind its length.
func cutString(data string) (s, rest string, ok bool) {
	size := uint64(0)
	for i := 0; i < len(data) && i < binary.MaxVarintLen32; i++ {
		size |= uint64(data[i]&0x7F) << (7 * i)
		if data[i] < 0x80 {
			data = data[i+1:]
			if size > uint64(len(data)) {
				return "", "", false
			}
			return data[:size], data[size:], true
		}
	}
	return "", "", false
}

// folded is the folded form of word i, empty where the page is damaged.
func (p page) folded(i int) string {
	forms, _, _ := p.forms(i)
	return forms[0]
}

// sounds calls use with the hash of every sound of word i.
func (p page) sounds(i int, use func(uint32)) {
	r := p.record(i)
	n := recordSounds(r)
	if n == 0 {
		return
	}
	use(recordSound(r))
	if n == 1 {
		return
	}
	_, rest, ok := p.forms(i)
	for ; ok && n > 1 && len(rest) >= 4; n-- {
		use(little32(rest))
		rest = rest[4:]
	}
}

// word makes word i of a page whose first word has the given number; nil where
// the page is damaged.
func (p page) word(i int, first uint32) *word {
	forms, _, ok := p.forms(i)
	if !ok {
		return nil
	}
	return newWord(first+uint32(i), forms[0], forms[1], forms[2])
}
