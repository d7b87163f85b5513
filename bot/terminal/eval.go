package terminal

import (
	"context"
	"strings"

	"mujaz/corpus/lexicon"
	"mujaz/index/eval"
)

func runEval(ctx context.Context, p *Program, args []string) error {
	o := eval.Options{Log: p.Log, Out: p.Out}
	var without, fitSets string
	f := p.flags("eval")
	f.StringVar(&o.QuestionsFile, "questions", "", "another file of questions over the same documents")
	f.StringVar(&without, "without", "", "ingredients to leave out, separated by commas: lexicon, concepts, skeleton, corrections, transliteration, or a feature that -explain names")
	f.BoolVar(&o.Baseline, "baseline", false, "measure the stock bleve Arabic analyzer beside it")
	f.BoolVar(&o.Failures, "failures", false, "list the questions whose paragraph is not first")
	f.BoolVar(&o.Explain, "explain", false, "with -failures: what the scores are made of")
	f.StringVar(&o.Background, "background", "", "file of more documents that nobody asks about")
	f.BoolVar(&o.Fit, "fit", false, "learn the weights of the second stage from this set and those of -fit-sets")
	f.BoolVar(&o.FitLead, "fit-lead", false, "learn which sentence leads a reply from this set and those of -fit-sets")
	f.BoolVar(&o.FitConfidence, "fit-confidence", false, "learn from the same sets when a question is answered at all")
	f.StringVar(&fitSets, "fit-sets", "", "more sets to learn from, DIR or DIR:QUESTIONS, separated by commas")
	f.StringVar(&o.FitOut, "fit-out", "", "file to write the learned weights to")
	f.BoolVar(&o.Table, "table", false, "print what each ingredient adds, on this set and those of -fit-sets")
	f.BoolVar(&o.Direct, "direct", false, "ask the index alone, without choosing sentences")
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return wrongUse("eval needs the folder of a judged set.")
	}
	o.Dir, o.Without, o.FitSets = rest[0], fields(without), fields(fitSets)
	return p.evaluate(ctx, o)
}

func (p *Program) evaluate(ctx context.Context, o eval.Options) error {
	l, problems, err := lexicon.Load(additions(p.Config.DataDir))
	if err != nil {
		return err
	}
	for _, problem := range problems {
		p.Say("%s", problem)
	}
	o.Lexicon = l
	return eval.Run(ctx, o)
}

func fields(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
