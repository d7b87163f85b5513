package index

import (
	"testing"

	"mujaz/corpus/arabic"
)

const storedText = "قال الوزير إن ١٢ شخصا قُتلوا أمس. ولم يتضح السبب؟ The minister said: 3.5 million."

// stored is the text as a row keeps it, with the words by number.
func stored(m *words, text string) []byte {
	found := arabic.Words(text)
	return encodeTokens(arabic.Sentences(text), found, m.keepAll(found))
}

// TestTokensComeBack compares what is read from a row with what is found in
// the text itself.
func TestTokensComeBack(t *testing.T) {
	m := newWords()
	data := stored(m, storedText)
	byID := map[uint32]*word{}
	for _, w := range m.unwritten() {
		byID[w.id] = w
	}
	want := &passage{text: storedText}
	want.analyse()
	tokens, sentences, err := decodeTokens(data, len(storedText))
	if err != nil || len(tokens) != len(want.tokens) || len(sentences) != len(want.sentences) {
		t.Fatalf("%d words, %d sentences, %v", len(tokens), len(sentences), err)
	}
	for i, s := range sentences {
		if s != want.sentences[i] {
			t.Errorf("sentence %d is %v, want %v", i, s, want.sentences[i])
		}
	}
	for i, got := range tokens {
		if w := want.tokens[i]; got.start != w.start || got.end != w.end || byID[got.id].folded != w.w.folded {
			t.Errorf("word %d is %d–%d %q, want %d–%d %q", i, got.start, got.end, byID[got.id].folded, w.start, w.end, w.w.folded)
		}
	}
}

// TestDamagedTokensAreFoundAgain reads rows whose words are cut or foreign.
func TestDamagedTokensAreFoundAgain(t *testing.T) {
	data := stored(newWords(), storedText)
	s := &snapshot{}
	s.bind(newDictionary())
	for n := range data {
		p := &passage{text: storedText}
		if p.unpack(data[:n], s) == nil {
			t.Errorf("%d of %d bytes pass for the whole", n, len(data))
		}
	}
	p := &passage{text: storedText}
	if err := p.unpack(data, s); err != nil || p.tokens[0].w.folded != "قال" {
		t.Errorf("words that the dictionary lacks: %v", err)
	}
}

// FuzzTokens holds that whatever is stored, places lie inside the text.
func FuzzTokens(f *testing.F) {
	f.Add(stored(newWords(), storedText), len(storedText))
	f.Add(stored(newWords(), ""), 0)
	f.Add([]byte{1, 0, 200, 1, 1, 0, 5, 3}, 20)
	f.Add([]byte{0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, 1<<20)
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		if size < 0 || size > 1<<24 {
			return
		}
		tokens, sentences, err := decodeTokens(data, size)
		if err != nil {
			return
		}
		end := 0
		for _, s := range sentences {
			if s.Start < end || s.End < s.Start || s.End > size {
				t.Fatalf("sentence %v of %d bytes", s, size)
			}
			end = s.End
		}
		for i, x := range tokens {
			if x.start < 0 || x.end < x.start || int(x.end) > size || i > 0 && x.start < tokens[i-1].end {
				t.Fatalf("word %d–%d of %d bytes", x.start, x.end, size)
			}
		}
	})
}

// FuzzAbout holds that damaged descriptions are errors.
func FuzzAbout(f *testing.F) {
	f.Add(string(about{Title: "عنوان", Source: "s", Date: "2025-07-01", URL: "https://example.org"}.encode()))
	f.Add("\x05ab")
	f.Add("\xff\xff\xff\xff\xff\xff")
	f.Fuzz(func(t *testing.T, data string) {
		a, err := decodeAbout(data)
		if err != nil {
			return
		}
		if back, err := decodeAbout(string(a.encode())); err != nil || *back != *a {
			t.Errorf("%+v comes back as %+v, %v", a, back, err)
		}
	})
}
