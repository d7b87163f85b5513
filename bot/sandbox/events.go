package sandbox

import (
	"context"
	"fmt"
	"slices"
)

// EventKind says what happened on the server.
type EventKind string

// Kinds of event.
const (
	Posted  EventKind = "posted"  // a message, of a person or of the bot
	Edited  EventKind = "edited"  // a message was edited
	Deleted EventKind = "deleted" // a message was deleted
	Acting  EventKind = "acting"  // the bot showed a chat action
	Reacted EventKind = "reacted" // the bot set a reaction
	Pressed EventKind = "pressed" // the bot answered a button press
	Offered EventKind = "offered" // the bot answered an inline query
	Left    EventKind = "left"    // the bot left a chat
	Changed EventKind = "changed" // people, chats or the clock changed
)

// Event is one thing that happened. Message is a copy from that moment.
type Event struct {
	N       int64
	Kind    EventKind
	Chat    int64
	User    int64
	Query   string // id of the press or inline query
	Text    string
	Message *Message
}

const keptEvents = 50000

// emit records an event and wakes who waits; mu is held.
func (s *Server) emit(e Event) {
	e.N = s.next()
	if e.Message != nil {
		copied := *e.Message
		e.Message, e.Chat = &copied, copied.Chat.ID
	}
	if len(s.events) >= keptEvents {
		s.events = slices.Clone(s.events[keptEvents/2:])
	}
	s.events = append(s.events, e)
	s.touch()
}

// Events lists what happened after event number after (0: from the start).
func (s *Server) Events(after int64) []Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.eventsAfter(after)
}

func (s *Server) eventsAfter(after int64) []Event {
	i, _ := slices.BinarySearchFunc(s.events, after+1, func(e Event, n int64) int { return int(e.N - n) })
	return slices.Clone(s.events[i:])
}

// WaitFor evaluates cond again after every change until it holds. cond may
// call any method of the server.
func (s *Server) WaitFor(ctx context.Context, cond func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("sandbox: waiting in vain: %w", ctx.Err())
		}
	}
}

// Idle waits until the bot has taken and confirmed every update. A bot that
// confirms only what it has handled is then done with all of it.
func (s *Server) Idle(ctx context.Context) error {
	return s.WaitFor(ctx, func() bool { return s.Pending() == 0 })
}

// Pending counts the updates that the bot has not confirmed.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue.pending)
}
