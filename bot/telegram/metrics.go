package telegram

import (
	"errors"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what an operator watches. Labels come from fixed sets: no chat,
// no text, no token.
type metrics struct {
	updates *prometheus.CounterVec // by what became of them on receipt
	calls   *prometheus.CounterVec // by method and result
	latency *prometheus.HistogramVec
	waited  prometheus.Histogram
	work    *prometheus.HistogramVec
	queue   prometheus.Gauge
	notices prometheus.Gauge
	gate    prometheus.Gauge
	pauses  prometheus.Counter
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		updates: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mujaz_telegram_updates_total", Help: "Updates received, by what became of them."}, []string{"outcome"}),
		calls:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mujaz_telegram_calls_total", Help: "Calls of the Bot API, by method and result (ok, HTTP status, network)."}, []string{"method", "result"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "mujaz_telegram_call_seconds", Help: "Time of one call.", Buckets: prometheus.DefBuckets}, []string{"method"}),
		waited:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "mujaz_telegram_gate_seconds", Help: "Time that calls waited for the send limits.", Buckets: []float64{.001, .01, .1, .5, 1, 2, 5, 10, 30, 60, 300}}),
		work:    prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "mujaz_telegram_request_seconds", Help: "Time to deal with one request, by result.", Buckets: prometheus.DefBuckets}, []string{"result"}),
		queue:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "mujaz_telegram_queue", Help: "Updates accepted and not finished."}),
		notices: prometheus.NewGauge(prometheus.GaugeOpts{Name: "mujaz_telegram_notices", Help: "People who are still to be told to wait."}),
		gate:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "mujaz_telegram_gate_queue", Help: "Calls that wait for the send limits."}),
		pauses:  prometheus.NewCounter(prometheus.CounterOpts{Name: "mujaz_telegram_retry_after_seconds_total", Help: "Seconds that Telegram asked to wait."}),
	}
	if r != nil {
		r.MustRegister(m.updates, m.calls, m.latency, m.waited, m.work, m.queue, m.notices, m.gate, m.pauses)
	}
	return m
}

func (m *metrics) called(method string, took time.Duration, err error) {
	result := "ok"
	var refused *apiError
	switch {
	case errors.As(err, &refused):
		result = strconv.Itoa(refused.code)
	case err != nil:
		result = "network"
	}
	m.calls.WithLabelValues(method, result).Inc()
	m.latency.WithLabelValues(method).Observe(took.Seconds())
}

func (m *metrics) handled(took time.Duration, err error) {
	result := "ok"
	if err != nil {
		result = "error"
	}
	m.work.WithLabelValues(result).Observe(took.Seconds())
}
