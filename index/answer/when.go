package answer

import (
	"time"

	"mujaz/corpus/arabic"
)

// period turns a phrase into days, counted from today.
type period struct {
	words    []string
	from, to func(today time.Time) time.Time
}

func day(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.AddDate(0, 0, n) }
}

// weekStart is the Saturday on or before t: the week of Arabic newspapers.
func weekStart(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+1)%7) }

func week(n, plus int) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return weekStart(t).AddDate(0, 0, 7*n+plus) }
}

func month(n, plus int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month()+time.Month(n), 1+plus, 0, 0, 0, 0, time.UTC)
	}
}

func year(n, plus int) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return time.Date(t.Year()+n, 1, 1+plus, 0, 0, 0, 0, time.UTC) }
}

var periods = func() []period {
	var out []period
	add := func(from, to func(time.Time) time.Time, text string) {
		for _, p := range patterns(text) {
			out = append(out, period{p.words, from, to})
		}
	}
	add(day(-2), day(-2), "أول أمس|أمس الأول")
	add(day(-1), day(-1), "أمس|الأمس|بالأمس|مبارح|امبارح|البارحة|yesterday")
	add(day(0), day(0), "اليوم|النهارده|today|this morning|tonight")
	add(day(1), day(1), "غدا|الغد|بكرة|tomorrow")
	add(week(0, 0), week(1, -1), "هذا الأسبوع|الأسبوع الحالي|الأسبوع الجاري|this week")
	add(week(-1, 0), week(0, -1), "الأسبوع الماضي|الأسبوع الفائت|last week")
	add(month(0, 0), month(1, -1), "هذا الشهر|الشهر الحالي|الشهر الجاري|this month")
	add(month(-1, 0), month(0, -1), "الشهر الماضي|الشهر الفائت|last month")
	add(year(0, 0), year(1, -1), "هذا العام|هذه السنة|العام الحالي|العام الجاري|this year")
	add(year(-1, 0), year(0, -1), "العام الماضي|السنة الماضية|last year")
	return out
}()

// datesAsked reads the days that a question speaks of; zero times for none.
// A year of the past is looked for inside the text as well, so that documents
// of that time are preferred and no others refused.
func datesAsked(words []string, today time.Time) (from, to time.Time) {
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	for i := range words {
		for _, p := range periods {
			if hasPrefix(words[i:], p.words) {
				return p.from(today), p.to(today)
			}
		}
	}
	for i := range words {
		if m, n := arabic.MonthAt(words, i); n > 0 && !today.IsZero() && namesMonth(words, i) {
			return monthAsked(words, i, i+n, m, today)
		}
	}
	for _, w := range words {
		if y, ok := arabic.YearOf(w); ok && y > 1900 {
			return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC)
		}
	}
	return time.Time{}, time.Time{}
}

// namesMonth refuses month names that are more often other words (may, آب)
// unless a preposition or number stands beside them.
func namesMonth(words []string, i int) bool {
	return arabic.DateAt(words, i) > 0 || i > 0 && (words[i-1] == "في" || words[i-1] == "شهر" || words[i-1] == "in")
}

// monthAsked is the month that is meant, in the year that is named or the last
// that has begun, or its day where one stands before the name.
func monthAsked(words []string, i, next int, m time.Month, today time.Time) (from, to time.Time) {
	year := today.Year()
	if m > today.Month() {
		year--
	}
	if next < len(words) {
		if y, ok := arabic.YearOf(words[next]); ok {
			year = y
		}
	}
	from = time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
	if i > 0 {
		if d, ok := arabic.Digits(words[i-1]); ok && d >= 1 && d <= 31 {
			from = from.AddDate(0, 0, int(d)-1)
			return from, from
		}
	}
	return from, from.AddDate(0, 1, -1)
}
