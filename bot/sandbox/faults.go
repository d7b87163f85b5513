package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Fault is one way in which the server misbehaves. Exactly one of RetryAfter,
// Status, Err, Lost, Garbage, Truncate and Down is usual; Delay goes with any.
type Fault struct {
	Method     string        // Bot API method, "file" for downloads, "" for all
	Chat       int64         // only calls for this chat; 0 for all
	Times      int           // how many calls are hit; 0 until removed
	RetryAfter int           // refuse with 429 and these seconds
	Status     int           // answer this status with an HTML body, as a gateway does
	Err        *APIError     // refuse with this error
	Lost       bool          // do the work, then cut the connection
	Garbage    string        // do the work, then answer this with status 200
	Truncate   bool          // do the work, then answer half of the JSON
	Down       bool          // cut the connection before doing anything
	Delay      time.Duration // wait before anything else

	hits int
}

// Inject adds a fault and returns what removes it again.
func (s *Server) Inject(f Fault) (remove func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	added := &f
	s.faults = append(s.faults, added)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults = slices.DeleteFunc(s.faults, func(f *Fault) bool { return f == added })
	}
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// takeFault returns a copy of the first fault that hits this call, or nil.
func (s *Server) takeFault(name string, chat int64) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.Method != "" && !strings.EqualFold(f.Method, name) || f.Chat != 0 && f.Chat != chat {
			continue
		}
		f.hits++
		if f.Times > 0 && f.hits >= f.Times {
			s.faults = slices.Delete(s.faults, i, i+1)
		}
		s.counters.Faults++
		copied := *f
		return &copied
	}
	return nil
}

// before misbehaves ahead of the work; stop means that the call is over.
func (f *Fault) before(ctx context.Context, w http.ResponseWriter) (stop bool) {
	if f == nil {
		return false
	}
	if f.Delay > 0 {
		wait := time.NewTimer(f.Delay)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-ctx.Done():
			return true
		}
	}
	switch {
	case f.Down:
		cut(w)
	case f.RetryAfter > 0:
		reply(w, nil, tooMany(f.RetryAfter))
	case f.Err != nil:
		reply(w, nil, f.Err)
	case f.Status > 0:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		w.Write([]byte("<html>\r\n<head><title>" + http.StatusText(f.Status) + "</title></head>\r\n<body><center><h1>" +
			itoa(int64(f.Status)) + " " + http.StatusText(f.Status) + "</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n"))
	default:
		return false
	}
	return true
}

// after misbehaves once the work is done.
func (f *Fault) after(w http.ResponseWriter, result any) (stop bool) {
	switch {
	case f == nil:
		return false
	case f.Lost:
		cut(w)
	case f.Garbage != "":
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(f.Garbage))
	case f.Truncate:
		var b bytes.Buffer
		json.NewEncoder(&b).Encode(map[string]any{"ok": true, "result": result})
		w.Header().Set("Content-Type", "application/json")
		w.Write(b.Bytes()[:b.Len()/2])
	default:
		return false
	}
	return true
}

func (f *Fault) status() int {
	switch {
	case f == nil || f.Down:
		return 0
	case f.RetryAfter > 0:
		return http.StatusTooManyRequests
	case f.Err != nil:
		return f.Err.Code
	}
	return f.Status
}

func (f *Fault) text() string {
	switch {
	case f == nil:
		return ""
	case f.Err != nil:
		return f.Err.Description
	case f.RetryAfter > 0:
		return tooMany(f.RetryAfter).Description
	}
	return "fault"
}

// cut ends the connection without an answer.
func cut(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			conn.Close()
			return
		}
	}
	panic(http.ErrAbortHandler)
}
