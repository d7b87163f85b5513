package digest

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"mujaz/bot"
	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// alertPayload is what an alert's delivery carries.
type alertPayload struct {
	Words     string   `json:"words"`
	Language  string   `json:"language"`
	Documents []string `json:"documents"`
}

// watch compares new documents with the saved alerts.
func (e *Engine) watch(ctx context.Context) error {
	seen, err := e.o.Store.AlertSeq(ctx)
	if err != nil {
		return err
	}
	upTo, err := e.o.Store.LastSeq(ctx)
	if err != nil || upTo <= seen {
		return err
	}
	alerts, err := e.o.Store.AllAlerts(ctx)
	if err != nil {
		return err
	}
	var found []store.Match
	if len(alerts) > 0 {
		if found, err = e.compare(ctx, alerts, seen); err != nil {
			return err
		}
	}
	return e.o.Store.AddMatches(ctx, found, upTo)
}

func (e *Engine) compare(ctx context.Context, alerts []store.Alert, seen int64) ([]store.Match, error) {
	list, err := e.since(ctx, seen)
	if err != nil {
		return nil, err
	}
	var found []store.Match
	for _, a := range alerts {
		t := newTopic(a.Words, e.concepts())
		for _, d := range list {
			if d.Changed.Before(a.Created) || !t.in(d) {
				continue
			}
			found = append(found, store.Match{Alert: a.ID, Document: d.ID, Seq: d.Seq})
		}
	}
	return found, nil
}

// bundle makes one delivery of all that an alert found, outside of its quiet
// hours and up to its number a day; what is over waits and is bundled later.
func (e *Engine) bundle(ctx context.Context) error {
	pending, err := e.o.Store.PendingMatches(ctx, mostDocuments)
	if err != nil || len(pending) == 0 {
		return err
	}
	alerts, err := e.o.Store.AllAlerts(ctx)
	if err != nil {
		return err
	}
	for _, a := range alerts {
		found := slices.DeleteFunc(slices.Clone(pending), func(m store.Match) bool { return m.Alert != a.ID })
		if len(found) == 0 || !mayTell(a, e.o.Now()) {
			continue
		}
		if err := e.tell(ctx, a, found); err != nil && !errors.Is(err, store.ErrLost) {
			return err
		}
	}
	return nil
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

func (e *Engine) tell(ctx context.Context, a store.Alert, found []store.Match) error {
	p := alertPayload{Words: a.Words, Language: a.Language}
	for _, m := range found {
		p.Documents = append(p.Documents, m.Document)
	}
	payload, err := json.Marshal(p)
	if err != nil {
		return err
	}
	now := e.o.Now()
	// Deliveries of one kind to one chat differ in Due: two alerts of a chat at
	// one moment are set apart by less than a second.
	d := store.Delivery{Chat: a.Chat, Thread: a.Thread, Kind: store.AlertDelivery, Due: now.Add(time.Duration(a.ID%997) * time.Millisecond), Try: now, Payload: payload}
	_, err = e.o.Store.EnqueueMatches(ctx, d, found, now.In(Zone(a.Zone)).Format(dayForm))
	return err
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
