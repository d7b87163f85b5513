package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
)

// months are the names in use from Morocco to Iraq, folded, and English ones.
var months = monthTable(`
1 يناير جانفي كانون_الثاني ينير january jan
2 فبراير فيفري شباط february feb
3 مارس اذار march mar
4 ابريل افريل نيسان april apr
5 مايو ماي ايار may
6 يونيو يونيه جوان حزيران june jun
7 يوليو يوليه جويليه يوليوز تموز july jul
8 اغسطس اوت غشت اب august aug
9 سبتمبر شتنبر ايلول september sept sep
10 اكتوبر تشرين_الاول october oct
11 نوفمبر نونبر تشرين_الثاني november nov
12 ديسمبر دجنبر كانون_الاول december dec
`)

func monthTable(s string) map[string]time.Month {
	m := map[string]time.Month{}
	for _, line := range strings.Split(strings.TrimSpace(s), "\n") {
		fields := strings.Fields(line)
		n, _ := strconv.Atoi(fields[0])
		for _, name := range fields[1:] {
			m[arabic.Fold(strings.ReplaceAll(name, "_", " "))] = time.Month(n)
		}
	}
	return m
}

var (
	isoDate     = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[^0-9]|$)`)
	dayFirst    = regexp.MustCompile(`(?:^|[^0-9])(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?:[^0-9]|$)`)
	clockTime   = regexp.MustCompile(`(\d{1,2}):(\d{2})(?::\d{2})?`)
	yearPattern = regexp.MustCompile(`^(?:19|20)\d\d$`)
	dayPattern  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?$`)
)

// findDate finds the first date in a text, written with digits of any kind or
// with a month's name in Arabic or English. Years are Gregorian; a number pair
// that could be month and day either way is read day first, as Arabic does.
func findDate(text string) (time.Time, bool) {
	if t, ok := (corpus.Document{Date: arabic.Fold(text)}).Day(); ok && len(strings.TrimSpace(text)) >= 8 {
		return t, true
	}
	s := arabic.WesternDigits(text)
	if m := isoDate.FindStringSubmatch(s); m != nil {
		if t, ok := day(m[1], m[2], m[3]); ok {
			return t, true
		}
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		if t, ok := day(m[3], m[2], m[1]); ok {
			return t, true
		}
		return day(m[3], m[1], m[2])
	}
	return findNamedDate(s)
}

// findNamedDate reads «6 مايو/أيار 2024», «أيار 6, 2024», "May 6, 2024".
func findNamedDate(s string) (time.Time, bool) {
	words := arabic.Words(s)
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = arabic.Fold(w.Text)
	}
	for i := range texts {
		month, n := monthAt(texts, i)
		if n == 0 {
			continue
		}
		end := i + n
		if _, more := monthAt(texts, end); more > 0 { // the second name of «مايو/أيار»
			end += more
		}
		d, after := dayBeside(texts, i, end)
		if d == "" {
			continue
		}
		for _, y := range texts[min(after, len(texts)):min(after+2, len(texts))] {
			if yearPattern.MatchString(y) {
				return dayOf(y, month, d)
			}
		}
	}
	return time.Time{}, false
}

func monthAt(words []string, i int) (time.Month, int) {
	if i+1 < len(words) {
		if m, ok := months[words[i]+" "+words[i+1]]; ok {
			return m, 2
		}
	}
	if i < len(words) {
		if m, ok := months[words[i]]; ok {
			return m, 1
		}
	}
	return 0, 0
}

// dayBeside finds the day's number before the month or after it, and where the
// year may follow.
func dayBeside(words []string, start, end int) (string, int) {
	for _, back := range []int{1, 2} { // «6 من مايو»
		if start-back >= 0 {
			if m := dayPattern.FindStringSubmatch(words[start-back]); m != nil {
				return m[1], end
			}
		}
	}
	if end < len(words) {
		if m := dayPattern.FindStringSubmatch(words[end]); m != nil {
			return m[1], end + 1
		}
	}
	return "", end
}

func day(y, m, d string) (time.Time, bool) {
	month, err := strconv.Atoi(m)
	if err != nil || month < 1 || month > 12 {
		return time.Time{}, false
	}
	return dayOf(y, time.Month(month), d)
}

func dayOf(y string, m time.Month, d string) (time.Time, bool) {
	year, err1 := strconv.Atoi(y)
	number, err2 := strconv.Atoi(d)
	t := time.Date(year, m, number, 0, 0, 0, 0, time.UTC)
	return t, err1 == nil && err2 == nil && number >= 1 && t.Month() == m
}

// findMoment reads the date of a feed or a page, in RFC 822 with an Arabic
// weekday or month too, and keeps the time of day when there is one.
func findMoment(s string) string {
	s = arabic.WesternDigits(strings.TrimSpace(s))
	for _, layout := range []string{time.RFC3339Nano, time.RFC3339, time.RFC1123Z, time.RFC1123, time.RFC822Z, time.RFC822,
		"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return moment(t)
		}
	}
	t, ok := findDate(s)
	if !ok {
		return ""
	}
	if m := clockTime.FindStringSubmatch(s); m != nil {
		t = t.Add(clock(m[1], m[2]) - zoneOf(s))
	}
	return moment(t)
}

func clock(hour, minute string) time.Duration {
	h, _ := strconv.Atoi(hour) // the pattern admits digits only
	m, _ := strconv.Atoi(minute)
	if h > 23 || m > 59 {
		return 0
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
}

var zonePattern = regexp.MustCompile(`([+-])(\d{2}):?(\d{2})\s*$`)

func zoneOf(s string) time.Duration {
	m := zonePattern.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	if m[1] == "-" {
		return -clock(m[2], m[3])
	}
	return clock(m[2], m[3])
}

// moment prints a time of day only where there is one.
func moment(t time.Time) string {
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// ParseDate reads a date as an editor types it: digits of any kind or a
// month's name, Arabic or English. It returns yyyy-mm-dd.
func ParseDate(s string) (string, bool) {
	t, ok := findDate(s)
	if !ok {
		return "", false
	}
	return t.Format(time.DateOnly), true
}
