package terminal

import (
	"fmt"
	"time"
)

// Meter draws the progress of long work on one line of a terminal. In a pipe
// it draws nothing.
type Meter struct {
	s     Streams
	what  string
	now   func() time.Time
	start time.Time
	drawn time.Time
}

// NewMeter starts a meter; what is the work, such as "indexing".
func NewMeter(s Streams, what string, now func() time.Time) *Meter {
	return &Meter{s: s, what: what, now: now, start: now()}
}

// redraw is how often the line changes: fast enough to be seen moving, slow
// enough to cost nothing.
const redraw = 200 * time.Millisecond

// Show draws done of total documents; total 0 means unknown.
func (m *Meter) Show(done, total int64) {
	now := m.now()
	if !m.s.Live || now.Sub(m.drawn) < redraw && done != total {
		return
	}
	m.drawn = now
	fmt.Fprintf(m.s.Err, "\r\x1b[K%s", meterLine(m.what, done, total, now.Sub(m.start)))
}

// Done ends the line.
func (m *Meter) Done() {
	if m.s.Live && !m.drawn.IsZero() {
		fmt.Fprint(m.s.Err, "\r\x1b[K")
	}
}

func meterLine(what string, done, total int64, spent time.Duration) string {
	rate := 0.0
	if s := spent.Seconds(); s > 0 {
		rate = float64(done) / s
	}
	if total <= 0 {
		return fmt.Sprintf("%s: %d documents, %.0f/s", what, done, rate)
	}
	line := fmt.Sprintf("%s: %d of %d documents, %.0f/s", what, done, total, rate)
	if rate > 0 && done < total {
		left := time.Duration(float64(total-done) / rate * float64(time.Second))
		line += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return line
}
