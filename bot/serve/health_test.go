package serve

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

func TestReadySaysWhyNot(t *testing.T) {
	reason := "warming up"
	h := newHealth(prometheus.NewRegistry(), check{"index", func(context.Context) string { return reason }})
	for _, c := range []struct {
		path, reason string
		code         int
	}{
		{"/healthz", "warming up", http.StatusOK},
		{"/readyz", "warming up", http.StatusServiceUnavailable},
		{"/readyz", "", http.StatusOK},
		{"/metrics", "", http.StatusOK},
		{"/debug/pprof/", "", http.StatusNotFound},
		{"/", "", http.StatusNotFound},
	} {
		reason = c.reason
		w := httptest.NewRecorder()
		h.mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
		if w.Code != c.code {
			t.Errorf("%s with reason %q: status %d, want %d", c.path, c.reason, w.Code, c.code)
		}
		if c.code == http.StatusServiceUnavailable && !strings.Contains(w.Body.String(), c.reason) {
			t.Errorf("%s does not say why: %s", c.path, w.Body)
		}
	}
}

func TestListenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := listen(ctx, "127.0.0.1:0", http.NotFoundHandler()); err != nil {
		t.Error(err)
	}
	if err := listen(t.Context(), "256.0.0.1:0", http.NotFoundHandler()); err == nil {
		t.Error("an address that cannot be had was accepted")
	}
}
