package answer

import (
	"testing"

	"mujaz/corpus/arabic"
	"mujaz/corpus/briefings"
	"mujaz/corpus/lexicon"
	"mujaz/index"
)

func TestSpeakerAsked(t *testing.T) {
	for text, want := range map[string]string{
		"<b>ما موقف إيران</b>":                        "إيران",
		"ما موقف إيران من تخصيب اليورانيوم؟":          "إيران",
		"ماذا قال عراقجي عن المحادثات؟":               "عراقجي",
		"بم وصف عراقجي المحادثات؟":                    "عراقجي",
		"بماذا اتهم داود أوغلو حزب العمال؟":           "داود أوغلو",
		"بماذا وصف وزير الخارجية الإيراني المحادثات؟": "وزير الخارجية الإيراني المحادثات",
		"What is Iran's position on enrichment?":      "Iran",
		"What is Iran position on enrichment?":        "Iran",
		"what was the Russian reaction to it":         "Russian",
		"What did the minister say about it?":         "minister",
		"Which position does he play?":                "",
		"كم بلغ ارتفاع الجسر؟":                        "",
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

// TestWhoSpeaks: a statement is the speaker's who was asked about only when it
// is he who makes it.
func TestWhoSpeaks(t *testing.T) {
	l, _, err := lexicon.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		speaker, sentence string
		want              stance
	}{
		{"خامنئي", "وكان خامنئي قال أول من أمس إن الاتفاق لا يعني تحولا.", askedSide},
		{"خامنئي", "قال ولايتي مستشار خامنئي إن أمريكا تريد التفاوض مع طهران.", otherSide},
		{"أبو مازن", "وقال أبو مرزوق إن الحركة تدعو إلى اجتماع للفصائل.", otherSide},
		{"أبو مازن", "قال الرئيس أبو مازن إن الحكومة باقية.", askedSide},
		{"فرنسا", "وقال المسؤول لوكالة الصحافة الفرنسية طالبا عدم كشف اسمه إن العمليات مستمرة.", otherSide},
		{"فرنسا", "أعلنت فرنسا أن طائراتها ستشارك في الغارات.", askedSide},
		{"البحرين", "أكد الفريق الركن الشيخ راشد بن عبدالله آل خليفة وزير الداخلية بمملكة البحرين أن التدخلات مرفوضة.", askedSide},
		{"وزير النفط السعودي", "قال الأمين العام لأوبك إن سوق النفط لن تشهد هبوطا.", otherSide},
		{"وزير النفط السعودي", "قال وزير النفط السعودي علي النعيمي إن السوق متوازنة.", askedSide},
		{"الرئيس الأميركي", "قال المفاوضون الأميركيون إنهم يتفهمون المواقف.", otherSide},
		{"الرئيس الأميركي", "قال الرئيس الأميركي دونالد ترمب إن المحادثات جيدة.", askedSide},
		{"الرئيس بوتين", "قال بوتين إن بلاده مستعدة.", askedSide},
		{"the union", "The union demands a 12 percent rise; management has offered 5 percent.", askedSide},
	} {
		w := &writer{question: Question{Speaker: c.speaker}, lexicon: l, terms: termsOf(index.Result{}, c.speaker)}
		w.side = w.sideOf(c.speaker)
		list := []sentence{w.sentence(0, 0, arabic.Span{End: len(c.sentence)}, c.sentence)}
		w.readStances(list)
		if got := list[0].stance; got != c.want {
			t.Errorf("%s: stance %d, want %d: %s", c.speaker, got, c.want, c.sentence)
		}
	}
}
