package lexicon

import (
	"bytes"
	"slices"
	"strings"

	"mujaz/corpus/arabic"
)

// readIndex reads lines of headword, offset and size, both in base 64; it
// returns the number of the first bad line.
func (d *dictionary) readIndex(index []byte) (int, error) {
	number := 0
	for line := range bytes.Lines(index) {
		number++
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 || bytes.HasPrefix(line, []byte("00-")) || bytes.HasPrefix(line, []byte("00database")) {
			continue // 00-database-info and its like describe the dictionary
		}
		fields := bytes.Split(line, []byte("\t"))
		if len(fields) < 3 {
			return number, ErrDictIndex
		}
		start, ok1 := base64Number(fields[1])
		size, ok2 := base64Number(fields[2])
		if !ok1 || !ok2 {
			return number, ErrDictIndex
		}
		if start > len(d.text) || size > len(d.text)-start {
			return number, ErrDictOutside
		}
		d.words = append(d.words, dictEntry{arabic.Fold(string(fields[0])), int32(start), int32(size)})
	}
	slices.SortStableFunc(d.words, func(a, b dictEntry) int { return strings.Compare(a.word, b.word) })
	return 0, nil
}

// base64Number reads the DICT form of a number: digits of base 64, the most
// significant first, no padding.
func base64Number(s []byte) (int, bool) {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	n := 0
	for _, c := range s {
		d := strings.IndexByte(digits, c)
		if d < 0 || n > maxDict {
			return 0, false
		}
		n = n<<6 | d
	}
	return n, len(s) > 0
}

// lookUp returns the Arabic of the entries of a folded word.
func (d *dictionary) lookUp(word string) []string {
	i, _ := slices.BinarySearchFunc(d.words, word, func(e dictEntry, w string) int { return strings.Compare(e.word, w) })
	var out []string
	for ; i < len(d.words) && d.words[i].word == word; i++ {
		e := d.words[i]
		out = appendArabic(out, d.text[e.start:e.start+e.size])
	}
	return out
}

// maxTranslations bounds what one word of a dictionary brings into a search.
const maxTranslations = 6

// appendArabic adds the runs of Arabic words of an entry, folded.
func appendArabic(out []string, entry string) []string {
	for part := range strings.FieldsFuncSeq(entry, func(r rune) bool { return strings.ContainsRune("\n,;،؛/()[]<>", r) }) {
		var words []string
		for _, t := range arabic.Words(arabic.Fold(part)) {
			if isArabic(t.Text) {
				words = append(words, t.Text)
			}
		}
		term := strings.Join(words, " ")
		if len(words) > 0 && len(words) <= 3 && len(out) < maxTranslations && !slices.Contains(out, term) {
			out = append(out, term)
		}
	}
	return out
}

// Translate returns Arabic terms, folded, for a folded English word that no
// concept holds, from the dictionaries; as typed, then without its ending.
// Match finds the concepts of these terms by itself; Translate serves terms
// that no concept has either.
func (l *Lexicon) Translate(word string) []string { return l.dictionary.translate(word) }

func (list dictionaries) translate(word string) []string {
	var out []string
	for _, d := range list {
		reduceEnglish(word, func(form string, _ int, _ bool) bool {
			found := d.lookUp(form)
			out = append(out, found...)
			return len(found) == 0
		})
	}
	return out[:min(len(out), maxTranslations)]
}
