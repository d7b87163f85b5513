package sandbox

import (
	"cmp"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Options configure a Server; the zero value serves a test.
type Options struct {
	Token      string         // the bot's token; default DefaultToken
	Username   string         // the bot's name without @; default "mujaz_bot"
	Name       string         // the bot's first name; default "موجز"
	Clock      *Clock         // stamps messages, moved by the page; default the real time
	Location   *time.Location // where the times of day of the page are; default time.Local
	Log        *slog.Logger   // default discards
	Limits     Limits         // Telegram's flood limits; zero: counted, not enforced
	Cast       bool           // create the reader, the admin and the group of the page
	PrivacyOff bool           // the bot sees every group message, as with privacy mode off
	KeepCalls  int            // how many calls Calls remembers; default 10,000
}

// DefaultToken is a token of Telegram's shape that belongs to nobody.
const DefaultToken = "1000000001:AAsandbox-sandbox-sandbox-sandbox-0"

// BotID is the bot's user id.
const BotID = 1000000001

// The cast of the page: who can be played when Options.Cast is set.
const (
	ReaderID int64 = 1001
	AdminID  int64 = 1002
	GroupID  int64 = -1001000000003
)

// Server is the local Bot API server. All methods may be called at any time
// from any goroutine.
type Server struct {
	token   string
	bot     User
	clock   *Clock
	log     *slog.Logger
	privacy bool
	place   *time.Location
	keep    int

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at every change
	users    map[int64]*User
	chats    map[int64]*chat
	lastID   int64 // users and groups
	lastMsg  int   // message ids of private chats and basic groups
	lastAny  int64 // ids of queries, files, events
	files    map[string]*storedFile
	presses  map[string]*press
	inline   map[string]*inlineQuery
	byInline map[string]*Message // inline message id → message
	events   []Event
	queue    updateQueue
	hook     webhook
	menu     menu
	faults   []*Fault
	limiter  limiter
	calls    []Call
	counters Counters
	baseURL  string
	closed   bool
	revoked  bool
	shut     func() // stops the listener that Start opened
}

// chat is what the server knows of one chat.
type chat struct {
	Chat
	messages map[int]*Message
	order    []int
	lastMsg  int
	members  map[int64]*Member
	topics   map[int]string
	started  bool  // private: the person wrote to the bot at least once
	migrated int64 // new id after a migration
	blocked  *APIError
	lastPost []time.Time // the bot's sends, for limits
	typing   time.Time
}

// New returns a server without listening; it is an http.Handler.
func New(o Options) *Server {
	s := &Server{
		token: cmp.Or(o.Token, DefaultToken), clock: o.Clock, log: o.Log, privacy: !o.PrivacyOff, keep: cmp.Or(o.KeepCalls, 10000),
		changed: make(chan struct{}), users: map[int64]*User{}, chats: map[int64]*chat{}, lastID: 2000,
		files: map[string]*storedFile{}, presses: map[string]*press{}, inline: map[string]*inlineQuery{}, byInline: map[string]*Message{},
	}
	yes, no := true, false
	s.bot = User{ID: BotID, IsBot: true, FirstName: cmp.Or(o.Name, "موجز"), Username: cmp.Or(o.Username, "mujaz_bot"),
		CanJoinGroups: &yes, CanReadAllGroupMessages: &no, SupportsInlineQueries: &yes}
	if o.PrivacyOff {
		s.bot.CanReadAllGroupMessages = &yes
	}
	if s.place = o.Location; s.place == nil {
		s.place = time.Local
	}
	if s.clock == nil {
		s.clock = NewClock(time.Time{})
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.limiter.limits = o.Limits
	s.queue.init()
	s.menu.init()
	if o.Cast {
		s.addCast()
	}
	return s
}

func (s *Server) addCast() {
	s.AddUser(User{ID: ReaderID, FirstName: "قارئ", LanguageCode: "ar"})
	s.AddUser(User{ID: AdminID, FirstName: "محرر", LanguageCode: "ar"})
	s.addGroup(Chat{ID: GroupID, Type: "supergroup", Title: "غرفة الأخبار"}, []int64{ReaderID})
	s.SetMember(GroupID, AdminID, "administrator")
}

// Token is the bot's token.
func (s *Server) Token() string { return s.token }

// Bot is the bot's own account.
func (s *Server) Bot() User { return s.bot }

// Clock is the clock that stamps messages.
func (s *Server) Clock() *Clock { return s.clock }

// ServeHTTP serves the Bot API under /bot<token>/ and /file/bot<token>/, and
// the page everywhere else.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !localRequest(r) {
		http.Error(w, "this server answers only on its own machine", http.StatusForbidden)
		return
	}
	switch {
	case len(r.URL.Path) > 4 && r.URL.Path[:4] == "/bot":
		s.serveAPI(w, r)
	case len(r.URL.Path) > 9 && r.URL.Path[:9] == "/file/bot":
		s.serveFile(w, r)
	default:
		s.servePage(w, r)
	}
}

// touch tells everyone who waits that something changed; mu is held.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *Server) next() int64 {
	s.lastAny++
	return s.lastAny
}

func (s *Server) now() time.Time { return s.clock.Now() }
