package digest

import (
	"testing"
	"time"
	_ "time/tzdata"

	"mujaz/corpus/store"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func daily(zone string, minutes int) store.Subscription {
	return store.Subscription{Zone: zone, Minutes: minutes, Days: store.EveryDay, Active: true}
}

func TestNextDue(t *testing.T) {
	friday := daily("Asia/Riyadh", 480)
	friday.Days = 1 << time.Friday
	paused := daily("Asia/Riyadh", 480)
	paused.PausedUntil = at(t, "2026-12-01T00:00:00+03:00")
	served := daily("Asia/Riyadh", 480)
	served.LastDay = "2026-11-25"
	for _, c := range []struct {
		name      string
		sub       store.Subscription
		after     string
		want, day string
	}{
		{"later today", daily("Asia/Riyadh", 480), "2026-11-25T04:00:00Z", "2026-11-25T05:00:00Z", "2026-11-25"},
		{"strictly after", daily("Asia/Riyadh", 480), "2026-11-25T05:00:00Z", "2026-11-26T05:00:00Z", "2026-11-26"},
		{"one weekday", friday, "2026-11-25T04:00:00Z", "2026-11-27T05:00:00Z", "2026-11-27"},
		{"paused", paused, "2026-11-25T04:00:00Z", "2026-12-01T05:00:00Z", "2026-12-01"},
		{"served already", served, "2026-11-25T04:00:00Z", "2026-11-26T05:00:00Z", "2026-11-26"},
		{"time that does not exist", daily("Europe/Berlin", 150), "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29"},
		{"time that occurs twice", daily("Europe/Berlin", 150), "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25"},
		{"not the second time", daily("Europe/Berlin", 150), "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", "2026-10-26"},
		{"midnight that does not exist", daily("Africa/Cairo", 0), "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z", "2026-04-24"},
		{"a date that the zone skipped", daily("Pacific/Apia", 480), "2011-12-29T20:00:00Z", "2011-12-30T18:00:00Z", "2011-12-31"},
		{"leap day", daily("UTC", 480), "2028-02-28T09:00:00Z", "2028-02-29T08:00:00Z", "2028-02-29"},
	} {
		got, day := NextDue(at(t, c.after), c.sub)
		if got.Format(time.RFC3339) != c.want || day != c.day {
			t.Errorf("%s: %s for %s, want %s for %s", c.name, got.Format(time.RFC3339), day, c.want, c.day)
		}
	}
	if got, _ := NextDue(at(t, "2026-11-25T04:00:00Z"), store.Subscription{Zone: "UTC"}); !got.IsZero() {
		t.Errorf("no weekday: %s", got)
	}
}

// TestOneDigestPerLocalDay walks 400 days through the clock changes of 20 zones.
func TestOneDigestPerLocalDay(t *testing.T) {
	zones := []string{
		"UTC", "Asia/Riyadh", "Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "Europe/Berlin", "Europe/London",
		"America/New_York", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe", "Australia/Sydney", "Asia/Tehran",
		"Asia/Gaza", "Pacific/Apia", "Pacific/Kiritimati", "Asia/Kathmandu", "America/Santiago", "Asia/Amman", "Africa/El_Aaiun",
	}
	for _, name := range zones {
		for _, minutes := range []int{0, 30, 90, 150, 480, 1439} {
			checkYear(t, name, minutes)
		}
	}
}

func checkYear(t *testing.T, name string, minutes int) {
	t.Helper()
	sub, zone := daily(name, minutes), Zone(name)
	now := time.Date(2025, 12, 31, 23, 59, 30, 0, zone)
	for i := 1; i <= 400; i++ {
		next, day := NextDue(now, sub)
		want := time.Date(2025, 12, 31+i, 12, 0, 0, 0, time.UTC).Format(dayForm)
		if day != want || next.In(zone).Format(dayForm) != want {
			t.Fatalf("%s at minute %d: digest %d is for %s at %s, want %s", name, minutes, i, day, next.In(zone), want)
		}
		now, sub.LastDay = next, day
	}
}

func TestLatestCatchesUpOnce(t *testing.T) {
	sub := daily("Asia/Riyadh", 480)
	sub.NextDue = at(t, "2026-11-22T05:00:00Z")
	slot := Latest(at(t, "2026-11-25T07:00:00Z"), sub)
	if slot.Day != "2026-11-25" || slot.Next.Format(time.RFC3339) != "2026-11-26T05:00:00Z" {
		t.Errorf("after three days: %+v", slot)
	}
	slot = Latest(at(t, "2026-11-25T04:00:00Z"), sub)
	if slot.Day != "2026-11-24" || slot.Next.Format(time.RFC3339) != "2026-11-25T05:00:00Z" {
		t.Errorf("before today's: %+v", slot)
	}
	slot = Latest(at(t, "2027-11-25T07:00:00Z"), sub)
	if slot.Day != "2027-11-25" {
		t.Errorf("after a year: %+v", slot)
	}
}
