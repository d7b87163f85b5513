package serve

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mujaz/bot"
	"mujaz/index/answer"
)

// meter counts questions and times the stages of dealing with them. It
// implements bot.Meter.
type meter struct {
	asked  *prometheus.CounterVec
	stages *prometheus.HistogramVec
}

// stages are the parts of an answer's way, in order. Search to suggest are
// passed by questions that were answered a moment ago and are remembered.
var stages = []string{"search", "rank", "summary", "suggest", "compose", "encode", "send"}

func newMeter(r prometheus.Registerer) *meter {
	m := &meter{
		asked: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mujaz_answers_total", Help: "Questions dealt with, by kind."}, []string{"kind"}),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "mujaz_stage_seconds", Help: "Time of one stage: search, rank, summary, suggest, compose, encode, send (with waiting for the send limits).",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}}, []string{"stage"}),
	}
	for _, stage := range stages {
		m.stages.WithLabelValues(stage)
	}
	r.MustRegister(m.asked, m.stages)
	return m
}

// Asked implements bot.Meter.
func (m *meter) Asked(kind string) { m.asked.WithLabelValues(kind).Inc() }

// Stage implements bot.Meter.
func (m *meter) Stage(name string, took time.Duration) {
	m.stages.WithLabelValues(name).Observe(took.Seconds())
}

// timed times the stages of the answers that are computed.
type timed struct {
	bot.Answerer
	*meter
}

// Ask implements bot.Answerer.
func (t timed) Ask(ctx context.Context, text string, o answer.Ask) (answer.Answer, error) {
	a, err := t.Answerer.Ask(ctx, text, o)
	if err != nil {
		return a, err
	}
	for name, took := range map[string]time.Duration{"search": a.Stages.Search, "rank": a.Stages.Rank, "summary": a.Stages.Summary, "suggest": a.Stages.Suggest} {
		if took > 0 {
			t.Stage(name, took)
		}
	}
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
