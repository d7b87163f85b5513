package bot

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// digestTimes are offered as buttons; any other time can be typed.
var digestTimes = []int{6 * 60, 7 * 60, 8 * 60, 12 * 60, 18 * 60, 21 * 60}

// pauseDays are offered as buttons.
var pauseDays = []int{1, 7, 30}

// showDigest shows the settings of the digest; its buttons edit it in place.
func (b *Bot) showDigest(ctx context.Context, t *Talk, s store.Subscription, title string) error {
	p := t.P
	m := message.Message{Blocks: []message.Block{heading(p.T(title))}}
	if s.Active {
		m.Blocks = append(m.Blocks, message.Text(b.nextLine(t, s)))
	} else {
		m.Blocks = append(m.Blocks, message.Text(p.T("sub.off")))
	}
	m.Blocks = append(m.Blocks,
		message.Text(p.T("sub.line.days", daysText(t, s.Days))),
		message.Text(p.T("sub.line.topics", topicsText(t, s.Topics))),
		message.Text(p.T("sub.line.length", p.T("sub.length."+string(s.Length)))))
	m.Keyboard = digestKeyboard(t, s)
	return t.Show(ctx, m)
}

func (b *Bot) nextLine(t *Talk, s store.Subscription) string {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		zone = time.UTC
	}
	if s.NextDue.IsZero() {
		return t.P.T("sub.never")
	}
	at := s.NextDue.In(zone)
	return t.P.T("sub.next", t.P.LongDate(at), t.P.Clock(at), s.Zone)
}

func daysText(t *Talk, days store.Weekdays) string {
	if days&store.EveryDay == store.EveryDay {
		return t.P.T("sub.every_day")
	}
	var names []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		if days.Has(d) {
			names = append(names, t.P.Weekday(d))
		}
	}
	return strings.Join(names, t.P.T("list.comma")+" ")
}

func topicsText(t *Talk, topics []string) string {
	if len(topics) == 0 {
		return t.P.T("sub.all_topics")
	}
	return strings.Join(topics, t.P.T("list.comma")+" ")
}

func digestKeyboard(t *Talk, s store.Subscription) message.Keyboard {
	sound, always := "sub.button.silent", "sub.button.always"
	if s.Silent {
		sound = "sub.button.sound"
	}
	if s.Always {
		always = "sub.button.only_new"
	}
	k := message.Keyboard{
		t.Row(t.button("sub.button.time", Data("d", "time")), t.button("sub.button.zone", Data("d", "zone"))),
		t.Row(t.button("sub.button.days", Data("d", "days")), t.button("sub.button.topics", Data("d", "topics"))),
		t.Row(lengthButtons(t, s)...),
		t.Row(t.button(sound, Data("d", "silent")), t.button(always, Data("d", "always"))),
	}
	if s.Active {
		return append(k, t.Row(t.button("sub.button.pause", Data("d", "pause")), t.button("sub.button.off", Data("d", "off"))))
	}
	return append(k, t.Row(t.button("sub.button.on", Data("d", "on"))))
}

func lengthButtons(t *Talk, s store.Subscription) []message.Button {
	var out []message.Button
	for _, l := range []store.Length{store.Headlines, store.Short, store.Full} {
		out = append(out, marked(s.Length == l, t.P.T("sub.length."+string(l)), Data("d", "length", string(l))))
	}
	return out
}

// marked is a button of a choice, with a dot when it is chosen.
func marked(chosen bool, text, data string) message.Button {
	if chosen {
		text = "• " + text
	}
	return message.Button{Text: text, Data: data}
}

// digestChanges are the buttons that change one thing at once.
var digestChanges = map[string]func(b *Bot, s *store.Subscription, arg string) bool{
	"silent": func(_ *Bot, s *store.Subscription, _ string) bool { s.Silent = !s.Silent; return true },
	"always": func(_ *Bot, s *store.Subscription, _ string) bool { s.Always = !s.Always; return true },
	"on": func(_ *Bot, s *store.Subscription, _ string) bool {
		s.Active, s.PausedUntil = true, time.Time{}
		return true
	},
	"off": func(_ *Bot, s *store.Subscription, _ string) bool { s.Active = false; return true },
	"length": func(_ *Bot, s *store.Subscription, arg string) bool {
		l := store.Length(arg)
		if l != store.Headlines && l != store.Short && l != store.Full {
			return false
		}
		s.Length = l
		return true
	},
	"at": func(_ *Bot, s *store.Subscription, arg string) bool {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 0 || n >= 24*60 {
			return false
		}
		s.Minutes = n
		return true
	},
	"day": func(_ *Bot, s *store.Subscription, arg string) bool {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 0 || n > 6 {
			return false
		}
		if s.Days ^= 1 << n; s.Days == 0 { // a digest on no day is a digest that is off
			s.Days = 1 << n
		}
		return true
	},
	"until": func(b *Bot, s *store.Subscription, arg string) bool {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 || n > 365 {
			return false
		}
		s.PausedUntil = b.o.Now().Add(time.Duration(n) * 24 * time.Hour)
		return true
	},
	"clear": func(_ *Bot, s *store.Subscription, _ string) bool { s.Topics = nil; return true },
}

// pressDigest is every button of the digest's settings.
func (b *Bot) pressDigest(ctx context.Context, t *Talk, args []string) error {
	if len(args) == 0 {
		return store.ErrNotFound
	}
	arg := ""
	if len(args) > 1 {
		arg = args[1]
	}
	if f, ok := digestChanges[args[0]]; ok {
		return b.pressChange(ctx, t, args[0], arg, f)
	}
	sub, err := b.subscription(ctx, t)
	if err != nil {
		return err
	}
	switch args[0] {
	case "show":
		return b.showDigest(ctx, t, sub, "sub.title")
	case "time":
		return b.showTimes(ctx, t, sub)
	case "days":
		return b.showDays(ctx, t, sub)
	case "pause":
		return b.showPauses(ctx, t)
	case "topics":
		return b.showTopics(ctx, t, sub)
	case "topic":
		return b.pressTopic(ctx, t, args)
	case "zone":
		return b.prompt(ctx, t, awaitZone, "sub.zone.send")
	case "words":
		return b.prompt(ctx, t, awaitTopic, "sub.topic.send")
	case "other":
		return b.prompt(ctx, t, awaitTime, "sub.time.send")
	}
	return store.ErrNotFound
}

func (b *Bot) pressChange(ctx context.Context, t *Talk, name, arg string, f func(*Bot, *store.Subscription, string) bool) error {
	valid := false
	sub, err := b.change(ctx, t, func(s *store.Subscription) { valid = f(b, s, arg) })
	switch {
	case err != nil:
		return err
	case !valid:
		return store.ErrNotFound
	case name == "day":
		return b.showDays(ctx, t, sub)
	case name == "clear":
		return b.showTopics(ctx, t, sub)
	}
	return b.showDigest(ctx, t, sub, "sub.title")
}

// prompt asks for something that is typed.
func (b *Bot) prompt(ctx context.Context, t *Talk, kind, key string) error {
	if err := t.Await(ctx, kind, ""); err != nil {
		return err
	}
	return t.Say(ctx, key)
}

func (b *Bot) showTimes(ctx context.Context, t *Talk, s store.Subscription) error {
	var buttons []message.Button
	for _, n := range digestTimes {
		at := time.Date(2000, 1, 1, n/60, n%60, 0, 0, time.UTC)
		buttons = append(buttons, marked(s.Minutes == n, t.P.Clock(at), Data("d", "at", strconv.Itoa(n))))
	}
	return t.Show(ctx, message.Message{Blocks: lines(t.P.T("sub.time.choose")), Keyboard: message.Keyboard{
		t.Row(buttons[:3]...), t.Row(buttons[3:]...), t.Row(t.button("sub.button.other", Data("d", "other")), t.button("button.back", Data("d", "show")))}})
}

func (b *Bot) showDays(ctx context.Context, t *Talk, s store.Subscription) error {
	var buttons []message.Button
	for d := time.Sunday; d <= time.Saturday; d++ {
		buttons = append(buttons, marked(s.Days.Has(d), t.P.Weekday(d), Data("d", "day", strconv.Itoa(int(d)))))
	}
	return t.Show(ctx, message.Message{Blocks: lines(t.P.T("sub.days.choose")), Keyboard: message.Keyboard{
		t.Row(buttons[:4]...), t.Row(buttons[4:]...), t.Row(t.button("button.back", Data("d", "show")))}})
}

func (b *Bot) showPauses(ctx context.Context, t *Talk) error {
	var buttons []message.Button
	for _, n := range pauseDays {
		buttons = append(buttons, message.Button{Text: t.P.Count("count.days", n), Data: Data("d", "until", strconv.Itoa(n))})
	}
	return t.Show(ctx, message.Message{Blocks: lines(t.P.T("sub.pause.choose")), Keyboard: message.Keyboard{
		t.Row(buttons...), t.Row(t.button("button.back", Data("d", "show")))}})
}

// topicsOffered is how many key phrases are offered as topics.
const topicsOffered = 8

// showTopics offers key phrases as topics, the chosen ones marked.
func (b *Bot) showTopics(ctx context.Context, t *Talk, s store.Subscription) error {
	list, err := b.phrasesOffered(ctx, topicsOffered)
	if err != nil {
		return err
	}
	for _, topic := range s.Topics {
		if !slices.Contains(list, topic) {
			list = append(list, topic)
		}
	}
	value, err := json.Marshal(list)
	if err != nil {
		return err
	}
	id, err := b.o.Store.Keep(ctx, value, stateTTL)
	if err != nil {
		return err
	}
	m := message.Message{Blocks: []message.Block{heading(t.P.T("topics.title")), message.Text(t.P.T("sub.line.topics", topicsText(t, s.Topics))), message.Text(t.P.T("topics.how"))}}
	for i, topic := range list {
		m.Keyboard = append(m.Keyboard, t.Row(marked(slices.Contains(s.Topics, topic), shorten(topic, followUpLimit), Data("d", "topic", id, strconv.Itoa(i)))))
	}
	m.Keyboard = append(m.Keyboard, t.Row(t.button("topics.words", Data("d", "words")), t.button("topics.clear", Data("d", "clear")), t.button("button.back", Data("d", "show"))))
	return t.Show(ctx, m)
}

// pressTopic adds or removes a topic of the list that the button carries.
func (b *Bot) pressTopic(ctx context.Context, t *Talk, args []string) error {
	id, n, err := pageArgs(args[1:])
	if err != nil {
		return err
	}
	value, err := b.o.Store.Kept(ctx, id)
	if err != nil {
		return err
	}
	var list []string
	if json.Unmarshal(value, &list) != nil || n >= len(list) {
		return store.ErrNotFound
	}
	sub, err := b.change(ctx, t, func(s *store.Subscription) {
		if i := slices.Index(s.Topics, list[n]); i >= 0 {
			s.Topics = slices.Delete(slices.Clone(s.Topics), i, i+1)
		} else {
			addTopic(s, list[n])
		}
	})
	if err != nil {
		return err
	}
	return b.showTopics(ctx, t, sub)
}
