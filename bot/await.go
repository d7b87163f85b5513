package bot

import (
	"context"
	"encoding/json"
	"strconv"

	"mujaz/corpus/store"
)

// waiting is what a conversation waits for, kept with the chat.
type waiting struct {
	Kind string `json:"k"`
	Data string `json:"d"`
}

func (t *Talk) awaitKey() string { return "await." + strconv.FormatInt(t.User.ID, 10) }

// Await gives this person's next messages in this chat, as far as they are no
// commands, to the action registered with OnAwaited, until Forgo. It survives
// a restart.
func (t *Talk) Await(ctx context.Context, kind, data string) error {
	value, err := json.Marshal(waiting{kind, data})
	if err != nil {
		return err
	}
	return t.Update(ctx, func(c *store.Chat) { setExtra(c, t.awaitKey(), string(value)) })
}

// Forgo ends Await.
func (t *Talk) Forgo(ctx context.Context) error {
	if _, ok := t.awaits(); !ok {
		return nil
	}
	return t.Update(ctx, func(c *store.Chat) { delete(c.Extra, t.awaitKey()) })
}

func (t *Talk) awaits() (waiting, bool) {
	var w waiting
	value, ok := t.Chat.Extra[t.awaitKey()]
	return w, ok && json.Unmarshal([]byte(value), &w) == nil
}
