package index

import (
	"testing"

	"mujaz/corpus/arabic"
)

func TestWanted(t *testing.T) {
	for question, want := range map[string]Want{
		"ما وراء ارتفاع أرباح الشركة؟":   WantCause,
		"ما الذي أشعل الخلاف بينهما؟":    WantCause,
		"ما دافع المهاجمين؟":             WantCause,
		"ما الذي قاله الوزير؟":           WantAny,
		"في أي مدينة وقع الحادث؟":        WantPlace,
		"كم عاملا في المصنع؟":            WantNumber,
		"how long did the strike last":   WantNumber,
		"why did the price of oil fall?": WantCause,
	} {
		if got := wanted(arabic.FoldedWords(question)); got != want {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
}

func TestUnitOf(t *testing.T) {
	for question, want := range map[string]unit{
		"كم لاجئا وصلوا إلى الجزيرة؟":          people,
		"كم واحد ماتوا في الحادث؟":             people,
		"How many lawmakers backed it?":        people,
		"كم دفع النادي لشراء اللاعب؟":          money,
		"كم تبلغ نسبة البطالة بين السكان؟":     percent,
		"كم سيارة باعت الشركة في الربع الأول؟": noUnit,
	} {
		var words []*word
		for _, w := range arabic.FoldedWords(question) {
			words = append(words, analyse(w))
		}
		if got := unitOf(WantNumber, words); got != want {
			t.Errorf("%s: %d, want %d", question, got, want)
		}
	}
}
