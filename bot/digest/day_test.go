package digest

import (
	"testing"
	"time"
)

func TestParseDay(t *testing.T) {
	today := time.Date(2026, 11, 25, 9, 30, 0, 0, Zone("Asia/Muscat")) // a Wednesday, 15 Jumada al-akhirah 1448
	for text, want := range map[string]string{
		"غدًا": "2026-11-26", "حتى بعد غد": "2026-11-27", "tomorrow": "2026-11-26", "بعد أسبوع": "2026-12-02", "أسبوعين": "2026-12-09",
		"الخميس": "2026-11-26", "يوم الخميس": "2026-11-26", "حتى الأربعاء": "2026-12-02", "Monday": "2026-11-30", "until Friday": "2026-11-27",
		"٥ ديسمبر": "2026-12-05", "5 كانون الأول": "2026-12-05", "حتى ١ يناير": "2027-01-01", "3 March": "2027-03-03", "29 فبراير": "2028-02-29",
		"٥ ديسمبر ٢٠٢٦": "2026-12-05", "2026-12-31": "2026-12-31", "31/12/2026": "2026-12-31", "٥/١٢": "2026-12-05", "5-1": "2027-01-05",
		"بعد ١٠ أيام": "2026-12-05", "3 weeks": "2026-12-16", "١ رمضان": "2027-02-08", "1 رمضان 1448": "2027-02-08", "١٠ محرم ١٤٤٩هـ": "2027-06-15",
	} {
		got, ok := ParseDay(text, today)
		if !ok || got.Format(time.DateOnly) != want || got.Hour() != 0 {
			t.Errorf("ParseDay(%q) = %s, %v; want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "متى", "بعد", "٣٢ ديسمبر", "13/13", "5", "ديسمبر", "1 رمضان 1400", "حتى إشعار آخر", "99999999999999999999 رمضان"} {
		if got, ok := ParseDay(text, today); ok {
			t.Errorf("ParseDay(%q) = %s, want a refusal", text, got)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"غدًا", "حتى ١ رمضان ١٤٤٨هـ", "5/12", "Thursday", "بعد ١٠ أيام", "30 صفر"} {
		f.Add(s)
	}
	today := time.Date(2026, 11, 25, 9, 30, 0, 0, Zone("America/Asuncion"))
	f.Fuzz(func(t *testing.T, s string) {
		day, ok := ParseDay(s, today)
		if y, m, d := day.Date(); ok && !day.Equal(time.Date(y, m, d, 0, 0, 0, 0, today.Location())) {
			t.Errorf("ParseDay(%q) = %s, which begins no day", s, day)
		}
	})
}
