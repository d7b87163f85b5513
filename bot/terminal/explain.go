package terminal

import (
	"context"
	"fmt"

	"mujaz/index"
	"mujaz/index/answer"
)

// explain prints the words and scores of the best paragraphs as the index ranks
// them.
func (p *Program) explain(ctx context.Context, a asker, question string, o answer.Ask) error {
	q := answer.Read(question, o.Today, nil)
	r, err := a.index.Search(ctx, index.Query{
		Text: question, Language: q.Language, Want: q.Want, Speaker: q.Speaker, From: q.From, To: q.To,
		Exact: o.Exact, K: o.K, Explain: true,
	})
	if err != nil {
		return err
	}
	for _, u := range r.Understood {
		fmt.Fprintf(p.Out, "%s → %s (%s)\n", u.Typed, u.As, u.How)
	}
	for n, h := range r.Hits {
		fmt.Fprintf(p.Out, "%d. %s/%d %.2f\n%s\n", n+1, h.Ref.Document, h.Ref.Paragraph, h.Score, h.Explanation())
	}
	_, err = fmt.Fprintln(p.Out)
	return err
}
