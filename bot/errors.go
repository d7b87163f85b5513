package bot

import (
	"errors"
	"fmt"
)

// What can go wrong with a send or an edit, where a caller can act on it.
var (
	ErrBlocked  = errors.New("the chat does not take our messages") // 403: blocked, kicked, deactivated
	ErrGone     = errors.New("the message or chat is not there")    // 400: chat or message not found
	ErrTooOld   = errors.New("the button press is too old")         // callback or inline query expired
	ErrUnknown  = errors.New("the outcome is unknown")              // sent, but no reply was read
	ErrTooLarge = errors.New("the file is too large")               // over the transport's limit
	ErrOutage   = errors.New("the service does not answer now")     // 5xx or network, nothing was sent
)

// MigratedError says that a group became a supergroup with another id.
type MigratedError struct{ To int64 }

// Error implements error.
func (e *MigratedError) Error() string { return fmt.Sprintf("the group moved to %d", e.To) }
