package terminal

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestMeterLine(t *testing.T) {
	for _, c := range []struct {
		done, total int64
		spent       time.Duration
		want        string
	}{
		{50, 200, 10 * time.Second, "indexing: 50 of 200 documents, 5/s, 30s left"},
		{200, 200, 10 * time.Second, "indexing: 200 of 200 documents, 20/s"},
		{7, 0, time.Second, "indexing: 7 documents, 7/s"},
		{0, 10, 0, "indexing: 0 of 10 documents, 0/s"},
	} {
		if got := meterLine("indexing", c.done, c.total, c.spent); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestMeterIsQuietInAPipe(t *testing.T) {
	clock := time.Unix(0, 0)
	for _, live := range []bool{false, true} {
		var err bytes.Buffer
		m := NewMeter(Streams{Err: &err, Live: live}, "importing", func() time.Time { return clock })
		clock = clock.Add(time.Second)
		m.Show(1, 2)
		m.Done()
		if drawn := strings.Contains(err.String(), "importing"); drawn != live {
			t.Errorf("live %v: drew %q", live, err.String())
		}
	}
}
