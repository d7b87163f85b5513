package arabic

import "strings"

// nextAt recognises strong announcements only: «قد» with a verb is as often
// past as future, so that it needs a word like «المقبلة» or a condition.
func nextAt(words []string, i int, w string) Cue {
	switch {
	case IsFutureVerb(w), isJoinedFuture(w):
		return HasNext
	case has(planned, w) && i > 0 && strings.HasSuffix(words[i-1], "من"):
		return HasNext
	case w == "حال" && i > 0 && (words[i-1] == "في" || words[i-1] == "وفي"):
		return conditionAt(words, i)
	case has(maybe, w) && i+1 < len(words) && isImperfect(words[i+1]) && containsAny(words[i+1:], upcoming):
		return HasNext
	}
	return 0
}

func conditionAt(words []string, i int) Cue {
	if containsAny(words[i:], maybe) || containsAny(words[i:], upcoming) {
		return HasCondition | HasNext
	}
	return HasCondition
}

func containsAny(words []string, m map[string]struct{}) bool {
	for _, w := range words {
		if has(m, w) {
			return true
		}
	}
	return false
}

// IsFutureVerb reports سـ before an imperfect: سيلتقي، ستعود.
func IsFutureVerb(folded string) bool {
	rest, ok := strings.CutPrefix(folded, "س")
	if !ok || len(rest) < 4*letterBytes || !isImperfect(rest) {
		return false
	}
	for _, noun := range futureLike {
		if strings.HasPrefix(folded, noun) {
			return false
		}
	}
	return true
}

// futureLike are beginnings of nouns and perfects that look like a future.
var futureLike = strings.Fields(Fold("سيار سياس سياح سيناري سيطر سيدات سيدة سيول سياج سياق سيادة سينما ستون ستين سيناء سيدني ستوكهولم ستار سنوات سنتين سنوي سنين سنتر سيرة سينات سنتيم ستاند سترات ستيف ستيفن سيرج سيمنز سيلفا"))

func isImperfect(w string) bool {
	if len(w) < 4*letterBytes {
		return false
	}
	switch w[:letterBytes] {
	case "ي", "ت", "ن":
		return true
	}
	return false
}
