package digest

import (
	_ "embed"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"mujaz/bot"
	"mujaz/corpus/arabic"
)

//go:embed zones.tsv
var zonesFile string

// city is one line of zones.tsv.
type city struct {
	zone                string
	latitude, longitude float64 // degrees
}

// places are the cities, and their zones by folded name.
var places = sync.OnceValues(func() (cities []city, byName map[string]string) {
	byName = map[string]string{}
	for line := range strings.Lines(zonesFile) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) != 4 {
			continue // a comment; a test counts the lines
		}
		latitude, err1 := strconv.ParseFloat(fields[1], 64)
		longitude, err2 := strconv.ParseFloat(fields[2], 64)
		if err1 != nil || err2 != nil {
			continue
		}
		cities = append(cities, city{fields[0], latitude, longitude})
		for _, name := range strings.Split(fields[3], "|") {
			if key := placeKey(name); byName[key] == "" {
				byName[key] = fields[0]
			}
		}
	}
	return cities, byName
})

// placeKey is the form in which names of places are compared: folded words
// without the article.
func placeKey(name string) string {
	words := strings.FieldsFunc(arabic.Fold(name), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == ',' || r == '،' })
	for i, w := range words {
		if rest := strings.TrimPrefix(w, "ال"); len(rest) > 4 {
			words[i] = rest
		}
	}
	return strings.Join(words, " ")
}

// ianaForm keeps file names and other odd input from the zone database.
var ianaForm = regexp.MustCompile(`^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$`)

// offsetForm reads "UTC+3", "GMT-05:00" and "+3".
var offsetForm = regexp.MustCompile(`^(?:utc|gmt)?\s*([+-])\s*([0-9]{1,2})(?::?00)?$`)

// ParseZone reads a city or country in Arabic or English, an IANA name, or a
// whole-hour offset, and returns the IANA name.
func ParseZone(text string) (zone string, ok bool) {
	text = strings.TrimSpace(text)
	folded := strings.ToLower(arabic.Fold(text))
	if m := offsetForm.FindStringSubmatch(folded); m != nil {
		return offsetZone(m[1], m[2])
	}
	_, byName := places()
	if zone, ok = byName[placeKey(text)]; ok {
		return zone, true
	}
	return ianaZone(text)
}

// offsetZone is the fixed zone of an offset; its IANA name has the sign turned
// round.
func offsetZone(sign, hours string) (string, bool) {
	n, err := strconv.Atoi(hours)
	if err != nil || n > 14 || sign == "-" && n > 12 {
		return "", false
	}
	if n == 0 {
		return "UTC", true
	}
	return "Etc/GMT" + map[string]string{"+": "-", "-": "+"}[sign] + strconv.Itoa(n), true
}

// ianaZone accepts a name of the zone database in any case.
func ianaZone(text string) (string, bool) {
	if !ianaForm.MatchString(text) || strings.EqualFold(text, "local") {
		return "", false
	}
	for _, name := range []string{text, titled(text), strings.ToUpper(text)} {
		if l, err := time.LoadLocation(name); err == nil {
			return l.String(), true
		}
	}
	return "", false
}

// titled writes "asia/riyadh" as "Asia/Riyadh".
func titled(s string) string {
	b := []byte(strings.ToLower(s))
	for i := range b {
		if (i == 0 || b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '-') && 'a' <= b[i] && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// farthest is how far from a known city a place may be, in kilometres, for the
// city's zone to be taken for its own.
const farthest = 1200

// ZoneAt is the zone of the nearest known city.
func ZoneAt(l bot.Location) (zone string, ok bool) {
	cities, _ := places()
	least := math.Inf(1)
	for _, c := range cities {
		if d := distance(l.Latitude, l.Longitude, c.latitude, c.longitude); d < least {
			least, zone = d, c.zone
		}
	}
	if least > farthest || zone == "" {
		return "", false
	}
	return zone, true
}

// distance is the great-circle distance in kilometres (haversine formula on a
// sphere of 6,371 km).
func distance(lat1, lon1, lat2, lon2 float64) float64 {
	const radius, degree = 6371, math.Pi / 180
	a := math.Sin((lat2 - lat1) * degree / 2)
	b := math.Sin((lon2 - lon1) * degree / 2)
	h := a*a + math.Cos(lat1*degree)*math.Cos(lat2*degree)*b*b
	return 2 * radius * math.Asin(math.Sqrt(min(h, 1)))
}
