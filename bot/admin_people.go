package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"mujaz/bot/message"
	"mujaz/corpus/arabic"
	"mujaz/corpus/store"
)

// registerAdmins: /admin add|remove|list, for owners.
func (a *Admins) registerAdmins() {
	a.b.Command(Command{Name: "admin", Rights: Owner, Menu: CorpusAdmins, Do: a.admin})
}

func (a *Admins) admin(ctx context.Context, t *Talk) error {
	verb, rest := cutWord(t.Args)
	switch {
	case isVerb(t, "add", verb):
		return a.addAdmin(ctx, t, rest)
	case isVerb(t, "remove", verb):
		return a.removeAdmin(ctx, t, rest)
	case verb == "", isVerb(t, "list", verb):
		return a.listAdmins(ctx, t)
	}
	return t.Say(ctx, "admin.usage")
}

// cutWord takes the first word off.
func cutWord(s string) (word, rest string) {
	word, rest, _ = strings.Cut(strings.TrimSpace(s), " ")
	return word, strings.TrimSpace(rest)
}

// isVerb compares a word with the English verb and the words that the phrases
// give for it in either language.
func isVerb(t *Talk, verb, word string) bool {
	if strings.EqualFold(verb, word) {
		return true
	}
	for w := range strings.SplitSeq(t.P.T("verb."+verb), "|") {
		if wordKey(w) == wordKey(word) && word != "" {
			return true
		}
	}
	return false
}

// person reads a user id from the arguments; what follows it is a name.
func person(args string) (id int64, name string, ok bool) {
	word, name := cutWord(arabic.WesternDigits(args))
	id, err := strconv.ParseInt(word, 10, 64)
	return id, shorten(oneLine(name), 64), err == nil && id > 0
}

// personOf is who the arguments name, or else who wrote the message, or the
// original of the forwarded message, that is replied to.
func personOf(t *Talk, args string) (id int64, name string, ok bool) {
	if id, name, ok = person(args); ok || t.ReplyTo == nil {
		return id, name, ok
	}
	id, name = t.ReplyTo.User, shorten(oneLine(args), 64)
	if o := t.ReplyTo.Origin; o != nil {
		if id = o.User; name == "" {
			name = shorten(oneLine(o.Title), 64)
		}
	}
	return id, name, id > 0 && !t.ReplyTo.FromBot
}

func (a *Admins) addAdmin(ctx context.Context, t *Talk, args string) error {
	id, name, ok := personOf(t, args)
	if !ok {
		return t.Say(ctx, "admin.usage")
	}
	rights, err := a.b.CorpusRights(ctx, id)
	if err != nil {
		return err
	}
	if rights == Owner {
		return t.Say(ctx, "admin.is_owner", strconv.FormatInt(id, 10))
	}
	added, err := a.b.o.Store.AddAdmin(ctx, id, name, t.Actor())
	if err != nil {
		return err
	}
	if !added {
		return t.Say(ctx, "admin.already", strconv.FormatInt(id, 10))
	}
	a.changed(ctx, id, true)
	return t.Say(ctx, "admin.added", strconv.FormatInt(id, 10))
}

func (a *Admins) removeAdmin(ctx context.Context, t *Talk, args string) error {
	id, _, ok := personOf(t, args)
	if !ok {
		return t.Say(ctx, "admin.usage")
	}
	rights, err := a.b.CorpusRights(ctx, id)
	if err != nil {
		return err
	}
	if rights == Owner {
		return t.Say(ctx, "admin.owner_stays", strconv.FormatInt(id, 10))
	}
	err = a.b.o.Store.RemoveAdmin(ctx, id, t.Actor())
	if errors.Is(err, store.ErrNotFound) {
		return t.Say(ctx, "admin.none", strconv.FormatInt(id, 10))
	}
	if err != nil {
		return err
	}
	a.changed(ctx, id, false)
	return t.Say(ctx, "admin.removed", strconv.FormatInt(id, 10))
}

func (a *Admins) changed(ctx context.Context, id int64, admin bool) {
	if a.o.Changed != nil {
		a.o.Changed(ctx, id, admin)
	}
}

func (a *Admins) listAdmins(ctx context.Context, t *Talk) error {
	list, err := a.b.o.Store.Admins(ctx)
	if err != nil {
		return err
	}
	m := message.Message{Blocks: []message.Block{heading(t.P.T("admin.heading"))}}
	for _, id := range a.b.o.Owners {
		m.Blocks = append(m.Blocks, listItem(t.P.T("admin.owner", strconv.FormatInt(id, 10))))
	}
	for _, admin := range list {
		m.Blocks = append(m.Blocks, listItem(strings.TrimSpace(strconv.FormatInt(admin.User, 10)+" "+message.Isolate(oneLine(admin.Name)))))
	}
	m.Blocks = append(m.Blocks, lines(t.P.T("admin.usage"))...)
	_, err = t.Reply(ctx, m)
	return err
}

func listItem(text string) message.Block {
	return message.Block{Kind: message.Item, Spans: []message.Span{{Text: text}}}
}
