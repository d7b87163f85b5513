package answer

import "testing"

func TestSpeakerAsked(t *testing.T) {
	for text, want := range map[string]string{
		"ما موقف إيران من تخصيب اليورانيوم؟":     "إيران",
		"ماذا قال عراقجي عن المحادثات؟":          "عراقجي",
		"What is Iran's position on enrichment?": "Iran",
		"What is Iran position on enrichment?":   "Iran",
		"what was the Russian reaction to it":    "Russian",
		"What did the minister say about it?":    "minister",
		"Which position does he play?":           "",
		"كم بلغ ارتفاع الجسر؟":                   "",
	} {
		if got := speakerAsked(text, foldedWords(text)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
