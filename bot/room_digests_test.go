package bot_test

import (
	"mujaz/bot"
	"mujaz/bot/digest"
)

// digests is the real engine; nothing is delivered in these tests, only
// composed and scheduled.
func (r *room) digests() bot.Digests {
	return digest.New(digest.Options{Store: r.store, Username: func() string { return "mujaz_bot" }, Now: r.clock.Now})
}
