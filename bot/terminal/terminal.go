// Package terminal is the face of Mujaz without a chat: the commands of the
// program, their flags, progress and exit codes. It composes nothing of its
// own: replies come from bot.Compose, words from bot/phrase. It must not know
// of Telegram.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// Exit codes of the program.
const (
	OK     = 0
	Failed = 1 // something could not be done, the reason is on standard error
	Usage  = 2 // the command line cannot be understood
)

// Streams are the three standard streams and what is known of them.
type Streams struct {
	In     io.Reader
	Out    io.Writer
	Err    io.Writer
	Colour bool // Out is a terminal that shows styles
	Live   bool // Err is a terminal: progress may be drawn over itself
	Typed  bool // In is a terminal: somebody may be asked
	Width  int  // columns of Out, 0 when unknown
}

// Standard are the streams of this process.
func Standard() Streams {
	out := int(os.Stdout.Fd())
	s := Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	s.Colour = term.IsTerminal(out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	s.Live = term.IsTerminal(int(os.Stderr.Fd()))
	s.Typed = term.IsTerminal(int(os.Stdin.Fd()))
	if width, _, err := term.GetSize(out); err == nil {
		s.Width = width
	}
	return s
}

// Say prints one line on standard error: what a person, not a pipe, reads.
func (s Streams) Say(format string, args ...any) {
	fmt.Fprintf(s.Err, format+"\n", args...)
}

// oneLine makes a text of a document or a file name safe to print in a line:
// no control characters, no directions that reach beyond it.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control)
	}), " ")
}
