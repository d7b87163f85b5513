package answer

// The features of a sentence, each about 0..1.
const (
	featShare      = iota // covered part of the question
	featHit               // score of its paragraph against the best paragraph
	featFirstHit          // its paragraph comes first
	featBest              // the index chose it as the best of its paragraph
	featAround            // what the neighbours cover beyond it
	featTitle             // what the title covers
	featByTitle           // what the title covers beyond it
	featWindow            // best share within a few words
	featStart             // share within its first words
	featFirstWord         // the first informative word of the question is met: its verb, mostly
	featKind              // holds the kind of answer wanted
	featNear              // a number beside the noun it is asked of
	featRareNumber        // new number in a question of number or time
	featFigure            // has a figure of the class asked for; below 0: has none
	featNearTime          // a new date near words of the question, in a question of time
	featLife              // dates in brackets behind a name, asked for birth or death
	featOpening           // first sentence of its paragraph
	featPosition          // logarithm of its place in its paragraph
	featStatement         // says or announces, in a position question without a speaker
	featureCount
)

var featureNames = [featureCount]string{
	"share", "hit", "first_hit", "best", "around", "title", "by_title", "window", "start", "first_word", "kind", "near", "rare_number",
	"figure", "near_time", "life", "opening", "position", "statement",
}

// weights is a linear model whose softmax over the sentences of the listed
// excerpts should fall on those that hold the answer, so that differences of
// scores are logarithms of odds. Learned by «mujaz eval arcd -fit-lead
// -fit-sets mlqa,news-dev,news-dev:questions-more.jsonl»; the share of questions whose
// best sentence holds the answer rises from .712 to .740 on arcd (other documents
// than those learned from; .735 when learned on the other sets only), from
// .657 to .676 on news-dev, and stays on mlqa (.534, .544) and on the further
// questions of news-dev (.600, .583). Tried without gain: the share beyond the
// title, pairs in order, the density of matches, the predicate, copula and
// names behind titles of persons, lists, quotations, the length.
var weights = [featureCount]float64{
	featShare: 2.6, featHit: 3.3, featFirstHit: 0.45, featBest: 0.65, featAround: 1.6, featTitle: 3.0, featByTitle: 3.7, featWindow: 2.6,
	featStart: 1.3, featFirstWord: 0.6, featKind: 0.6, featNear: 1.3, featRareNumber: 1.1, featFigure: 0.6, featNearTime: 2.4, featLife: 2.3,
	featOpening: -0.3, featPosition: -0.8, featStatement: 2.0,
}

func (w *writer) score() {
	titles := w.titleCovers()
	for i := range w.sentences {
		s := &w.sentences[i]
		s.features = w.features(i, titles[s.excerpt])
		for f, x := range s.features {
			s.score += weights[f] * x
		}
	}
}
