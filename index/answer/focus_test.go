package answer

import (
	"maps"
	"slices"
	"testing"

	"mujaz/corpus/arabic"
	"mujaz/index"
)

// wordsOf are the informative words of a question as the index would list them.
func wordsOf(text string) []index.Word {
	var list []index.Word
	for _, w := range arabic.Words(text) {
		if folded := arabic.Fold(w.Text); !arabic.IsStop(folded) && !arabic.IsQuestionWord(folded) {
			list = append(list, index.Word{Typed: w.Text})
		}
	}
	return list
}

func TestMatterOf(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  matter
		named string
	}{
		{"كم قتيلا سقط في الغارات؟", matterNumber, "قتيلا"},
		{"راتب مدرب العين", matterNumber, "راتب"},
		{"بسعر كم الذهب", matterNumber, "بسعر"},
		{"ما اسم رئيس اللجنة؟", matterName, "اسم"},
		{"رئيس تحرير الصحيفة", matterPerson, "رئيس"},
		{"من فاز بالكأس؟", matterPerson, "فاز"},
		{"موعد مباراة الذهاب", matterTime, "موعد"},
		{"متى تبدأ الدراسة؟", matterTime, ""},
		{"ملعب مباراة الذهاب", matterPlace, "ملعب"},
		{"أين عقدت القمة؟", matterPlace, ""},
		{"سبب حريق المصنع", matterCause, "سبب"},
		{"ما موقف تركيا من الهدنة؟", matterPosition, ""},
		{"كيف هرب السجين؟", matterManner, ""},
		{"اتفاق الطاقة الجديد", matterOther, "اتفاق"},
		{"how much is the ticket?", matterNumber, ""},
		{"name of the judge", matterName, "name"},
	} {
		words := wordsOf(c.text)
		w := writer{question: Question{Want: wantOf(arabic.FoldedWords(c.text))}}
		got, at := w.matterOf(words)
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
		if c.named != "" && (at < 0 || words[at].Typed != c.named) {
			t.Errorf("%s: named by word %d, want %s", c.text, at, c.named)
		}
	}
}

// TestConfidenceFile holds the shipped model: a weight for every signal that
// can speak, and none without effect.
func TestConfidenceFile(t *testing.T) {
	known := []string{"bias", "score", "article", "sentence", "dense", "words", "number_none", "number_unit_none", "name_met",
		"person_met", "person_beside", "speaker_silent"}
	for _, m := range []matter{matterOther, matterNumber, matterName, matterPerson, matterPlace, matterTime, matterCause, matterPosition, matterManner} {
		known = append(known, "asks_"+string(m))
	}
	slices.Sort(known)
	if got := slices.Sorted(maps.Keys(confidence.Weights)); !slices.Equal(got, known) {
		t.Errorf("weights of %v, want %v", got, known)
	}
	if confidence.Date == "" || len(confidence.Sets) < 2 {
		t.Error("the file does not say where its weights come from")
	}
}
