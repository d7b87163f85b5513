package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

// maxInput is how much of a file or of standard input is read, in bytes: one
// more than a document may have, so that a larger one is noticed.
const maxInput = 20<<20 + 1

// signedFirst is how many documents that were imported are made comparable
// before one is added, in about two seconds; a running serve does the rest.
const signedFirst = 1000

// addOptions are the flags of `mujaz add`.
type addOptions struct {
	yes   bool
	lang  string
	given ingest.Given
}

// runAdd previews documents and publishes them: at once with -yes, after a
// question on a terminal, and otherwise not at all, with exit code 1. Standard
// input that holds the document cannot hold the answer too.
func runAdd(ctx context.Context, p *Program, args []string) error {
	f := p.flags("add")
	var o addOptions
	f.BoolVar(&o.yes, "yes", false, "publish without asking")
	f.StringVar(&o.lang, "lang", "", "language of the preview: ar or en (default: DEFAULT_LANGUAGE)")
	f.StringVar(&o.given.Title, "title", "", "the title, instead of the one that is found")
	f.StringVar(&o.given.Source, "source", "", "the source, instead of the one that is found")
	f.StringVar(&o.given.Date, "date", "", "the date, instead of the one that is found")
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return wrongUse("add needs a file, a link, or - for standard input.")
	}
	if o.given.Date != "" {
		date, ok := ingest.ParseDate(o.given.Date)
		if !ok {
			return wrongUse("-date must be a day such as 2025-03-18.")
		}
		o.given.Date = date
	}
	return p.addAll(ctx, rest, o)
}

func (p *Program) addAll(ctx context.Context, inputs []string, o addOptions) error {
	s, _, err := p.OpenStore(ctx, Writing)
	if err != nil {
		return err
	}
	r := &Rooms{Store: s}
	defer r.Close()
	a := NewAdding(p, s)
	defer a.Fetcher.Close()
	if err := a.SignAll(ctx, signedFirst); err != nil {
		return err
	}
	var failed error
	for _, input := range inputs {
		if err := p.addOne(ctx, a, input, o); errors.Is(err, errReported) {
			failed = err
		} else if err != nil {
			p.Say("%s: %s", oneLine(input), p.refusal(o, err))
			failed = errReported
		}
	}
	return errors.Join(failed, p.follow(ctx, r))
}

// NewAdding makes what reads documents for chats and for the terminal: with
// the address guard, and the compiled PDF engine kept in the data folder.
func NewAdding(p *Program, s *store.Store) *bot.Adding {
	limits := ingest.Limits{Cache: filepath.Join(p.Config.DataDir, "cache", "pdf")}
	return &bot.Adding{Store: s, Fetcher: &ingest.Fetcher{Limits: limits}, Limits: limits}
}

func (p *Program) phrases(o addOptions) phrase.Phrases {
	return phrase.For(phrase.Language(o.lang, p.Config.Language), phrase.Options{})
}

func (p *Program) refusal(o addOptions, err error) string {
	if text, ok := bot.Refusal(p.phrases(o), err); ok {
		return text
	}
	return Explain(err)
}

// addOne previews one input and publishes it when it may.
func (p *Program) addOne(ctx context.Context, a *bot.Adding, input string, o addOptions) error {
	d, err := p.draft(ctx, a, input)
	if err != nil {
		return err
	}
	if o.given != (ingest.Given{}) {
		if d, err = a.Check(ctx, d.With(o.given)); err != nil {
			return err
		}
	}
	fmt.Fprintln(p.Out, message.Plain(bot.Preview(p.phrases(o), d), message.PlainOptions{ANSI: p.Colour, Width: p.Width}))
	switch asked := p.Typed && input != "-"; {
	case o.yes:
	case !asked && doubtful(d): // nobody can be asked: a script must learn that nothing was stored
		p.Say("Not published: look at the warnings above. Add -yes to publish all the same.")
		return errReported
	case asked && !p.confirm():
		p.Say("Not published.")
		return nil
	}
	published, err := a.Publish(ctx, d, operator)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "%s %s\n", published.Result, published.ID)
	return nil
}

// doubtful reports a warning that an editor should decide about: without one,
// and with nobody to ask, the document is published.
func doubtful(d ingest.Draft) bool {
	return slices.ContainsFunc(d.Warnings, func(w ingest.Warning) bool {
		switch w.Kind {
		case ingest.WarnSplit, ingest.WarnCharset, ingest.WarnExtension:
			return false
		}
		return true
	})
}

func (p *Program) draft(ctx context.Context, a *bot.Adding, input string) (ingest.Draft, error) {
	if ingest.IsLink(input) {
		return a.Link(ctx, input)
	}
	data, err := p.read(input)
	if err != nil {
		return ingest.Draft{}, err
	}
	name := filepath.Base(input)
	if input == "-" {
		name = ""
	}
	return a.File(ctx, name, "", data)
}

func (p *Program) read(input string) ([]byte, error) {
	if input == "-" {
		return io.ReadAll(io.LimitReader(p.In, maxInput))
	}
	f, err := os.Open(input)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	return io.ReadAll(io.LimitReader(f, maxInput))
}

// confirm asks on the terminal.
func (p *Program) confirm() bool {
	fmt.Fprint(p.Err, "Publish? [y/N] ")
	line, err := bufio.NewReader(p.In).ReadString('\n')
	if err != nil && line == "" {
		return false
	}
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes" || answer == "ن" || answer == "نعم"
}
