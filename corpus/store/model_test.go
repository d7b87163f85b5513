package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mujaz/corpus"
)

// TestDocumentsAgainstModel plays random changes and restarts on a store and
// on a map, and compares everything that can be read after each.
func TestDocumentsAgainstModel(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		turn := 0
		rapid.Check(t, func(rt *rapid.T) {
			turn++
			m := &documentModel{b: &b, t: t, prefix: itoa(turn) + "-", live: map[string]corpus.Document{}, removed: map[string]corpus.Document{}}
			m.start = b.lastSeq(t)
			m.seq = m.start
			rt.Repeat(rapid.StateMachineActions(m))
		})
	})
}

type documentModel struct {
	b             *bench
	t             *testing.T
	prefix        string // documents of this run
	start, seq    int64
	live, removed map[string]corpus.Document
	order         []string // ids by latest change
}

func (m *documentModel) changed(id string) {
	m.seq++
	m.order = append(slices.DeleteFunc(m.order, func(x string) bool { return x == id }), id)
}

func (m *documentModel) draw(rt *rapid.T) corpus.Document {
	id := m.prefix + rapid.SampledFrom([]string{"a", "b", "c", "د'\""}).Draw(rt, "id")
	return corpus.Document{ID: id, Text: rapid.SampledFrom([]string{"نص", "نص\nثان", "آخر"}).Draw(rt, "text"),
		Title: rapid.SampledFrom([]string{"", "عنوان"}).Draw(rt, "title")}
}

// expect is what a Put of d must give, and applies it.
func (m *documentModel) expect(d corpus.Document) PutResult {
	old, live := m.live[d.ID]
	if live && old == d {
		return Unchanged
	}
	delete(m.removed, d.ID)
	m.live[d.ID] = d
	m.changed(d.ID)
	if live {
		return Replaced
	}
	return Created
}

func (m *documentModel) Put(rt *rapid.T) {
	d := m.draw(rt)
	got, err := m.b.Put(context.Background(), d, editor)
	if want := m.expect(d); err != nil || got != want {
		rt.Fatalf("put: %v %v, want %v", got, err, want)
	}
}

func (m *documentModel) PutAll(rt *rapid.T) {
	ds := rapid.SliceOfN(rapid.Custom(m.draw), 1, 4).Draw(rt, "batch")
	got, err := m.b.PutAll(context.Background(), ds, editor)
	if err != nil {
		rt.Fatal(err)
	}
	for i, d := range ds {
		if want := m.expect(d); got[i] != want {
			rt.Fatalf("batch %d: %v, want %v", i, got[i], want)
		}
	}
}

func (m *documentModel) Remove(rt *rapid.T) {
	id := m.draw(rt).ID
	_, err := m.b.Store.Remove(context.Background(), id, editor)
	d, live := m.live[id]
	if live != (err == nil) || err != nil && !errors.Is(err, ErrNotFound) {
		rt.Fatalf("remove %s: %v", id, err)
	}
	if live {
		delete(m.live, id)
		m.removed[id] = d
		m.changed(id)
	}
}

func (m *documentModel) Restore(rt *rapid.T) {
	id := m.draw(rt).ID
	err := m.b.Store.Restore(context.Background(), id, editor)
	d, gone := m.removed[id]
	if gone != (err == nil) || err != nil && !errors.Is(err, ErrNotFound) {
		rt.Fatalf("restore %s: %v", id, err)
	}
	if gone {
		delete(m.removed, id)
		m.live[id] = d
		m.changed(id)
	}
}

func (m *documentModel) Restart(rt *rapid.T) {
	if rapid.IntRange(0, 9).Draw(rt, "rarely") == 0 {
		m.b.again(m.t)
	}
}

// Check compares the store with the model.
func (m *documentModel) Check(rt *rapid.T) {
	ctx := context.Background()
	if last, err := m.b.LastSeq(ctx); err != nil || last != m.seq {
		rt.Fatalf("last: %d %v, want %d", last, err, m.seq)
	}
	cs, err := m.b.Changes(ctx, m.start, 1000)
	if err != nil || len(cs) != len(m.order) {
		rt.Fatalf("changes: %v %v, want %v", cs, err, m.order)
	}
	for i, c := range cs {
		d, live := m.live[c.ID]
		if c.ID != m.order[i] || live != (c.Document != nil) || live && *c.Document != d {
			rt.Fatalf("change %d: %+v, want %s", i, c, m.order[i])
		}
	}
}

// TestDeliveriesAgainstModel plays subscribers, two workers, a clock and
// deaths, and checks that each digest is delivered, and how often.
func TestDeliveriesAgainstModel(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		rapid.Check(t, func(rt *rapid.T) {
			m := newDeliveryModel(t, &b, rt)
			rt.Repeat(rapid.StateMachineActions(m))
			m.finishAll(rt)
		})
	})
}

type deliveryModel struct {
	b     *bench
	held  map[string][]Delivery // by worker, claimed and alive
	sends map[int64]int         // sends begun, by delivery
	lost  map[int64]int         // sends begun by workers that died
	done  map[int64]bool
	owed  map[int64]bool
	next  map[int64]time.Time // of each chat
}

func newDeliveryModel(t *testing.T, b *bench, rt *rapid.T) *deliveryModel {
	for _, table := range []string{"deliveries", "subscriptions"} {
		_, err := b.write.Exec(`DELETE FROM ` + table)
		check(t, err)
	}
	m := &deliveryModel{b: b, held: map[string][]Delivery{}, sends: map[int64]int{}, lost: map[int64]int{},
		done: map[int64]bool{}, owed: map[int64]bool{}, next: map[int64]time.Time{}}
	for chat := range int64(rapid.IntRange(1, 4).Draw(rt, "chats")) {
		b.subscribe(t, chat+1)
		m.next[chat+1] = b.clock.now()
	}
	return m
}

func (m *deliveryModel) ctx() context.Context { return context.Background() }

// Enqueue does what two replicas do at once: the second must change nothing.
func (m *deliveryModel) Enqueue(rt *rapid.T) {
	due, err := m.b.Due(m.ctx(), m.b.clock.now(), 100)
	if err != nil {
		rt.Fatal(err)
	}
	var slots []Slot
	for _, sub := range due {
		if !sub.NextDue.Equal(m.next[sub.Chat]) {
			rt.Fatalf("chat %d is due at %v, want %v", sub.Chat, sub.NextDue, m.next[sub.Chat])
		}
		m.next[sub.Chat] = sub.NextDue.Add(24 * time.Hour)
		slots = append(slots, Slot{sub.Chat, sub.NextDue, m.next[sub.Chat], m.next[sub.Chat].Format(time.DateOnly)})
	}
	for _, want := range []int{len(slots), 0} {
		if n, err := m.b.EnqueueDigests(m.ctx(), slots); err != nil || n != want {
			rt.Fatalf("enqueued %d %v, want %d", n, err, want)
		}
	}
	all, err := m.b.Deliveries(m.ctx(), "", 10000)
	if err != nil {
		rt.Fatal(err)
	}
	before := len(m.owed)
	for _, d := range all {
		m.owed[d.ID] = true
	}
	if len(m.owed) != before+len(slots) {
		rt.Fatalf("%d deliveries more for %d slots", len(m.owed)-before, len(slots))
	}
}

func (m *deliveryModel) Claim(rt *rapid.T) {
	worker := rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "worker")
	ds, err := m.b.Store.Claim(m.ctx(), worker, rapid.IntRange(1, 3).Draw(rt, "limit"), time.Minute)
	if err != nil {
		rt.Fatal(err)
	}
	for _, d := range ds {
		if m.done[d.ID] {
			rt.Fatalf("claimed a finished delivery: %+v", d)
		}
		m.held[worker] = append(m.held[worker], d)
	}
}

func (m *deliveryModel) Send(rt *rapid.T) {
	worker := rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "worker")
	if len(m.held[worker]) == 0 {
		return
	}
	d := m.held[worker][0]
	m.held[worker] = m.held[worker][1:]
	if err := m.b.BeginSend(m.ctx(), d.ID, worker); errors.Is(err, ErrLost) {
		return
	} else if err != nil {
		rt.Fatal(err)
	}
	m.sends[d.ID]++
	o := Outcome{State: rapid.SampledFrom([]DeliveryState{Sent, Sent, Pending}).Draw(rt, "outcome"), Retry: m.b.clock.now()}
	if rapid.IntRange(0, 4).Draw(rt, "dies") == 0 {
		m.lost[d.ID]++
		m.held[worker] = nil
		return
	}
	if err := m.b.Finish(m.ctx(), d.ID, worker, o); err != nil {
		rt.Fatal(err)
	}
	if o.State == Pending {
		m.sends[d.ID]-- // refused by the other side: nothing arrived
	} else {
		m.done[d.ID] = true
	}
}

func (m *deliveryModel) Pass(rt *rapid.T) {
	m.b.clock.pass(rapid.SampledFrom([]time.Duration{time.Second, 40 * time.Second, 2 * time.Minute, 25 * time.Hour}).Draw(rt, "time"))
}

// Check holds the promise about repetition: at most one more than the deaths.
func (m *deliveryModel) Check(rt *rapid.T) {
	for id, n := range m.sends {
		if n > 1+m.lost[id] || n > 1+deathsMost {
			rt.Fatalf("delivery %d began %d sends with %d deaths", id, n, m.lost[id])
		}
	}
}

// finishAll lets a healthy worker do the rest and looks that nothing is owed.
func (m *deliveryModel) finishAll(rt *rapid.T) {
	for range 6 {
		m.b.clock.pass(2 * time.Minute)
		ds, err := m.b.Store.Claim(m.ctx(), "healthy", 10, time.Minute)
		if err != nil {
			rt.Fatal(err)
		}
		for _, d := range ds {
			if err := cmp.Or(m.b.BeginSend(m.ctx(), d.ID, "healthy"), m.b.Finish(m.ctx(), d.ID, "healthy", Outcome{State: Sent})); err != nil {
				rt.Fatal(err)
			}
			m.sends[d.ID]++
		}
		m.Check(rt)
	}
	if n, _, err := m.b.Backlog(m.ctx()); err != nil || n != 0 {
		rt.Fatalf("%d still owed, %v", n, err)
	}
	for id := range m.owed {
		if m.sends[id] == 0 {
			rt.Fatalf("delivery %d was never sent", id)
		}
	}
}
