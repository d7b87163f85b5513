package message

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// smallestLimit is the least that a part may be limited to: a bullet, a
// direction mark and a few letters.
const smallestLimit = 16

// rawLimit keeps a part under the 32,768 bytes that the Bot API reads before
// it parses entities.
const rawLimit = 32000

// pager distributes pieces over parts of at most limit UTF-16 units.
type pager struct {
	limit int
	marks bool // lines may get a direction mark: count one unit for each
	parts [][]piece
	part  []piece
}

// pages cuts pieces into parts, preferring the ends of paragraphs, then of
// sentences, then of words. Pieces held together by glue stay on one part if
// they fit on one.
func pages(pieces []piece, limit int, marks bool) [][]piece {
	g := &pager{limit: max(limit, smallestLimit), marks: marks}
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && pieces[n-1].glue {
			n++
		}
		g.add(pieces[:n])
		pieces = pieces[n:]
	}
	g.flush()
	return g.parts
}

func (g *pager) add(group []piece) {
	switch {
	case g.fits(append(g.part[:len(g.part):len(g.part)], group...)):
		g.part = append(g.part, group...)
	case g.fits(group):
		g.flush()
		g.part = append(g.part, group...)
	default:
		for _, p := range group {
			g.place(p)
		}
	}
}

// place puts one piece of a group that is too long for a part.
func (g *pager) place(p piece) {
	for {
		if g.fits(append(g.part[:len(g.part):len(g.part)], p)) {
			g.part = append(g.part, p)
			return
		}
		room := g.limit - g.units(g.part) - 1
		if room < g.limit/4 && len(g.part) > 0 {
			g.turn()
			continue
		}
		if len(g.part) == 0 {
			room = g.limit
		}
		head, tail := g.split(p, room)
		if visible(head.runs) {
			g.part = append(g.part, head)
		}
		g.flush()
		if !visible(tail.runs) {
			return
		}
		p = tail
	}
}

// turn begins a new part and takes along what is glued to the next piece.
func (g *pager) turn() {
	n := len(g.part)
	for n > 0 && g.part[n-1].glue {
		n--
	}
	if n == 0 || g.units(g.part[n:]) > g.limit/2 {
		n = len(g.part)
	}
	along := g.part[n:]
	g.part = g.part[:n]
	g.flush()
	g.part = append(g.part, along...)
}

func (g *pager) flush() {
	for len(g.part) > 0 && g.part[len(g.part)-1].kind == Break {
		g.part = g.part[:len(g.part)-1]
	}
	for len(g.part) > 0 && g.part[0].kind == Break {
		g.part = g.part[1:]
	}
	if len(g.part) > 0 {
		g.parts = append(g.parts, g.part)
	}
	g.part = nil
}

func (g *pager) fits(ps []piece) bool {
	return g.units(ps) <= g.limit && rawSize(ps) <= rawLimit
}

// units counts the pieces and the line breaks between them.
func (g *pager) units(ps []piece) int {
	n := max(len(ps)-1, 0)
	for _, p := range ps {
		for _, r := range p.runs {
			n += units(r.Text)
			if g.marks {
				n += strings.Count(r.Text, "\n")
			}
		}
		if g.marks && p.kind != Break {
			n++
		}
	}
	return n
}

// rawSize bounds the bytes of the pieces as HTML from above.
func rawSize(ps []piece) int {
	n := 0
	for _, p := range ps {
		n += 64
		for _, r := range p.runs {
			n += len(r.Text) + 4*strings.Count(r.Text, "&") + 3*strings.Count(r.Text, "<") + 3*strings.Count(r.Text, ">")
			n += 5 * len(r.URL)
			n += 64
		}
	}
	return n
}

// split cuts p so that its head has at most room units.
func (g *pager) split(p piece, room int) (head, tail piece) {
	text := joined(p.runs)
	for {
		at := cutAt(text, p.runs, room, g.marks)
		head = piece{kind: p.kind, runs: trim(slice(p.runs, 0, at))}
		tail = piece{kind: p.kind, runs: trim(slice(p.runs, at, len(text))), glue: p.glue}
		if p.kind == Item {
			tail.kind = Paragraph
		}
		if rawSize([]piece{head}) <= rawLimit || room <= smallestLimit {
			return head, tail
		}
		room /= 2
	}
}

// citation is a source in brackets, such as "[3]" or "[الشرق، 4]".
var citation = regexp.MustCompile(`\[[^\[\]\n]{1,60}\]`)

// cutAt finds the byte offset to cut at: the end of a line or sentence in the
// second half of the room, else the end of a word that is no part of a link or
// citation, else the end of a letter.
func cutAt(text string, runs []Span, room int, marks bool) int {
	end := reach(text, room, marks)
	if end == len(text) {
		return end
	}
	whole := atoms(text, runs, room)
	line, sentence, word := 0, 0, 0
	for i, r := range text[:min(end+1, len(text))] {
		if !unicode.IsSpace(r) || inside(whole, text, i) || strings.TrimSpace(text[:i]) == strings.TrimSpace(bullet) {
			continue
		}
		word = i
		if r == '\n' {
			line = i
		}
		if endsSentence(text[:i]) {
			sentence = i
		}
	}
	switch {
	case line > end/2:
		return line
	case sentence > end/3:
		return sentence
	case word > 0:
		return word
	}
	return letterEnd(text, end)
}

// reach is the byte offset after the last rune that fits into room units.
func reach(text string, room int, marks bool) int {
	n := 0
	if marks {
		n = 1
	}
	for i, r := range text {
		n += utf16Len(r)
		if marks && r == '\n' {
			n++
		}
		if n > room {
			return i
		}
	}
	return len(text)
}

func utf16Len(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// atoms are the byte ranges that stay whole: links and citations.
func atoms(text string, runs []Span, room int) [][2]int {
	var out [][2]int
	at := 0
	for _, r := range runs {
		if r.URL != "" && units(r.Text) <= room/2 {
			out = append(out, [2]int{at, at + len(r.Text)})
		}
		at += len(r.Text)
	}
	for _, m := range citation.FindAllStringIndex(text, -1) {
		out = append(out, [2]int{m[0], m[1]})
	}
	return out
}

// inside reports whether a cut at i would fall into an atom, or part a
// citation from the words before it.
func inside(whole [][2]int, text string, i int) bool {
	next := i + len(text[i:]) - len(strings.TrimLeftFunc(text[i:], unicode.IsSpace))
	for _, w := range whole {
		if i > w[0] && i < w[1] || next == w[0] && text[next] == '[' {
			return true
		}
	}
	return false
}

// endsSentence looks for a full stop behind closing quotes and citations.
func endsSentence(s string) bool {
	for {
		s = strings.TrimRight(s, " \u00A0»\"”’)\u200F\u200E")
		if !strings.HasSuffix(s, "]") {
			break
		}
		open := strings.LastIndexByte(s, '[')
		if open < 0 {
			break
		}
		s = s[:open]
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".؟!?…۔", r)
}

// letterEnd moves a cut back so that marks stay with their letter. It makes
// progress even where marks fill the room.
func letterEnd(text string, end int) int {
	for at := end; at > 0; {
		r, _ := utf8.DecodeRuneInString(text[at:])
		prev, size := utf8.DecodeLastRuneInString(text[:at])
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) && prev != '\u200D' {
			return at
		}
		at -= size
	}
	if end == 0 {
		_, size := utf8.DecodeRuneInString(text)
		return size
	}
	return end
}
