package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestSubscriptionsAgainstModel plays what people, Telegram and the scheduler
// do with subscriptions on a store and on maps, and compares what is due after
// each step.
func TestSubscriptionsAgainstModel(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		rapid.Check(t, func(rt *rapid.T) {
			for _, table := range []string{"subscriptions", "chats", "deliveries", "moves"} {
				_, err := b.write.Exec(`DELETE FROM ` + table)
				check(t, err)
			}
			m := &subscriptionModel{b: &b, t: t, subs: map[int64]Subscription{}, states: map[int64]ChatState{}, owed: map[int64]int{}}
			rt.Repeat(rapid.StateMachineActions(m))
		})
	})
}

type subscriptionModel struct {
	b      *bench
	t      *testing.T
	subs   map[int64]Subscription
	states map[int64]ChatState // of the chats that are known
	owed   map[int64]int       // digests made and not sent
}

func (m *subscriptionModel) ctx() context.Context { return context.Background() }

func (m *subscriptionModel) chat(rt *rapid.T, label string) int64 {
	return rapid.SampledFrom([]int64{1, 2, -3, -4}).Draw(rt, label)
}

func (m *subscriptionModel) draw(rt *rapid.T, chat int64) Subscription {
	now := m.b.clock.now()
	return Subscription{
		Chat: chat, Minutes: rapid.IntRange(0, 1439).Draw(rt, "minutes"), Zone: "Asia/Riyadh", Days: EveryDay, Length: Short,
		Topics: rapid.SampledFrom([][]string{nil, {"هدنة"}, {`"'x`, "ب"}}).Draw(rt, "topics"), Language: "ar",
		Active:  rapid.IntRange(0, 3).Draw(rt, "active") > 0,
		NextDue: rapid.SampledFrom([]time.Time{{}, now, now.Add(time.Hour), now.Add(-time.Hour)}).Draw(rt, "due"), Created: now,
	}
}

func (m *subscriptionModel) Put(rt *rapid.T) {
	x := m.draw(rt, m.chat(rt, "chat"))
	if old, there := m.subs[x.Chat]; there {
		x.Created = old.Created // the first one's stays
	}
	if err := m.b.PutSubscription(m.ctx(), x); err != nil {
		rt.Fatal(err)
	}
	m.subs[x.Chat] = x
}

func (m *subscriptionModel) Change(rt *rapid.T) {
	chat := m.chat(rt, "chat")
	_, err := m.b.UpdateSubscription(m.ctx(), chat, func(x *Subscription) { x.Active, x.Silent = !x.Active, !x.Silent })
	old, there := m.subs[chat]
	if there != (err == nil) || err != nil && !errors.Is(err, ErrNotFound) {
		rt.Fatalf("changing %d: %v", chat, err)
	}
	if there {
		old.Active, old.Silent = !old.Active, !old.Silent
		m.subs[chat] = old
	}
}

func (m *subscriptionModel) Delete(rt *rapid.T) {
	chat := m.chat(rt, "chat")
	if err := m.b.DeleteSubscription(m.ctx(), chat); err != nil {
		rt.Fatal(err)
	}
	delete(m.subs, chat)
	delete(m.owed, chat)
}

func (m *subscriptionModel) State(rt *rapid.T) {
	chat := m.chat(rt, "chat")
	state := rapid.SampledFrom([]ChatState{ChatActive, ChatBlocked, ChatGone}).Draw(rt, "state")
	if err := m.b.SetChatState(m.ctx(), chat, state); err != nil {
		rt.Fatal(err)
	}
	m.states[chat] = state
}

// Move follows a group to its new number; what the new one has stays.
func (m *subscriptionModel) Move(rt *rapid.T) {
	from, to := m.chat(rt, "from"), m.chat(rt, "to")
	if err := m.b.MoveChat(m.ctx(), from, to); err != nil {
		rt.Fatal(err)
	}
	if from == to {
		return
	}
	if x, there := m.subs[from]; there {
		if _, has := m.subs[to]; !has {
			x.Chat = to
			m.subs[to] = x
		}
	}
	if state, there := m.states[from]; there {
		if _, has := m.states[to]; !has {
			m.states[to] = state
		}
	}
	m.owed[to] = m.countOwed(rt, to)
	delete(m.subs, from)
	delete(m.states, from)
	delete(m.owed, from)
}

// countOwed reads the store: two digests of one moment become one in a move.
func (m *subscriptionModel) countOwed(rt *rapid.T, chat int64) (n int) {
	ds, err := m.b.Deliveries(m.ctx(), Pending, 1000)
	if err != nil {
		rt.Fatal(err)
	}
	for _, d := range ds {
		if d.Chat == chat {
			n++
		}
	}
	return n
}

func (m *subscriptionModel) Forget(rt *rapid.T) {
	chat := m.chat(rt, "chat")
	f, err := m.b.Store.Forget(m.ctx(), chat)
	_, subscribed := m.subs[chat]
	if err != nil || f.Subscription != subscribed || f.Deliveries != m.owed[chat] {
		rt.Fatalf("forgetting %d: %+v, %v; subscribed %v, %d owed", chat, f, err, subscribed, m.owed[chat])
	}
	delete(m.subs, chat)
	delete(m.states, chat)
	delete(m.owed, chat)
}

// Serve makes deliveries of what is due, each day once.
func (m *subscriptionModel) Serve(rt *rapid.T) {
	now := m.b.clock.now()
	var slots []Slot
	want := 0
	for _, x := range m.due() {
		day := now.Format(time.DateOnly)
		slots = append(slots, Slot{x.Chat, x.NextDue, now.Add(24 * time.Hour), day})
		if x.LastDay < day {
			x.LastDay = day
			want++
			m.owed[x.Chat]++
		}
		x.NextDue = now.Add(24 * time.Hour)
		m.subs[x.Chat] = x
	}
	before, err := m.b.Deliveries(m.ctx(), "", 1000)
	if err != nil {
		rt.Fatal(err)
	}
	made, err := m.b.EnqueueDigests(m.ctx(), slots)
	if err != nil {
		rt.Fatal(err)
	}
	if made > want {
		rt.Fatalf("made %d of %d digests", made, want)
	}
	after, err := m.b.Deliveries(m.ctx(), "", 1000)
	if err != nil || len(after) != len(before)+made {
		rt.Fatalf("%d deliveries more, made %d, %v", len(after)-len(before), made, err)
	}
	for chat := range m.owed { // one of the same moment was there already
		m.owed[chat] = m.countOwed(rt, chat)
	}
}

func (m *subscriptionModel) Pass(rt *rapid.T) {
	m.b.clock.pass(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 25 * time.Hour}).Draw(rt, "time"))
}

func (m *subscriptionModel) Restart(rt *rapid.T) {
	if rapid.IntRange(0, 9).Draw(rt, "rarely") == 0 {
		m.b.again(m.t)
	}
}

// due is what the model says is due, in order.
func (m *subscriptionModel) due() (list []Subscription) {
	for _, x := range m.subs {
		if x.Active && m.reached(x.Chat) && !x.NextDue.IsZero() && !x.NextDue.After(m.b.clock.now()) {
			list = append(list, x)
		}
	}
	slices.SortFunc(list, func(a, b Subscription) int { return cmp.Or(a.NextDue.Compare(b.NextDue), cmp.Compare(a.Chat, b.Chat)) })
	return list
}

func (m *subscriptionModel) reached(chat int64) bool {
	state, known := m.states[chat]
	return !known || state == ChatActive
}

// Check compares everything that can be read.
func (m *subscriptionModel) Check(rt *rapid.T) {
	for _, chat := range []int64{1, 2, -3, -4} {
		got, err := m.b.Subscription(m.ctx(), chat)
		want, there := m.subs[chat]
		if there != (err == nil) || err != nil && !errors.Is(err, ErrNotFound) || there && !sameSubscription(got, want) {
			rt.Fatalf("chat %d: %+v %v, want %+v %v", chat, got, err, want, there)
		}
	}
	due, err := m.b.Due(m.ctx(), m.b.clock.now(), 100)
	want := m.due()
	if err != nil || !slices.EqualFunc(due, want, sameSubscription) {
		rt.Fatalf("due: %+v %v, want %+v", due, err, want)
	}
	active, err := m.b.Subscriptions(m.ctx(), math.MinInt64, 100)
	n := 0
	next := time.Time{}
	for x := range maps.Values(m.subs) {
		if x.Active {
			n++
		}
		if x.Active && m.reached(x.Chat) && !x.NextDue.IsZero() && (next.IsZero() || x.NextDue.Before(next)) {
			next = x.NextDue
		}
	}
	if err != nil || len(active) != n {
		rt.Fatalf("%d active, %v, want %d", len(active), err, n)
	}
	if at, err := m.b.NextDue(m.ctx()); err != nil || !at.Equal(next) {
		rt.Fatalf("next at %v %v, want %v", at, err, next)
	}
}

// sameSubscription compares subscriptions whose times may be in other zones.
func sameSubscription(a, b Subscription) bool {
	equalTimes := a.NextDue.Equal(b.NextDue) && a.Created.Equal(b.Created)
	a.NextDue, a.Created, b.NextDue, b.Created = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	if len(a.Topics) == 0 && len(b.Topics) == 0 {
		a.Topics, b.Topics = nil, nil
	}
	return equalTimes && reflect.DeepEqual(a, b)
}
