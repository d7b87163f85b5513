package digest

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/store"
)

// alertPayload is what an alert's delivery carries.
type alertPayload struct {
	Words     string   `json:"words"` // of one alert, or of several with commas between
	Language  string   `json:"language"`
	Documents []string `json:"documents"`
}

// watched is how many changes are compared with the alerts in one step, so
// that a large import holds up no digest.
const watched = 200

// watch compares the next changes with the saved alerts; more reports that
// others are left.
func (e *Engine) watch(ctx context.Context) (more bool, err error) {
	seen, err := e.o.Store.AlertSeq(ctx)
	if err != nil {
		return false, err
	}
	upTo, err := e.o.Store.LastSeq(ctx)
	if err != nil || upTo <= seen {
		return false, err
	}
	alerts, err := e.o.Store.AllAlerts(ctx)
	if err != nil {
		return false, err
	}
	var found []store.Match
	if len(alerts) > 0 {
		if found, upTo, err = e.compare(ctx, alerts, seen, upTo); err != nil {
			return false, err
		}
	}
	last, err := e.o.Store.LastSeq(ctx)
	if err != nil {
		return false, err
	}
	return upTo < last, e.o.Store.AddMatches(ctx, found, upTo)
}

// compare looks for the alerts in the next changes and returns how far it
// came; that is upTo when nothing is left.
func (e *Engine) compare(ctx context.Context, alerts []store.Alert, seen, upTo int64) (found []store.Match, reached int64, err error) {
	list, full, err := e.listed(ctx, store.ListOptions{Since: seen, BySeq: true, Limit: watched})
	if err != nil {
		return nil, 0, err
	}
	if full && len(list) > 0 {
		upTo = list[len(list)-1].Seq
	}
	for _, a := range alerts {
		t := newTopic(a.Words, e.concepts())
		for _, d := range list {
			if d.Changed.Before(a.Created) || !t.in(d) {
				continue
			}
			found = append(found, store.Match{Alert: a.ID, Document: d.ID, Seq: d.Seq})
		}
	}
	return found, upTo, nil
}

// bundle makes one delivery of all that the alerts of a chat found, outside of
// quiet hours and up to the chat's number a day; what is over waits and is
// bundled later.
func (e *Engine) bundle(ctx context.Context) error {
	waiting, err := e.o.Store.WaitingAlerts(ctx)
	if err != nil {
		return err
	}
	for len(waiting) > 0 {
		n := slices.IndexFunc(waiting, func(a store.Alert) bool { return a.Chat != waiting[0].Chat || a.Thread != waiting[0].Thread })
		if n < 0 {
			n = len(waiting)
		}
		if err := e.bundleOf(ctx, waiting[:n]); err != nil && !errors.Is(err, store.ErrLost) {
			return err
		}
		waiting = waiting[n:]
	}
	return nil
}

// bundleOf makes one delivery of what the alerts of one chat found.
func (e *Engine) bundleOf(ctx context.Context, alerts []store.Alert) error {
	now := e.o.Now()
	alerts = slices.DeleteFunc(slices.Clone(alerts), func(a store.Alert) bool { return !mayTell(a, now) })
	var ids []int64
	for _, a := range alerts {
		ids = append(ids, a.ID)
	}
	found, err := e.o.Store.PendingMatches(ctx, ids, mostDocuments)
	if err != nil || len(found) == 0 {
		return err
	}
	alerts = slices.DeleteFunc(alerts, func(a store.Alert) bool {
		return !slices.ContainsFunc(found, func(m store.Match) bool { return m.Alert == a.ID })
	})
	return e.tell(ctx, alerts, found)
}

// mayTell reports whether an alert may be sent now.
func mayTell(a store.Alert, now time.Time) bool {
	local := now.In(Zone(a.Zone))
	if a.SentDay == local.Format(dayForm) && a.SentCount >= a.PerDay {
		return false
	}
	minute := local.Hour()*60 + local.Minute()
	switch {
	case a.QuietFrom == a.QuietTo:
		return true
	case a.QuietFrom < a.QuietTo:
		return minute < a.QuietFrom || minute >= a.QuietTo
	default: // over midnight
		return minute < a.QuietFrom && minute >= a.QuietTo
	}
}

func (e *Engine) tell(ctx context.Context, alerts []store.Alert, found []store.Match) error {
	a := alerts[0]
	p := alertPayload{Words: wordsOf(alerts), Language: a.Language}
	for _, m := range found {
		if !slices.Contains(p.Documents, m.Document) {
			p.Documents = append(p.Documents, m.Document)
		}
	}
	payload, err := json.Marshal(p)
	if err != nil {
		return err
	}
	now := e.o.Now()
	// Deliveries of one kind to one chat differ in Due: two topics of a forum at
	// one moment are set apart by less than a second.
	d := store.Delivery{Chat: a.Chat, Thread: a.Thread, Kind: store.AlertDelivery, Due: now.Add(time.Duration(a.ID%997) * time.Millisecond), Try: now, Payload: payload}
	_, err = e.o.Store.EnqueueMatches(ctx, d, found, now.In(Zone(a.Zone)).Format(dayForm))
	return err
}

// namedAlerts is how many alerts the title of a message names.
const namedAlerts = 3

func wordsOf(alerts []store.Alert) string {
	p := phrase.For(alerts[0].Language, phrase.Options{})
	var words []string
	for _, a := range alerts[:min(len(alerts), namedAlerts)] {
		words = append(words, a.Words)
	}
	text := strings.Join(words, p.T("list.comma")+" ")
	if len(alerts) > namedAlerts {
		text += " …"
	}
	return text
}

// alertMessage composes an alert: the documents that were found and still are
// there.
func (e *Engine) alertMessage(ctx context.Context, d store.Delivery) (bot.Target, message.Message, int64, error) {
	var p alertPayload
	if err := json.Unmarshal(d.Payload, &p); err != nil {
		return bot.Target{}, message.Message{}, 0, err
	}
	var groups [][]string
	for _, id := range p.Documents {
		groups = append(groups, []string{id})
	}
	list, total, err := e.live(ctx, groups)
	if err != nil {
		return bot.Target{}, message.Message{}, 0, err
	}
	if total == 0 {
		return bot.Target{}, message.Message{}, 0, errNothing
	}
	var flat []*entry
	for _, s := range list {
		flat = append(flat, s...)
	}
	v := e.view(ctx, store.Subscription{Chat: d.Chat, Language: p.Language, Length: store.Short})
	v.title = v.p.T("digest.alert", p.Words)
	grouped := stories(flat)
	key := ""
	if len(grouped) > v.size() {
		if key, err = e.keepPages(ctx, grouped, v); err != nil {
			return bot.Target{}, message.Message{}, 0, err
		}
	}
	return bot.Target{Chat: d.Chat, Thread: d.Thread}, v.page(grouped, total, 0, key), 0, nil
}
