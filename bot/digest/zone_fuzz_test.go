package digest

import (
	"testing"
	"time"
)

// FuzzParseZone reads what people type for a zone: what is taken can be loaded.
func FuzzParseZone(f *testing.F) {
	for _, text := range []string{"القاهرة", "Europe/London", "+3", "-14", "utc", "غرينتش", "../etc/passwd", "Local", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		zone, ok := ParseZone(text)
		if !ok {
			return
		}
		if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
			t.Fatalf("%q gave %q: %v", text, zone, err)
		}
	})
}
