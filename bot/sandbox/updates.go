package sandbox

import (
	"context"
	"slices"
	"time"
)

// Bounds of getUpdates.
const (
	maxUpdates     = 100
	maxPollTimeout = 50 // seconds
)

// updateQueue holds updates that the bot has not confirmed.
type updateQueue struct {
	lastID   int
	pending  []Update
	allowed  map[string]bool
	poller   int64 // number of the getUpdates request that waits now
	nextPoll int64
}

func (q *updateQueue) init() { q.allowed = defaultAllowed() }

// defaultAllowed are the kinds of update that are served; the server leaves
// out members and reactions unless they are asked for.
func defaultAllowed() map[string]bool {
	return map[string]bool{
		"message": true, "edited_message": true, "channel_post": true, "edited_channel_post": true,
		"inline_query": true, "chosen_inline_result": true, "callback_query": true, "my_chat_member": true,
	}
}

func (u Update) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.ChannelPost != nil:
		return "channel_post"
	case u.EditedChannelPost != nil:
		return "edited_channel_post"
	case u.InlineQuery != nil:
		return "inline_query"
	case u.ChosenInline != nil:
		return "chosen_inline_result"
	case u.CallbackQuery != nil:
		return "callback_query"
	case u.MyChatMember != nil:
		return "my_chat_member"
	}
	return "chat_member"
}

// push queues an update if its kind is wanted; mu is held.
func (s *Server) push(u Update) int {
	if !s.queue.allowed[u.kind()] {
		return 0
	}
	s.queue.lastID++
	u.ID = s.queue.lastID
	s.queue.pending = append(s.queue.pending, u)
	s.counters.Updates++
	s.touch()
	return u.ID
}

// allow takes the allowed_updates parameter; what is not an array of strings
// leaves the setting as it was, an empty array restores the default.
func (q *updateQueue) allow(p params) {
	var kinds []string
	if present, err := p.object("allowed_updates", &kinds); !present || err != nil {
		return
	}
	if len(kinds) == 0 {
		q.init()
		return
	}
	q.allowed = map[string]bool{}
	for _, k := range kinds {
		q.allowed[k] = true
	}
}

// confirm drops what lies before offset; a negative one keeps only the last
// -offset updates.
func (q *updateQueue) confirm(offset int64) {
	if offset < 0 {
		from := max(0, int64(len(q.pending))+offset)
		q.pending = slices.Clone(q.pending[from:])
		return
	}
	n, _ := slices.BinarySearchFunc(q.pending, offset, func(u Update, id int64) int { return int(int64(u.ID) - id) })
	if n > 0 {
		q.pending = slices.Clone(q.pending[n:])
	}
}

// getUpdates waits for updates up to the timeout. A second request ends the
// first one with a conflict.
func (s *Server) getUpdates(ctx context.Context, p params) (any, error) {
	limit := int(p.int("limit"))
	if limit < 1 || limit > maxUpdates {
		limit = maxUpdates
	}
	wait := time.NewTimer(time.Duration(min(max(p.int("timeout"), 0), maxPollTimeout)) * time.Second)
	defer wait.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		return nil, errWebhookActive
	}
	s.queue.allow(p)
	s.queue.confirm(p.int("offset"))
	s.queue.nextPoll++
	mine := s.queue.nextPoll
	s.queue.poller = mine
	s.touch()
	for {
		switch {
		case s.hook.url != "":
			return nil, errOtherWebhook
		case s.queue.poller != mine:
			return nil, errOtherPoller
		case len(s.queue.pending) > 0:
			n := min(limit, len(s.queue.pending))
			return slices.Clone(s.queue.pending[:n]), nil
		case s.closed:
			return []Update{}, nil
		}
		changed := s.changed
		s.mu.Unlock()
		expired := false
		select {
		case <-changed:
		case <-wait.C:
			expired = true
		case <-ctx.Done():
			expired = true
		}
		s.mu.Lock()
		if expired && s.queue.poller == mine {
			return []Update{}, nil
		}
	}
}
