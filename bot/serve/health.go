package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// check is one condition of being ready; it returns the reason when it is not.
type check struct {
	name string
	why  func(ctx context.Context) string
}

// health answers /healthz, /readyz and /metrics, and nothing else but what the
// webhook adds.
type health struct {
	mux    *http.ServeMux
	checks []check
}

func newHealth(metrics *prometheus.Registry, checks ...check) *health {
	h := &health{mux: http.NewServeMux(), checks: checks}
	h.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { writeStatus(w, http.StatusOK, nil) })
	h.mux.HandleFunc("GET /readyz", h.ready)
	h.mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	return h
}

// readyTimeout bounds all checks together.
const readyTimeout = 3 * time.Second

func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	reasons := map[string]string{}
	for _, c := range h.checks {
		if why := c.why(ctx); why != "" {
			reasons[c.name] = why
		}
	}
	code := http.StatusOK
	if len(reasons) > 0 {
		code = http.StatusServiceUnavailable
	}
	writeStatus(w, code, reasons)
}

func writeStatus(w http.ResponseWriter, code int, reasons map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	status := "ok"
	if code != http.StatusOK {
		status = "not ready"
	}
	// The reader has gone when this fails; there is nobody to tell.
	_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "reasons": reasons})
}

// maxBody bounds what any request of this listener may send in bytes.
const maxBody = 1 << 20

// listen serves the mux until ctx ends, then lets requests in flight finish.
func listen(ctx context.Context, addr string, handler http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: http.MaxBytesHandler(handler, maxBody), ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 1 << 14,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err = server.Shutdown(last)
	if served := <-done; !errors.Is(served, http.ErrServerClosed) {
		return served
	}
	return err
}
