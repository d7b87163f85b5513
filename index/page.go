package index

import (
	"encoding/binary"
	"errors"
	"hash/maphash"
)

// A page holds some words of the dictionary in the index itself: tables by
// which words are found by their looks and their sound without being read, and
// behind them the forms of every word.
//
//	count     uint32
//	looks     gramKinds times, for every kind of trigram:
//	  bits    a bit for every word that has one, in whole uint64
//	record    count times:
//	  offset  uint32  of the forms, from the first record
//	  sound   uint32  hash of the first consonant skeleton, 0 for none
//	  length  uint8   bytes of the folded form, 255 for more
//	  kind    uint8   see below
//	  sounds  uint8   number of consonant skeletons
//	  flags   uint16  what the word does in a sentence
//	  letters uint8   of the folded form
//	  stem    uint32  hash
//	  skel    uint32  hash
//	forms     folded, stem, skeleton with their lengths; hashes of further sounds
//
// Numbers are little-endian. A page never changes once it is written.
type page struct {
	data  string // from the records on
	count int
	looks []uint64 // by kind of trigram, rowLength of count each
	sound []uint32 // of every word; manySounds where it has more, 0 for none
}

// manySounds stands for the sounds of a word that has several.
const manySounds = 1

const (
	pageHead   = 4
	recordSize = 22
	pageWords  = 4096 // words of one page at most
	gramKinds  = 256
)

// rowLength is how many uint64 have a bit for each of count words.
func rowLength(count int) int { return (count + 63) / 64 }

// recordsAt is where the records of a page begin.
func recordsAt(count int) int { return pageHead + 8*gramKinds*rowLength(count) }

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
	records := recordsAt(len(list))
	out := make([]byte, records+recordSize*len(list), records+64*len(list))
	binary.LittleEndian.PutUint32(out, uint32(len(list)))
	for i, w := range list {
		sounds := hashedSounds(w.folded)
		r := out[records+recordSize*i:]
		binary.LittleEndian.PutUint32(r, uint32(len(out)-records))
		r[8], r[9], r[10] = uint8(min(len(w.folded), 255)), kindOf(w), uint8(len(sounds))
		binary.LittleEndian.PutUint16(r[11:], uint16(w.flags))
		r[13] = w.letters
		binary.LittleEndian.PutUint32(r[14:], w.stemHash)
		binary.LittleEndian.PutUint32(r[18:], w.skelHash)
		if len(sounds) > 0 {
			binary.LittleEndian.PutUint32(r[4:], sounds[0])
		}
		if r[9]&(kindStop|kindNumeral) == 0 {
			setLooks(out[pageHead:], w.folded, i, rowLength(len(list)))
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

// setLooks sets the bits of word i. Stop words and numbers have none.
func setLooks(looks []byte, folded string, i, row int) {
	var stack [48]uint32
	for _, g := range hashedGrams(folded, stack[:0]) {
		looks[8*row*gramKind(g)+i/8] |= 1 << (i % 8)
	}
}

// gramKind sorts trigrams into gramKinds kinds.
func gramKind(gram uint32) int { return int(gram * 0x9E3779B1 >> 24) }

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

func hashSound(s string) uint32 { return max(hashForm(s), manySounds+1) }

// openPage checks that the tables are whole.
func openPage(data []byte) (page, error) {
	if len(data) < pageHead {
		return page{}, errPage
	}
	n := binary.LittleEndian.Uint32(data)
	if n > pageWords || len(data) < recordsAt(int(n))+recordSize*int(n) {
		return page{}, errPage
	}
	looks := make([]uint64, gramKinds*rowLength(int(n)))
	for i := range looks {
		looks[i] = binary.LittleEndian.Uint64(data[pageHead+8*i:])
	}
	p := page{data: string(data[recordsAt(int(n)):]), count: int(n), looks: looks, sound: make([]uint32, n)}
	for i := range p.sound {
		p.sound[i] = soundOf(p.record(i))
	}
	return p, nil
}

func soundOf(record string) uint32 {
	switch n := recordSounds(record); {
	case n == 0 || recordKind(record)&(kindStop|kindNumeral) != 0:
		return 0
	case n > 1:
		return manySounds
	}
	return recordSound(record)
}

// have are the words that have a trigram of a kind, a bit each.
func (p page) have(kind int) []uint64 {
	row := rowLength(p.count)
	return p.looks[kind*row : (kind+1)*row]
}

// record is the table's row of word i.
func (p page) record(i int) string {
	return p.data[recordSize*i : recordSize*(i+1)]
}

func recordSound(r string) uint32 { return little32(r[4:]) }
func recordLength(r string) int   { return int(r[8]) }
func recordKind(r string) uint8   { return r[9] }
func recordSounds(r string) int   { return int(r[10]) }

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

// word makes word i of a page whose first word has the given number; ok is
// false where the page is damaged.
func (p page) word(i int, first uint32) (w word, ok bool) {
	forms, _, ok := p.forms(i)
	if !ok {
		return word{}, false
	}
	r := p.record(i)
	w = word{id: first + uint32(i), folded: forms[0], stem: forms[1], skeleton: forms[2], hash: maphash.String(hashSeed, forms[0])}
	w.flags, w.letters = flag(uint16(r[11])|uint16(r[12])<<8), r[13]
	w.stemHash, w.skelHash = little32(r[14:]), little32(r[18:])
	return w, true
}
