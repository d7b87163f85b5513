package lexicon

import "unicode/utf8"

// An affix is taken off one end of a folded word, and put may take its place.
type affix struct {
	cut, put string
	cost     int  // the least-stripped form has the smallest sum of costs
	article  bool // leaves a noun, which may then be as short as two letters
}

// prefixes are the clitics, the article with what stands before it (a name may
// keep its article: للخرج leads to الخرج, never to خرج), and the signs of the imperfect, all of which become ي. The dialects' بـ, حـ, هـ, كـ
// and رح are signs of the imperfect too.
var prefixes = compilePrefixes()

func compilePrefixes() []affix {
	list := []affix{{cut: "", cost: 0}}
	for cost, group := range [][]string{1: {"ال"}, 2: {"وال", "فال", "بال", "كال", "لل", "هال", "عال"}, 3: {"ولل", "فلل", "وبال", "وكال", "فبال", "وهال"}} {
		for _, cut := range group {
			list = append(list, affix{cut: cut, cost: cost, article: true})
		}
	}
	for cost, group := range [][]string{1: {"وال", "فال", "بال", "كال", "لل"}, 2: {"ولل", "فلل", "وبال", "وكال"}} {
		for _, cut := range group {
			list = append(list, affix{cut: cut, put: "ال", cost: cost, article: true})
		}
	}
	for cost, group := range [][]string{1: {"و", "ب", "ل"}, 2: {"ف", "ك", "وب", "ول", "ع", "ه"}, 3: {"فب", "فل", "وك", "لل"}} {
		for _, cut := range group {
			list = append(list, affix{cut: cut, cost: cost})
		}
	}
	for cost, group := range [][]string{1: {"", "س"}, 2: {"و", "ل", "ب", "وس", "ح", "ه"}, 3: {"ف", "فس", "ول", "وب", "ك", "رح", "عم", "عمب", "فل"}} {
		for _, before := range group {
			list = append(list, imperfect(before, cost)...)
		}
	}
	return list
}

// imperfect makes the prefixes that end in a sign of the imperfect. Where the
// lexicon has only the past, the sign gives way to ا (يستخدم, استخدم) or falls.
func imperfect(before string, cost int) []affix {
	var list []affix
	for _, sign := range []string{"ي", "ت", "ن", "ا"} {
		if before != "" || sign != "ي" {
			list = append(list, affix{cut: before + sign, put: "ي", cost: cost})
		}
		if sign != "ا" {
			list = append(list, affix{cut: before + sign, put: "ا", cost: cost + 2}, affix{cut: before + sign, cost: cost + 3})
		}
	}
	return list
}

// suffixes are pronouns and the endings of number, gender, case and person.
// A ه that is put back is the ة of the noun without its ending.
var suffixes = []affix{
	{cut: "", cost: 0},
	{cut: "ه", cost: 1}, {cut: "ات", put: "ه", cost: 1}, {cut: "ات", cost: 1},
	{cut: "ون", cost: 1}, {cut: "ين", cost: 1}, {cut: "ان", cost: 1}, {cut: "ا", cost: 1},
	{cut: "ت", cost: 1}, {cut: "وا", cost: 1}, {cut: "ته", put: "ه", cost: 1}, {cut: "اه", put: "ي", cost: 1},
	{cut: "ها", cost: 1}, {cut: "هم", cost: 1}, {cut: "نا", cost: 1}, {cut: "هن", cost: 1}, {cut: "كم", cost: 1}, {cut: "هما", cost: 1},
	{cut: "تها", put: "ه", cost: 1}, {cut: "تهم", put: "ه", cost: 1}, {cut: "تنا", put: "ه", cost: 1}, {cut: "تهما", put: "ه", cost: 1}, {cut: "تكم", put: "ه", cost: 1}, {cut: "تهن", put: "ه", cost: 1},
	{cut: "تي", put: "ه", cost: 2}, {cut: "تك", put: "ه", cost: 2}, {cut: "اها", put: "ي", cost: 2}, {cut: "اهم", put: "ي", cost: 2}, {cut: "انا", put: "ي", cost: 3},
	{cut: "تان", put: "ه", cost: 1}, {cut: "تين", put: "ه", cost: 1}, {cut: "تا", put: "ه", cost: 2}, {cut: "تي", cost: 3},
	{cut: "ته", cost: 2}, {cut: "تها", cost: 2}, {cut: "تهم", cost: 2}, {cut: "وه", cost: 2}, {cut: "وها", cost: 2}, {cut: "وهم", cost: 2}, {cut: "وه", put: "ي", cost: 2}, {cut: "وها", put: "ي", cost: 2}, {cut: "وهم", put: "ي", cost: 2},
	{cut: "اته", put: "ه", cost: 2}, {cut: "اتها", put: "ه", cost: 2}, {cut: "اتهم", put: "ه", cost: 2}, {cut: "اتنا", put: "ه", cost: 2},
	{cut: "اته", cost: 2}, {cut: "اتها", cost: 2}, {cut: "اتهم", cost: 2}, {cut: "اتنا", cost: 2}, {cut: "اتهما", cost: 2},
	{cut: "ي", cost: 2}, {cut: "و", cost: 2}, {cut: "ن", cost: 2}, {cut: "تم", cost: 2}, {cut: "ك", cost: 3}, {cut: "تو", cost: 3}, {cut: "ني", cost: 2},
	{cut: "ونه", cost: 2}, {cut: "ونها", cost: 2}, {cut: "ونهم", cost: 2}, {cut: "وننا", cost: 2},
	{cut: "ت", put: "ي", cost: 2}, {cut: "وا", put: "ي", cost: 2}, {cut: "ون", put: "ي", cost: 2},
	{cut: "يه", cost: 3}, {cut: "يها", cost: 2}, {cut: "يهم", cost: 2}, {cut: "يون", cost: 3}, {cut: "يين", cost: 3}, {cut: "يات", cost: 3},
	{cut: "ش", cost: 2}, {cut: "وش", cost: 3}, {cut: "تش", cost: 3}, {cut: "هاش", cost: 3},
}

// maxCost bounds the search: two affixes of the dearest sort that still say
// something about the word.
const maxCost = 6

// affixesByLetter lets a word see only the affixes that its end can have.
type affixesByLetter map[rune][]affix

var (
	prefixesByFirst = groupAffixes(prefixes, func(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r })
	suffixesByLast  = groupAffixes(suffixes, func(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r })
)

func groupAffixes(list []affix, letter func(string) rune) affixesByLetter {
	groups := affixesByLetter{}
	for _, a := range list {
		if a.cut != "" {
			groups[letter(a.cut)] = append(groups[letter(a.cut)], a)
		}
	}
	return groups
}
