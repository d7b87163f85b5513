package answer

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
	"mujaz/index"
)

// lawQuestions is how many questions of a set are asked, spread over it.
const lawQuestions = 120

// TestLawsOfReplies asks the questions of judged sets and holds of every reply
// what readers are promised: nothing that the cited paragraph does not say,
// no cut without its mark, no line that hangs in the air, nothing twice, never
// more than the budget. More sets are asked when MUJAZ_TEST_SETS lists their
// folders.
func TestLawsOfReplies(t *testing.T) {
	for _, dir := range append([]string{"../eval/testdata/own"}, filepath.SplitList(os.Getenv("MUJAZ_TEST_SETS"))...) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			a := answererOf(t, documentsIn(t, dir)...)
			questions := questionsIn(t, dir)
			for i := 0; i < len(questions); i += 1 + len(questions)/lawQuestions {
				for _, k := range [...]int{1, 3, 10} {
					ans, err := a.Ask(t.Context(), questions[i], Ask{K: k})
					if err != nil {
						t.Fatal(err)
					}
					checkLaws(t, ans, Read(questions[i], today, a.o.Lexicon))
				}
			}
			if a.Dropped() != 0 {
				t.Errorf("%d lines were not verbatim", a.Dropped())
			}
		})
	}
}

// checkLaws holds all laws of one reply.
func checkLaws(t *testing.T, ans Answer, q Question) {
	t.Helper()
	checkLines(t, ans)
	checkKind(t, ans)
	lines := 0
	var seen []*Point
	ans.Summary.each(func(p *Point) {
		text := ans.Excerpts[p.Cite-1].Text
		at := strings.Index(text, p.Text)
		lines += sentencesOver(text, at, at+len(p.Text))
		checkEnds(t, ans, p, text, at)
		checkCondition(t, ans, p)
		for _, other := range seen {
			if other.Cite == p.Cite && (strings.Contains(other.Text, p.Text) || strings.Contains(p.Text, other.Text)) {
				t.Errorf("%s: printed twice: %s", ans.Question, p.Text)
			}
		}
		seen = append(seen, p)
	})
	if lines > summaryLines {
		t.Errorf("%s: %d sentences%s", ans.Question, lines, shown(ans))
	}
	for _, s := range ans.Summary.Sections {
		checkSection(t, ans, q, s)
	}
}

func checkKind(t *testing.T, ans Answer) {
	t.Helper()
	if ans.Confidence < 0 || ans.Confidence > 1 || (ans.Kind == Answered) != (ans.Confidence >= answerFrom) {
		t.Errorf("%s: %s with confidence %.2f", ans.Question, ans.Kind, ans.Confidence)
	}
	if (ans.Kind == Answered) != (ans.Summary.Lead != nil) {
		t.Errorf("%s: %s, lead %v", ans.Question, ans.Kind, ans.Summary.Lead)
	}
	for _, s := range ans.Summary.Sections {
		if ans.Kind != Answered && s.Label != Nearest && s.Label != About {
			t.Errorf("%s: %s has a section %s", ans.Question, ans.Kind, s.Label)
		}
	}
}

// sentencesOver counts the sentences of a text that a part of it touches.
func sentencesOver(text string, from, to int) int {
	n := 0
	for _, s := range arabic.Sentences(text) {
		if s.Start < to && s.End > from {
			n++
		}
	}
	return n
}

// checkEnds holds that a line begins and ends with its sentence, or is marked
// as cut there and the cut stands at a clause; quotations are not torn.
func checkEnds(t *testing.T, ans Answer, p *Point, text string, at int) {
	t.Helper()
	before, after := tornQuotation(p.Text)
	begins, ends, torn := false, false, false
	for _, s := range arabic.Sentences(text) {
		begins, ends = begins || s.Start == at, ends || s.End == at+len(p.Text)
		torn = torn || s.Start <= at && at < s.End && !balanced(text[s.Start:s.End])
	}
	if (begins && !before) == p.CutBefore || (ends && !after) == p.Cut {
		t.Errorf("%s: cut before %v, after %v: %s", ans.Question, p.CutBefore, p.Cut, p.Text)
	}
	if p.CutBefore && !begins && !atClause(text, at) && !strings.HasSuffix(strings.TrimRight(text[:at], " "), ":") || p.Cut && !ends && !atClause(text, at+len(p.Text)) {
		t.Errorf("%s: not cut at a clause: %s", ans.Question, p.Text)
	}
	if !balanced(p.Text) && !torn {
		t.Errorf("%s: torn quotation: %s", ans.Question, p.Text)
	}
}

// atClause reports that a clause or, where none is near, a phrase ends or
// begins at an offset, and that nothing is left hanging before it.
func atClause(text string, at int) bool {
	before, behind := strings.TrimRight(text[:at], " \u00a0«“\"(["), strings.TrimLeft(text[at:], " \u00a0»”\")]")
	if last, _ := lastRune(before); clauseSign(string(last)) || strings.ContainsAny(behind[:min(len(behind), 3)], "،؛:–—(") {
		return last != ':' || strings.HasSuffix(strings.TrimSpace(text), before)
	}
	if strings.HasSuffix(strings.TrimRight(text[:at], " "), ")") {
		return true
	}
	next, end := arabic.FoldedWords(behind), arabic.FoldedWords(before)
	return len(next) > 0 && len(end) > 0 && !hangs(end[len(end)-1]) &&
		(clauseOpeners[next[0]] || phraseOpeners[next[0]] || strings.HasPrefix(next[0], "و"))
}

func lastRune(s string) (r rune, ok bool) {
	for _, r = range s {
		ok = true
	}
	return r, ok
}

// checkCondition holds that «في حال» is never printed without what follows from it.
func checkCondition(t *testing.T, ans Answer, p *Point) {
	t.Helper()
	words := arabic.FoldedWords(p.Text)
	if _, torn := tornQuotation(p.Text); p != ans.Summary.Lead && p.Cut && !torn && opensCondition(words) {
		t.Errorf("%s: a condition without its consequence: %s", ans.Question, p.Text)
	}
}

func checkSection(t *testing.T, ans Answer, q Question, s Section) {
	t.Helper()
	if len(s.Points) == 0 {
		t.Errorf("%s: empty section %s", ans.Question, s.Label)
	}
	switch {
	case s.Label == Numbers && q.Want != index.WantNumber && q.Want != index.WantTime,
		s.Label == Positions && !q.isPosition():
		t.Errorf("%s: section %s%s", ans.Question, s.Label, shown(ans))
	case s.Label == WhatNext:
		for _, p := range s.Points {
			if arabic.CuesOf(arabic.FoldedWords(p.Text))&arabic.HasNext == 0 {
				t.Errorf("%s: announces nothing: %s", ans.Question, p.Text)
			}
		}
	}
}

// documentsIn reads docs.jsonl or paragraphs.jsonl of a judged set.
func documentsIn(t *testing.T, dir string) []corpus.Document {
	t.Helper()
	name := filepath.Join(dir, "docs.jsonl")
	if _, err := os.Stat(name); err != nil {
		name = filepath.Join(dir, "paragraphs.jsonl")
	}
	return linesOf[corpus.Document](t, name)
}

func questionsIn(t *testing.T, dir string) (texts []string) {
	t.Helper()
	for _, q := range linesOf[struct{ Question string }](t, filepath.Join(dir, "questions.jsonl")) {
		texts = append(texts, q.Question)
	}
	return texts
}

func linesOf[T any](t *testing.T, name string) (list []T) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}
