package bot

import (
	"context"
)

// allowed reports whether the person may do what needs the rights, and tells
// them in one line when not.
func (b *Bot) allowed(ctx context.Context, t *Talk, need Rights) (bool, error) {
	switch need {
	case Reader:
		return true, nil
	case GroupAdmin:
		ok, err := t.isGroupAdmin(ctx)
		if err != nil || ok {
			return ok, err
		}
		return false, t.Notice(ctx, "rights.group_admin")
	}
	has, err := b.CorpusRights(ctx, t.User.ID)
	switch {
	case err != nil || has >= need:
		return err == nil, err
	case t.User.Anonymous:
		return false, t.Notice(ctx, "rights.anonymous")
	case need == Owner:
		return false, t.Notice(ctx, "rights.owner")
	default:
		return false, t.Notice(ctx, "rights.admin")
	}
}

// isGroupAdmin is true in private chats, where who writes decides, and for a
// channel's own posts. A button under a post can be pressed by every reader of
// the channel.
func (t *Talk) isGroupAdmin(ctx context.Context) (bool, error) {
	if t.Request.Chat.Kind == Private || t.Kind == ChannelPost || t.User.Anonymous {
		return true, nil
	}
	return t.Out.IsChatAdmin(ctx, t.Request.Chat.ID, t.User.ID)
}
