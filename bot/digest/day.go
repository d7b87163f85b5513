package digest

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hablullah/go-hijri"

	"mujaz/bot/phrase"
	"mujaz/corpus/arabic"
	"mujaz/corpus/ingest"
)

// dayNames are the words that name a day, folded.
type dayNames struct {
	weekdays map[string]time.Weekday
	hijri    map[string]int64 // months
}

// names come from the phrases, so that what is shown can be typed.
var names = sync.OnceValue(func() dayNames {
	n := dayNames{map[string]time.Weekday{}, map[string]int64{}}
	for _, lang := range []string{phrase.Arabic, phrase.English} {
		p := phrase.For(lang, phrase.Options{})
		for d := time.Sunday; d <= time.Saturday; d++ {
			n.weekdays[dayKey(p.Weekday(d))] = d
		}
		for m := range 12 {
			n.hijri[dayKey(p.T("hijri."+strconv.Itoa(m+1)))] = int64(m + 1)
		}
	}
	n.hijri["ربيع اول"], n.hijri["ربيع ثاني"], n.hijri["جمادي ثانيه"] = 3, 4, 6
	return n
})

// before are words that only lead to a day, folded.
var before = []string{"يوم", "حتي", "الي", "لغايه", "غايه", "من", "شهر", "بعد", "until", "till", "to", "on", "the", "of", "day"}

// inDays are days counted from today, folded; «بعد» may stand before them.
var inDays = map[string]int{
	"غد": 1, "غدا": 1, "بكره": 1, "tomorrow": 1, "بعد غد": 2, "بعد بكره": 2, "بعد الغد": 2, "day after tomorrow": 2,
	"اسبوع": 7, "week": 7, "next week": 7, "الاسبوع القادم": 7, "الاسبوع المقبل": 7, "اسبوعين": 14, "اسبوعان": 14, "two weeks": 14,
}

// ParseDay reads a day to come as people write it: «الخميس», «غدًا», «٥ ديسمبر»,
// 5/12/2026, «١ رمضان». A day without a year is the next of that name. It
// returns the midnight that begins the day in today's zone.
func ParseDay(text string, today time.Time) (day time.Time, ok bool) {
	words := arabic.FoldedWords(text)
	whole := strings.Join(words, " ")
	for len(words) > 0 {
		key := strings.Join(words, " ")
		if n, known := inDays[key]; known {
			return midnight(today, n), true
		}
		if !slices.Contains(before, words[0]) {
			break
		}
		words = words[1:]
	}
	if n, ok := daysAhead(words); ok {
		return midnight(today, n), true
	}
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(before, w) })
	if d, known := names().weekdays[dayKey(strings.Join(words, " "))]; known {
		ahead := (int(d-today.Weekday())+6)%7 + 1 // of today's name: in a week
		return midnight(today, ahead), true
	}
	if day, ok = hijriDay(words, today); ok {
		return day, true
	}
	return gregorianDay(text, whole, today)
}

// daysAhead reads «١٠ أيام» and "2 weeks", up to a year.
func daysAhead(words []string) (int, bool) {
	if len(words) != 2 {
		return 0, false
	}
	n, err := strconv.Atoi(words[0])
	if err != nil || n < 1 || n > 366 {
		return 0, false
	}
	switch words[1] {
	case "ايام", "يوم", "يوما", "days", "day":
		return n, true
	case "اسابيع", "اسبوع", "اسبوعا", "weeks", "week":
		return 7 * min(n, 52), true
	}
	return 0, false
}

// gregorianDay reads a date, or a day and a month.
func gregorianDay(text, whole string, today time.Time) (time.Time, bool) {
	if date, ok := ingest.ParseDate(text); ok {
		return atMidnight(date, today)
	}
	for year := today.Year(); year <= today.Year()+8; year++ { // 29 February
		for _, form := range []string{whole + " ", slashed(text)} {
			if form == "" {
				continue
			}
			date, ok := ingest.ParseDate(form + strconv.Itoa(year))
			if !ok {
				continue
			}
			if day, ok := atMidnight(date, today); ok && day.After(today) {
				return day, true
			}
		}
	}
	return time.Time{}, false
}

// slashed is «5/12» with a slash for the year, or "".
func slashed(text string) string {
	parts := strings.FieldsFunc(strings.TrimSpace(arabic.WesternDigits(text)), func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 2 {
		return ""
	}
	for _, p := range parts {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 31 {
			return ""
		}
	}
	return parts[0] + "/" + parts[1] + "/"
}

// hijriDay reads «١ رمضان» and «١ رمضان ١٤٤٨».
func hijriDay(words []string, today time.Time) (time.Time, bool) {
	if len(words) < 2 {
		return time.Time{}, false
	}
	number, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil || number < 1 || number > 30 {
		return time.Time{}, false
	}
	now, err := hijri.CreateUmmAlQuraDate(today)
	if err != nil {
		return time.Time{}, false
	}
	rest, first, last := words[1:], now.Year, now.Year+2
	rest = slices.DeleteFunc(slices.Clone(rest), func(w string) bool { return w == "ه" || w == "هجريه" || w == "هجري" || w == "ah" })
	if len(rest) == 0 {
		return time.Time{}, false
	}
	if year, err := strconv.ParseInt(rest[len(rest)-1], 10, 64); err == nil {
		rest, first, last = rest[:len(rest)-1], year, year
	}
	month, known := names().hijri[dayKey(strings.Join(rest, " "))]
	if !known || first < 1356 || last > 1500 {
		return time.Time{}, false
	}
	for year := first; year <= last; year++ {
		y, m, d := hijri.UmmAlQuraDate{Day: number, Month: month, Year: year}.ToGregorian().Date()
		if day := time.Date(y, m, d, 0, 0, 0, 0, today.Location()); day.After(today) {
			return day, true
		}
	}
	return time.Time{}, false
}

// dayKey is the form in which names of days and months are compared: folded,
// without the article.
func dayKey(name string) string {
	words := arabic.FoldedWords(name)
	for i, w := range words {
		words[i] = strings.TrimPrefix(w, "ال")
	}
	return strings.Join(words, " ")
}

func midnight(today time.Time, days int) time.Time {
	y, m, d := today.Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, today.Location())
}

func atMidnight(date string, today time.Time) (time.Time, bool) {
	day, err := time.ParseInLocation(time.DateOnly, date, today.Location())
	return day, err == nil
}
