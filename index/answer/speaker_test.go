package answer

import (
	"testing"

	"mujaz/corpus/arabic"
	"mujaz/corpus/briefings"
)

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
		if got := speakerAsked(text, arabic.FoldedWords(text)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestASubjectIsEnough(t *testing.T) {
	a := answererOf(t, briefings.Documents()...)
	for text, want := range map[string]Kind{
		"عراقجي": Answered, "التخصيب": Answered, "الذهب": OffTopic, "ماذا عن الصواريخ؟": Answered, "ماذا ورد عن القيادة المركزية؟": Answered,
		"معلومات عن عراقجي": Answered, "شو اخبار العقوبات": Answered, "tell me about the sanctions": Answered, "أخبار الذهب": OffTopic,
		"ماذا عن أسعار القمح؟": NoAnswer,
	} {
		got, err := a.Ask(t.Context(), text, Ask{})
		if err != nil {
			t.Fatal(err)
		}
		if got.Kind != want || want == Answered && got.Summary.Lead == nil {
			t.Errorf("%s: kind %s, lead %v", text, got.Kind, got.Summary.Lead)
		}
	}
}
