package store

import (
	"testing"
	"time"
)

func TestLeases(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		take := func(owner string, want bool) {
			t.Helper()
			held, err := b.Lease(ctx, "chat:1", owner, time.Minute)
			check(t, err)
			equal(t, owner, held, want)
		}
		take("a", true)
		take("b", false)
		take("a", true)
		b.clock.pass(2 * time.Minute)
		take("b", true)
		take("a", false)
		check(t, b.Release(ctx, "chat:1", "a"))
		take("a", false)
		check(t, b.Release(ctx, "chat:1", "b"))
		take("a", true)
	})
}

// TestAllowanceNeverExceedsTheTotal lets replicas come, die and leave in a
// long game and adds up, second by second, what those that believe in their
// share could send.
func TestAllowanceNeverExceedsTheTotal(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		const total = 30
		shares := map[string]Allowance{}
		beat := func(name string) {
			a, err := b.Heartbeat(t.Context(), name, total)
			check(t, err)
			shares[name] = a
		}
		alive := []string{"a"}
		for second := range 60 {
			switch second {
			case 5:
				alive = []string{"a", "b"}
			case 12:
				alive = []string{"a", "b", "c"}
			case 25:
				alive = []string{"b", "c"} // a dies silently
			case 45:
				alive = []string{"c"}
				check(t, b.Leave(t.Context(), "b"))
				delete(shares, "b")
			}
			for _, name := range alive {
				beat(name)
			}
			sum := 0
			for name, a := range shares {
				if b.clock.now().Before(a.Valid) {
					sum += a.PerSecond
				} else {
					delete(shares, name)
				}
			}
			if sum > total {
				t.Fatalf("second %d: %d may be sent: %v", second, sum, shares)
			}
			switch second {
			case 4, 24, 44, 59:
				equal(t, "all is used at "+itoa(second), sum, total)
			}
			b.clock.pass(time.Second)
		}
	})
}

func TestPauseReachesEveryReplica(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		check(t, b.Pause(t.Context(), 40*time.Second))
		check(t, b.Pause(t.Context(), 5*time.Second))
		a, err := b.Heartbeat(t.Context(), "other", 30)
		check(t, err)
		equal(t, "pause", a.Pause.Sub(b.clock.now()), 40*time.Second)
		b.clock.pass(41 * time.Second)
		a, err = b.Heartbeat(t.Context(), "other", 30)
		check(t, err)
		equal(t, "over", a.Pause.IsZero(), true)
	})
}
