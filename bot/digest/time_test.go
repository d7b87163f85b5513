package digest

import "testing"

func TestParseTime(t *testing.T) {
	for text, want := range map[string]int{
		"8": 480, "08:00": 480, "٨": 480, "٨ صباحًا": 480, "8 صباحا": 480, "٨:٣٠ مساءً": 1230, "20:30": 1230, "20.30": 1230,
		"8pm": 1200, "8 PM": 1200, "8:05am": 485, "12am": 0, "12 pm": 720, "12:30 ص": 30, "٧ م": 1140, "الساعة 9": 540,
		"الثامنة صباحا": 480, "الثامنة والنصف مساء": 1230, "الحادية عشرة ليلا": 1380, "at 6": 360, "0": 0, "24:00": 0,
		"noon": 720, "منتصف الليل": 0, "8 ونصف": 510, "الساعة السابعة والربع": 435, "21:15 مساء": 1275, "6 الصبح": 360,
	} {
		if got, ok := ParseTime(text); !ok || got != want {
			t.Errorf("ParseTime(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "25", "8:75", "صباحا", "hello", "8 صباحا مساء", "15 صباحا", "24:01", "-3", "8 9 10", "غدا", "0 am", "999999999999999999999"} {
		if got, ok := ParseTime(text); ok {
			t.Errorf("ParseTime(%q) = %d, want a refusal", text, got)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"8", "٨ صباحًا", "20:30", "8pm", "الثامنة والنصف"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, ok := ParseTime(s); ok && (got < 0 || got > 1439) {
			t.Errorf("ParseTime(%q) = %d", s, got)
		}
	})
}
