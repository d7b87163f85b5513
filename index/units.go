package index

// unit is a class of what can stand beside a number; a question that asks for
// one class is not answered by a number of another.
type unit uint8

const (
	noUnit unit = iota
	money
	percent
	age
	duration
	measure
	year
	people
)

var unitWords = map[string]unit{}

var unitAsked = map[string]unit{}

// classed is a class with its words. They stand in slices: of a word that
// stands in two classes the order decides, in every process alike.
type classed struct {
	class unit
	words string
}

func init() {
	for _, c := range []classed{
		{money, `دولار دولارا دولارات دولارين ريال ريالا ريالات ريالين جنيه جنيها جنيهات يورو درهم درهما دراهم دينار دينارا دنانير ليرة ليرات روبل روبلا ين يوان روبية فرنك شيكل سنت سنتا سنتات
			dollar dollars euro euros pound pounds riyal riyals dinar rubles yen $ € £`},
		{percent, `المئة المائة بالمئة بالمائة بالمية المية مئوية نقطة نقاط percent % بالمئه بالمائه`},
		{age, `عام عاما عامين سنة سنوات أعوام شهر شهرا أشهر العمر عمره عمرها عمر years old aged year`},
		{duration, `عام عاما عامين سنة سنوات أعوام شهر شهرا أشهر شهرين يوم يوما أيام يومين أسبوع أسابيع أسبوعين ساعة ساعات ساعتين دقيقة دقائق years months days weeks hours minutes day week month`},
		{measure, `كيلومتر كيلومترا كيلومترات كلم كم متر مترا أمتار ميل ميلا أميال طن طنا أطنان كيلوغرام كيلوغراما كغم غرام برميل برميلا لتر لترا درجة درجات هكتار فدان قدم مربع مكعب ميغاواط km kilometers miles tons tonnes barrels meters metres degrees kg`},
		{people, persons},
	} {
		for w := range folded(c.words) {
			if unitWords[w] == noUnit {
				unitWords[w] = c.class
			}
		}
	}
	for w := range folded(`عام عاما عامين سنة سنوات أعوام شهر شهرا أشهر years old`) {
		unitWords[w] = age
	}
	for _, c := range []classed{
		{money, `سعر السعر أسعار ثمن تكلفة كلفة تكاليف قيمة مبلغ راتب رواتب أجر ميزانية ديون خسائر أرباح إيرادات صفقة بكم تكلف كلفت يكلف كلف دفع دفعت غرامة فدية المال فلوس تبرع تبرعت ثروة قرض
			كسب كسبت يكسب تكسب ربح ربحت خسر خسرت تخسر يخسر خسارة غرم غرمت غرموا صرف صرفت ينفق تنفق أنفق أنفقت إنفاق استثمر يستثمر تستثمر استثمار مكافأة
			fined fee earn earns earned lose lost cost costs price pay paid paying worth money salary fine revenue profit budget ransom loan debt spend spent`},
		{percent, `نسبة النسبة معدل حصة percentage percent share rate proportion`},
		{age, `عمر عمره عمرها سن العمر السن old age aged`},
		{duration, `مدة المدة استمر استمرت تستمر يستمر دامت ستدوم تدوم دام لمدة long last lasted duration`},
		{measure, `مسافة طول ارتفاع مساحة وزن وزنه وزنها تزن يزن عمق سرعة حرارة كمية يبعد تبعد distance far tall weight area deep high`},
		{year, `عام سنة العام السنة year`},
	} {
		for w := range folded(c.words) {
			unitAsked[w] = c.class
		}
	}
}

// unitOf reads which class of figure a question asks for.
func unitOf(want Want, all []*word) unit {
	for i, w := range all {
		class, ok := unitAsked[w.folded]
		if !ok {
			continue
		}
		switch asked := want == WantNumber || i > 0 && askWhich[all[i-1].folded]; {
		case class == year:
			if want == WantTime {
				return year
			}
		case asked, class == money && want == WantAny && i < 5:
			return class
		}
	}
	if want == WantNumber && countsPeople(all) {
		return people
	}
	return noUnit
}

// hasUnit tells whether the best sentence has a number of the class asked for.
func (k *ranker) hasUnit(c *view) float64 {
	tokens := c.p.tokens
	for i, t := range tokens {
		if int(t.sentence) != c.sentence || t.w.flags&isNumber == 0 || k.asked(t.w) {
			continue
		}
		if k.r.unit == year {
			if t.w.flags&isDigits != 0 && t.w.flags&isMonth != 0 {
				return 1
			}
			continue
		}
		for j := max(0, i-1); j < min(len(tokens), i+5); j++ {
			if unitWords[tokens[j].w.folded] == k.r.unit || k.r.unit == duration && unitWords[tokens[j].w.folded] == age {
				return 1
			}
		}
	}
	return 0
}
