package bot

import (
	"context"
	"strings"
	"sync"

	"mujaz/bot/message"
	"mujaz/bot/phrase"
	"mujaz/corpus"
	"mujaz/corpus/arabic"
	"mujaz/corpus/store"
	"mujaz/index/answer"
)

const (
	aboutDocuments  = 3   // headlines that tell what the documents are about
	offered         = 3   // questions offered
	offeredFrom     = 0.5 // confidence that the answer to each must have
	offeredPhrases  = 8   // key phrases that are tried for them
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
	if o.questions, err = s.answered(ctx, phrasesOf(documents, offeredPhrases), p); err != nil {
		return offer{}, err
	}
	if len(o.questions) > 0 {
		if o.id, err = s.b.keep(ctx, state{Follow: o.questions}); err != nil {
			return offer{}, err
		}
	}
	s.held[p.Lang()] = o
	return o, nil
}

// questionForms are ways to ask about a phrase; the offered questions take
// turns with them, so that they are not all alike.
var questionForms = []string{"question.latest", "question.about", "question.expected"}

// answered makes a question of each phrase and keeps those that are answered
// with confidence, every one by another sentence.
func (s *topics) answered(ctx context.Context, phrases []string, p phrase.Phrases) ([]string, error) {
	var out []string
	leads := map[string]bool{}
	for _, about := range phrases {
		for n := range questionForms {
			question := p.T(questionForms[(n+len(out))%len(questionForms)], about)
			a, err := s.b.answers.ask(ctx, inquiry{text: question, language: p.Lang(), k: excerptsShown}, s.b.Now())
			if err != nil {
				return nil, err
			}
			if lead := a.Summary.Lead; a.Kind == answer.Answered && a.Confidence >= offeredFrom && lead != nil && !leads[lead.Text] {
				leads[lead.Text] = true
				out = append(out, question)
				break
			}
		}
		if len(out) == offered {
			break
		}
	}
	return out, nil
}

// phrasesOf are at most n key phrases of the documents, the weightiest of
// every document first.
func phrasesOf(documents []store.Stored, n int) []string {
	var lists [][]string
	for _, d := range documents {
		lists = append(lists, append(nameOf(d.Document), answer.KeyPhrases(d.Document, n)...))
	}
	var out []string
	seen := map[string]bool{}
	for rank := range n {
		for _, list := range lists {
			if rank < len(list) && !seen[wordKey(list[rank])] && len(out) < n {
				seen[wordKey(list[rank])] = true
				out = append(out, list[rank])
			}
		}
	}
	return out
}

// titleWords is the longest title that can be the name of a subject.
const titleWords = 4

// nameOf is the title where it names the subject: a few words that the text
// repeats as they are, which a sentence for a headline hardly is.
func nameOf(d corpus.Document) []string {
	title := arabic.FoldedWords(d.Title)
	if len(title) < 2 || len(title) > titleWords {
		return nil
	}
	name := " " + strings.Join(title, " ") + " "
	for _, p := range d.Paragraphs() {
		text := " " + strings.Join(arabic.FoldedWords(p.Text), " ") + " "
		if text != name && strings.Contains(text, name) { // a paragraph may be the title once more
			return []string{oneLine(d.Title)}
		}
	}
	return nil
}

// questionButtons is a keyboard of questions that the documents answer well;
// empty when there are none, for a reply is not worth failing for it.
func (b *Bot) questionButtons(ctx context.Context, t *Talk) message.Keyboard {
	o, err := b.topics.questions(ctx, t.P)
	if err != nil {
		b.o.Log.WarnContext(ctx, "no questions could be offered", "error", err)
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
	return phrasesOf(documents, n), nil
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
