package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"mujaz/bot/message"
	"mujaz/corpus/arabic"
	"mujaz/corpus/lexicon"
	"mujaz/corpus/store"
)

// registerSynonyms: /synonym add|remove|list. The lexicon follows the store,
// so that a change counts for the next question.
func (a *Admins) registerSynonyms() {
	a.b.Command(Command{Name: "synonym", Rights: Admin, Menu: CorpusAdmins, Do: a.synonym})
}

func (a *Admins) synonym(ctx context.Context, t *Talk) error {
	verb, rest := cutWord(t.Args)
	switch {
	case t.Args == "", isVerb(t, "list", verb):
		return a.listSynonyms(ctx, t)
	case isVerb(t, "add", verb):
		return a.addSynonym(ctx, t, rest)
	case isVerb(t, "remove", verb):
		return a.removeSynonym(ctx, t, rest)
	case strings.ContainsAny(t.Args, "=|"):
		return a.addSynonym(ctx, t, t.Args)
	}
	return t.Say(ctx, "synonym.usage")
}

// synonymLine writes «هدنة = تهدئة = truce» as a line of the lexicon. A line in
// the lexicon's own format is taken as it is.
func synonymLine(s string) (lexicon.Line, error) {
	if strings.Contains(s, "\t") {
		return lexicon.ParseLine(s)
	}
	var arabicTerms, english []string
	for _, term := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("=|،؛;\n", r) }) {
		term = oneLine(term)
		switch {
		case term == "":
		case isLatin(term):
			english = append(english, term)
		default:
			arabicTerms = append(arabicTerms, term)
		}
	}
	return lexicon.ParseLine("syn\t" + strings.Join(arabicTerms, "|") + "\t" + strings.Join(english, "|") + "\t")
}

func isLatin(s string) bool {
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return true
		}
	}
	return false
}

// lineProblems name the phrase for what is wrong with a line.
var lineProblems = []struct {
	err error
	key string
}{
	{lexicon.ErrTerms, "synonym.two_terms"},
	{lexicon.ErrShort, "synonym.short"},
}

func (a *Admins) addSynonym(ctx context.Context, t *Talk, args string) error {
	if units(args) > 500 {
		return t.Say(ctx, "synonym.too_long")
	}
	line, err := synonymLine(args)
	if err != nil {
		for _, p := range lineProblems {
			if errors.Is(err, p.err) {
				return t.Say(ctx, p.key)
			}
		}
		return t.Say(ctx, "synonym.usage")
	}
	added, err := a.b.o.Store.AddSynonym(ctx, line.String(), t.Actor())
	if err != nil {
		return err
	}
	if !added {
		return t.Say(ctx, "synonym.already")
	}
	return t.Say(ctx, "synonym.added", termsOf(line))
}

func termsOf(l lexicon.Line) string {
	var terms []string
	for _, term := range l.Terms() {
		terms = append(terms, message.Isolate(term.Text))
	}
	return strings.Join(terms, " = ")
}

// listSynonyms shows the lines with the numbers by which they are removed.
func (a *Admins) listSynonyms(ctx context.Context, t *Talk) error {
	list, err := a.b.o.Store.Synonyms(ctx)
	if err != nil {
		return err
	}
	m := message.Message{Blocks: []message.Block{heading(t.P.T("synonym.heading"))}}
	for i, s := range list {
		terms := s.Line
		if line, err := lexicon.ParseLine(s.Line); err == nil {
			terms = termsOf(line)
		}
		m.Blocks = append(m.Blocks, message.Text(t.P.Number(i+1)+". "+terms))
	}
	if len(list) == 0 {
		m.Blocks = append(m.Blocks, message.Text(t.P.T("synonym.empty")))
	}
	m.Blocks = append(m.Blocks, lines(t.P.T("synonym.usage"))...)
	_, err = t.Reply(ctx, m)
	return err
}

// removeSynonym takes the number in the list, or one of the words.
func (a *Admins) removeSynonym(ctx context.Context, t *Talk, args string) error {
	list, err := a.b.o.Store.Synonyms(ctx)
	if err != nil {
		return err
	}
	s, ok := chosenSynonym(list, args)
	if !ok {
		return t.Say(ctx, "synonym.none")
	}
	err = a.b.o.Store.RemoveSynonym(ctx, s.ID, t.Actor())
	if errors.Is(err, store.ErrNotFound) {
		return t.Say(ctx, "synonym.none")
	}
	if err != nil {
		return err
	}
	return t.Say(ctx, "synonym.removed")
}

func chosenSynonym(list []store.Synonym, args string) (store.Synonym, bool) {
	if n, err := strconv.Atoi(arabic.WesternDigits(strings.TrimSpace(args))); err == nil {
		if n < 1 || n > len(list) {
			return store.Synonym{}, false
		}
		return list[n-1], true
	}
	for _, s := range list {
		line, err := lexicon.ParseLine(s.Line)
		if err != nil {
			continue
		}
		for _, term := range line.Terms() {
			if args != "" && wordKey(term.Text) == wordKey(args) {
				return s, true
			}
		}
	}
	return store.Synonym{}, false
}
