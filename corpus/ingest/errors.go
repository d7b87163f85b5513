package ingest

import (
	"errors"
	"fmt"
	"time"
)

// Why an input was refused. Test with errors.Is.
var (
	ErrEmpty          = errors.New("no text in it")
	ErrNotText        = errors.New("not a text")                     // binary data under a text's name
	ErrTooLarge       = errors.New("over the size limit")            // as sent, unpacked, or in pages
	ErrEncrypted      = errors.New("protected by a password")        // PDF or Office
	ErrScanned        = errors.New("pictures of pages, no text")     // PDF without a text layer
	ErrDamaged        = errors.New("the file is damaged")            // cut off, or not what it claims
	ErrUnsupported    = errors.New("unsupported format")             // see UnsupportedError
	ErrTimeout        = errors.New("took too long")                  // reading or fetching
	ErrBadURL         = errors.New("not a link that can be fetched") // no http(s), no host
	ErrPrivateAddress = errors.New("a private address")              // refused before connecting
	ErrRedirects      = errors.New("too many redirects")
	ErrUnreachable    = errors.New("the site cannot be reached")
	ErrStatus         = errors.New("the site refused")    // see StatusError
	ErrNotFeed        = errors.New("not a feed")          // neither RSS nor Atom
	ErrNotModified    = errors.New("nothing has changed") // a feed's answer to a conditional request
)

// UnsupportedError names the format that was recognised but cannot be read,
// such as "doc", "rtf", "image" or "zip"; it is an ErrUnsupported.
type UnsupportedError struct{ Format string }

// Error implements error.
func (e *UnsupportedError) Error() string { return "unsupported format " + e.Format }

// Is makes errors.Is(err, ErrUnsupported) true.
func (e *UnsupportedError) Is(target error) bool { return target == ErrUnsupported }

// StatusError is an HTTP answer other than success; it is an ErrStatus.
// RetryAfter is what the site asked for, 0 when it did not.
type StatusError struct {
	Code       int
	RetryAfter time.Duration
}

// Error implements error.
func (e *StatusError) Error() string { return fmt.Sprintf("http status %d", e.Code) }

// Is makes errors.Is(err, ErrStatus) true.
func (e *StatusError) Is(target error) bool { return target == ErrStatus }
