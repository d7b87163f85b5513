package digest

import (
	"strconv"
	"strings"
	"unicode"

	"mujaz/corpus/arabic"
)

// half says which half of the day a word names.
type half int

const (
	unsaid half = iota
	morning
	afternoon
)

// halves are the words, folded, that tell morning from afternoon.
var halves = map[string]half{
	"am": morning, "a": morning, "ص": morning, "صباح": morning, "صباحا": morning, "الصباح": morning, "فجر": morning, "فجرا": morning,
	"الصبح": morning, "الفجر": morning, "morning": morning,
	"pm": afternoon, "p": afternoon, "م": afternoon, "مساء": afternoon, "المساء": afternoon, "عصر": afternoon, "عصرا": afternoon,
	"العصر": afternoon, "ظهر": afternoon, "ظهرا": afternoon, "الظهر": afternoon, "ليل": afternoon, "ليلا": afternoon, "بالليل": afternoon,
	"المغرب": afternoon, "evening": afternoon, "afternoon": afternoon, "night": afternoon,
}

// hourWords are the hours as Arabic says them, folded, without the article.
var hourWords = map[string]int{
	"واحده": 1, "ثانيه": 2, "ثالثه": 3, "رابعه": 4, "خامسه": 5, "سادسه": 6, "سابعه": 7, "ثامنه": 8, "تاسعه": 9,
	"عاشره": 10, "حاديه عشره": 11, "حاديه عشر": 11, "ثانيه عشره": 12, "ثانيه عشر": 12,
}

// minuteWords are the fractions that follow an hour, folded.
var minuteWords = map[string]int{"والنصف": 30, "ونصف": 30, "والربع": 15, "وربع": 15, "والثلث": 20, "وثلث": 20}

// ParseTime reads a time of day as people write it: «٨ صباحًا», 8, 08:00,
// 20:30, 8pm, «الثامنة والنصف مساءً», noon. It returns minutes after midnight,
// 0 to 1439.
func ParseTime(s string) (minutes int, ok bool) {
	text := strings.TrimSpace(arabic.Fold(s))
	switch text {
	case "noon", "midday", "الظهر", "ظهرا", "الظهيره":
		return 12 * 60, true
	case "midnight", "منتصف الليل", "نص الليل":
		return 0, true
	}
	words := clockWords(text)
	hour, minute, rest, ok := readClock(words)
	if !ok {
		return 0, false
	}
	part := unsaid
	for _, w := range rest {
		h, known := halves[w]
		if !known || part != unsaid && part != h {
			return 0, false
		}
		part = h
	}
	return onClock(hour, minute, part)
}

// clockWords splits "8:30pm" and "8.30 م" into numbers and words, and drops
// the words that only introduce a time.
func clockWords(text string) []string {
	var words []string
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":.,،؛٫", r) }) {
		digits := len(field) - len(strings.TrimLeft(field, "0123456789"))
		for _, part := range []string{field[:digits], field[digits:]} {
			switch part {
			case "", "الساعه", "ساعه", "at", "o'clock", "the", "في", "علي", "تمام", "تماما":
			default:
				words = append(words, part)
			}
		}
	}
	return words
}

func readClock(words []string) (hour, minute int, rest []string, ok bool) {
	if len(words) == 0 {
		return 0, 0, nil, false
	}
	if n, err := strconv.Atoi(words[0]); err == nil {
		rest = words[1:]
		if len(words) > 1 {
			if m, err := strconv.Atoi(words[1]); err == nil && len(words[1]) == 2 {
				return n, m, words[2:], true
			}
		}
		minute, rest = fraction(rest)
		return n, minute, rest, true
	}
	return spokenClock(words)
}

// spokenClock reads an hour in words, the longest first: «الحادية عشرة».
func spokenClock(words []string) (hour, minute int, rest []string, ok bool) {
	for n := min(2, len(words)); n > 0; n-- {
		name := strings.TrimPrefix(strings.Join(words[:n], " "), "ال")
		if h, known := hourWords[name]; known {
			minute, rest = fraction(words[n:])
			return h, minute, rest, true
		}
	}
	return 0, 0, nil, false
}

func fraction(words []string) (minute int, rest []string) {
	if len(words) > 0 {
		if m, known := minuteWords[words[0]]; known {
			return m, words[1:]
		}
	}
	return 0, words
}

func onClock(hour, minute int, part half) (int, bool) {
	if hour < 0 || hour > 24 || minute > 59 || hour == 24 && minute > 0 {
		return 0, false
	}
	switch {
	case part != unsaid && (hour == 0 || hour > 12) && !(part == afternoon && hour > 12 && hour < 24):
		return 0, false // «١٥ صباحًا» says two things
	case part == morning && hour == 12:
		hour = 0
	case part == afternoon && hour < 12:
		hour += 12
	}
	return hour%24*60 + minute, true
}
