package eval

import (
	"context"
	"fmt"
	"time"

	"mujaz/index"
)

// baseline measures stock bleve on the same questions.
func baseline(ctx context.Context, o Options, set *Set) error {
	b, err := index.NewBaseline("")
	if err != nil {
		return fmt.Errorf("eval: baseline: %w", err)
	}
	defer b.Close()
	docs := set.Documents
	if o.Background != "" {
		if docs, err = withBackground(docs, o.Background); err != nil {
			return err
		}
	}
	if err := b.Add(docs); err != nil {
		return fmt.Errorf("eval: baseline: %w", err)
	}
	var outcomes []outcome
	for _, q := range set.Questions {
		began := time.Now()
		refs, err := b.Search(ctx, q.Text, o.K)
		if err != nil {
			return fmt.Errorf("eval: baseline: question %s: %w", q.ID, err)
		}
		out := judge(q, Reply{Refs: refs, Confidence: .5})
		out.took = time.Since(began)
		outcomes = append(outcomes, out)
	}
	sheet(o.Out, "baseline: stock bleve, ar analyzer", outcomes)
	return nil
}
