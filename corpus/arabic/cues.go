package arabic

// Cue is a set of kinds of answer that a sentence can hold.
type Cue uint16

// The cues, see CuesOf.
const (
	HasNumber      Cue = 1 << iota // figure or number word
	HasDate                        // point in time
	HasCause                       // بسبب، لأن، نتيجة …
	HasPlace                       // a preposition of place or a word like مدينة
	HasAttribution                 // somebody says something, surely
	HasSaying                      // a verb or participle of saying
	HasNext                        // announces what comes, with strong markers
	HasCondition                   // في حال، إذا
	HasManner                      // عبر، بواسطة، من خلال
	HasOutcome                     // tells what came of something: أسفر، أفضى، اختراق، فشل …
)

// CuesOf tells what kinds of answer a sentence, given as folded words, can hold.
func CuesOf(words []string) Cue {
	var c Cue
	for i := range words {
		c |= CueAt(words, i)
	}
	if c&HasSaying != 0 {
		for _, a := range Attributions(words) {
			if a.Sure {
				c |= HasAttribution
			}
		}
	}
	return c
}

// CueAt tells what the word at i of a sentence, given as folded words, marks.
func CueAt(words []string, i int) Cue {
	w := words[i]
	c := wordCues[w]
	if rest := unjoined(w); len(rest) < len(w) {
		c |= wordCues[rest] & (HasDate | askDate)
	}
	if rest, ok := Conjoined(w); ok {
		c |= wordCues[rest] &^ (askNext | askIn)
	}
	if isDigit(w[0]) {
		c |= HasNumber
		if _, year := YearOf(w); year {
			c |= HasDate
		}
	}
	if c&askDate != 0 && DateAt(words, i) > 0 {
		c |= HasDate
	}
	if c&askIn != 0 {
		c |= inAt(words, i)
	}
	if c&askNext != 0 || IsFutureVerb(w) || isJoinedFuture(w) {
		c |= nextAt(words, i, w)
	}
	return c &^ (askDate | askNext | askIn)
}

// inAt: «في» before a place and not before a time, «من أجل».
func inAt(words []string, i int) Cue {
	if i+1 == len(words) {
		return 0
	}
	next := words[i+1]
	switch {
	case words[i] == "من" && next == "اجل":
		return HasCause
	case words[i] == "في" && DateAt(words, i+1) == 0 && !IsStop(next):
		return HasPlace
	}
	return 0
}

func isJoinedFuture(w string) bool {
	rest, ok := Conjoined(w)
	return ok && IsFutureVerb(rest)
}

// CountCue is how many words of a sentence, given as folded words, hold the cue.
func CountCue(words []string, cue Cue) int {
	n := 0
	for i := range words {
		if CueAt(words, i)&cue != 0 {
			n++
		}
	}
	return n
}
