package index

import "strings"

// wanted reads the kind of answer from the question words.
func wanted(opening []string) Want {
	for i, w := range opening {
		next := ""
		if i+1 < len(opening) {
			next = opening[i+1]
		}
		if want, ok := wantWords[w]; ok && (i < 6 || i > len(opening)-3) {
			return want
		}
		if w == "how" {
			if next == "many" || next == "much" || next == "long" || next == "old" || next == "far" {
				return WantNumber
			}
			return WantManner
		}
		if w == "ما" && (next == "وراء" || next == "الذي" && i+2 < len(opening) && causing[opening[i+2]]) {
			return WantCause
		}
		if askWhich[w] {
			if want, ok := wantNouns[strings.TrimPrefix(next, "ال")]; ok {
				return want
			}
		}
	}
	return WantAny
}

var askWhich = folded("أي أية بأي في ما ماهو ماهي هو هي ماهى which what كم the whats")

// causing are verbs that ask for a cause behind «ما الذي».
var causing = folded("أشعل أدى دفع سبب يعرقل عرقل منع يمنع حال يعيق أعاق جعل يجعل أثار يقف أعاد أجبر حمل حدا")

var wantWords = map[string]Want{}

var wantNouns = map[string]Want{}

func init() {
	for want, text := range map[Want]string{
		WantTime: "متى ومتى فمتى when", WantNumber: "كم وكم بكم فكم", WantPlace: "أين وأين فأين لأين where",
		WantPerson: "من ومن لمن منذا who whom whose", WantCause: "لماذا لم ولماذا فلماذا لما why", WantManner: "كيف وكيف فكيف",
	} {
		for w := range folded(text) {
			wantWords[w] = want
		}
	}
	for want, text := range map[Want]string{
		WantTime:   "عام سنة يوم شهر تاريخ موعد متى ساعة قرن year day date month time",
		WantNumber: "عدد نسبة حجم قيمة مبلغ كمية تكلفة سعر معدل عمر ثمن مساحة طول وزن ارتفاع حصيلة نتيجة percentage number amount price cost age",
		WantPlace:  "مدينة دولة بلد منطقة مكان محافظة قارة ولاية قرية عاصمة city country place province region state town capital village hotel mosque street airport island",
		WantCause:  "سبب أسباب اسباب دافع دوافع مبرر مبررات ذريعة حجة علة خلفيات reason cause causes motive",
		WantPerson: "اسم مؤلف مؤسس رئيس قائد مخترع",
	} {
		for w := range folded(text) {
			wantNouns[w] = want
		}
	}
}

// findFocus marks the noun that is counted or chosen: what stands behind the
// question word, or behind عدد, نسبة …
func (r *reading) findFocus(all []*word, at []int) {
	for i, w := range all {
		_, noun := wantNouns[strings.TrimPrefix(w.folded, "ال")]
		switch {
		case i > 5 && !noun:
		case w.flags&isLatin != 0 && (asksFor[w.folded] || w.folded == "many" || w.folded == "much"):
			r.focusEnglish(all, at, i)
		case w.folded == "كم" || w.folded == "وكم" || choosing[w.folded]:
			r.focusBehind(all, at, i, 1)
			r.chosen = r.chosen || choosing[w.folded]
		case noun:
			if at[i] >= 0 {
				r.mark(at[i], .7)
			}
			r.focusBehind(all, at, i, 2)
		case asksFor[w.folded] && i < 4:
			r.focusBehind(all, at, i, 1)
		}
	}
}

// focusBehind marks the next terms.
func (r *reading) focusBehind(all []*word, at []int, i, reach int) {
	for j := i + 1; j < len(all) && j <= i+4 && reach > 0; j++ {
		if at[j] >= 0 {
			r.mark(at[j], 1)
			reach--
		}
	}
}

// focusEnglish marks the noun phrase up to the auxiliary verb, its last word
// most: "which Mogadishu hotel did".
func (r *reading) focusEnglish(all []*word, at []int, i int) {
	last := -1
	for j := i + 1; j < len(all) && j <= i+4 && all[j].flags&isStop == 0; j++ {
		if at[j] < 0 || strings.HasSuffix(all[j].folded, "ed") && j > i+1 {
			break
		}
		r.mark(at[j], .4)
		last = j
		if want, ok := wantNouns[all[j].folded]; ok && r.want == WantAny {
			r.want = want
		}
	}
	if last >= 0 {
		r.mark(at[last], 1)
		r.chosen = r.chosen || all[i].folded == "which" || all[i].folded == "what"
	}
}

// choosing are the words that ask for one of a kind, whose name then stands
// beside the kind.
var choosing = folded("أي أية بأي لأي وأي")

func (r *reading) mark(term int, share float64) { r.focus[term] = max(r.focus[term], share) }

var asksFor = folded("أي أية بأي لأي وأي ما ماهو ماهي ماهى من which what whose who")

// findSpeaker reads whose statement or position is asked for, where the caller
// did not say: the words behind the verb or noun of saying.
func (r *reading) findSpeaker(all []*word) {
	for i, w := range all {
		if !asksStatement[w.folded] && (w.flags&isSay == 0 || i == 0) {
			continue
		}
		if !r.asksWhat() {
			return
		}
		if r.want == WantAny {
			r.want = WantPosition
		}
		for j := i + 1; j < len(all) && j <= i+4 && len(r.speaker) < 3; j++ {
			if all[j].flags&isStop != 0 {
				break
			}
			r.speaker = append(r.speaker, all[j])
		}
		return
	}
}

// asksFuture reports a question about what will be.
func asksFuture(all []*word) bool {
	for _, w := range all {
		if w.flags&isFuture != 0 {
			return true
		}
	}
	return false
}

// asksWhat reports a question that can ask for a statement.
func (r *reading) asksWhat() bool {
	for _, w := range r.opening[:min(3, len(r.opening))] {
		if asksStatements[w] {
			return true
		}
	}
	return false
}

var (
	asksStatements = folded("ما ماذا بماذا بم كيف ماهو ماهي أي عم عما what how")
	asksStatement  = folded(`رأي موقف تعليق رد تصريح تصريحات تعقيب موقف قول وصف وصفت علق علقت اتهم اتهمت حذر حذرت طالب طالبت دعا دعت هدد هددت نفى نفت رد ردت برر بررت اعتبر اعتبرت توقع توقعت
		say said says comment think position opinion reaction describe respond warn accuse demand`)
)
