package answer

import (
	"sort"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// arrange labels the chosen lines, the first of which is the lead. A line that
// cannot be understood alone stays right behind the line that it goes on from.
func (w *writer) arrange(chosen []line) Summary {
	lead := w.point(chosen[0])
	s := Summary{Lead: &lead}
	rest := chosen[1:]
	sort.SliceStable(rest, func(a, b int) bool { return w.follows(chosen[0], rest[a], rest[b]) })
	for i := range rest {
		if w.hangsOn(i+1, chosen) == 0 {
			w.place(&s, w.label(rest[i], chosen[0]), chosen, i+1)
		}
	}
	for _, label := range [...]Label{KeyPoints, Positions, Numbers, WhatNext, Disagree} {
		for i := range rest {
			if w.hangsOn(i+1, chosen) < 0 && w.label(rest[i], chosen[0]) == label {
				w.place(&s, label, chosen, i+1)
			}
		}
	}
	w.datePoints(&s)
	return s
}

// place adds line i and what hangs on it.
func (w *writer) place(s *Summary, label Label, chosen []line, i int) {
	s.add(label, w.sideName(chosen[i], label), w.point(chosen[i]))
	for j := range chosen {
		if j > 0 && w.hangsOn(j, chosen) == i {
			w.place(s, label, chosen, j)
		}
	}
}

// hangsOn is the line that dangling line i goes on from, the last one where its
// sentence was cut in two; -1 for lines that stand alone.
func (w *writer) hangsOn(i int, chosen []line) int {
	l := chosen[i]
	s := &w.sentences[l.sentence]
	if l.first != l.sentence || l.before || s.position == 0 || !s.dangles() {
		return -1
	}
	on := -1
	for j := range chosen {
		if chosen[j].sentence == l.sentence-1 && !chosen[j].after {
			on = j
		}
	}
	return on
}

// follows orders lines: what continues the lead first, then as in the documents.
func (w *writer) follows(lead, a, b line) bool {
	for _, next := range [...]int{lead.sentence, lead.sentence + 1} {
		if w.sentences[min(next, len(w.sentences)-1)].excerpt != w.sentences[lead.sentence].excerpt {
			break
		}
		if x, y := a.sentence == next, b.sentence == next; x != y {
			return x
		}
	}
	return w.earlier(a, b)
}

// earlier orders lines of one document by their places in it, others by the
// rank of their excerpts.
func (w *writer) earlier(a, b line) bool {
	x, y := &w.excerpts[w.sentences[a.sentence].excerpt], &w.excerpts[w.sentences[b.sentence].excerpt]
	if x.Ref.Document == y.Ref.Document && x.Ref.Paragraph != y.Ref.Paragraph {
		return x.Ref.Paragraph < y.Ref.Paragraph
	}
	return a.sentence < b.sentence
}

func (s *Summary) add(label Label, side string, p Point) {
	if n := len(s.Sections); n > 0 && s.Sections[n-1].Label == label && s.Sections[n-1].Side == side {
		s.Sections[n-1].Points = append(s.Sections[n-1].Points, p)
		return
	}
	s.Sections = append(s.Sections, Section{Label: label, Side: side, Points: []Point{p}})
}

func (w *writer) label(l, lead line) Label {
	s := &w.sentences[l.sentence]
	switch {
	case l.sentence == lead.sentence:
		return KeyPoints // the rest of the lead
	case w.differ(s, &w.sentences[lead.sentence]):
		return Disagree
	case s.cues&arabic.HasNext != 0 && (w.question.Want == index.WantNext || w.question.isPosition() && s.cues&arabic.HasAttribution == 0 && !arabic.IsSaying(s.words[0])):
		return WhatNext
	case w.question.isPosition() && (w.ofAsked(s) || states(s)):
		return Positions
	case (w.question.Want == index.WantNumber || w.question.Want == index.WantTime) && w.answersKind(s):
		return Numbers
	}
	return KeyPoints
}

// ofAsked reports a statement of the speaker asked about.
func (w *writer) ofAsked(s *sentence) bool { return s.stance == askedSide || s.stance == carriedSide }

// states reports that somebody speaks in the sentence: a verb of saying with its
// statement, or a source that opens it. A source at its end only vouches for it.
func states(s *sentence) bool {
	for _, a := range s.statements {
		if a.Sure && (arabic.IsSaying(s.words[a.Verb]) || a.Verb == 0) {
			return true
		}
	}
	return false
}

// sideName is whose position a line is, as the question or the text names it.
func (w *writer) sideName(l line, label Label) string {
	if label != Positions {
		return ""
	}
	s := &w.sentences[l.sentence]
	if !w.ofAsked(s) {
		return speakerName(s)
	}
	if w.askedName == "" {
		w.askedName = w.question.Speaker
		if name := speakerName(s); name != "" && s.stance == askedSide && !w.side.typed(s.stems) && w.isSide(name) {
			w.askedName = name // in the language of the text
		}
	}
	return w.askedName
}

// isSide reports that a name is one of the speaker asked about: what stands
// beside a verb of saying may be another word («استبعدت بشكل قاطع»).
func (w *writer) isSide(name string) bool {
	words := arabic.FoldedWords(name)
	stems := make([]string, len(words))
	for i, word := range words {
		stems[i] = arabic.Stem(word)
	}
	return w.side.speaks(words, stems)
}

// datePoints marks every line with its document's date where documents of
// several dates tell the story.
func (w *writer) datePoints(s *Summary) {
	dates := map[string]bool{}
	s.each(func(p *Point) { dates[w.excerpts[p.Cite-1].Date] = true })
	if len(dates) < 2 {
		return
	}
	s.each(func(p *Point) { p.Date = w.excerpts[p.Cite-1].Date })
}

func (s *Summary) each(do func(p *Point)) {
	if s.Lead != nil {
		do(s.Lead)
	}
	for i := range s.Sections {
		for j := range s.Sections[i].Points {
			do(&s.Sections[i].Points[j])
		}
	}
}
