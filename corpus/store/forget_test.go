package store

import (
	"strings"
	"testing"
	"time"
)

// TestSilentChatsAreUntied: two days after its last sign of life nothing leads
// from a chat to its questions any more, and its settings stay.
func TestSilentChatsAreUntied(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		ctx := t.Context()
		asks := func(id int64) {
			_, err := b.UpdateChat(ctx, id, func(x *Chat) {
				x.Language, x.LastQuestion, x.LastSeen = "ar", "سر", b.clock.now()
				x.Extra[ExtraLatest], x.Extra["view"] = "[1]", "short"
			})
			check(t, err)
		}
		asks(3)
		b.clock.pass(KeepLatest - time.Minute)
		asks(4)
		b.clock.pass(2 * time.Minute)
		_, err := b.Tidy(ctx)
		check(t, err)
		for id, want := range map[int64]string{3: "ar//short/", 4: "ar/سر/short/[1]"} {
			x, err := b.Chat(ctx, id)
			check(t, err)
			equal(t, "kept of "+itoa(int(id)), strings.Join([]string{x.Language, x.LastQuestion, x.Extra["view"], x.Extra[ExtraLatest]}, "/"), want)
		}
	})
}
