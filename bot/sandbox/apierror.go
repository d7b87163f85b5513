package sandbox

import "fmt"

// APIError is a refusal in the Bot API's words.
type APIError struct {
	Code        int    // HTTP status and error_code
	Description string // Telegram's own text
	RetryAfter  int    // seconds, for 429
	MigrateTo   int64  // new chat id, when a group became a supergroup
}

// Error implements error.
func (e *APIError) Error() string { return e.Description }

func badRequest(format string, args ...any) *APIError {
	return &APIError{Code: 400, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(what string) *APIError {
	return &APIError{Code: 403, Description: "Forbidden: " + what}
}

func tooMany(seconds int) *APIError {
	return &APIError{Code: 429, Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds), RetryAfter: seconds}
}

// Telegram's texts that have no parameter.
var (
	errUnauthorized    = &APIError{Code: 401, Description: "Unauthorized"}
	errInvalidToken    = &APIError{Code: 401, Description: "Unauthorized: invalid token specified"}
	errNoMethod        = &APIError{Code: 404, Description: "Not Found: method not found"}
	errNotFound        = &APIError{Code: 404, Description: "Not Found"}
	errTooLarge        = &APIError{Code: 413, Description: "Request Entity Too Large"}
	errChatEmpty       = badRequest("chat_id is empty")
	errChatNotFound    = badRequest("chat not found")
	errThreadNotFound  = badRequest("message thread not found")
	errReplyNotFound   = badRequest("message to be replied not found")
	errEditNotFound    = badRequest("message to edit not found")
	errDeleteNotFound  = badRequest("message to delete not found")
	errReactNotFound   = badRequest("message to react not found")
	errCannotEdit      = badRequest("message can't be edited")
	errCannotDelete    = badRequest("message can't be deleted")
	errNoTextToEdit    = badRequest("there is no text in the message to edit")
	errNoCaptionToEdit = badRequest("there is no caption in the message to edit")
	errNotModified     = badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	errNoText          = badRequest("message text is empty")
	errBlankText       = badRequest("text must be non-empty")
	errRawTooLong      = badRequest("text is too long")
	errTextTooLong     = badRequest("message is too long")
	errCaptionTooLong  = badRequest("message caption is too long")
	errParseMode       = badRequest("unsupported parse_mode")
	errButtonData      = badRequest("BUTTON_DATA_INVALID")
	errMarkupTooLong   = badRequest("reply markup is too long")
	errInlineOnly      = badRequest("inline keyboard expected")
	errQueryTooOld     = badRequest("query is too old and response timeout expired or query ID is invalid")
	errTooManyResults  = badRequest("too many inline query results specified")
	errNotUTF8         = badRequest("strings must be encoded in UTF-8")
	errFileTooBig      = badRequest("file is too big")
	errWrongFile       = badRequest("wrong file_id or the file is temporarily unavailable")
	errNoDocument      = badRequest("there is no document in the request")
	errNoAdmins        = badRequest("there are no administrators in the private chat")
	errNotStarted      = forbidden("bot can't initiate conversation with a user")
	errBlocked         = forbidden("bot was blocked by the user")
	errDeactivated     = forbidden("user is deactivated")
	errGroupDeleted    = forbidden("the group chat was deleted")
	errWebhookActive   = &APIError{Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	errOtherPoller     = &APIError{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
	errOtherWebhook    = &APIError{Code: 409, Description: "Conflict: terminated by setWebhook request"}
)
