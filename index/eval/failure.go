package eval

import (
	"context"
	"fmt"
	"strings"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
	"mujaz/index"
)

// holds reports whether a text contains one of the answers, whatever marks and
// letter forms it is written with.
func holds(text string, answers []string) bool {
	text = squeeze(text)
	for _, a := range answers {
		if a = squeeze(a); a != "" && strings.Contains(text, a) {
			return true
		}
	}
	return false
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(arabic.Fold(s)), " ")
}

func textsOf(docs []corpus.Document) map[corpus.Ref]string {
	texts := map[corpus.Ref]string{}
	for _, d := range docs {
		for _, p := range d.Paragraphs() {
			texts[p.Ref] = p.Text
		}
	}
	return texts
}

// failure prints why another paragraph came before the gold one.
func failure(ctx context.Context, o Options, x *index.Index, q Question, out outcome, texts map[corpus.Ref]string) error {
	asked := query(o, q.Text, 100)
	asked.Explain = true
	res, err := x.Search(ctx, asked)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.Out, "%s [%s] %s\n  answers %q, gold %v, rank %d, article first %v\n", q.ID, q.Type, q.Text, q.Answers, q.Gold, out.rank, out.article)
	if len(res.Hits) == 0 {
		fmt.Fprintln(o.Out, "  nothing found")
		return nil
	}
	explain(o, "first", res.Hits[0])
	for i, h := range res.Hits {
		if q.isGold(h.Ref) {
			explain(o, fmt.Sprintf("gold at %d", i+1), h)
			return nil
		}
	}
	fmt.Fprintf(o.Out, "  gold is no candidate: %s\n", texts[q.Gold[0]])
	return nil
}

func explain(o Options, name string, h index.Hit) {
	fmt.Fprintf(o.Out, "  %s %s/%d %.2f «%s» %s\n", name, h.Ref.Document, h.Ref.Paragraph, h.Score, h.Title, h.Text)
	if !o.Explain {
		return
	}
	fmt.Fprintln(o.Out, "    "+strings.ReplaceAll(h.Explanation(), "\n", "\n    "))
}
