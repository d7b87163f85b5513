package bot

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// waiting is what a conversation waits for, kept with the chat.
type waiting struct {
	Kind string `json:"k"`
	Data string `json:"d"`
}

// awaitKey names who is waited for. The posts of a channel come from nobody.
// An admin who writes in the group's name is known by the question to which
// the message replies: buttons are pressed under one's own name.
func (t *Talk) awaitKey() string {
	if t.Request.Chat.Kind == Channel {
		return "await.0"
	}
	if t.User.Anonymous && t.ReplyTo != nil {
		for key, value := range t.Chat.Extra {
			if w, ok := readWaiting(value); ok && strings.HasPrefix(key, "await.") && w.Data == strconv.Itoa(t.ReplyTo.MessageID) {
				return key
			}
		}
	}
	return "await." + strconv.FormatInt(t.User.ID, 10)
}

// Prompt asks for something that is typed and says where that is to be written:
// in a group the bot may see replies only, and in a channel an answer must be
// told from a post.
func (t *Talk) Prompt(ctx context.Context, key string, args ...any) (Posted, error) {
	text := t.P.T(key, args...)
	if t.Request.Chat.Kind != Private {
		text += "\n" + t.P.T("prompt.reply")
	}
	return t.Reply(ctx, message.Message{Blocks: lines(text)})
}

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
	return readWaiting(t.Chat.Extra[t.awaitKey()])
}

func readWaiting(value string) (w waiting, ok bool) {
	ok = value != "" && json.Unmarshal([]byte(value), &w) == nil
	return w, ok
}
