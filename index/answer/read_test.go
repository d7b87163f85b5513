package answer

import (
	"testing"
	"time"

	"mujaz/index"
)

var today = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC) // a Tuesday

func TestReadWant(t *testing.T) {
	for text, want := range map[string]index.Want{
		"متى بدأت الجولة؟":                     index.WantTime,
		"في أي عام تأسست الشركة؟":              index.WantTime,
		"كم بلغت نسبة التخصيب؟":                index.WantNumber,
		"ما عدد القتلى؟":                       index.WantNumber,
		"من هو وزير الخارجية؟":                 index.WantPerson,
		"من أين جاء الوفد؟":                    index.WantPlace,
		"أين عقدت المحادثات؟":                  index.WantPlace,
		"لماذا فشلت الجولة؟":                   index.WantCause,
		"ما موقف إيران من التخصيب؟":            index.WantPosition,
		"ماذا قال عراقجي عن المحادثات؟":        index.WantPosition,
		"ما السيناريوهات المتوقعة بعد الجولة؟": index.WantNext,
		"كيف نجا الطيار؟":                      index.WantManner,
		"محادثات مسقط":                         index.WantAny,
		"how many people died?":                index.WantNumber,
		"why did the talks fail?":              index.WantCause,
		"What did Trump say about the talks?":  index.WantPosition,
	} {
		if got := Read(text, today, nil).Want; got != want {
			t.Errorf("Read(%q).Want = %q, want %q", text, got, want)
		}
	}
}

func TestReadSpeaker(t *testing.T) {
	for text, want := range map[string]string{
		"ما موقف إيران من تخصيب اليورانيوم؟":     "إيران",
		"ماذا قال وزير الخارجية عن المحادثات؟":   "وزير الخارجية",
		"ما رأي ترمب في الاتفاق؟":                "ترمب",
		"What did Araghchi say about the talks?": "Araghchi",
		"كم بلغت نسبة التخصيب؟":                  "",
	} {
		if got := Read(text, today, nil).Speaker; got != want {
			t.Errorf("Read(%q).Speaker = %q, want %q", text, got, want)
		}
	}
}

func TestReadDates(t *testing.T) {
	for text, want := range map[string][2]string{
		"ماذا حدث أمس؟":               {"2026-02-09", "2026-02-09"},
		"أخبار هذا الأسبوع":           {"2026-02-07", "2026-02-13"},
		"what happened last week":     {"2026-01-31", "2026-02-06"},
		"ماذا جرى في يوليو؟":          {"2025-07-01", "2025-07-31"},
		"ماذا جرى في 14 تموز 2015":    {"2015-07-14", "2015-07-14"},
		"اتفاق ٢٠١٥":                  {"2015-01-01", "2015-12-31"},
		"ما موقف إيران؟":              {"0001-01-01", "0001-01-01"},
		"what may happen in the city": {"0001-01-01", "0001-01-01"},
	} {
		q := Read(text, today, nil)
		if got := [2]string{q.From.Format(time.DateOnly), q.To.Format(time.DateOnly)}; got != want {
			t.Errorf("Read(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestCourtesyOf(t *testing.T) {
	for text, want := range map[string]Courtesy{
		"السلام عليكم ورحمة الله": Greeting,
		"مرحبا":             Greeting,
		"Hello!":            Greeting,
		"صباح الخير يا بوت": Greeting,
		"شكرااااا":          Thanks,
		"السلام عليكم، شكرا جزيلا": Thanks,
		"thanks a lot":   Thanks,
		"مع السلامة":     Farewell,
		"يا غبي":         Insult,
		"اشترك":          Subscribe,
		"الغاء الاشتراك": Unsubscribe,
		"مساعدة":         AskHelp,
		"":               EmptyText,
		"؟؟":             EmptyText,
		"في من على":      EmptyText,
		"ا":              EmptyText,
		"😀😀":             EmptyText,
		"asdfgh":         Gibberish,
		"هههههههه":       Gibberish,
		"شسيبلا":         Gibberish,
		"xkcdqwrtz":      Gibberish,
		"انت حمار":       Insult,
		"أريد أن أشترك في النشرة": Subscribe,
		"وقف النشرة":              Unsubscribe,
		"ممكن مساعدة":             AskHelp,
		"شكرا لك على المساعدة":    Thanks,
		"asdkjhaskjdh":            Gibberish,
		"قثصضش":                   Gibberish,
		"property":                "",
		"ما هذا القرار؟":          "",
		"هل أنت متأكد من خبر العقوبات": "",
		"مساعدة اللاجئين في لبنان":     "",
		"وقف إطلاق النار":              "",
		"ما موقف إيران؟":               "",
		"شكرا على المعلومات عن ليبيا":  "",
		"متى؟":            "",
		"السلام في اليمن": "",
		"هل ساعدت تركيا اللاجئين":       "",
		"سلام عليكم ما نتائج المحادثات": "",
		"USA": "",
	} {
		if got := CourtesyOf(text); got != want {
			t.Errorf("CourtesyOf(%q) = %q, want %q", text, got, want)
		}
	}
}
