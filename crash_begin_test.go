package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKilledAdd kills `mujaz add`: a document that it said was stored is there,
// whole, and one that it did not speak of is whole or absent.
func TestKilledAdd(t *testing.T) {
	h := newHouse(t)
	file := filepath.Join(t.TempDir(), "news.txt")
	write := func() (title string) {
		title = fmt.Sprintf("خبر رقم %d عن الهدنة", rand.Int64())
		text := title + "\n"
		for i := range 40 {
			text += fmt.Sprintf("\nالفقرة %d من %d تتحدث عن البند %d.\n", i, rand.Int64(), rand.Int64())
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return title
	}
	write()
	longest := h.timed("add", "-yes", file)
	var s score
	promised := map[string]bool{}
	for s.kills < *kills {
		title := write()
		out, finished := h.kill(longest, "add", "-yes", file)
		if finished {
			longest = longest * 19 / 20
		} else {
			s.kills++
		}
		if strings.Contains(out, "created ") {
			s.acknowledged++
			promised[title] = true
		}
		h.sound()
		there := map[string]int{}
		for _, d := range h.documents() {
			there[d.Title] = strings.Count(d.Text, "الفقرة ")
		}
		for title := range promised {
			if there[title] == 0 {
				s.lost++
			}
		}
		for title, paragraphs := range there {
			if strings.Contains(title, "خبر رقم") && paragraphs != 40 {
				s.half++
			}
		}
	}
	s.print(t, "add")
}

// TestKilledFirstStart kills processes that create the database and its schema
// in an empty folder, three in each.
func TestKilledFirstStart(t *testing.T) {
	newHouse(t).timed("docs") // the binary is built, and in the disk cache
	longest := newHouse(t).timed("docs")
	var s score
	for s.kills < *kills {
		h := newHouse(t)
		for range 3 {
			if _, finished := h.kill(longest, "docs"); finished {
				break
			}
			s.kills++
		}
		if out := h.run("docs"); strings.Count(out, "\n") < 1 {
			s.lost++
			t.Errorf("the shipped article is not there: %q", out)
		}
		s.acknowledged++
		h.sound()
	}
	s.print(t, "schema")
}

// TestKilledRebuild kills processes that find the index gone, damaged or of
// other rules and make it anew.
func TestKilledRebuild(t *testing.T) {
	h := newHouse(t)
	const n = 400
	file, texts := h.edition("0", n)
	h.run("import", file)
	index := filepath.Join(h.data, "index")
	gone := func() {
		if err := os.RemoveAll(index); err != nil {
			t.Fatal(err)
		}
	}
	gone()
	longest := h.timed("ask", "ماذا عن الهدنة؟")
	s := score{acknowledged: n}
	for s.kills < *kills {
		if s.kills%2 == 0 {
			gone()
		} else {
			h.damage()
		}
		for range 2 { // the second one meets what the first left
			if _, finished := h.kill(longest, "ask", "ماذا عن الهدنة؟"); !finished {
				s.kills++
			}
		}
		h.sound()
		found := h.documents()
		for id := range texts {
			if found[id].Text != texts[id] {
				s.lost++
			}
		}
	}
	s.print(t, "rebuild")
	if out := h.run("ask", "ماذا عن الهدنة والمفاوضات؟"); !strings.Contains(out, "فقرة من الطبعة") {
		t.Errorf("not found after all: %s", out)
	}
}
