package ingest

import (
	"regexp"
	"strings"

	"mujaz/corpus/arabic"
)

// labelLines is how far from either end of a text lines such as «المصدر: …»
// are looked for.
const labelLines = 5

var (
	sourceLabel = regexp.MustCompile(`^(?:المصدر|مصدر الخبر|المصدر الأصلي|(?i:source))\s*[:：]\s*(\S.{1,80})$`)
	dateLabel   = regexp.MustCompile(`^(?:التاريخ|تاريخ النشر|نشر في|نُشر في|نُشرت في|تاريخ|آخر تحديث|(?i:date|published|published on|updated))\s*[:：]?\s*(\S.*)$`)
	titleLabel  = regexp.MustCompile(`^(?:العنوان|عنوان|(?i:title))\s*[:：]\s*(\S.*)$`)
	linkLabel   = regexp.MustCompile(`^(?:الرابط|رابط الخبر|(?i:link|url))\s*[:：]\s*(https?://\S+)$`)
)

// takeLabels moves lines that only name title, source, date or link, near the
// start and the end, out of the text and into their fields.
func (a *article) takeLabels() {
	if len(a.blocks) < 2 {
		return
	}
	kept := a.blocks[:0:0]
	for i, b := range a.blocks {
		if (i < labelLines || i >= len(a.blocks)-labelLines) && a.takeLabel(b.text) {
			continue
		}
		kept = append(kept, b)
	}
	if len(kept) > 0 {
		a.blocks = kept
	}
	if a.source == "" {
		a.source = datelineSource(a.blocks)
	}
}

// labelOf is the kind of label that a line is, "" when it is none.
func labelOf(line string) string {
	for name, p := range map[string]*regexp.Regexp{"title": titleLabel, "source": sourceLabel, "link": linkLabel, "date": dateLabel} {
		if p.MatchString(line) {
			return name
		}
	}
	return ""
}

func (a *article) takeLabel(line string) bool {
	if m := titleLabel.FindStringSubmatch(line); m != nil && a.title == "" && wordCount(m[1]) <= titleWords {
		a.title = m[1]
		return true
	}
	if m := sourceLabel.FindStringSubmatch(line); m != nil && wordCount(m[1]) <= 8 {
		set(&a.source, strings.Trim(m[1], " .،"))
		return true
	}
	if m := linkLabel.FindStringSubmatch(line); m != nil {
		set(&a.url, m[1])
		return true
	}
	return a.takeDate(line)
}

// takeDate takes a line that holds a date and hardly anything else.
func (a *article) takeDate(line string) bool {
	rest := line
	if m := dateLabel.FindStringSubmatch(line); m != nil {
		rest = m[1]
	}
	t, ok := findDate(rest)
	if !ok || wordsBesideDate(rest) > 2 {
		return false
	}
	set(&a.date, moment(t))
	return true
}

func set(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// besideDate are the words that stand with a date: weekdays and clock words.
var besideDate = wordSet(`الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت يوم في الساعة بتوقيت غرينتش مكة القدس صباحا مساء ص م هـ
sunday monday tuesday wednesday thursday friday saturday sun mon tue wed thu fri sat at on am pm gmt utc`)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[arabic.Fold(w)] = true
	}
	return m
}

func wordsBesideDate(s string) int {
	n := 0
	for _, w := range arabic.Words(s) {
		f := arabic.Fold(w.Text)
		if _, month := months[f]; month || besideDate[f] || besideDate[strings.TrimPrefix(f, "و")] || f == "كانون" || f == "تشرين" || f == "الاول" || f == "الثاني" || f[0] >= '0' && f[0] <= '9' {
			continue
		}
		n++
	}
	return n
}

// agencies are the news agencies and papers that datelines name.
var agencies = []string{"رويترز", "أ ف ب", "أ.ف.ب", "ا ف ب", "فرانس برس", "أ ب", "الأناضول", "د ب أ", "د.ب.أ", "وفا", "سبأ", "سانا", "واس", "وام", "قنا", "كونا", "بنا", "بترا", "العمانية", "أ ش أ", "واع", "سبوتنيك", "شينخوا", "تاس", "إرنا", "فارس", "CNN", "BBC", "AFP", "AP", "Reuters"}

// datelineLetters is how far into the lead a dateline reaches.
const datelineLetters = 60

var dateline = regexp.MustCompile(`^[^.،؛]{0,40}?[(\[–—-]\s*([^()\[\]–—-]{2,30}?)\s*[)\]–—-]`)

// datelineSource finds the agency in «مسقط (رويترز) – …» at the start of the
// lead.
func datelineSource(blocks []block) string {
	for i, b := range blocks {
		if i > 2 {
			break
		}
		if name := agencyIn(firstRunes(b.text, datelineLetters)); name != "" {
			return name
		}
	}
	return ""
}

func agencyIn(line string) string {
	m := dateline.FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	for _, name := range agencies {
		if strings.TrimSpace(m[1]) == name {
			return name
		}
	}
	return ""
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
