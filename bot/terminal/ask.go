package terminal

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/index"
	"mujaz/index/answer"
)

// asker answers questions and tells how.
type asker struct {
	*answer.Answerer
	index *index.Index
}

// askOptions are the flags of `mujaz ask`.
type askOptions struct {
	asJSON  bool
	explain bool
	ask     answer.Ask
}

func runAsk(ctx context.Context, p *Program, args []string) error {
	f := p.flags("ask")
	var o askOptions
	f.BoolVar(&o.asJSON, "json", false, "print one JSON object a line")
	f.IntVar(&o.ask.K, "k", 3, "excerpts per reply, 1 to 50")
	f.StringVar(&o.ask.Language, "lang", "", "language of the reply: ar or en (default: that of the question)")
	f.BoolVar(&o.ask.Exact, "exact", false, "search the typed words only")
	f.BoolVar(&o.explain, "explain", false, "print what every word met and what the scores are made of")
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	o.ask.Today = p.today()
	r, err := p.Open(ctx, Reading)
	if err != nil {
		return err
	}
	defer r.Close()
	a := asker{r.Answerer, r.Index}
	if len(rest) > 0 {
		return p.reply(ctx, a, strings.Join(rest, " "), o)
	}
	return p.replyEach(ctx, a, o)
}

// most excerpts that one reply may be asked for.
const mostExcerpts = 50

func (o askOptions) check() error {
	if o.ask.K < 1 || o.ask.K > mostExcerpts {
		return wrongUse("-k must be between 1 and %d.", mostExcerpts)
	}
	if l := o.ask.Language; l != "" && l != "ar" && l != "en" {
		return wrongUse("-lang must be ar or en.")
	}
	return nil
}

// replyEach answers the lines of standard input in order. Replies are flushed
// one by one: whoever writes a question may be waiting for its reply.
func (p *Program) replyEach(ctx context.Context, a asker, o askOptions) error {
	if p.Typed {
		p.Say("One question a line; end with Ctrl-D.")
	}
	in := bufio.NewReaderSize(p.In, 1<<16)
	for {
		line, tooLong, err := readLine(in)
		if tooLong {
			line = []byte(strings.Repeat("…", 2)) // no question is that long: answered as gibberish
		}
		if len(line) > 0 || err == nil {
			if replyErr := p.reply(ctx, a, strings.TrimRight(string(line), "\r\n"), o); replyErr != nil {
				return replyErr
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (p *Program) reply(ctx context.Context, a asker, question string, o askOptions) error {
	found, err := a.Ask(ctx, strings.ToValidUTF8(question, "\uFFFD"), o.ask)
	if err != nil {
		return err
	}
	if o.ask.Language != "" {
		found.Language = o.ask.Language
	}
	if o.asJSON {
		enc := json.NewEncoder(p.Out)
		enc.SetEscapeHTML(false)
		return enc.Encode(encode(found, o.ask.K))
	}
	if _, err = fmt.Fprintf(p.Out, "%s\n\n", p.plain(found)); err != nil || !o.explain {
		return err
	}
	return p.explain(ctx, a, question, o.ask)
}

// plain is the reply as a person reads it on a terminal.
func (p *Program) plain(a answer.Answer) string {
	phrases := phrase.For(a.Language, phrase.Options{})
	m := bot.Compose(a, bot.View{Phrases: phrases, Form: bot.Full})
	return message.Plain(m, message.PlainOptions{ANSI: p.Colour, Width: p.Width})
}
