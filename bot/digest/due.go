package digest

import (
	"time"

	"mujaz/corpus/store"
)

// dayForm is how a local day is kept in the store.
const dayForm = "2006-01-02"

// searchDays bounds the search for the next due time: the longest gap is a
// week of one chosen weekday plus a skipped day.
const searchDays = 16

// Zone loads a time zone; UTC when the name is unknown by now.
func Zone(name string) *time.Location {
	if l, err := time.LoadLocation(name); err == nil && name != "Local" {
		return l
	}
	return time.UTC
}

// NextDue is the first moment after the given one, in UTC, at which the
// subscription's digest is owed, and the local day that it is for. A local
// time that does not exist on a day runs at the first moment that does; one
// that occurs twice runs once, the first time; a day that has been served, or
// on which the subscription is paused, is passed over. The zero time means never.
func NextDue(after time.Time, sub store.Subscription) (at time.Time, day string) {
	if sub.Days&store.EveryDay == 0 {
		return time.Time{}, ""
	}
	if sub.PausedUntil.After(after) {
		after = sub.PausedUntil.Add(-time.Nanosecond)
	}
	zone := Zone(sub.Zone)
	year, month, date := after.In(zone).Date()
	for i := range searchDays {
		noon := time.Date(year, month, date+i, 12, 0, 0, 0, time.UTC)
		day = noon.Format(dayForm)
		if !sub.Days.Has(noon.Weekday()) || day <= sub.LastDay {
			continue
		}
		at, ok := onDay(noon, sub.Minutes, zone)
		if ok && at.After(after) {
			return at.UTC(), day
		}
	}
	return time.Time{}, ""
}

// onDay is the moment of a local time on the date of day. It reports false for
// a date that the zone skipped.
func onDay(day time.Time, minutes int, zone *time.Location) (time.Time, bool) {
	y, m, d := day.Date()
	wall := time.Date(y, m, d, 0, minutes, 0, 0, time.UTC)
	var first time.Time
	for _, around := range []time.Duration{-26 * time.Hour, 26 * time.Hour} {
		_, offset := wall.Add(around).In(zone).Zone()
		at := wall.Add(-time.Duration(offset) * time.Second)
		if sameWall(at.In(zone), wall) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	if first.IsZero() {
		first = afterGap(wall, zone)
	}
	fy, fm, fd := first.In(zone).Date()
	return first, fy == y && fm == m && fd == d
}

func sameWall(local, wall time.Time) bool {
	return local.Format(time.DateTime) == wall.Format(time.DateTime)
}

// afterGap is the moment at which the clocks jumped over the wall time.
func afterGap(wall time.Time, zone *time.Location) time.Time {
	_, before := wall.Add(-26 * time.Hour).In(zone).Zone()
	late := wall.Add(-time.Duration(before) * time.Second).In(zone)
	start, _ := late.ZoneBounds()
	return start
}

// Latest is the last moment at or before now at which the digest was owed,
// counted from the due time that is stored: after a time without service one
// digest catches up for all the days that were missed.
func Latest(now time.Time, sub store.Subscription) store.Slot {
	slot := store.Slot{Chat: sub.Chat, Due: sub.NextDue, Day: sub.NextDue.In(Zone(sub.Zone)).Format(dayForm)}
	probe := sub
	probe.LastDay = ""
	at := now.AddDate(0, 0, -searchDays+1)
	if at.Before(sub.NextDue) {
		at = sub.NextDue
	}
	for {
		next, day := NextDue(at, probe)
		if next.IsZero() || next.After(now) {
			slot.Next = next
			return slot
		}
		at, slot.Day = next, day
	}
}
