package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"
)

func (b bench) subscribe(t *testing.T, chat int64) {
	t.Helper()
	check(t, b.PutSubscription(t.Context(), Subscription{Chat: chat, Minutes: 480, Zone: "Asia/Riyadh", Days: EveryDay,
		Topics: []string{"هدنة", `"x"`}, Length: Short, Active: true, NextDue: b.clock.now()}))
}

func TestSubscriptions(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		for _, chat := range []int64{-30, 2, 1} {
			b.subscribe(t, chat)
		}
		b.again(t)
		sub, err := b.Subscription(ctx, 1)
		check(t, err)
		equal(t, "topics", len(sub.Topics) == 2 && sub.Topics[1] == `"x"`, true)
		equal(t, "days", sub.Days.Has(time.Friday), true)
		due, err := b.Due(ctx, b.clock.now(), 10)
		check(t, err)
		equal(t, "due", len(due), 3)
		check(t, b.SetChatState(ctx, 2, ChatBlocked))
		_, err = b.UpdateSubscription(ctx, -30, func(x *Subscription) { x.Active = false })
		check(t, err)
		due, err = b.Due(ctx, b.clock.now(), 10)
		check(t, err)
		equal(t, "due without blocked and ended", len(due) == 1 && due[0].Chat == 1, true)
		all, err := b.Subscriptions(ctx, math.MinInt64, 10)
		check(t, err)
		equal(t, "active", len(all), 2)
		next, err := b.NextDue(ctx)
		check(t, err)
		equal(t, "next", next.Equal(b.clock.now()), true)
		check(t, b.SetChatState(ctx, 2, ChatActive))
		due, err = b.Due(ctx, b.clock.now(), 10)
		check(t, err)
		equal(t, "due after coming back", len(due), 2)
		if _, err := b.UpdateSubscription(ctx, 99, func(*Subscription) {}); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestDigestIsEnqueuedOnce(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		b.subscribe(t, 1)
		now := b.clock.now()
		slot := Slot{Chat: 1, Due: now, Next: now.Add(24 * time.Hour), Day: "2026-03-01"}
		for _, want := range []int{1, 0} {
			n, err := b.EnqueueDigests(ctx, []Slot{slot})
			check(t, err)
			equal(t, "enqueued", n, want)
		}
		again := Slot{Chat: 1, Due: slot.Next, Next: slot.Next.Add(time.Hour), Day: "2026-03-01"}
		n, err := b.EnqueueDigests(ctx, []Slot{again})
		check(t, err)
		equal(t, "the same local day", n, 0)
		sub, err := b.Subscription(ctx, 1)
		check(t, err)
		equal(t, "moved on", sub.NextDue.Equal(again.Next), true)
	})
}

func TestDeliveryLife(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		b.subscribe(t, 1)
		_, err := b.EnqueueDigests(ctx, []Slot{{Chat: 1, Due: b.clock.now(), Next: b.clock.now().Add(time.Hour), Day: "2026-03-01"}})
		check(t, err)
		claim := func(worker string, want int) Delivery {
			t.Helper()
			ds, err := b.Claim(ctx, worker, 10, time.Minute)
			check(t, err)
			equal(t, "claimed by "+worker, len(ds), want)
			if want == 0 {
				return Delivery{}
			}
			return ds[0]
		}
		d := claim("a", 1)
		claim("b", 0)
		check(t, b.BeginSend(ctx, d.ID, "a"))
		retry := b.clock.now().Add(30 * time.Second)
		check(t, b.Finish(ctx, d.ID, "a", Outcome{State: Pending, Retry: retry, Error: "429"}))
		claim("b", 0)
		b.clock.pass(31 * time.Second)
		d = claim("b", 1)
		equal(t, "attempts", d.Attempts, 1)
		if err := b.BeginSend(ctx, d.ID, "a"); !errors.Is(err, ErrLost) {
			t.Error("send of another's claim:", err)
		}
		b.clock.pass(2 * time.Minute) // the lease ends before the send began
		if err := b.BeginSend(ctx, d.ID, "b"); !errors.Is(err, ErrLost) {
			t.Error("send after the lease:", err)
		}
		d = claim("c", 1)
		equal(t, "unknowns before a send", d.Unknowns, 0)
		check(t, b.BeginSend(ctx, d.ID, "c"))
		check(t, b.Finish(ctx, d.ID, "c", Outcome{State: Sent, Message: 77, Seq: 9}))
		if err := b.Finish(ctx, d.ID, "c", Outcome{State: Sent}); !errors.Is(err, ErrLost) {
			t.Error("finished twice:", err)
		}
		sub, err := b.Subscription(ctx, 1)
		check(t, err)
		equal(t, "told", sub.LastSeq, 9)
		equal(t, "last digest", sub.LastDigest.Equal(b.clock.now()), true)
		sent, err := b.Deliveries(ctx, Sent, 5)
		check(t, err)
		equal(t, "sent", len(sent) == 1 && sent[0].Message == 77, true)
		n, _, err := b.Backlog(ctx)
		check(t, err)
		equal(t, "backlog", n, 0)
	})
}

// TestUnknownOutcomes covers both ways to one: a worker that says that no reply
// came, which is sent again once, and workers that die while sending.
func TestUnknownOutcomes(t *testing.T) {
	for name, dies := range map[string]bool{"reported": false, "died": true} {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, b bench) {
				ctx := t.Context()
				_, err := b.Enqueue(ctx, Delivery{Chat: 1, Kind: AlertDelivery, Payload: []byte(`{"d":1}`)})
				check(t, err)
				sends := 0
				for range deathsMost + 3 {
					ds, err := b.Claim(ctx, "w", 10, time.Minute)
					check(t, err)
					for _, d := range ds {
						equal(t, "payload", string(d.Payload), `{"d":1}`)
						check(t, b.BeginSend(ctx, d.ID, "w"))
						sends++
						if !dies {
							check(t, b.Finish(ctx, d.ID, "w", Outcome{State: Unknown}))
						}
					}
					b.clock.pass(2 * time.Minute)
				}
				equal(t, "sends", sends, map[bool]int{false: 2, true: 1 + deathsMost}[dies])
				ds, err := b.Deliveries(ctx, Unknown, 5)
				check(t, err)
				equal(t, "visible", len(ds), 1)
			})
		})
	}
}

func TestClaimersDoNotShare(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		const owed, workers = 120, 6
		for i := range owed {
			_, err := b.Enqueue(t.Context(), Delivery{Chat: int64(i), Kind: DigestDelivery})
			check(t, err)
		}
		var mu sync.Mutex
		times := map[int64]int{}
		var all sync.WaitGroup
		for w := range workers {
			all.Go(func() {
				for {
					ds, err := b.Claim(context.Background(), "w"+itoa(w), 7, time.Minute)
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					for _, d := range ds {
						times[d.Chat]++
					}
					finished := len(times) == owed || len(ds) == 0
					mu.Unlock()
					if finished {
						return
					}
				}
			})
		}
		all.Wait()
		equal(t, "claimed", len(times), owed)
		for chat, n := range times {
			equal(t, "claims of "+itoa(int(chat)), n, 1)
		}
	})
}

func TestClaimsOfTheDeadComeBack(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		_, err := b.Enqueue(ctx, Delivery{Chat: 1, Kind: DigestDelivery})
		check(t, err)
		_, err = b.Claim(ctx, "dead", 1, time.Hour)
		check(t, err)
		added, err := b.AddUpdate(ctx, Update{ID: 1, Chat: 1})
		check(t, err)
		equal(t, "added", added, true)
		_, err = b.ClaimUpdates(ctx, "dead", 1, time.Hour)
		check(t, err)
		n, err := b.ReleaseDead(ctx, "dead")
		check(t, err)
		equal(t, "alive by name", n, 0)
		_, err = b.Heartbeat(ctx, "dead", 30)
		check(t, err)
		n, err = b.ReleaseDead(ctx, "me")
		check(t, err)
		equal(t, "alive by heartbeat", n, 0)
		b.clock.pass(ReplicaTTL + time.Second)
		n, err = b.ReleaseDead(ctx, "me")
		check(t, err)
		equal(t, "released", n, 2)
		b.clock.pass(time.Millisecond)
		ds, err := b.Claim(ctx, "me", 1, time.Hour)
		check(t, err)
		equal(t, "claimed again", len(ds), 1)
		us, err := b.ClaimUpdates(ctx, "me", 1, time.Hour)
		check(t, err)
		equal(t, "update claimed again", len(us) == 1 && us[0].Attempts == 2, true)
	})
}

func TestAlerts(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		a, err := b.PutAlert(ctx, Alert{Chat: 1, Words: "هدنة", PerDay: 2})
		check(t, err)
		other, err := b.PutAlert(ctx, Alert{Chat: 1, Words: "نفط", PerDay: 2})
		check(t, err)
		far, err := b.PutAlert(ctx, Alert{Chat: 2, Words: "نفط", PerDay: 2})
		check(t, err)
		ms := []Match{{Alert: a.ID, Document: "x", Seq: 4}, {Alert: a.ID, Document: "y", Seq: 5}}
		check(t, b.AddMatches(ctx, ms, 5))
		check(t, b.AddMatches(ctx, ms[:1], 3))
		seq, err := b.AlertSeq(ctx)
		check(t, err)
		equal(t, "sequence does not go back", seq, 5)
		waiting, err := b.WaitingAlerts(ctx)
		check(t, err)
		equal(t, "waiting", len(waiting) == 1 && waiting[0].ID == a.ID, true)
		got, err := b.PendingMatches(ctx, []int64{other.ID, far.ID}, 10)
		check(t, err)
		equal(t, "pending for others", len(got), 0)
		got, err = b.PendingMatches(ctx, []int64{a.ID, other.ID}, 10)
		check(t, err)
		equal(t, "pending", len(got), 2)
		_, err = b.EnqueueMatches(ctx, Delivery{Chat: 1, Kind: AlertDelivery}, got, "2026-03-01")
		check(t, err)
		if _, err := b.EnqueueMatches(ctx, Delivery{Chat: 1, Kind: AlertDelivery, Due: b.clock.now().Add(1)}, got, "2026-03-01"); !errors.Is(err, ErrLost) {
			t.Error("told twice:", err)
		}
		check(t, b.AddMatches(ctx, ms, 6))
		got, err = b.PendingMatches(ctx, []int64{a.ID}, 10)
		check(t, err)
		equal(t, "pending after telling", len(got), 0)
		as, err := b.AllAlerts(ctx)
		check(t, err)
		equal(t, "counts of the chat and of another", [3]int{as[0].SentCount, as[1].SentCount, as[2].SentCount}, [3]int{1, 1, 0})
		if err := b.DeleteAlert(ctx, 2, a.ID); !errors.Is(err, ErrNotFound) {
			t.Error("another chat's alert:", err)
		}
		check(t, b.DeleteAlert(ctx, 1, a.ID))
	})
}

func TestUpdatesKeepOrderWithinAChat(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		for _, u := range []Update{{ID: 10, Chat: 1, Payload: []byte("{}")}, {ID: 11, Chat: 1}, {ID: 12, Chat: 2}, {ID: 13}, {ID: 14}} {
			added, err := b.AddUpdate(ctx, u)
			check(t, err)
			equal(t, "new", added, true)
		}
		added, err := b.AddUpdate(ctx, Update{ID: 10, Chat: 1})
		check(t, err)
		equal(t, "repeated", added, false)
		claim := func(want ...int64) {
			t.Helper()
			us, err := b.ClaimUpdates(ctx, "w", 10, time.Minute)
			check(t, err)
			equal(t, "claimed", len(us), len(want))
			for i := range min(len(us), len(want)) {
				equal(t, "update", us[i].ID, want[i])
			}
		}
		claim(10, 12, 13, 14)
		claim()
		check(t, b.FinishUpdate(ctx, 10))
		claim(11)
		b.clock.pass(2 * time.Minute)
		check(t, b.FinishUpdate(ctx, 12))
		claim(11, 13, 14)
		check(t, b.ReleaseUpdate(ctx, 11, b.clock.now().Add(time.Second)))
		claim()
		b.clock.pass(2 * time.Second)
		claim(11)
		check(t, b.FinishUpdate(ctx, 99)) // never added: handled by polling
		for id, want := range map[int64]bool{10: true, 11: false, 99: true, 100: false} {
			done, err := b.UpdateDone(ctx, id)
			check(t, err)
			equal(t, "done "+itoa(int(id)), done, want)
		}
		n, err := b.OpenUpdates(ctx)
		check(t, err)
		equal(t, "open", n, 3)
		open, err := b.StillOpen(ctx, []int64{10, 11, 13, 99, 1000})
		check(t, err)
		equal(t, "still open", fmt.Sprint(open), "[11 13]")
	})
}
