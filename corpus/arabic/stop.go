package arabic

import "strings"

// set makes a look-up table of the words in text, folded. Keeping the lists in
// ordinary spelling makes them readable; folding makes every entry a fixed
// point of Fold.
func set(text string) map[string]struct{} {
	m := map[string]struct{}{}
	for _, w := range strings.Fields(text) {
		m[Fold(w)] = struct{}{}
	}
	return m
}

func has(m map[string]struct{}, w string) bool {
	_, ok := m[w]
	return ok
}

// IsStop reports function words of standard Arabic and English: they join
// other words and say nothing about the subject. Question words are no stop
// words, see IsQuestionWord.
func IsStop(folded string) bool { return has(stops, folded) }

// IsQuestionWord reports words that ask: they tell what kind of answer is
// wanted, not what it is about.
func IsQuestionWord(folded string) bool { return has(questionWords, folded) }

var questionWords = set(`
	ما ماذا ماهو ماهي ماهى ماهم من منذا لمن ممن بمن عمن ومن وما وماذا وهل ومتى وأين وكيف وكم ولماذا فهل فمتى فأين فكيف فلماذا
	متى أين لأين كيف كم بكم وكم لماذا لم لمذا لما أي أية بأي لأي وأي وأية بأية لأية فأي هل أهل أيهما أيهم أيها أيهن أنى أيان علام إلام عم عما بم بماذا لماذ
	who whom whose what when where why which how
`)

var stops = set(`
	في من إلى الى على عن مع منذ مذ حتى خلال عبر نحو لدى لدي عند بين ضد دون بدون فوق تحت أمام خلف وراء حول ضمن وسط داخل خارج قبل بعد أثناء بسبب رغم حسب وفق وفقا
	و ف ب ل ك ثم أو أم أما إما بل لكن لكنه لكنها ولكن غير سوى إلا فقط أيضا كذلك كما مثل مثلما حيث حين حينما عندما بينما كلما لما لو لولا إذا إذ إن أن إنه إنها أنه أنها أنهم إنهم بأن بأنه بأنها لأن لأنه لأنها كأن كأنه وأن وإن فإن فإنه فإنها
	لا لم لن ليس ليست ليسوا قد لقد فقد وقد سوف كان كانت كانوا يكون تكون يكونوا كن كون وكان وكانت يكن تكن
	هو هي هم هن هما أنا نحن أنت أنتم إياه وهو وهي وهم فهو فهي
	هذا هذه هذان هاتان هؤلاء ذلك تلك أولئك ذاك تلكم هنا هناك هنالك وهذا وهذه وذلك وتلك بهذا بهذه لهذا لهذه كهذا بذلك لذلك كذلك
	الذي التي اللذان اللتان الذين اللاتي اللواتي والذي والتي والذين بالذي
	به بها بهم بهما له لها لهم لهما لي لنا لك لكم منه منها منهم منهما عنه عنها عنهم فيه فيها فيهم فيهما عليه عليها عليهم إليه إليها إليهم معه معها معهم لديه لديها لديهم بينهم بينهما بينها عنده
	ومن وفي وعلى وعن ومع وإلى والى وحتى وبعد وقبل وبين ولا ولم ولن وما وليس وإذا وإلا ولو وثم وكما وكل وبعض وهناك وحيث وله ولها ولهم وفيه وفيها وبه وبها ومنها ومنه
	كل كلا كلتا جميع بعض أي بعضهم كلها كله كافة نفس نفسه نفسها ذات ذاته ذاتها عدة عديد أحد إحدى
	يا أيها نعم كلا بلى أجل إي هيا
	the a an of in on at to for from by with about into over after before and or but if is are was were be been being do does did has have had it its this that these those there their his her he she they them we you i not as than then also will would can could may might should
`)
