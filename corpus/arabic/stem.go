package arabic

import "strings"

// Lengths of Arabic words are counted in bytes: every folded Arabic letter
// takes two.
const letterBytes = 2

// isArabicWord reports whether a folded word begins with a letter of the
// Arabic block; stems of other scripts follow other rules.
func isArabicWord(folded string) bool {
	return len(folded) > 1 && (folded[0] == 0xD8 || folded[0] == 0xD9)
}

// Stem returns the light stem of a folded word: article, joined particles and
// the endings of number, gender, nisba and pronoun are taken off as long as
// three letters stay. Latin words lose their plural s. The result is a part of
// the word, so nothing is allocated. Stem(Stem(w)) may differ from Stem(w).
func Stem(folded string) string {
	if !isArabicWord(folded) {
		return stemLatin(folded)
	}
	return stripEndings(stripArticle(folded))
}

// stripArticle takes off ال and what may precede it, and a leading و where
// it is hardly a letter of the word itself.
func stripArticle(w string) string {
	w = stripParticle(w)
	for strings.HasPrefix(w, "ال") && len(w) >= 5*letterBytes {
		w = w[2*letterBytes:]
	}
	return w
}

func stripParticle(w string) string {
	if len(w) < 5*letterBytes {
		return w
	}
	switch w[:letterBytes] {
	case "و":
		if rest := w[letterBytes:]; !ownWaw(w) {
			return stripParticle(rest)
		}
	case "ف", "ب", "ك":
		if rest := w[letterBytes:]; strings.HasPrefix(rest, "ال") && len(w) >= 6*letterBytes && !ownBal(w) {
			return rest
		}
	case "ل":
		if strings.HasPrefix(w, "لل") {
			return w[2*letterBytes:]
		}
	}
	return w
}

// ownWaw reports words whose first و is a letter of their own. Written from
// knowledge: the frequent w-initial roots and names of the news.
func ownWaw(w string) bool {
	for _, root := range wawRoots[slot(w[letterBytes:])] {
		if strings.HasPrefix(w[letterBytes:], root) {
			return true
		}
	}
	return false
}

var wawRoots = func() (m [0x80][]string) {
	for _, root := range strings.Fields(`
		زير زراء زراي زار زرا زن زع فد فاه فيات فاق فق فر فير قت قود قف قوف قع قوع قايع قاي قايه قاح طن طاء
		ضع ضوح ضاع ضعي صل صول صف صي صاي ساطه ساط سط سيل ساي سام سع سواس ظيف ظاي ظف عد عي عود عود كال كيل كلاء
		لايه لايات لادي لاد لاء لد لي ليد ليام لوج اشنطن احد احد اجه اضح اسع ارد اقع اقعي ارسو اصل افد افق اعد اجب الد الده
		الدين باء باي ثيق ثاي جه جهه جهات جود جوه جب جبات جيز جدان حد حده حدات حش حيد حوش رق ره رش راث ريث رد رود رط تر تير تيره
		تايق يكيل يندوز دايع داع دي ديع ديعه لايتي هم همي يل
	`) {
		key := slot(root)
		m[key] = append(m[key], root)
	}
	return m
}()

// ownBal reports words whose ب/ف/ك + ال is no particle with an article.
func ownBal(w string) bool {
	for _, p := range [...]string{"بالغ", "بالون", "باليست", "باليه", "فالنت", "فالح", "كالي", "كالسيوم", "فالوج", "بالتيمور"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// ending is a suffix and the least number of letters that must stay.
type ending struct {
	text string
	stay int
}

// endings by their last letter (see slot), longest first.
var endings = func() (m [0x80][]ending) {
	for _, e := range []ending{
		{"اتها", 3}, {"تها", 3}, {"ها", 3}, {"هما", 4}, {"تنا", 4}, {"نا", 4}, {"وا", 3}, {"ا", 3},
		{"اتهم", 3}, {"تهم", 4}, {"هم", 4},
		{"تان", 3}, {"ان", 4}, {"ون", 4}, {"تين", 3}, {"ين", 3},
		{"ات", 3}, {"ت", 3},
		{"اته", 3}, {"ته", 3}, {"يه", 3}, {"ه", 3},
		{"تي", 4}, {"ي", 3}, {"ء", 3},
	} {
		key := slot(e.text[len(e.text)-letterBytes:])
		m[key] = append(m[key], e)
	}
	return m
}()

// slot numbers the letters of U+0600–U+067F, given as two bytes.
func slot(letter string) int { return int(letter[0]&1)<<6 | int(letter[1]&0x3F) }

// maxEndings bounds how many endings one word can carry: اميركي-ات-هم.
const maxEndings = 4

func stripEndings(w string) string {
	for range maxEndings {
		shorter, ok := stripEnding(w)
		if !ok {
			break
		}
		w = shorter
	}
	return w
}

func stripEnding(w string) (string, bool) {
	if len(w) <= 3*letterBytes {
		return w, false
	}
	for _, e := range endings[slot(w[len(w)-letterBytes:])] {
		if len(w)-len(e.text) >= e.stay*letterBytes && strings.HasSuffix(w, e.text) {
			return w[:len(w)-len(e.text)], true
		}
	}
	return w, false
}

// stemLatin takes off the English possessive and plural.
func stemLatin(w string) string {
	if owner := strings.TrimSuffix(w, "'s"); owner != "" {
		w = owner
	}
	if len(w) > 3 && w[len(w)-1] == 's' && w[0] >= 'a' {
		switch w[len(w)-2] {
		case 's', 'u', 'i':
		default:
			return w[:len(w)-1]
		}
	}
	return w
}

// Skeleton returns the root-like form of a folded word in which broken plurals
// and their singulars meet (صاروخ، صواريخ → صرخ): its stem without long vowels
// and hamza, the first و or ي kept. Words that would keep fewer than two
// letters keep their stem.
func Skeleton(folded string) string {
	w := Stem(folded)
	if !isArabicWord(w) || !allTwoBytes(w) {
		return w
	}
	var stack [48]byte
	b := stack[:0]
	for i := 0; i+1 < len(w); i += letterBytes {
		switch w[i : i+letterBytes] {
		case "ا", "ء":
		case "و", "ي":
			if i == 0 {
				b = append(b, w[:letterBytes]...)
			}
		default:
			b = append(b, w[i:i+letterBytes]...)
		}
	}
	if len(b) < 2*letterBytes {
		return w
	}
	return string(b)
}

func allTwoBytes(w string) bool {
	for i := 0; i < len(w); i += letterBytes {
		if w[i]&0xE0 != 0xC0 {
			return false
		}
	}
	return true
}
