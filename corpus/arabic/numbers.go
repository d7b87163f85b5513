package arabic

import (
	"strconv"
	"strings"
)

// number words by value, in ordinary spelling.
var numberValues = func() map[string]float64 {
	m := map[string]float64{}
	add := func(value float64, forms string) {
		for _, w := range strings.Fields(forms) {
			m[Fold(w)] = value
		}
	}
	add(0, "صفر zero")
	add(1, "واحد واحدة one")
	add(2, "اثنان اثنين اثنتان اثنتين إثنان إثنين two")
	add(3, "ثلاثة ثلاث three")
	add(4, "أربعة أربع four")
	add(5, "خمسة خمس five")
	add(6, "ستة ست six")
	add(7, "سبعة سبع seven")
	add(8, "ثمانية ثماني ثمان eight")
	add(9, "تسعة تسع nine")
	add(10, "عشرة عشر ten")
	add(11, "eleven")
	add(12, "twelve dozen")
	add(20, "عشرون عشرين twenty")
	add(30, "ثلاثون ثلاثين thirty")
	add(40, "أربعون أربعين forty")
	add(50, "خمسون خمسين fifty")
	add(60, "ستون ستين sixty")
	add(70, "سبعون سبعين seventy")
	add(80, "ثمانون ثمانين eighty")
	add(90, "تسعون تسعين ninety")
	add(100, "مئة مائة مية hundred")
	add(200, "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي")
	for i, unit := range strings.Fields("ثلاث أربع خمس ست سبع ثمان تسع") {
		add(float64(300+100*i), unit+"مئة "+unit+"مائة "+unit+"ميه")
	}
	add(800, "ثمانيمئة ثمانيمائة")
	return m
}()

// scales multiply the number before them.
var scales = func() map[string]float64 {
	m := map[string]float64{}
	for value, forms := range map[float64]string{
		1e3:  "ألف ألفا آلاف thousand",
		2e3:  "ألفان ألفين ألفا",
		1e6:  "مليون مليونا ملايين million",
		2e6:  "مليونان مليونين",
		1e9:  "مليار مليارا مليارات بليون billion",
		2e9:  "ملياران مليارين",
		1e12: "تريليون تريليونا تريليونات trillion",
	} {
		for _, w := range strings.Fields(forms) {
			if value != 2e3 || w != "ألفا" {
				m[Fold(w)] = value
			}
		}
	}
	return m
}()

// fuzzyCounts are words that count without a figure, and duals of what news count.
var fuzzyCounts = set(`عشرات مئات آلاف ملايين مليارات نصف ثلث ربع ثلثي ثلثا ضعف ضعفي مرتين يومين يومان شهرين شهران عامين عامان سنتين
	أسبوعين أسبوعان ساعتين ساعتان دقيقتين شخصين شخصان قتيلين جريحين طفلين رجلين امرأتين دولتين جنديين بالمئة بالمائة
	half third quarter dozens hundreds thousands twice`)

// Digits reads a folded word of digits, with a decimal point perhaps.
func Digits(folded string) (float64, bool) {
	if folded == "" || !isDigit(folded[0]) {
		return 0, false
	}
	v, err := strconv.ParseFloat(folded, 64)
	return v, err == nil
}

// bareNumber takes article and joined particles off a number word.
func bareNumber(w string) string {
	if _, ok := numberValues[w]; ok {
		return w
	}
	if _, ok := scales[w]; ok {
		return w
	}
	for _, prefix := range [...]string{"وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"} {
		if rest, ok := strings.CutPrefix(w, prefix); ok && len(rest) >= 2*letterBytes {
			return rest
		}
	}
	return w
}

// NumberAt reads the number that begins at words[i], in digits, words or both
// («3 آلاف», «مئة وخمسة وعشرون», «خمسة عشر مليونا»), and tells how many words
// it takes; 0 when there is none.
func NumberAt(words []string, i int) (value float64, n int) {
	total, part := 0.0, 0.0
	for j := i; j < len(words); j++ {
		joined := strings.HasPrefix(words[j], "و")
		w := bareNumber(words[j])
		if j > i && !joined && !follows(words[j-1], w) {
			break
		}
		if v, ok := Digits(w); ok {
			part += v
		} else if v, ok := numberValues[w]; ok {
			if v == 100 && part > 0 && part < 10 {
				part *= 100
			} else {
				part += v
			}
		} else if v, ok := scales[w]; ok {
			total += max(part, 1) * v
			part = 0
		} else {
			break
		}
		n = j - i + 1
	}
	return total + part, n
}

// follows reports whether number word w can stand after the word before
// without و: a scale, or عشر after a unit.
func follows(before, w string) bool {
	if _, ok := scales[w]; ok {
		return true
	}
	v, ok := numberValues[w]
	unit, isUnit := numberValues[bareNumber(before)]
	return ok && isUnit && unit < 10 && (v == 10 || v == 100)
}

// Counts reports whether a folded word is a number, a number word, or counts
// without a figure (عشرات، نصف، يومين).
func Counts(folded string) bool {
	if folded != "" && isDigit(folded[0]) {
		return true
	}
	w := bareNumber(folded)
	_, number := numberValues[w]
	_, scale := scales[w]
	return number || scale || has(fuzzyCounts, w) || has(fuzzyCounts, folded)
}
