package serve

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mujaz/bot"
	"mujaz/index/answer"
)

// measured counts what it answers, by kind, and how long that takes.
type measured struct {
	bot.Answerer
	answers *prometheus.CounterVec
	seconds prometheus.Histogram
}

func newMeasured(a bot.Answerer, r prometheus.Registerer) *measured {
	m := &measured{
		Answerer: a,
		answers:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mujaz_answers_total", Help: "Questions answered, by kind."}, []string{"kind"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "mujaz_answer_seconds", Help: "Time from question to answer: search, ranking, summary.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5}}),
	}
	r.MustRegister(m.answers, m.seconds)
	return m
}

// Ask implements bot.Answerer.
func (m *measured) Ask(ctx context.Context, text string, o answer.Ask) (answer.Answer, error) {
	began := time.Now()
	a, err := m.Answerer.Ask(ctx, text, o)
	if err != nil {
		m.answers.WithLabelValues("error").Inc()
		return a, err
	}
	m.answers.WithLabelValues(string(a.Kind)).Inc()
	m.seconds.Observe(time.Since(began).Seconds())
	return a, nil
}

// state reads gauges from store and index whenever they are asked for.
type state struct {
	s                                       *service
	documents, paragraphs, lag, owed, delay *prometheus.Desc
}

func newState(s *service) *state {
	gauge := func(name, help string) *prometheus.Desc { return prometheus.NewDesc(name, help, nil, nil) }
	return &state{s,
		gauge("mujaz_documents", "Documents that can be found."),
		gauge("mujaz_paragraphs", "Paragraphs that can be found."),
		gauge("mujaz_index_lag", "Changes of the store that the index has not read yet."),
		gauge("mujaz_deliveries_open", "Digests and alerts that are owed and not sent."),
		gauge("mujaz_digest_lag_seconds", "Age of the oldest digest or alert that is owed."),
	}
}

// Describe implements prometheus.Collector.
func (x *state) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{x.documents, x.paragraphs, x.lag, x.owed, x.delay} {
		out <- d
	}
}

// collectTimeout bounds the questions to the store: a scrape must not hang.
const collectTimeout = 2 * time.Second

// Collect implements prometheus.Collector. What cannot be read is left out.
func (x *state) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), collectTimeout)
	defer cancel()
	send := func(d *prometheus.Desc, v float64) { out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	documents, paragraphs := x.s.rooms.Index.Count()
	send(x.documents, float64(documents))
	send(x.paragraphs, float64(paragraphs))
	if last, err := x.s.rooms.Store.LastSeq(ctx); err == nil {
		send(x.lag, float64(last-x.s.rooms.Index.Seq()))
	}
	if n, oldest, err := x.s.rooms.Store.Backlog(ctx); err == nil {
		send(x.owed, float64(n))
		delay := 0.0
		if n > 0 {
			delay = max(x.s.bot.Now().Sub(oldest).Seconds(), 0)
		}
		send(x.delay, delay)
	}
}
