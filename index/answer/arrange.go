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
	for _, label := range [...]Label{KeyPoints, Positions, Numbers, WhatNext, Disagree} {
		for i, l := range rest {
			if w.hangsOn(l, chosen) != nil {
				continue
			}
			if w.label(l, chosen[0]) == label {
				w.place(&s, label, rest, i)
			}
		}
	}
	for _, l := range rest {
		if before := w.hangsOn(l, chosen); before != nil && before.sentence == chosen[0].sentence {
			label := w.label(l, chosen[0])
			s.Sections = append([]Section{{Label: label, Side: w.sideName(l, label), Points: []Point{w.point(l)}}}, s.Sections...)
		}
	}
	s.merge()
	w.datePoints(&s)
	return s
}

// place adds line i and what hangs on it.
func (w *writer) place(s *Summary, label Label, rest []line, i int) {
	side := w.sideName(rest[i], label)
	s.add(label, side, w.point(rest[i]))
	for _, l := range rest {
		if before := w.hangsOn(l, rest); before != nil && before.sentence == rest[i].sentence {
			s.add(label, side, w.point(l))
		}
	}
}

// hangsOn is the line that a dangling line goes on from; nil for lines that
// stand alone.
func (w *writer) hangsOn(l line, chosen []line) *line {
	s := &w.sentences[l.sentence]
	if l.first != l.sentence || l.before || s.position == 0 || !dangles(s.words) {
		return nil
	}
	for i := range chosen {
		if chosen[i].sentence == l.sentence-1 {
			return &chosen[i]
		}
	}
	return nil
}

// merge joins neighbouring sections of one label and side.
func (s *Summary) merge() {
	var out []Section
	for _, section := range s.Sections {
		if n := len(out); n > 0 && out[n-1].Label == section.Label && out[n-1].Side == section.Side {
			out[n-1].Points = append(out[n-1].Points, section.Points...)
			continue
		}
		out = append(out, section)
	}
	s.Sections = out
}

// follows orders lines: what continues the lead first, then as in the documents.
func (w *writer) follows(lead, a, b line) bool {
	for _, next := range [...]int{lead.sentence, lead.sentence + 1} {
		if x, y := a.sentence == next, b.sentence == next; x != y {
			return x
		}
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
	case s.cues&arabic.HasNext != 0 && (w.question.Want == index.WantNext || w.question.isPosition() && s.cues&arabic.HasAttribution == 0):
		return WhatNext
	case w.question.isPosition() && (s.stance == askedSide || s.stance == carriedSide || states(s)):
		return Positions
	case (w.question.Want == index.WantNumber || w.question.Want == index.WantTime) && w.answersKind(s):
		return Numbers
	}
	return KeyPoints
}

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
	if s.stance == askedSide || s.stance == carriedSide {
		return w.question.Speaker
	}
	return speakerName(s)
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
