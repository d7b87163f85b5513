package bot

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// Digests is the digest engine as the conversation needs it.
type Digests interface {
	// ParseTime reads a time of day in minutes after midnight.
	ParseTime(text string) (minutes int, ok bool)
	// ParseDay reads a day to come and returns its first moment in today's zone.
	ParseDay(text string, today time.Time) (day time.Time, ok bool)
	// ParseZone reads a city or an IANA name and returns the IANA name.
	ParseZone(text string) (zone string, ok bool)
	// ZoneAt is the IANA name of the zone of a place.
	ZoneAt(l Location) (zone string, ok bool)
	// Next is the first moment after t at which the subscription is due, zero for never.
	Next(t time.Time, sub store.Subscription) time.Time
	// Preview composes the digest as it would be sent now; nil when nothing is new.
	Preview(ctx context.Context, sub store.Subscription) ([]message.Message, error)
}

const (
	// firstDigest is how many of the latest changes a new subscriber's first
	// digest may tell, so that it is neither empty nor endless.
	firstDigest = 10
	topicsMost  = 20 // topics of one subscription
	topicLimit  = 60 // characters of one topic

	awaitTime  = "sub.time"
	awaitZone  = "sub.zone"
	awaitTopic = "sub.topic"
	awaitPause = "sub.pause"
)

func (b *Bot) registerSubscription() {
	if b.o.Digests == nil {
		return
	}
	b.Command(Command{Name: "subscribe", Rights: GroupAdmin, Menu: GroupAdmins, Do: b.subscribe})
	b.Command(Command{Name: "unsubscribe", Rights: GroupAdmin, Menu: GroupAdmins, Do: b.unsubscribe})
	b.Command(Command{Name: "digest", Menu: Everywhere, Do: b.digestNow})
	b.Command(Command{Name: "topics", Rights: GroupAdmin, Menu: GroupAdmins, Do: b.topicsCommand})
	b.OnPress("d", GroupAdmin, b.pressDigest)
	b.OnAwaited(awaitTime, b.takeTime)
	b.OnAwaited(awaitZone, b.takeZone)
	b.OnAwaited(awaitTopic, b.takeTopic)
	b.OnAwaited(awaitPause, b.takePause)
	b.OnMessage(b.takeLocation)
	b.registerAlerts()
}

// newSubscription is what one tap gives.
func (b *Bot) newSubscription(ctx context.Context, t *Talk) (store.Subscription, error) {
	seq, err := b.o.Store.LastSeq(ctx)
	return store.Subscription{
		Chat: t.Request.Chat.ID, Thread: t.Request.Chat.Thread, Minutes: b.o.Digest, Zone: b.o.Location.String(),
		Days: store.EveryDay, Length: store.Short, Language: t.P.Lang(), Calendar: t.Chat.Calendar,
		Active: true, LastSeq: max(seq-firstDigest, 0), Created: b.o.Now(),
	}, err
}

// change changes the chat's subscription, beginning one where there is none,
// and computes when it is due next.
func (b *Bot) change(ctx context.Context, t *Talk, f func(*store.Subscription)) (store.Subscription, error) {
	sub, err := b.o.Store.UpdateSubscription(ctx, t.Request.Chat.ID, func(s *store.Subscription) {
		f(s)
		s.NextDue = b.o.Digests.Next(b.o.Now(), *s)
	})
	if !errors.Is(err, store.ErrNotFound) {
		return sub, err
	}
	if sub, err = b.newSubscription(ctx, t); err != nil {
		return sub, err
	}
	f(&sub)
	sub.NextDue = b.o.Digests.Next(b.o.Now(), sub)
	if err := t.Update(ctx, unchanged); err != nil { // a chat that can be written to
		return sub, err
	}
	return sub, b.o.Store.PutSubscription(ctx, sub)
}

// subscribe begins or resumes; a time or a topic may follow the command.
func (b *Bot) subscribe(ctx context.Context, t *Talk) error {
	minutes, isTime := b.o.Digests.ParseTime(t.Args)
	topic := oneLine(t.Args)
	if isTime {
		topic = ""
	}
	if topic != "" && !strings.ContainsFunc(topic, unicode.IsLetter) { // «25:99» is no topic
		return t.Say(ctx, "sub.time.usage")
	}
	sub, err := b.change(ctx, t, func(s *store.Subscription) {
		s.Active, s.PausedUntil, s.Thread = true, time.Time{}, t.Request.Chat.Thread
		if isTime {
			s.Minutes = minutes
		}
		addTopic(s, topic)
	})
	if err != nil {
		return err
	}
	return b.showDigest(ctx, t, sub, "sub.subscribed")
}

// addTopic adds a topic once.
func addTopic(s *store.Subscription, topic string) {
	topic = shorten(oneLine(topic), topicLimit)
	if topic == "" || len(s.Topics) >= topicsMost {
		return
	}
	for _, old := range s.Topics {
		if wordKey(old) == wordKey(topic) {
			return
		}
	}
	s.Topics = append(s.Topics, topic)
}

// subscribeTopic follows a deep link to a topic.
func (b *Bot) subscribeTopic(ctx context.Context, t *Talk, topic string) error {
	if b.o.Digests == nil {
		return t.Say(ctx, "link.unknown")
	}
	t.Args = topic
	return b.subscribe(ctx, t)
}

func (b *Bot) unsubscribe(ctx context.Context, t *Talk) error {
	sub, err := b.o.Store.Subscription(ctx, t.Request.Chat.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && !sub.Active {
		return t.Notice(ctx, "sub.not_subscribed")
	}
	if err != nil {
		return err
	}
	if _, err := b.change(ctx, t, func(s *store.Subscription) { s.Active = false }); err != nil {
		return err
	}
	return t.Say(ctx, "sub.unsubscribed")
}

// digestNow shows what is new without moving the next digest.
func (b *Bot) digestNow(ctx context.Context, t *Talk) error {
	sub, err := b.o.Store.Subscription(ctx, t.Request.Chat.ID)
	if errors.Is(err, store.ErrNotFound) {
		sub, err = b.newSubscription(ctx, t)
	}
	if err != nil {
		return err
	}
	messages, err := b.o.Digests.Preview(ctx, sub)
	if err != nil {
		return err
	}
	if len(messages) == 0 {
		return t.Say(ctx, "sub.nothing_new")
	}
	for _, m := range messages {
		if _, err := t.Reply(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) topicsCommand(ctx context.Context, t *Talk) error {
	if t.Args != "" {
		sub, err := b.change(ctx, t, func(s *store.Subscription) {
			for _, topic := range strings.FieldsFunc(t.Args, func(r rune) bool { return strings.ContainsRune("،,;؛\n", r) }) {
				addTopic(s, topic)
			}
		})
		if err != nil {
			return err
		}
		return b.showTopics(ctx, t, sub)
	}
	sub, err := b.subscription(ctx, t)
	if err != nil {
		return err
	}
	return b.showTopics(ctx, t, sub)
}

// subscription is the chat's, or the one it would get.
func (b *Bot) subscription(ctx context.Context, t *Talk) (store.Subscription, error) {
	sub, err := b.o.Store.Subscription(ctx, t.Request.Chat.ID)
	if errors.Is(err, store.ErrNotFound) {
		sub, err = b.newSubscription(ctx, t)
		sub.Active = false
	}
	return sub, err
}

// takeTime reads the time of day that was asked for.
func (b *Bot) takeTime(ctx context.Context, t *Talk, _ string) (bool, error) {
	minutes, ok := b.o.Digests.ParseTime(t.Text)
	if !ok {
		return true, t.Say(ctx, "sub.time.unknown")
	}
	return true, b.changed(ctx, t, func(s *store.Subscription) { s.Minutes = minutes })
}

// takeZone reads the zone that was asked for, by name or place.
func (b *Bot) takeZone(ctx context.Context, t *Talk, _ string) (bool, error) {
	zone, ok := b.o.Digests.ParseZone(t.Text)
	if t.Location != nil {
		zone, ok = b.o.Digests.ZoneAt(*t.Location)
	}
	if !ok {
		return true, t.Say(ctx, "sub.zone.unknown")
	}
	return true, b.moveTo(ctx, t, zone)
}

// moveTo sets the zone of the digest and of the quiet hours of the alerts.
func (b *Bot) moveTo(ctx context.Context, t *Talk, zone string) error {
	if err := b.eachAlert(ctx, t, func(a *store.Alert) { a.Zone = zone }); err != nil {
		return err
	}
	return b.changed(ctx, t, func(s *store.Subscription) { s.Zone = zone })
}

// takePause reads the day on which the digest resumes.
func (b *Bot) takePause(ctx context.Context, t *Talk, _ string) (bool, error) {
	sub, err := b.subscription(ctx, t)
	if err != nil {
		return true, err
	}
	now := b.o.Now().In(zoneOf(sub))
	day, ok := b.o.Digests.ParseDay(t.Text, now)
	if !ok || !day.After(now) || day.After(now.AddDate(pauseYears, 0, 0)) {
		return true, t.Say(ctx, "sub.pause.unknown")
	}
	return true, b.changed(ctx, t, func(s *store.Subscription) { s.PausedUntil = day })
}

// pauseYears bounds a pause: further away is a slip of the finger.
const pauseYears = 2

func zoneOf(s store.Subscription) *time.Location {
	if zone, err := time.LoadLocation(s.Zone); err == nil {
		return zone
	}
	return time.UTC
}

// takeLocation takes a shared place as the zone of the digest.
func (b *Bot) takeLocation(ctx context.Context, t *Talk) (bool, error) {
	if t.Location == nil || t.Request.Chat.Kind != Private {
		return false, nil
	}
	zone, ok := b.o.Digests.ZoneAt(*t.Location)
	if !ok {
		return true, t.Say(ctx, "sub.zone.unknown")
	}
	return true, b.moveTo(ctx, t, zone)
}

// takeTopic reads topics, several apart by commas.
func (b *Bot) takeTopic(ctx context.Context, t *Talk, _ string) (bool, error) {
	if oneLine(t.Text) == "" {
		return false, nil
	}
	if err := t.Forgo(ctx); err != nil {
		return true, err
	}
	t.Args = t.Text
	return true, b.topicsCommand(ctx, t)
}

// changed ends a question of ours, changes the subscription and shows it.
func (b *Bot) changed(ctx context.Context, t *Talk, f func(*store.Subscription)) error {
	if err := t.Forgo(ctx); err != nil {
		return err
	}
	sub, err := b.change(ctx, t, f)
	if err != nil {
		return err
	}
	return b.showDigest(ctx, t, sub, "sub.title")
}
