package sandbox

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// contentPolicy lets the page load nothing but its own files and talk to
// nobody but this server.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const maxPageRequest = 1 << 20 // bytes of a JSON request of the page

// action answers one request of the page.
type action func(s *Server, r *http.Request, q pageRequest) (any, error)

var pageActions = map[string]action{
	"state":    (*Server).pageState,
	"send":     (*Server).pageSend,
	"edit":     (*Server).pageEdit,
	"press":    (*Server).pagePress,
	"inline":   (*Server).pageInline,
	"choose":   (*Server).pageChoose,
	"language": (*Server).pageLanguage,
	"clock":    (*Server).pageClock,
	"block":    (*Server).pageBlock,
}

// servePage serves the chat page: its files, its live events, its actions.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	name := strings.TrimPrefix(r.URL.Path, "/")
	switch {
	case r.Method == http.MethodGet && name == "events":
		s.serveEvents(w, r)
	case r.Method == http.MethodGet && name == "file":
		s.servePageFile(w, r)
	case r.Method == http.MethodGet:
		servePageAsset(w, r, name)
	case r.Method == http.MethodPost && name == "upload":
		s.serveUpload(w, r)
	case r.Method == http.MethodPost && pageActions[name] != nil:
		s.serveAction(w, r, pageActions[name])
	default:
		http.Error(w, "not found", http.StatusNotFound)
	}
}

func servePageAsset(w http.ResponseWriter, r *http.Request, name string) {
	if name == "" {
		name = "index.html"
	}
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	kinds := map[string]string{"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
	w.Header().Set("Content-Type", kinds[name[strings.LastIndexByte(name, '.')+1:]]+"; charset=utf-8")
	w.Write(data)
}

func (s *Server) serveAction(w http.ResponseWriter, r *http.Request, do action) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		http.Error(w, "JSON is expected", http.StatusUnsupportedMediaType)
		return
	}
	var q pageRequest
	read := bounded(w, r, maxPageRequest)
	err := json.NewDecoder(r.Body).Decode(&q)
	if read(); err != nil {
		http.Error(w, "the request is not JSON", http.StatusBadRequest)
		return
	}
	if !s.cast(q.As) {
		http.Error(w, "nobody of that number plays here", http.StatusBadRequest)
		return
	}
	result, err := do(s, r, q)
	if err != nil {
		s.log.Debug("a request of the page failed", "action", r.URL.Path, "error", err)
		http.Error(w, "the bot did not answer", http.StatusGatewayTimeout)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(result)
}

// cast tells whether the page may play a person.
func (s *Server) cast(user int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return (user == ReaderID || user == AdminID) && s.users[user] != nil
}

// serveEvents streams what happens, from the event number after on.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no streaming", http.StatusInternalServerError)
		return
	}
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if last, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		after = last
	}
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprint(w, "retry: 1000\n\n")
	flusher.Flush()
	alive := time.NewTicker(20 * time.Second)
	defer alive.Stop()
	for {
		s.mu.Lock()
		changed, closed, events := s.changed, s.closed, s.eventsAfter(after)
		s.mu.Unlock()
		for _, e := range events {
			data, err := json.Marshal(s.pageEvent(e))
			if err != nil {
				s.log.Error("an event cannot be shown", "error", err)
				continue
			}
			fmt.Fprintf(w, "id: %d\ndata: %s\n\n", e.N, data)
			after = e.N
		}
		flusher.Flush()
		if closed {
			return
		}
		select {
		case <-changed:
		case <-alive.C:
			fmt.Fprint(w, ": alive\n\n")
		case <-r.Context().Done():
			return
		}
	}
}
