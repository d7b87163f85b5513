package telegram

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"time"

	tele "gopkg.in/telebot.v3"

	"mujaz/bot"
	"mujaz/bot/message"
)

var tag = regexp.MustCompile(`<[^<>]*>`)

// withoutTags is the text of our own HTML.
func withoutTags(s string) string { return html.UnescapeString(tag.ReplaceAllString(s, "")) }

// pressLimit is how many characters the answer to a button press may have.
const pressLimit = 200

// AnswerPress implements bot.Responder. A press that is too old gives
// bot.ErrTooOld.
func (c *Client) AnswerPress(ctx context.Context, callbackID, text string, alert bool) error {
	if r := []rune(message.Clean(text)); len(r) > pressLimit {
		text = string(r[:pressLimit-1]) + "…"
	}
	return c.ask(ctx, "answerCallbackQuery", map[string]any{"callback_query_id": callbackID, "text": text, "show_alert": alert}, nil)
}

// article is one result of inline mode.
type article struct {
	Type        string  `json:"type"`
	ID          string  `json:"id"`
	Title       string  `json:"title"`
	Description string  `json:"description,omitempty"`
	Content     content `json:"input_message_content"`
	Markup      *markup `json:"reply_markup,omitempty"`
}

type content struct {
	Text      string      `json:"message_text"`
	ParseMode string      `json:"parse_mode"`
	Preview   linkPreview `json:"link_preview_options"`
}

// inlineLimit is how many results one answer to an inline query may have.
const inlineLimit = 50

// AnswerInline implements bot.Responder. Only what fits into one message is
// offered of each result.
func (c *Client) AnswerInline(ctx context.Context, inlineID string, r bot.InlineResults) error {
	articles := []article{}
	for _, x := range r.Results {
		parts := message.HTML(x.Message, message.TextLimit)
		if len(parts) == 0 || len(articles) == inlineLimit {
			continue
		}
		articles = append(articles, article{"article", x.ID, message.Clean(x.Title), message.Clean(x.Description),
			content{parts[0], tele.ModeHTML, linkPreview{!x.Message.Preview}}, keyboard(x.Message.Keyboard)})
	}
	// cache_time is always said: left out, 300 seconds apply.
	return c.ask(ctx, "answerInlineQuery", map[string]any{"inline_query_id": inlineID, "results": articles,
		"cache_time": int(r.CacheTime / time.Second), "is_personal": r.Personal, "next_offset": r.NextOffset}, nil)
}

// Download implements bot.Files. A file above the limit in bytes, or above
// what bots may download, gives bot.ErrTooLarge.
func (c *Client) Download(ctx context.Context, a bot.Attachment, limit int64) ([]byte, error) {
	if a.Size > limit {
		return nil, bot.ErrTooLarge
	}
	var data []byte
	do := func(b *tele.Bot) ([]byte, error) {
		body, err := b.File(&tele.File{FileID: a.FileID})
		if err != nil {
			return nil, err
		}
		defer body.Close()
		data, err = io.ReadAll(io.LimitReader(body, limit+1))
		if err != nil {
			return nil, &wireError{sent: true, what: "the file broke off"}
		}
		return nil, nil
	}
	if _, err := c.perform(ctx, call{method: "getFile", do: do, repeat: true, file: true}); err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, bot.ErrTooLarge
	}
	return data, nil
}

// Typing implements bot.Presence. It is not worth a second attempt.
func (c *Client) Typing(ctx context.Context, to bot.Target) error {
	payload := map[string]any{"chat_id": to.Chat, "action": string(tele.Typing)}
	if to.Thread != 0 {
		payload["message_thread_id"] = to.Thread
	}
	_, err := c.perform(ctx, call{method: "sendChatAction", do: raw("sendChatAction", payload), repeat: true, once: true})
	return err
}

// IsChatAdmin implements bot.Presence.
func (c *Client) IsChatAdmin(ctx context.Context, chat, user int64) (bool, error) {
	var member struct {
		Status string `json:"status"`
	}
	err := c.ask(ctx, "getChatMember", map[string]any{"chat_id": chat, "user_id": user}, &member)
	var refused *apiError
	if errors.As(err, &refused) && refused.code == 400 {
		return false, nil // not a member
	}
	if err != nil {
		return false, fmt.Errorf("asking who administers a group: %w", err)
	}
	return member.Status == string(tele.Creator) || member.Status == string(tele.Administrator), nil
}
