package phrase

import (
	"strconv"
	"strings"
	"time"

	"github.com/hablullah/go-hijri"
)

// Date is the day of t in t's own zone, in the reader's calendar.
func (p Phrases) Date(t time.Time) string {
	switch p.o.Calendar {
	case Hijri:
		if s, ok := p.hijri(t); ok {
			return s
		}
	case Both:
		if s, ok := p.hijri(t); ok {
			return p.gregorian(t) + " / " + s
		}
	}
	return p.gregorian(t)
}

// LongDate is Date with the name of the weekday.
func (p Phrases) LongDate(t time.Time) string {
	return p.T("date.weekday", p.Weekday(t.Weekday()), p.Date(t))
}

// Weekday is the name of a day of the week.
func (p Phrases) Weekday(d time.Weekday) string { return p.T("weekday." + strconv.Itoa(int(d))) }

// Clock is the time of day, hours and minutes of 24.
func (p Phrases) Clock(t time.Time) string { return p.Digits(t.Format("15:04")) }

func (p Phrases) gregorian(t time.Time) string {
	return p.T("date.gregorian", p.year(t.Day()), p.T("month."+strconv.Itoa(int(t.Month()))), p.year(t.Year()))
}

// hijri reports false outside the years that the Umm al-Qura calendar covers
// (14 March 1937 to 16 November 2077).
func (p Phrases) hijri(t time.Time) (string, bool) {
	h, err := hijri.CreateUmmAlQuraDate(t)
	if err != nil {
		return "", false
	}
	return p.T("date.hijri", p.year(int(h.Day)), p.T("hijri."+strconv.Itoa(int(h.Month))), p.year(int(h.Year))), true
}

// year writes a number without a thousands mark.
func (p Phrases) year(n int) string { return p.Digits(strconv.Itoa(n)) }

// DocumentDate writes a document's date as exactly as it was given: a day, a
// month of a year, or a year. What cannot be read is shown as it stands, an
// empty date as "date unknown".
func (p Phrases) DocumentDate(date string) string {
	date = strings.TrimSpace(date)
	if date == "" {
		return p.T("date.unknown")
	}
	if t, err := time.Parse("2006", date); err == nil {
		return p.year(t.Year())
	}
	if t, err := time.Parse("2006-01", date); err == nil {
		return p.T("date.month", p.T("month."+strconv.Itoa(int(t.Month()))), p.year(t.Year()))
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "2006/01/02"} {
		if t, err := time.Parse(layout, date); err == nil {
			return p.Date(t)
		}
	}
	return date
}
