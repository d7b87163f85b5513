package serve

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mujaz/bot/phrase"
)

// crowd is a Bot API server that does nothing but hand out questions at a rate
// and note when they are answered: the local server, which keeps chats, would
// need more of the processors than the bot.
type crowd struct {
	server *httptest.Server
	busy   string // what is said to who must wait

	mu      sync.Mutex
	changed chan struct{} // closed and replaced when questions come
	pending []update
	asked   []question // by message id - 1
	told    map[int64][]time.Time
	waiting int // most updates that the bot had not taken
	strange []string
}

// question is one that was asked, with the time of its answer.
type question struct {
	chat     int64
	at       time.Time
	answered time.Duration // 0: not
}

type update struct {
	ID      int     `json:"update_id"`
	Message message `json:"message"`
}

type message struct {
	ID   int    `json:"message_id"`
	Date int64  `json:"date"`
	Text string `json:"text"`
	Chat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	} `json:"chat"`
	From struct {
		ID       int64  `json:"id"`
		Name     string `json:"first_name"`
		Language string `json:"language_code"`
	} `json:"from"`
}

const crowdToken = "7:AAcrowdcrowdcrowdcrowdcrowdcrowdcrowd"

func newCrowd(t *testing.T) *crowd {
	c := &crowd{changed: make(chan struct{}), told: map[int64][]time.Time{}}
	c.busy = phrase.For(phrase.Arabic, phrase.Options{}).T("busy")
	c.server = httptest.NewServer(http.HandlerFunc(c.serve))
	t.Cleanup(c.server.Close)
	return c
}

func (c *crowd) serve(w http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var result any = true
	switch method {
	case "getMe":
		result = map[string]any{"id": 7, "username": "mujaz_bot"}
	case "getWebhookInfo":
		result = map[string]any{"url": ""}
	case "getMyCommands":
		result = []any{}
	case "getMyDescription", "getMyShortDescription", "getChatMenuButton":
		result = map[string]any{}
	case "getUpdates":
		result = c.take(r, body)
	case "sendMessage":
		result = c.sent(body)
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func (c *crowd) take(r *http.Request, body []byte) []update {
	var p struct{ Offset int }
	if json.Unmarshal(body, &p) != nil {
		return nil
	}
	timeout := time.NewTimer(time.Second)
	defer timeout.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.pending) > 0 && c.pending[0].ID < p.Offset {
		c.pending = c.pending[1:]
	}
	if len(c.pending) == 0 {
		changed := c.changed
		c.mu.Unlock()
		select {
		case <-changed:
		case <-timeout.C:
		case <-r.Context().Done():
		}
		c.mu.Lock()
	}
	return slices.Clone(c.pending[:min(100, len(c.pending))])
}

func (c *crowd) sent(body []byte) map[string]any {
	var p struct {
		Chat  int64 `json:"chat_id"`
		Text  string
		Reply struct {
			ID int `json:"message_id"`
		} `json:"reply_parameters"`
	}
	err := json.Unmarshal(body, &p)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil:
		c.strange = append(c.strange, err.Error())
	case strings.Contains(p.Text, c.busy):
		c.told[p.Chat] = append(c.told[p.Chat], time.Now())
	case p.Reply.ID >= 1 && p.Reply.ID <= len(c.asked):
		q := &c.asked[p.Reply.ID-1]
		if q.answered != 0 {
			c.strange = append(c.strange, fmt.Sprint("answered twice: ", p.Reply.ID))
		}
		q.answered = time.Since(q.at)
	default:
		c.strange = append(c.strange, p.Text)
	}
	return map[string]any{"message_id": 1<<30 + len(c.asked)}
}

// ask queues a question of a person.
func (c *crowd) ask(chat int64, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.asked = append(c.asked, question{chat: chat, at: now})
	u := update{ID: len(c.asked)}
	m := &u.Message
	m.ID, m.Date, m.Text = u.ID, now.Unix(), text
	m.Chat.ID, m.Chat.Type = chat, "private"
	m.From.ID, m.From.Name, m.From.Language = chat, "ق", "ar"
	c.pending = append(c.pending, u)
	c.waiting = max(c.waiting, len(c.pending))
	close(c.changed)
	c.changed = make(chan struct{})
}

// offer lets people ask at a rate for a while; the flooder, one more, asks as
// often as said besides. It returns the number of the first question.
func (c *crowd) offer(d time.Duration, perSecond, flood, people int, words func() string) (from int) {
	from = c.count()
	start := time.Now()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	asked, flooded := 0, 0
	for now := start; now.Sub(start) < d; now = <-tick.C {
		due := now.Sub(start).Seconds()
		for ; asked < int(due*float64(perSecond)); asked++ {
			c.ask(1000+int64(rand.IntN(people)), words())
		}
		for ; flooded < int(due*float64(flood)); flooded++ {
			c.ask(flooderID, words())
		}
	}
	return from
}

// flooderID is the person who sends without end.
const flooderID = 999

func (c *crowd) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.asked)
}

// untaken is how many updates the bot has not confirmed.
func (c *crowd) untaken() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.pending)
}

// tally is what became of questions.
type tally struct {
	offered, answered int
	people, told      int // people told to wait
	notices           int
	silent            int             // questions without answer whose asker was told nothing about it
	took              []time.Duration // ascending
}

// quantile of the times that answers took.
func (n tally) quantile(q float64) time.Duration {
	if len(n.took) == 0 {
		return 0
	}
	return n.took[int(q*float64(len(n.took)-1))]
}

// tally looks at the questions from a number on, without the flooder's.
func (c *crowd) tally(from int) (n tally) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := map[int64]bool{}
	for _, q := range c.asked[from:] {
		if q.chat == flooderID {
			continue
		}
		n.offered++
		seen[q.chat] = true
		switch {
		case q.answered > 0:
			n.took = append(n.took, q.answered)
		case !slices.ContainsFunc(c.told[q.chat], func(at time.Time) bool { return at.After(q.at.Add(-noticeHolds)) }):
			n.silent++
		}
	}
	for chat := range seen {
		if k := len(c.told[chat]); k > 0 {
			n.told++
			n.notices += k
		}
	}
	slices.Sort(n.took)
	n.people, n.answered = len(seen), len(n.took)
	return n
}

// noticeHolds is how long a person who was told to wait is not told again.
const noticeHolds = time.Minute + time.Second
