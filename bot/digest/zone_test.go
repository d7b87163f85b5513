package digest

import (
	"strings"
	"testing"
	"time"

	"mujaz/bot"
)

func TestEveryLineOfTheZonesIsRead(t *testing.T) {
	cities, byName := places()
	lines := 0
	for line := range strings.Lines(zonesFile) {
		if !strings.HasPrefix(line, "#") {
			lines++
		}
	}
	if len(cities) != lines || lines < 100 {
		t.Errorf("%d of %d lines were read", len(cities), lines)
	}
	for name, zone := range byName {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParseZone(t *testing.T) {
	for text, want := range map[string]string{
		"الرياض": "Asia/Riyadh", "رياض": "Asia/Riyadh", "مسقط": "Asia/Muscat", "القاهره": "Africa/Cairo", "مصر": "Africa/Cairo",
		"الدار البيضاء": "Africa/Casablanca", "cairo": "Africa/Cairo", "New York": "America/New_York", "asia/riyadh": "Asia/Riyadh",
		"Europe/Berlin": "Europe/Berlin", "utc": "UTC", "UTC+3": "Etc/GMT-3", "GMT-5": "Etc/GMT+5", "+٣": "Etc/GMT-3", "عمان": "Asia/Amman",
		"سلطنة عمان": "Asia/Muscat", "اسطنبول": "Europe/Istanbul", "لندن": "Europe/London",
	} {
		if got, ok := ParseZone(text); !ok || got != want {
			t.Errorf("ParseZone(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "Local", "../etc/passwd", "المريخ", "UTC+15", "12", "Asia/../../x"} {
		if got, ok := ParseZone(text); ok {
			t.Errorf("ParseZone(%q) = %q, want a refusal", text, got)
		}
	}
}

func TestZoneAt(t *testing.T) {
	if got, ok := ZoneAt(bot.Location{Latitude: 23.6, Longitude: 58.5}); !ok || got != "Asia/Muscat" {
		t.Errorf("near Muscat: %q, %v", got, ok)
	}
	if got, ok := ZoneAt(bot.Location{Latitude: -60, Longitude: -140}); ok {
		t.Errorf("the southern ocean: %q", got)
	}
}
