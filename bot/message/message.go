// Package message owns what a reply looks like before any transport: neutral
// blocks, and the encoders that turn them into Telegram HTML and plain text.
// It escapes, sets directions and cuts at limits. It must not know what a
// question, a document or Telegram's client is.
package message

// Message is one reply: blocks from top to bottom and an optional keyboard.
type Message struct {
	Blocks   []Block
	Keyboard Keyboard
	Language string // "ar" or "en": base direction where a block's own text does not decide
	Preview  bool   // let the client show a link preview; off by default
	File     *File  // when set the message is a document with the blocks as its caption
}

// File is a document sent to a chat.
type File struct {
	Name string
	Data []byte
}

// Kind is the shape of a block.
type Kind int

// Shapes of a block.
const (
	Paragraph Kind = iota // running text
	Heading               // bold line that introduces what follows
	Item                  // list item, printed with a bullet
	Quote                 // quotation
	LongQuote             // expandable quotation
	Code                  // monospaced block
	Break                 // blank line
)

// Block is one paragraph-level element.
type Block struct {
	Kind  Kind
	Spans []Span
	// Glue keeps the block on the same page as the next one when a message is cut.
	Glue bool
}

// Style is a set of inline styles.
type Style int

// Inline styles, may be combined.
const (
	Bold Style = 1 << iota
	Italic
	Mono
	Underline
)

// Span is a run of text of one style; URL makes it a link.
type Span struct {
	Text  string
	Style Style
	URL   string
}

// Keyboard is rows of buttons in reading order of a left-to-right screen.
type Keyboard [][]Button

// Button has exactly one of Data, URL, Inline (switch to inline mode in this
// chat) and Copy.
type Button struct {
	Text   string
	Data   string // callback data, ASCII, at most 64 bytes
	URL    string
	Inline *string
	Copy   string
}

// Text makes a paragraph of one plain span.
func Text(s string) Block { return Block{Spans: []Span{{Text: s}}} }
