// Package phrase owns every word that Mujaz itself says, in Arabic and
// English: the texts stand in data files, one key a line, and the code asks
// for them by key. It knows plurals, digits and calendars. It must not know
// what a question, a document or a chat is, nor any markup.
//
// # The voice
//
// One voice speaks in both languages: a calm colleague at the next desk.
//
//   - It says the thing first and stops. One sentence where one will do.
//   - It does not apologise in chains, flatter, joke or exclaim: no
//     exclamation marks anywhere.
//   - Every error says what to do next, in the same line.
//   - It never gives advice it cannot keep, and never claims more than the
//     documents say: "the documents do not say" rather than "there is none".
//   - It speaks to one person in the plain imperative («اكتب», "send"), of
//     itself hardly ever, of the documents always.
//   - Emoji carry meaning or are left out: 👍 and 👎 are the two verdicts on
//     an answer, 🔔 and 🔕 stand for sound. No others.
//   - «…» for Arabic quotations, “…” for English ones. Numbers are written in
//     the reader's digits. The name of a command is written as it is typed.
package phrase

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// The languages of the interface.
const (
	Arabic  = "ar"
	English = "en"
)

// Digits is a choice of numerals.
type Digits string

// Choices of numerals; ByLanguage is Arabic-Indic in Arabic and Western in English.
const (
	ByLanguage  Digits = ""
	Western     Digits = "western"
	ArabicIndic Digits = "arabic"
)

// Calendar is a choice of calendar.
type Calendar string

// Choices of calendar.
const (
	Gregorian Calendar = ""
	Hijri     Calendar = "hijri"
	Both      Calendar = "both" // «٢٥ نوفمبر ٢٠٢٦ / ٥ جمادى الآخرة ١٤٤٨هـ»
)

// Options are a reader's choices.
type Options struct {
	Digits   Digits
	Calendar Calendar
}

// Phrases speaks one language with one reader's choices. The zero value
// speaks nothing; use For.
type Phrases struct {
	lang string
	tag  language.Tag
	o    Options
	t    table
}

// For returns the phrases of a language. Every tag that is not English is
// Arabic, which comes first in this program.
func For(lang string, o Options) Phrases {
	lang = Language(lang, Arabic)
	return Phrases{lang: lang, tag: language.Make(lang), o: o, t: tables[lang]}
}

// Language narrows an IETF tag to a language that we speak: Arabic and English
// tags to themselves, an empty tag to the fallback, any other to English if
// the fallback is English and else to the fallback.
func Language(tag, fallback string) string {
	tag = strings.ToLower(tag)
	for _, l := range []string{Arabic, English} {
		if tag == l || strings.HasPrefix(tag, l+"-") || strings.HasPrefix(tag, l+"_") {
			return l
		}
	}
	if fallback == English {
		return English
	}
	return Arabic
}

// Lang is "ar" or "en".
func (p Phrases) Lang() string { return p.lang }

// RTL reports whether the language is written from right to left.
func (p Phrases) RTL() bool { return p.lang == Arabic }

// Options are the reader's choices that the phrases were made with.
func (p Phrases) Options() Options { return p.o }

// Has reports whether the key exists.
func (p Phrases) Has(key string) bool { _, ok := p.t[key]; return ok }

// T is the text of a key with {0}, {1}, … replaced by the arguments; integers
// are written in the reader's digits. A key that does not exist is returned as
// it is, so that a test or a reader sees it.
func (p Phrases) T(key string, args ...any) string {
	text, ok := p.t[key]
	if !ok {
		return key
	}
	return p.fill(text, args)
}

// Count is the text of a key in the plural form of n, with {n} as the number.
// Arabic has six forms, written key[zero] key[one] key[two] key[few] key[many]
// and key[other]; English has two.
func (p Phrases) Count(key string, n int, args ...any) string {
	text, ok := p.t[key+"["+p.form(n)+"]"]
	if !ok {
		text, ok = p.t[key+"[other]"]
	}
	if !ok {
		return key
	}
	return p.fill(strings.ReplaceAll(text, "{n}", p.Number(n)), args)
}

var formNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two",
	plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

func (p Phrases) form(n int) string {
	return formNames[plural.Cardinal.MatchPlural(p.tag, n, 0, 0, 0, 0)]
}

func (p Phrases) fill(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", p.arg(a))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (p Phrases) arg(a any) string {
	switch v := a.(type) {
	case string:
		return v
	case int:
		return p.Number(v)
	case int64:
		return p.Number(int(v))
	default:
		return fmt.Sprint(v)
	}
}

// Number writes a whole number in the reader's digits, thousands apart.
func (p Phrases) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	separator := ","
	if p.arabicDigits() {
		separator = "٬"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + separator + s[i:]
	}
	return sign + p.Digits(s)
}

// Digits rewrites the Western digits of our own text in the reader's digits.
// It is never used on the text of a document.
func (p Phrases) Digits(s string) string {
	if !p.arabicDigits() {
		return s
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return '٠' + r - '0'
		}
		return r
	}, s)
}

func (p Phrases) arabicDigits() bool {
	return p.o.Digits == ArabicIndic || p.o.Digits == ByLanguage && p.lang == Arabic
}
