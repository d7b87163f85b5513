package lexicon

import (
	"strings"
	"unicode/utf8"
)

// reduceArabic visits the forms that a folded Arabic word can be reduced to,
// the least stripped first, until visit returns false. The prefix is the index
// of what was taken off in front, 0 where nothing was.
func reduceArabic(word string, visit func(form string, cost int, prefixed bool) bool) {
	var pre, suf [24]affix
	starts := append(pre[:0], affix{})
	ends := append(suf[:0], affix{})
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	for _, a := range prefixesByFirst[first] {
		if strings.HasPrefix(word, a.cut) {
			starts = append(starts, a)
		}
	}
	for _, a := range suffixesByLast[last] {
		if strings.HasSuffix(word, a.cut) {
			ends = append(ends, a)
		}
	}
	for cost := 0; cost <= maxCost; cost++ {
		for _, s := range starts {
			for _, e := range ends {
				if s.cost+e.cost != cost {
					continue
				}
				form, ok := strip(word, s, e)
				if ok && !visit(form, cost, s.cut != "" && !s.article) {
					return
				}
			}
		}
	}
	reduceNegated(word, visit)
}

// strip takes both affixes off, unless too little remains: three letters, two
// after the article.
func strip(word string, s, e affix) (string, bool) {
	if len(s.cut)+len(e.cut) >= len(word) {
		return "", false
	}
	core := word[len(s.cut) : len(word)-len(e.cut)]
	least := 6 // bytes: every folded Arabic letter has two
	if s.cut == "" && e.cut == "" || s.article && e.cut == "" {
		least = 4
	}
	if len(core)+len(s.put)+len(e.put) < least || len(core) < 4 {
		return "", false
	}
	if s.put == "" && e.put == "" {
		return core, true
	}
	return s.put + core + e.put, true
}

// reduceNegated takes off the dialects' ما…ش and م…ش written as one word.
func reduceNegated(word string, visit func(string, int, bool) bool) {
	core, ok := strings.CutSuffix(word, "ش")
	if !ok || !strings.HasPrefix(core, "م") || len(core) < 8 {
		return
	}
	if rest, ok := strings.CutPrefix(core, "ما"); ok {
		core = rest
	} else {
		core = core[2:]
	}
	stop := false
	reduceArabicOnce(core, func(form string, cost int, prefixed bool) bool {
		stop = !visit(form, maxCost+cost, true)
		return !stop
	})
}

// reduceArabicOnce is reduceArabic without another look for a negation.
func reduceArabicOnce(word string, visit func(string, int, bool) bool) {
	if !strings.HasSuffix(word, "ش") {
		reduceArabic(word, visit)
	}
}

// reduceEnglish visits the word as typed, then without -'s, -s, -es, -ed, -ing.
func reduceEnglish(word string, visit func(form string, cost int, prefixed bool) bool) {
	if !visit(word, 0, false) || len(word) < 4 {
		return
	}
	for _, rule := range englishEndings {
		core, ok := strings.CutSuffix(word, rule.cut)
		if !ok || len(core) < 2 {
			continue
		}
		if !visit(core+rule.put, rule.cost, false) {
			return
		}
		if n := len(core); rule.doubles && n > 3 && core[n-1] == core[n-2] && !visit(core[:n-1], rule.cost, false) {
			return
		}
	}
}

var englishEndings = []struct {
	cut, put string
	cost     int
	doubles  bool // stopped, running: one of two consonants falls too
}{
	{cut: "'s", cost: 1}, {cut: "’s", cost: 1}, {cut: "ies", put: "y", cost: 1}, {cut: "s", cost: 1}, {cut: "es", cost: 1}, {cut: "ves", put: "f", cost: 2},
	{cut: "ied", put: "y", cost: 1}, {cut: "ed", cost: 1, doubles: true}, {cut: "d", cost: 1},
	{cut: "ing", cost: 1, doubles: true}, {cut: "ing", put: "e", cost: 1},
	{cut: "ings", cost: 2}, {cut: "ers", cost: 2}, {cut: "er", cost: 2, doubles: true}, {cut: "ly", cost: 2},
}
