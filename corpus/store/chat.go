package store

import (
	"context"
	"errors"
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
	LastSeen      time.Time // when somebody last wrote or pressed there
}

const chatColumns = `id, kind, title, language, client, digits, calendar, free_questions, state, last_question,
	last_asked, first_seen, last_seen, extra`

func scanChat(r row) (x Chat, err error) {
	return x, r.Scan(&x.ID, &x.Kind, &x.Title, &x.Language, &x.Client, &x.Digits, &x.Calendar, into{&x.FreeQuestions},
		&x.State, &x.LastQuestion, into{&x.LastAsked}, into{&x.FirstSeen}, into{&x.LastSeen}, into{&x.Extra})
}

// chat reads one; a chat never seen has an id, a state and no settings.
func (c conn) chat(id int64, suffix string) (Chat, error) {
	x, err := first(c, scanChat, `SELECT `+chatColumns+` FROM chats WHERE id = $1`+suffix, id)
	if errors.Is(err, ErrNotFound) {
		x, err = Chat{ID: id, State: ChatActive}, nil
	}
	if x.Extra == nil {
		x.Extra = map[string]string{}
	}
	return x, err
}

// Chat returns what is known; a chat never seen is a zero Chat with its ID,
// state ChatActive, and no error.
func (s *Store) Chat(ctx context.Context, id int64) (x Chat, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		x, err = c.chat(id, "")
		return err
	})
	return x, err
}

// UpdateChat changes a chat in one transaction, creating it when it is new,
// and returns it. f may be called more than once.
func (s *Store) UpdateChat(ctx context.Context, id int64, f func(*Chat)) (x Chat, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		if x, err = c.chat(id, c.forUpdate()); err != nil {
			return err
		}
		f(&x)
		if x.ID = id; x.FirstSeen.IsZero() {
			x.FirstSeen = s.now()
		}
		return c.putChat(x)
	})
	return x, err
}

func (c conn) putChat(x Chat) error {
	_, err := c.exec(`INSERT INTO chats (`+chatColumns+`) VALUES (`+holes(1, 14)+`)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, language = excluded.language,
			client = excluded.client, digits = excluded.digits, calendar = excluded.calendar,
			free_questions = excluded.free_questions, state = excluded.state, last_question = excluded.last_question,
			last_asked = excluded.last_asked, last_seen = excluded.last_seen, extra = excluded.extra`,
		x.ID, x.Kind, x.Title, x.Language, x.Client, x.Digits, x.Calendar, x.FreeQuestions, string(x.State), x.LastQuestion,
		x.LastAsked, x.FirstSeen, x.LastSeen, x.Extra)
	return err
}

// SetChatState records that a chat blocked us, is gone or came back. Its
// subscription sleeps while it is not active and resumes afterwards.
func (s *Store) SetChatState(ctx context.Context, id int64, state ChatState) error {
	_, err := s.UpdateChat(ctx, id, func(x *Chat) { x.State = state })
	return err
}
