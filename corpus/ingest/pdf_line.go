package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// pdfLine is one line of a page as a reader sees it.
type pdfLine struct {
	glyphs                   []glyph
	text                     string
	left, right, bottom, top float64
	base                     float64 // where its tall letters stand
	height                   float64 // of its tall letters, 0 when it has none
	page                     int
}

// pageLines puts the characters of a page into lines. The library cuts where
// the file jumps, which may be inside a line: pieces that stand beside each
// other are put together again.
func pageLines(p pageGlyphs, page int) []pdfLine {
	var lines []pdfLine
	var current []glyph
	flush := func() {
		if piece, ok := newLine(current, page); ok && !mergeInto(lines, piece) {
			lines = append(lines, piece)
		}
		current = nil
	}
	for _, g := range p.glyphs {
		if g.r == '\n' || g.r == '\r' {
			flush()
			continue
		}
		current = append(current, g)
	}
	flush()
	for i := range lines {
		lines[i].text = lines[i].read()
		lines[i].glyphs = nil // a long file has many
	}
	return slices.DeleteFunc(lines, func(l pdfLine) bool { return l.text == "" })
}

func newLine(glyphs []glyph, page int) (pdfLine, bool) {
	l := pdfLine{page: page}
	first := true
	for _, g := range glyphs {
		if unicode.IsSpace(g.r) || g.r == 0 {
			continue
		}
		if first {
			l.left, l.right, l.bottom, l.top = g.left, g.right, g.bottom, g.top
			first = false
		}
		l.left, l.right = min(l.left, g.left), max(l.right, g.right)
		l.bottom, l.top = min(l.bottom, g.bottom), max(l.top, g.top)
	}
	l.glyphs = glyphs
	l.height, l.base = tall(glyphs)
	if l.height == 0 {
		l.base = l.bottom
	}
	return l, !first
}

// mergeInto joins a piece to one of the last lines when they share their
// height on the page and nearly touch.
func mergeInto(lines []pdfLine, piece pdfLine) bool {
	for i := len(lines) - 1; i >= max(0, len(lines)-3); i-- {
		l := &lines[i]
		if !besideEachOther(*l, piece) {
			continue
		}
		between := glyph{r: ' ', left: -1, right: -1}
		*l, _ = newLine(slices.Concat(l.glyphs, []glyph{between}, piece.glyphs), l.page)
		return true
	}
	return false
}

func besideEachOther(a, b pdfLine) bool {
	size := max(a.height, b.height, 6)
	if gap := max(a.left, b.left) - min(a.right, b.right); gap > 1.5*size {
		return false
	}
	shared := min(a.top, b.top) - max(a.bottom, b.bottom)
	smaller := min(a.top-a.bottom, b.top-b.bottom)
	if shared >= .6*smaller {
		return true
	}
	return smaller < .6*size && shared > -.3*size // marks above the line
}

const tallLetters = "الطظكbdfhklABCDEFGHIKLMNOPRSTUVWXYZ"

// tall gives the median height and foot of the letters that reach the top.
// The height stands for the font's size whatever the font's units are.
func tall(glyphs []glyph) (height, foot float64) {
	var heights, feet []float64
	for _, g := range glyphs {
		if strings.ContainsRune(tallLetters, g.r) && g.top > g.bottom {
			heights, feet = append(heights, g.top-g.bottom), append(feet, g.bottom)
		}
	}
	if len(heights) == 0 {
		return 0, 0
	}
	slices.Sort(heights)
	slices.Sort(feet)
	return heights[len(heights)/2], feet[len(feet)/2]
}

// read gives the text of the line in reading order.
func (l *pdfLine) read() string {
	rtl, ltr := 0, 0
	for _, g := range l.glyphs {
		switch {
		case unicode.Is(unicode.Arabic, g.r) && unicode.IsLetter(g.r):
			rtl++
		case unicode.IsLetter(g.r):
			ltr++
		}
	}
	if rtl == 0 || rtl*4 < ltr {
		return collapse(stringOf(l.glyphs))
	}
	size := l.height
	if size == 0 {
		size = (l.top - l.bottom) / 1.5
	}
	words := fileWords(l.glyphs, size)
	ordered := attachMarks(rightToLeft(words), marksOf(l.glyphs))
	return collapse(norm.NFC.String(fixBrackets(lettersOf(runs(spaced(ordered, words, size))))))
}

func stringOf(glyphs []glyph) string {
	var sb strings.Builder
	for _, g := range glyphs {
		sb.WriteRune(g.r)
	}
	return sb.String()
}

func isMark(r rune) bool { return unicode.Is(unicode.Mn, r) }

func marksOf(glyphs []glyph) []glyph {
	var out []glyph
	for _, g := range glyphs {
		if isMark(g.r) {
			out = append(out, g)
		}
	}
	return out
}

// cluster is a base character with the marks on it. A space is a cluster with
// the rune ' '. order is the character's place in the file, words in visual
// order turned round.
type cluster struct {
	glyph
	marks []rune
	order int
	word  int // number of the file's word that it is in
}

func (c cluster) center() float64 { return (c.left + c.right) / 2 }

// rightToLeft sorts the base characters by their places on the page. The
// file's own order counts where one stands above or below another, as letters
// of a ligature do.
func rightToLeft(words [][]glyph) []cluster {
	var out []cluster
	for n, word := range words {
		var cs []cluster
		for _, g := range word {
			if !isMark(g.r) {
				cs = append(cs, cluster{glyph: g, word: n})
			}
		}
		if len(cs) > 1 && cs[0].center() < cs[len(cs)-1].center() {
			slices.Reverse(cs)
		}
		out = append(out, cs...)
	}
	for i := range out {
		out[i].order = i
	}
	slices.SortStableFunc(out, func(a, b cluster) int { return cmp.Compare(b.center(), a.center()) })
	return fixOverlaps(printedOnce(out, words))
}

// printedOnce drops letters that are printed twice in one place, for boldness
// or at the seam of two pieces. The one in the longer word stays.
func printedOnce(cs []cluster, words [][]glyph) []cluster {
	out := cs[:0]
	for _, c := range cs {
		n := len(out)
		if n == 0 || out[n-1].r != c.r || overlap(out[n-1], c) <= .8 {
			out = append(out, c)
			continue
		}
		if len(words[c.word]) > len(words[out[n-1].word]) {
			out[n-1] = c
		}
	}
	return out
}

// fileWords cuts a line at the file's spaces and gives the letters their room.
func fileWords(glyphs []glyph, size float64) [][]glyph {
	var words [][]glyph
	var word []glyph
	for _, g := range append(glyphs, glyph{r: ' '}) {
		if !isSpace(g) && g.r != 0 {
			word = append(word, widened(g, size))
			continue
		}
		if len(word) > 0 {
			words, word = append(words, word), nil
		}
	}
	return words
}

// isSpace reports white space. A space that has a shape is a letter whose
// meaning the file does not tell.
func isSpace(g glyph) bool { return unicode.IsSpace(g.r) && g.top-g.bottom < 2 }

// widened gives a letter that has the box of a vowel mark, as some programs
// write a letter with its mark, the room that the letter takes.
func widened(g glyph, size float64) glyph {
	if unicode.IsSpace(g.r) {
		g.r = unicode.ReplacementChar
	}
	if unicode.IsLetter(g.r) && g.top-g.bottom < .5*size && g.right-g.left < .3*size && g.r != 'ا' {
		at := (g.left + g.right) / 2
		g.left, g.right, g.odd = at-.45*size, at+.45*size, true
	}
	g.odd = g.odd || isMark(g.r)
	return g
}

// fixOverlaps puts neighbours that stand on one another in the file's order,
// and لا, whose letters share one shape, with the lam first.
func fixOverlaps(cs []cluster) []cluster {
	for range 2 { // a letter may pass two others
		for i := 0; i+1 < len(cs); i++ {
			a, b := cs[i], cs[i+1]
			if share := overlap(a, b); share > .5 && a.order > b.order && isArabic(a.r) && isArabic(b.r) {
				cs[i], cs[i+1] = b, a
			}
		}
	}
	for i := 0; i+1 < len(cs); i++ {
		a, b := cs[i], cs[i+1]
		if strings.ContainsRune("اأإآ", a.r) && b.r == 'ل' && overlap(a, b) > .6 {
			cs[i], cs[i+1] = b, a
		}
	}
	return cs
}

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }

// overlap is the shared width of two boxes as a share of the narrower one.
func overlap(a, b cluster) float64 {
	narrow := min(a.right-a.left, b.right-b.left)
	if narrow <= 0 {
		return 0
	}
	return (min(a.right, b.right) - max(a.left, b.left)) / narrow
}

// attachMarks gives each vowel mark to the letter above or below which it
// stands.
func attachMarks(cs []cluster, marks []glyph) []cluster {
	for _, m := range marks {
		best, distance := -1, 0.0
		at := (m.left + m.right) / 2
		for i, c := range cs {
			if !unicode.IsLetter(c.r) {
				continue
			}
			d := max(c.left-at, at-c.right, 0)*100 + max(c.center()-at, at-c.center())
			if best < 0 || d < distance {
				best, distance = i, d
			}
		}
		if best >= 0 && !slices.Contains(cs[best].marks, m.r) {
			cs[best].marks = append(cs[best].marks, m.r)
		}
	}
	return cs
}

// spaced puts spaces between clusters: where the file has one and the letters
// leave room, or where the gap alone is as wide as a space. A space that the
// file has beside a vowel mark needs a gap, for the library makes up spaces
// there.
func spaced(cs []cluster, words [][]glyph, size float64) []cluster {
	var out []cluster
	for i, c := range cs {
		if i > 0 {
			gap := leftEdge(cs[max(0, i-2):i]) - rightEdge(cs[i:min(len(cs), i+2)])
			cut := cs[i-1].word != c.word
			if gap > .45*size || cut && gap > .15*size || cut && gap > -.35*size && isSure(cs[i-1], c, words) {
				out = append(out, cluster{glyph: glyph{r: ' '}})
			}
		}
		out = append(out, c)
	}
	return out
}

// isSure reports that the space between two words of the file is one of the
// text's.
func isSure(a, b cluster, words [][]glyph) bool {
	first, second := words[min(a.word, b.word)], words[max(a.word, b.word)]
	next := a.word-b.word == 1 || b.word-a.word == 1
	return next && !first[len(first)-1].odd && !second[0].odd
}

// leftEdge is how far left the last letters reach: a swash may pass under the
// next one.
func leftEdge(cs []cluster) float64 {
	edge := cs[0].left
	for _, c := range cs {
		edge = min(edge, c.left)
	}
	return edge
}

// rightEdge is how far right the next letters of a word reach.
func rightEdge(cs []cluster) float64 {
	edge := cs[0].right
	for _, c := range cs[1:] {
		if c.word == cs[0].word {
			edge = max(edge, c.right)
		}
	}
	return edge
}
