package bot

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"mujaz/bot/message"
	"mujaz/corpus/store"
)

// topicsOffered is how many key phrases are offered as topics.
const topicsOffered = 8

// showTopics offers key phrases as topics, the chosen ones marked.
func (b *Bot) showTopics(ctx context.Context, t *Talk, s store.Subscription) error {
	list, err := b.phrasesOffered(ctx, topicsOffered)
	if err != nil {
		return err
	}
	for _, topic := range s.Topics {
		if !slices.Contains(list, topic) {
			list = append(list, topic)
		}
	}
	value, err := json.Marshal(list)
	if err != nil {
		return err
	}
	id, err := b.o.Store.Keep(ctx, value, stateTTL)
	if err != nil {
		return err
	}
	m := message.Message{Blocks: []message.Block{heading(t.P.T("topics.title")), b.topicsLine(t, s.Topics), message.Text(t.P.T("topics.how"))}}
	for i, topic := range list {
		m.Keyboard = append(m.Keyboard, t.Row(marked(slices.Contains(s.Topics, topic), shorten(topic, followUpLimit), Data("d", "topic", id, strconv.Itoa(i)))))
	}
	m.Keyboard = append(m.Keyboard, t.Row(t.button("topics.words", Data("d", "words")), t.button("topics.clear", Data("d", "clear")), t.button("button.back", Data("d", "show"))))
	return t.Show(ctx, m)
}

// pressTopic adds or removes a topic of the list that the button carries.
func (b *Bot) pressTopic(ctx context.Context, t *Talk, args []string) error {
	id, n, err := pageArgs(args[1:])
	if err != nil {
		return err
	}
	value, err := b.o.Store.Kept(ctx, id)
	if err != nil {
		return err
	}
	var list []string
	if json.Unmarshal(value, &list) != nil || n >= len(list) {
		return store.ErrNotFound
	}
	sub, err := b.change(ctx, t, func(s *store.Subscription) {
		if i := slices.Index(s.Topics, list[n]); i >= 0 {
			s.Topics = slices.Delete(slices.Clone(s.Topics), i, i+1)
		} else {
			addTopic(s, list[n])
		}
	})
	if err != nil {
		return err
	}
	return b.showTopics(ctx, t, sub)
}

// topicsLine names the chosen topics; each is a link that subscribes whoever
// opens it, fit to be passed on.
func (b *Bot) topicsLine(t *Talk, topics []string) message.Block {
	if len(topics) == 0 {
		return message.Text(t.P.T("sub.line.topics", t.P.T("sub.all_topics")))
	}
	spans := []message.Span{{Text: t.P.T("sub.line.topics", "")}}
	for i, topic := range topics {
		if i > 0 {
			spans = append(spans, message.Span{Text: t.P.T("list.comma") + " "})
		}
		span := message.Span{Text: topic}
		if p, ok := topicPayload(topic); ok {
			span.URL = startLink(b.Username(), p)
		}
		spans = append(spans, span)
	}
	return message.Block{Spans: spans}
}
