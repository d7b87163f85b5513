package bot

import (
	"context"
	"sync"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

const (
	aboutDocuments  = 3   // headlines that tell what the documents are about
	offered         = 3   // questions offered
	offeredFrom     = 0.5 // confidence that the answer to each must have
	offeredTries    = 8   // questions that are tried at most
	phrasesOfEach   = 2   // key phrases of one document that become questions
	topicsDocuments = 8   // newest documents that topics are taken from
)

// topics knows what the documents are about today. What it computed holds
// until the corpus changes.
type topics struct {
	b    *Bot
	mu   sync.Mutex
	seq  int64
	held map[string]offer
}

// offer is what is offered in one language: questions, and the id of the state
// that their buttons carry.
type offer struct {
	questions []string
	id        string
}

func newTopics(b *Bot) *topics { return &topics{b: b, held: map[string]offer{}} }

// newest are the documents that the corpus speaks with today.
func (b *Bot) newest(ctx context.Context, n int) ([]store.Stored, error) {
	return b.o.Store.List(ctx, store.ListOptions{Limit: n})
}

// questions are up to three that the documents answer well, each from another
// document where that can be.
func (s *topics) questions(ctx context.Context, p phrase.Phrases) (offer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seq := s.b.o.Corpus.Seq(); seq != s.seq {
		clear(s.held)
		s.seq = seq
	}
	if o, ok := s.held[p.Lang()]; ok {
		return o, nil
	}
	documents, err := s.b.newest(ctx, topicsDocuments)
	if err != nil {
		return offer{}, err
	}
	var o offer
	for _, question := range candidateQuestions(documents, p) {
		a, err := s.b.answers.ask(ctx, inquiry{text: question, language: p.Lang(), k: excerptsShown}, s.b.Now())
		if err != nil {
			return offer{}, err
		}
		if a.Kind == answer.Answered && a.Confidence >= offeredFrom {
			o.questions = append(o.questions, question)
		}
		if len(o.questions) == offered {
			break
		}
	}
	if len(o.questions) > 0 {
		if o.id, err = s.b.keep(ctx, state{Follow: o.questions}); err != nil {
			return offer{}, err
		}
	}
	s.held[p.Lang()] = o
	return o, nil
}

// candidateQuestions asks about the key phrases of the documents, the
// weightiest of every document first.
func candidateQuestions(documents []store.Stored, p phrase.Phrases) []string {
	var phrases [][]string
	for _, d := range documents {
		phrases = append(phrases, answer.KeyPhrases(d.Document, offeredTries))
	}
	var out []string
	seen := map[string]bool{}
	for rank := range offeredTries {
		for _, list := range phrases {
			if rank >= len(list) || seen[wordKey(list[rank])] || len(phrases) > offered && rank >= phrasesOfEach {
				continue
			}
			seen[wordKey(list[rank])] = true
			if len(out) < offeredTries {
				out = append(out, p.T("question.about", list[rank]))
			}
		}
	}
	return out
}

// questionButtons is a keyboard of questions that the documents answer well;
// empty when there are none, for a reply is not worth failing for it.
func (b *Bot) questionButtons(ctx context.Context, t *Talk) message.Keyboard {
	o, err := b.topics.questions(ctx, t.P)
	if err != nil {
		b.o.Log.Warn("no questions could be offered", "error", err)
		return nil
	}
	var k message.Keyboard
	for i, question := range o.questions {
		k = append(k, t.Row(message.Button{Text: shorten(question, followUpLimit), Data: Data("n", o.id, short(int64(i)))}))
	}
	return k
}

// phrasesOffered are key phrases of the newest documents, for topics.
func (b *Bot) phrasesOffered(ctx context.Context, n int) ([]string, error) {
	documents, err := b.newest(ctx, topicsDocuments)
	if err != nil {
		return nil, err
	}
	var out []string
	seen := map[string]bool{}
	for _, d := range documents {
		for _, p := range answer.KeyPhrases(d.Document, phrasesOfEach) {
			if key := wordKey(p); !seen[key] && len(out) < n {
				seen[key] = true
				out = append(out, p)
			}
		}
	}
	return out, nil
}

// about tells in headlines what the documents are about today.
func (b *Bot) about(ctx context.Context, t *Talk) ([]message.Block, error) {
	documents, err := b.newest(ctx, aboutDocuments)
	if err != nil || len(documents) == 0 {
		return lines(t.P.T("docs.none")), err
	}
	out := []message.Block{{Kind: message.Heading, Spans: []message.Span{{Text: t.P.T("start.about")}}, Glue: true}}
	for _, d := range documents {
		title := message.Span{Text: titleOf(d.Title, t.P), URL: startLink(b.Username(), documentPayload(d.ID))}
		out = append(out, message.Block{Kind: message.Item, Spans: []message.Span{title}})
	}
	return out, nil
}
