package index

import (
	"slices"
	"strings"
	"testing"
)

// pageOf is a page of the words of a text.
func pageOf(t testing.TB, text string) (page, []*word) {
	t.Helper()
	m := newWords()
	for _, w := range strings.Fields(text) {
		m.keep(w)
	}
	list := m.unwritten()
	p, err := openPage(encodePage(list))
	if err != nil {
		t.Fatal(err)
	}
	return p, list
}

const pageText = "قال الوزير في الكتب Johnson جونسون ١٢ محافظة المحافظين الهيروين تهريب"

func TestPageComesBack(t *testing.T) {
	p, list := pageOf(t, pageText)
	if p.count != len(list) {
		t.Fatalf("%d words of %d", p.count, len(list))
	}
	for i, want := range list {
		if got, ok := p.word(i, 1); !ok || got != *want {
			t.Errorf("word %d is %+v, want %+v", i, got, want)
		}
		var sounds []uint32
		p.sounds(i, func(h uint32) { sounds = append(sounds, h) })
		if !slices.Equal(sounds, hashedSounds(want.folded)) {
			t.Errorf("sounds of %s: %v", want.folded, sounds)
		}
	}
}

// TestLooksAndSounds finds words in a page without reading most of them.
func TestLooksAndSounds(t *testing.T) {
	p, _ := pageOf(t, pageText)
	v := &vocabulary{pages: []page{p}}
	for typed, want := range map[string]string{"محافضه": "محافظه", "الهروين": "الهيروين"} {
		if got := v.similar(typed, 80); !slices.Contains(got, want) {
			t.Errorf("%s looks like %v", typed, got)
		}
	}
	if got := v.similar("محافضه", 1); len(got) != 1 || got[0] != "محافظه" {
		t.Errorf("the likest is %v", got)
	}
	if got := v.sounding("johnson", true); !slices.Contains(got, "جونسون") {
		t.Errorf("johnson sounds like %v", got)
	}
	if got := v.sounding("جونسون", false); !slices.Contains(got, "johnson") {
		t.Errorf("جونسون sounds like %v", got)
	}
}

// FuzzPage holds that a damaged page is an error, or lacks some words.
func FuzzPage(f *testing.F) {
	m := newWords()
	for _, w := range strings.Fields(pageText) {
		m.keep(w)
	}
	whole := encodePage(m.unwritten())
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(whole[:recordsAt(2)+recordSize])
	far := append([]byte(nil), whole...)
	copy(far[recordsAt(len(m.unwritten())):], []byte{0xFF, 0xFF, 0xFF, 0xFF})
	f.Add(far)
	f.Add(encodePage(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := openPage(data)
		if err != nil {
			return
		}
		v := &vocabulary{pages: []page{p}}
		v.similar("محافضه", 3)
		v.sounding("johnson", true)
		v.sounding("جونسون", false)
		for i := range p.count {
			p.word(i, 1)
		}
	})
}
