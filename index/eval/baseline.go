package eval

import (
	"context"
	"fmt"
	"time"

	"mujaz/index"
)

// baseline prints how stock bleve does on the same questions.
func baseline(ctx context.Context, o Options, set *Set) error {
	outcomes, err := askBaseline(ctx, o, set)
	if err != nil {
		return err
	}
	sheet(o.Out, "baseline: stock bleve, ar analyzer", outcomes)
	return nil
}

func askBaseline(ctx context.Context, o Options, set *Set) ([]outcome, error) {
	b, err := index.NewBaseline("")
	if err != nil {
		return nil, fmt.Errorf("eval: baseline: %w", err)
	}
	defer b.Close()
	docs := set.Documents
	if o.Background != "" {
		if docs, err = withBackground(docs, o.Background); err != nil {
			return nil, err
		}
	}
	if err := b.Add(docs); err != nil {
		return nil, fmt.Errorf("eval: baseline: %w", err)
	}
	var outcomes []outcome
	for _, q := range set.Questions {
		began := time.Now()
		refs, err := b.Search(ctx, q.Text, max(o.K, 10))
		if err != nil {
			return nil, fmt.Errorf("eval: baseline: question %s: %w", q.ID, err)
		}
		out := judge(q, Reply{Refs: refs, Confidence: .5})
		out.took = time.Since(began)
		outcomes = append(outcomes, out)
	}
	return outcomes, nil
}
