package index

import (
	"testing"
	"time"

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
	kept, err := decodeTokens(data)
	tokens, sentences := kept.tokens, kept.sentences
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
		if _, err := decodeTokens(data[:n]); err == nil {
			t.Errorf("%d of %d bytes pass for the whole", n, len(data))
		}
	}
	kept, err := decodeTokens(data)
	if p := (&passage{text: storedText}); !p.fill(kept, s) || p.tokens[0].w.folded != "قال" {
		t.Errorf("words that the dictionary lacks: %v", err)
	}
	if p := (&passage{text: storedText[:40]}); p.fill(kept, s) {
		t.Error("words of another text pass for those of this one")
	}
}

// FuzzTokens holds that whatever is stored, places are in order and inside the text.
func FuzzTokens(f *testing.F) {
	f.Add(stored(newWords(), storedText))
	f.Add(stored(newWords(), ""))
	f.Add([]byte{1, 0, 200, 1, 1, 0, 5, 3})
	f.Add([]byte{0xFF, 0xFF, 0xFF, 0xFF, 0x0F})
	f.Fuzz(func(t *testing.T, data []byte) {
		kept, err := decodeTokens(data)
		if err != nil {
			return
		}
		tokens, sentences, size := kept.tokens, kept.sentences, kept.end
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
	f.Add(string(about{day: time.Unix(1751328000, 0).UTC(), Title: "عنوان", Source: "s", Date: "2025-07-01", URL: "https://example.org"}.encode()))
	f.Add("\x00\x00\x00\x00\x00\x00\x00\x00\x05ab")
	f.Add("\xff\xff\xff\xff\xff\xff")
	f.Fuzz(func(t *testing.T, data string) {
		a, err := decodeAbout(data)
		if err != nil {
			return
		}
		if back, err := decodeAbout(string(a.encode())); err != nil || back.Title != a.Title || back.URL != a.URL || !back.day.Equal(a.day) {
			t.Errorf("%+v comes back as %+v, %v", a, back, err)
		}
	})
}
