package bot

import (
	"context"
	"encoding/json"

	"mujaz/corpus/store"
)

// recent is one answer that follows its question's edits.
type recent struct {
	Asked  int    `json:"q"`
	Answer int    `json:"a"`
	State  string `json:"s"`
}

func recents(c store.Chat) []recent {
	var out []recent
	if json.Unmarshal([]byte(c.Extra[store.ExtraLatest]), &out) != nil {
		return nil
	}
	return out
}

func keepRecent(c *store.Chat, r recent) {
	list := []recent{r}
	for _, old := range recents(*c) {
		if old.Asked != r.Asked && len(list) < recentKept {
			list = append(list, old)
		}
	}
	if value, err := json.Marshal(list); err == nil {
		setExtra(c, store.ExtraLatest, string(value))
	}
}

// onEdited answers an edited question in the place of its first reply. What got
// no reply gets none because it was edited.
func (b *Bot) onEdited(ctx context.Context, t *Talk) error {
	text := withoutMention(t.Text, b.Username())
	if c, ok := parseCommand(t.Text, b.Username()); ok {
		if command, known := b.routes.command(c.name); !known || command.Name != "ask" || c.other {
			return nil
		}
		text = c.args
	}
	for _, r := range recents(t.Chat) {
		if r.Asked != t.MessageID || text == "" {
			continue
		}
		before, err := b.state(ctx, r.State) // none behind a courtesy
		if err == nil && before.Text == text {
			return nil
		}
		return b.ask(ctx, t, asking{Text: text, Previous: before.Previous, alone: true, edit: Posted{Chat: t.Request.Chat.ID, MessageID: r.Answer}})
	}
	return nil
}
