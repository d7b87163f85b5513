package bot

import (
	"context"
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
		if b.paused(s) {
			m.Blocks = append(m.Blocks, message.Text(p.T("sub.paused", p.LongDate(s.PausedUntil.In(zoneOf(s))))))
		}
		m.Blocks = append(m.Blocks, message.Text(b.nextLine(t, s)))
	} else {
		m.Blocks = append(m.Blocks, message.Text(p.T("sub.off")))
	}
	m.Blocks = append(m.Blocks,
		message.Text(p.T("sub.line.days", daysText(t, s.Days))),
		message.Text(p.T("sub.line.topics", topicsText(t, s.Topics))),
		message.Text(p.T("sub.line.length", p.T("sub.length."+string(s.Length)))))
	m.Keyboard = b.digestKeyboard(t, s)
	return t.Show(ctx, m)
}

func (b *Bot) paused(s store.Subscription) bool { return s.PausedUntil.After(b.o.Now()) }

func (b *Bot) nextLine(t *Talk, s store.Subscription) string {
	if s.NextDue.IsZero() {
		return t.P.T("sub.never")
	}
	at := s.NextDue.In(zoneOf(s))
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

func (b *Bot) digestKeyboard(t *Talk, s store.Subscription) message.Keyboard {
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
	for _, lang := range []string{"ar", "en"} {
		if lang != t.P.Lang() {
			k = append(k, t.Row(t.button("settings.language."+lang, Data("d", "speak", lang))))
		}
	}
	switch {
	case b.paused(s) && s.Active:
		return append(k, t.Row(t.button("sub.button.resume", Data("d", "on")), t.button("sub.button.off", Data("d", "off"))))
	case s.Active:
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
		t.Row(buttons...), t.Row(t.button("sub.button.date", Data("d", "date")), t.button("button.back", Data("d", "show")))}})
}
