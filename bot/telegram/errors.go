package telegram

import (
	"errors"
	"net/http"
	"strings"

	"mujaz/bot"
)

// What ends Run.
var (
	// ErrTokenRevoked says that Telegram does not accept the token.
	ErrTokenRevoked = errors.New("telegram does not accept the bot's token: take a new one from @BotFather and set TELEGRAM_BOT_TOKEN")
	// ErrWebhookSet says that long polling would take updates from a webhook.
	ErrWebhookSet = errors.New("a webhook is set for this bot, so updates cannot be polled: set WEBHOOK_URL to go on with it, or remove it with the Bot API method deleteWebhook")
	// ErrNothing is a message without anything to see.
	ErrNothing = errors.New("the message has nothing to show")
)

// Refusals that this package acts on itself.
var (
	errSame   = errors.New("the message is the same already")
	errMarkup = errors.New("the markup was not accepted")
	errMethod = errors.New("the server does not know the method")
)

// refusals say what a caller can do about a refusal. The first line whose
// code matches and whose text is part of the description counts; texts are in
// lower case, code 0 is any.
var refusals = []struct {
	code int
	text string
	err  error
}{
	{http.StatusUnauthorized, "", ErrTokenRevoked},
	{http.StatusNotFound, "method not found", errMethod}, // an older server of one's own
	{http.StatusNotFound, "", ErrTokenRevoked},           // a token that never was
	{http.StatusForbidden, "", bot.ErrBlocked},
	{http.StatusRequestEntityTooLarge, "", bot.ErrTooLarge},
	{0, "file is too big", bot.ErrTooLarge},
	{0, "request entity too large", bot.ErrTooLarge},
	{0, "message is not modified", errSame},
	{0, "can't parse entities", errMarkup},
	{0, "query is too old", bot.ErrTooOld},
	{0, "query id is invalid", bot.ErrTooOld},
	{0, "chat not found", bot.ErrGone},
	{0, "user not found", bot.ErrGone},
	{0, "peer_id_invalid", bot.ErrGone},
	{0, "message thread not found", bot.ErrGone},
	{0, "topic_closed", bot.ErrBlocked},
	{0, "message to edit not found", bot.ErrGone},
	{0, "message to be replied not found", bot.ErrGone},
	{0, "message can't be edited", bot.ErrGone},
	{0, "message_id_invalid", bot.ErrGone},
	{0, "wrong file", bot.ErrGone},
	{0, "have no rights to send", bot.ErrBlocked},
	{0, "not enough rights to send", bot.ErrBlocked},
	{0, "need administrator rights", bot.ErrBlocked},
	{0, "chat_write_forbidden", bot.ErrBlocked},
}

// meaning turns a refusal into what a caller can act on, wrapping the
// description for logs.
func (e *apiError) meaning() error {
	if e.migrateTo != 0 {
		return &bot.MigratedError{To: e.migrateTo}
	}
	text := strings.ToLower(e.description)
	for _, r := range refusals {
		if (r.code == 0 || r.code == e.code) && strings.Contains(text, r.text) {
			return errors.Join(r.err, e)
		}
	}
	return e
}

// final reports that handling a request again would end the same way.
func final(err error) bool {
	var moved *bot.MigratedError
	for _, e := range []error{bot.ErrBlocked, bot.ErrGone, bot.ErrTooOld, bot.ErrUnknown, bot.ErrTooLarge, ErrNothing} {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.As(err, &moved)
}
