package bot

import (
	"context"
	"strconv"

	"mujaz/bot/message"
	"mujaz/corpus/store"
)

const (
	alertsMost  = 20      // alerts of one chat
	alertsADay  = 5       // messages of one alert a day, unless chosen otherwise
	quietFrom   = 23 * 60 // quiet hours when they are on, minutes after midnight
	quietTo     = 7 * 60
	awaitAlert  = "alert"
	alertLength = 200 // characters of the words of an alert
)

func (b *Bot) registerAlerts() {
	b.Command(Command{Name: "alert", Rights: GroupAdmin, Menu: GroupAdmins, Do: b.alert})
	b.Command(Command{Name: "alerts", Rights: GroupAdmin, Do: func(ctx context.Context, t *Talk) error { return b.showAlerts(ctx, t) }})
	b.OnPress("a", GroupAdmin, b.pressAlert)
	b.OnAwaited(awaitAlert, func(ctx context.Context, t *Talk, _ string) (bool, error) {
		if oneLine(t.Text) == "" {
			return false, nil
		}
		if err := t.Forgo(ctx); err != nil {
			return true, err
		}
		return true, b.addAlert(ctx, t, t.Text)
	})
}

// alert saves the words that follow, or shows the alerts of the chat.
func (b *Bot) alert(ctx context.Context, t *Talk) error {
	if oneLine(t.Args) == "" {
		return b.showAlerts(ctx, t)
	}
	return b.addAlert(ctx, t, t.Args)
}

func (b *Bot) addAlert(ctx context.Context, t *Talk, words string) error {
	words = shorten(oneLine(words), alertLength)
	list, err := b.o.Store.Alerts(ctx, t.Request.Chat.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		if wordKey(a.Words) == wordKey(words) {
			return t.Say(ctx, "alert.twice", words)
		}
	}
	switch {
	case wordKey(words) == "":
		return t.Say(ctx, "alert.empty")
	case len(list) >= alertsMost:
		return t.Say(ctx, "alert.many")
	}
	zone := b.o.Location.String()
	if sub, err := b.o.Store.Subscription(ctx, t.Request.Chat.ID); err == nil {
		zone = sub.Zone
	}
	if err := t.Update(ctx, unchanged); err != nil {
		return err
	}
	added := store.Alert{PerDay: alertsADay, QuietFrom: quietFrom, QuietTo: quietTo}
	if len(list) > 0 { // what was chosen for the others, and how many were told of today
		added = list[0]
	}
	added.ID, added.Chat, added.Thread, added.Words = 0, t.Request.Chat.ID, t.Request.Chat.Thread, words
	added.Language, added.Zone = t.P.Lang(), zone
	if _, err = b.o.Store.PutAlert(ctx, added); err != nil {
		return err
	}
	m := message.Message{Blocks: lines(t.P.T("alert.saved", words)), Keyboard: message.Keyboard{t.Row(t.button("alert.list", Data("a", "list")))}}
	_, err = t.Reply(ctx, m)
	return err
}

func (b *Bot) showAlerts(ctx context.Context, t *Talk) error {
	list, err := b.o.Store.Alerts(ctx, t.Request.Chat.ID)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return t.Show(ctx, message.Message{Blocks: lines(t.P.T("alert.none")), Keyboard: message.Keyboard{t.Row(t.button("alert.new", Data("a", "new")))}})
	}
	m := message.Message{Blocks: []message.Block{heading(t.P.Count("count.alerts", len(list))), message.Text(t.P.T("alert.how", list[0].PerDay))}}
	for _, a := range list {
		m.Keyboard = append(m.Keyboard, t.Row(message.Button{Text: t.P.T("alert.delete", shorten(a.Words, 40)), Data: Data("a", "x", strconv.FormatInt(a.ID, 10))}))
	}
	quiet := list[0].QuietFrom != list[0].QuietTo
	m.Keyboard = append(m.Keyboard,
		t.Row(marked(quiet, t.P.T("alert.quiet"), Data("a", "q")), message.Button{Text: t.P.T("alert.per_day", list[0].PerDay), Data: Data("a", "n")}),
		t.Row(t.button("alert.new", Data("a", "new"))))
	return t.Show(ctx, m)
}

// perDayAfter is the next choice of a button that goes round.
var perDayAfter = map[int]int{1: 3, 3: 5, 5: 10, 10: 1}

func (b *Bot) pressAlert(ctx context.Context, t *Talk, args []string) error {
	if len(args) == 0 {
		return store.ErrNotFound
	}
	var err error
	switch args[0] {
	case "list":
	case "new":
		return b.prompt(ctx, t, awaitAlert, "alert.send")
	case "x":
		err = b.deleteAlert(ctx, t, args[1:])
	case "q":
		err = b.eachAlert(ctx, t, func(a *store.Alert) {
			if a.QuietFrom != a.QuietTo {
				a.QuietFrom, a.QuietTo = 0, 0
			} else {
				a.QuietFrom, a.QuietTo = quietFrom, quietTo
			}
		})
	case "n":
		err = b.eachAlert(ctx, t, func(a *store.Alert) {
			if a.PerDay = perDayAfter[a.PerDay]; a.PerDay == 0 {
				a.PerDay = alertsADay
			}
		})
	default:
		return store.ErrNotFound
	}
	if err != nil {
		return err
	}
	return b.showAlerts(ctx, t)
}

func (b *Bot) deleteAlert(ctx context.Context, t *Talk, args []string) error {
	if len(args) != 1 {
		return store.ErrNotFound
	}
	id, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return store.ErrNotFound
	}
	return b.o.Store.DeleteAlert(ctx, t.Request.Chat.ID, id)
}

// eachAlert changes all alerts of the chat.
func (b *Bot) eachAlert(ctx context.Context, t *Talk, f func(*store.Alert)) error {
	list, err := b.o.Store.Alerts(ctx, t.Request.Chat.ID)
	for _, a := range list {
		f(&a)
		if _, err := b.o.Store.PutAlert(ctx, a); err != nil {
			return err
		}
	}
	return err
}
