package store

import (
	"context"
	"os"
	"testing"
	"time"

	"mujaz/corpus"
)

// benchStores opens a store of each engine that is at hand.
func benchStores(b *testing.B, f func(*testing.B, *Store)) {
	where := map[string]Options{"sqlite": {Dir: b.TempDir()}}
	if url := os.Getenv("MUJAZ_BENCH_POSTGRES"); url != "" { // an empty database of one's own
		where["postgres"] = Options{URL: url}
	}
	for name, o := range where {
		b.Run(name, func(b *testing.B) {
			s, err := Open(context.Background(), o)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			f(b, s)
		})
	}
}

func BenchmarkPut(b *testing.B) {
	benchStores(b, func(b *testing.B, s *Store) {
		for i := 0; b.Loop(); i++ {
			if _, err := s.Put(context.Background(), doc(time.Now().String()+itoa(i), "نص"), editor); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkPutAll100(b *testing.B) {
	benchStores(b, func(b *testing.B, s *Store) {
		for i := 0; b.Loop(); i++ {
			var ds []corpus.Document
			for j := range 100 {
				ds = append(ds, doc(time.Now().String()+itoa(j), "نص"))
			}
			if _, err := s.PutAll(context.Background(), ds, editor); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDelivery is what one digest costs in the database: its share of
// enqueueing and claiming, the begin of the send, and the outcome.
func BenchmarkDelivery(b *testing.B) {
	benchStores(b, func(b *testing.B, s *Store) {
		ctx, chat := context.Background(), time.Now().UnixNano()
		for b.Loop() {
			for range 50 {
				chat++
				if _, err := s.Enqueue(ctx, Delivery{Chat: chat, Kind: DigestDelivery}); err != nil {
					b.Fatal(err)
				}
			}
			ds, err := s.Claim(ctx, "w", 50, time.Minute)
			if err != nil || len(ds) != 50 {
				b.Fatal(len(ds), err)
			}
			for _, d := range ds {
				if err := s.BeginSend(ctx, d.ID, "w"); err != nil {
					b.Fatal(err)
				}
				if err := s.Finish(ctx, d.ID, "w", Outcome{State: Sent}); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/50, "µs/delivery")
	})
}

// BenchmarkPutByMany is BenchmarkPut from 50 goroutines at once, as many
// people asking make small changes at once.
func BenchmarkPutByMany(b *testing.B) {
	benchStores(b, func(b *testing.B, s *Store) {
		b.SetParallelism(25)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := s.LogQuestion(context.Background(), Question{Text: "سؤال", Kind: "answer"}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
}
