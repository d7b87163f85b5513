// Package bot owns the conversation: what a person wants and what is said in
// return. It knows no transport and no markup: requests come in as values,
// replies go out as message blocks through small interfaces.
package bot

import (
	"context"
	"time"

	"mujaz/bot/message"
)

// RequestKind says what happened in the chat.
type RequestKind int

// What a Request can be.
const (
	Text        RequestKind = iota // a new message, perhaps with a file
	EditedText                     // an edited message
	Press                          // a button under one of our messages
	InlineAsk                      // "@bot words" typed in any chat
	Membership                     // we were added, removed, blocked or unblocked
	Migrated                       // the group became a supergroup: Chat.ID → NewChatID
	ChannelPost                    // a post in a channel that the bot is in
	Absence                        // messages that came long ago, while the bot was away: Missed counts them
)

// ChatKind is Telegram's kind of chat.
type ChatKind string

// Kinds of chat.
const (
	Private    ChatKind = "private"
	Group      ChatKind = "group"
	Supergroup ChatKind = "supergroup"
	Channel    ChatKind = "channel"
)

// Chat is where a request comes from.
type Chat struct {
	ID     int64
	Kind   ChatKind
	Title  string
	Thread int // message_thread_id, 0 outside topics
}

// User is who sent it. ID is 0 for channel posts; Anonymous marks a group
// admin who writes in the group's name.
type User struct {
	ID        int64
	Name      string
	Username  string
	Language  string // IETF tag of the client, may be empty
	Anonymous bool
	IsBot     bool
}

// Origin is where a forwarded message was first posted.
type Origin struct {
	Title   string    // channel or person
	URL     string    // public link to the post, may be empty
	Date    time.Time // when it was posted
	Channel bool      // it was a channel's post
	User    int64     // the person who wrote it, 0 when hidden or none
}

// Attachment is a file offered by a person; Open of the Files interface reads it.
type Attachment struct {
	FileID string
	Name   string
	MIME   string
	Size   int64 // bytes, as claimed
}

// Location is a point that a person shared, in degrees.
type Location struct{ Latitude, Longitude float64 }

// Quoted is the message that a request replies to.
type Quoted struct {
	MessageID  int
	FromBot    bool  // it is one of our own messages
	User       int64 // the person who sent it, 0 for none
	Text       string
	Attachment *Attachment
	Origin     *Origin
}

// Request is one thing that a person did. Text is the text or caption, whole
// and as typed; commands are parsed by bot, not by the transport.
type Request struct {
	UpdateID   int64
	Kind       RequestKind
	Chat       Chat
	User       User
	MessageID  int
	Date       time.Time // when it was sent
	Text       string
	Mentioned  bool // the bot's @name stands in the text
	Origin     *Origin
	Attachment *Attachment
	Location   *Location
	ReplyTo    *Quoted
	MediaGroup string
	CallbackID string // Press
	Data       string // Press: callback data
	InlineID   string // InlineAsk
	Offset     string // InlineAsk: paging offset
	NewChatID  int64  // Migrated
	Member     bool   // Membership: we may post there now
	Missed     int    // Absence: so many messages are summed up in one line, Text is the last
	Busy       bool   // too much is waiting: say so in one line and do no work
}

// Target is where a message goes.
type Target struct {
	Chat    int64
	Thread  int
	ReplyTo int  // message id, 0 for none
	Silent  bool // no sound
}

// Posted names a message that was sent. InlineID is set for messages sent
// through inline mode, which have no chat.
type Posted struct {
	Chat      int64
	MessageID int
	InlineID  string
}

// Messenger sends and edits messages. Long messages are cut by the sender; the
// Posted returned is the last part. Errors are the Err… values of this
// package where a caller can act on them.
type Messenger interface {
	Send(ctx context.Context, to Target, m message.Message) (Posted, error)
	Edit(ctx context.Context, p Posted, m message.Message) error
}

// Responder ends the waiting of a button or of inline mode.
type Responder interface {
	AnswerPress(ctx context.Context, callbackID, text string, alert bool) error
	AnswerInline(ctx context.Context, inlineID string, r InlineResults) error
}

// Files reads what people upload.
type Files interface {
	Download(ctx context.Context, a Attachment, limit int64) ([]byte, error)
}

// Presence tells of chats: typing actions and who administers a group.
type Presence interface {
	Typing(ctx context.Context, to Target) error
	IsChatAdmin(ctx context.Context, chat, user int64) (bool, error)
}

// Transport is everything that a face of the bot offers.
type Transport interface {
	Messenger
	Responder
	Files
	Presence
}

// InlineResult is one offer of inline mode.
type InlineResult struct {
	ID          string // 1–64 bytes, stable
	Title       string
	Description string
	Message     message.Message // what is sent when it is chosen
}

// InlineResults is a page of offers.
type InlineResults struct {
	Results    []InlineResult
	CacheTime  time.Duration
	Personal   bool
	NextOffset string
}

// Handler is the conversation as a transport needs it: it returns when the
// request has been dealt with, or an error when it must be tried again.
type Handler interface {
	Handle(ctx context.Context, r Request, t Transport) error
}
