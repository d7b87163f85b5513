package answer

import "testing"

func TestNamedSpeakerIsWhole(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"وأكدت المنظمة ليلى حداد أن المهرجان يستمر أربعة أيام.", "المنظمة ليلى حداد"},
		{"قال وزير الخارجية الإيراني عباس عراقجي إن الجولة انتهت.", "وزير الخارجية الإيراني عباس عراقجي"},
		{"وصف وزير الخارجية الإيراني عباس عراقجي المحادثات بأنها «إيجابية للغاية».", ""}, // what he described is no part of him
	} {
		if got, _ := namedSpeaker(c.text); got != c.want {
			t.Errorf("namedSpeaker(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTogether(t *testing.T) {
	for _, c := range []struct {
		phrase, question string
		want             bool
	}{
		{"تخصيب اليورانيوم", "ما موقف إيران من تخصيب اليورانيوم؟", true},
		{"محادثات مسقط", "ما نتائج المحادثات في مسقط؟", false},
		{"عراقجي المحادثات", "ماذا قال عراقجي عن المحادثات؟", false},
	} {
		if got := together(c.phrase, c.question); got != c.want {
			t.Errorf("together(%q, %q) = %t", c.phrase, c.question, got)
		}
	}
}
