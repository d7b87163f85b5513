package sandbox

import (
	"time"
)

// Limits are Telegram's flood limits; a zero field is counted but not enforced.
type Limits struct {
	PerSecond         int // messages a second over all chats
	PerChatSecond     int // messages a second in one chat
	PerGroupMinute    int // messages a minute in one group
	RetryAfterSeconds int // what a refusal asks for; default 1
}

// TelegramLimits are the limits that Telegram's own guide names.
var TelegramLimits = Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20}

type limiter struct {
	limits Limits
	all    []time.Time // the bot's sends of the last second
}

// admit counts a send and refuses one over the limit; mu is held.
func (l *limiter) admit(c *chat, n *Counters) error {
	now := time.Now()
	l.all = since(l.all, now.Add(-time.Second))
	c.lastPost = since(c.lastPost, now.Add(-time.Minute))
	lastSecond := len(since(c.lastPost, now.Add(-time.Second)))
	group := c.Type != "private"
	over := func(count, limit, telegram int) bool {
		if count >= telegram {
			n.OverLimit++
		}
		return limit > 0 && count >= limit
	}
	refuse := over(len(l.all), l.limits.PerSecond, TelegramLimits.PerSecond)
	refuse = over(lastSecond, l.limits.PerChatSecond, TelegramLimits.PerChatSecond) || refuse
	refuse = group && over(len(c.lastPost), l.limits.PerGroupMinute, TelegramLimits.PerGroupMinute) || refuse
	if refuse {
		return tooMany(max(1, l.limits.RetryAfterSeconds))
	}
	l.all = append(l.all, now)
	c.lastPost = append(c.lastPost, now)
	n.PeakSecond = max(n.PeakSecond, len(l.all))
	return nil
}

// since drops the times before from.
func since(times []time.Time, from time.Time) []time.Time {
	i := 0
	for i < len(times) && !times[i].After(from) {
		i++
	}
	return times[i:]
}

// Counters sum up what happened since the start.
type Counters struct {
	Calls      map[string]int // by method
	Refused    map[int]int    // by HTTP status; 0 when the connection was cut
	Updates    int            // updates queued
	Faults     int            // faults that hit
	OverLimit  int            // sends over one of Telegram's limits, enforced or not
	PeakSecond int            // most sends accepted within a second
}

func (n *Counters) count(c Call) {
	if n.Calls == nil {
		n.Calls, n.Refused = map[string]int{}, map[int]int{}
	}
	n.Calls[c.Method]++
	if c.Status != 200 {
		n.Refused[c.Status]++
	}
}
