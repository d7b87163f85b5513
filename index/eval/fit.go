package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"mujaz/index"
)

// signalled is one question for the no-answer model.
type signalled struct {
	set     int
	signals map[string]float64
	right   bool
}

// fit learns weights from all FitSets, reports figures of each set with
// weights learned on the others, and writes the file.
func fit(ctx context.Context, o Options) error {
	sets, err := o.sets()
	if err != nil {
		return err
	}
	if len(sets) < 2 {
		return errors.New("eval: learning needs another set beside the first, see -fit-sets")
	}
	var names []string
	var examples []example
	var signals []signalled
	for i, set := range sets {
		names = append(names, set.Name)
		more, said, err := collect(ctx, o, set, i)
		if err != nil {
			return err
		}
		examples, signals = append(examples, more...), append(signals, said...)
	}
	if err := leaveOut(ctx, o, sets, examples); err != nil {
		return err
	}
	w := &index.Weights{Date: time.Now().Format(time.DateOnly), Sets: names, Ranking: named(learn(examples, -1)), Answer: learnAnswer(signals)}
	return write(o, w)
}

// collect asks a set for the candidates of every question.
func collect(ctx context.Context, o Options, set *Set, number int) ([]example, []signalled, error) {
	x, err := build(ctx, o, set)
	if err != nil {
		return nil, nil, err
	}
	defer x.Close()
	var examples []example
	var said []signalled
	weight := setSize / float64(len(set.Questions))
	for _, q := range set.Questions {
		list, signals, err := x.Candidates(ctx, query(o, q.Text, 0))
		if err != nil {
			return nil, nil, fmt.Errorf("eval: question %s: %w", q.ID, err)
		}
		e := example{set: number, kind: q.Type, weight: weight}
		right := false
		for i, c := range list {
			gold := q.isGold(c.Ref)
			right = right || gold && i < 3
			e.gold, e.values = append(e.gold, gold), append(e.values, c.Values)
		}
		if q.Answerable() {
			examples = append(examples, e)
		}
		said = append(said, signalled{number, signals, right && q.Answerable()})
	}
	return examples, said, nil
}

// write puts what was learned into the file of Options, or prints it.
func write(o Options, learned any) error {
	data, err := json.MarshalIndent(learned, "", "  ")
	if err != nil {
		return fmt.Errorf("eval: %w", err)
	}
	if o.FitOut == "" {
		_, err = fmt.Fprintf(o.Out, "%s\n", data)
		return err
	}
	if err := os.WriteFile(o.FitOut, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("eval: %w", err)
	}
	return nil
}
