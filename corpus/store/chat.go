package store

import (
	"context"
	"time"
)

// ChatState says whether a chat can be written to.
type ChatState string

// States of a chat.
const (
	ChatActive  ChatState = "active"
	ChatBlocked ChatState = "blocked" // it does not take our messages now
	ChatGone    ChatState = "gone"    // it no longer exists
)

// Chat is what is remembered of a chat: its settings and little else.
type Chat struct {
	ID            int64
	Kind          string // private, group, supergroup, channel
	Title         string
	Language      string // chosen: "ar" or "en"; empty follows the client
	Client        string // language of the client, as last seen
	Digits        string // "western", "arabic" or empty
	Calendar      string // "gregorian", "hijri", "both" or empty
	FreeQuestions bool   // groups: answer questions that mention nobody
	State         ChatState
	LastQuestion  string // for follow-up questions
	LastAsked     time.Time
	Extra         map[string]string // settings that need no column
	FirstSeen     time.Time
	LastSeen      time.Time
}

// Chat returns what is known; a chat never seen is a zero Chat with its ID,
// state ChatActive, and no error.
func (s *Store) Chat(ctx context.Context, id int64) (Chat, error) { return Chat{}, errPending }

// UpdateChat changes a chat in one transaction, creating it when it is new,
// and returns it. f may be called more than once.
func (s *Store) UpdateChat(ctx context.Context, id int64, f func(*Chat)) (Chat, error) {
	return Chat{}, errPending
}

// SetChatState records that a chat blocked us, is gone or came back. Its
// subscription sleeps while it is not active and resumes afterwards.
func (s *Store) SetChatState(ctx context.Context, id int64, state ChatState) error {
	return errPending
}

// MoveChat follows a group that became a supergroup: settings, subscription,
// alerts, drafts and open deliveries go along. Moving twice is no error.
func (s *Store) MoveChat(ctx context.Context, from, to int64) error { return errPending }

// MovedChat returns where a chat went, or the same id.
func (s *Store) MovedChat(ctx context.Context, id int64) (int64, error) { return id, errPending }
