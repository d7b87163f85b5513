// Package index finds the paragraphs that answer a question. It owns the
// bleve index (analysis, fields, freshness) and the ranking: candidates by
// BM25 over several views of every word, then a second stage over the best of
// them. The index is a disposable cache of the store: damaged or made by other
// rules it is wiped and filled again. The package must not know of chats, of
// wording or of how the store keeps documents.
package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	api "github.com/blevesearch/bleve_index_api"
	"github.com/gofrs/flock"

	"mujaz/corpus/lexicon"
)

// Options say where the index lives and what it is made with.
type Options struct {
	Path    string           // folder of the index; empty: in memory
	Lexicon *lexicon.Lexicon // concepts; nil: none
	Log     *slog.Logger     // nil: silent
	Now     func() time.Time // nil: time.Now
	Without []string         // ingredients left out, see Ingredients; for measuring
	Weights *Weights         // nil: those that the program ships
}

// Progress tells how far CatchUp is, in changes.
type Progress struct {
	Done, Total int64
	Elapsed     time.Duration
}

// Index is an open index. Its methods may be called concurrently.
type Index struct {
	o      Options
	log    *slog.Logger
	words  *words
	views  views
	off    map[string]bool
	weight *Weights

	writing    sync.Mutex // one CatchUp at a time
	background sync.WaitGroup
	busy       atomic.Int32 // searches and what they run aside

	catch shapes // not nil during CatchUp; written under mu

	mu       sync.RWMutex // guards what follows; searches hold it shared
	store    bleve.Index
	raw      api.Index
	seq      int64
	readOnly bool
	lock     *flock.Flock
	cleanup  func() // removes the copied view of a read-only index
	snap     *snapshot
	lexicon  *lexicon.Lexicon
	closed   bool
	broken   atomic.Bool // a search met damage: the next CatchUp makes the index again
	dead     bool        // bleve's writer ended: the store cannot be closed
}

// ErrClosed is returned by methods of an index after Close.
var ErrClosed = errors.New("index: closed")

// Open opens or creates the index. One that is damaged or made by other rules
// is wiped, so that Seq is 0 and CatchUp fills it again. While another process
// writes to the folder the index is read as it was last written.
func Open(ctx context.Context, o Options) (*Index, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	x := &Index{o: o, log: o.Log, words: newWords(), lexicon: o.Lexicon, off: map[string]bool{}, weight: o.Weights}
	for _, name := range o.Without {
		if !slices.Contains(Ingredients(), name) {
			return nil, fmt.Errorf("open index: no ingredient is named %q", name)
		}
		x.off[name] = true
	}
	if x.weight == nil {
		x.weight = shippedWeights()
	}
	x.views = views{x.words, o.Lexicon}
	if err := x.open(ctx); err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	return x, nil
}

// Seq is the sequence number of the last change that is in the index.
func (x *Index) Seq() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.seq
}

// ReadOnly reports whether another process owns the index folder.
func (x *Index) ReadOnly() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.readOnly
}

// Count tells how many documents and paragraphs can be found.
func (x *Index) Count() (documents, paragraphs int) {
	s, err := x.snapshot()
	if err != nil {
		return 0, 0
	}
	defer s.release()
	return len(s.articles), len(s.rows) - len(s.articles)
}

// SetLexicon replaces the concepts that questions are read with: a line that
// an admin adds or removes works at once. Ids of the index stay as they are.
func (x *Index) SetLexicon(l *lexicon.Lexicon) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.lexicon = l
	if x.snap != nil {
		x.snap.passages.clear()
	}
}

// Close releases the index. Searches in flight finish with what they hold.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	if x.snap != nil {
		x.snap.ending.Store(true)
	}
	x.background.Wait()
	return errors.Join(x.closeStore(), x.unlock())
}

// unlock lets another process write to the folder.
func (x *Index) unlock() error {
	if x.lock == nil {
		return nil
	}
	return x.lock.Unlock()
}

// closeStore needs x.mu.
func (x *Index) closeStore() error {
	if x.snap != nil {
		x.snap.release()
		x.snap = nil
	}
	var err error
	if x.store != nil {
		err = x.end(x.store)
		x.store, x.raw = nil, nil
	}
	if x.cleanup != nil {
		x.cleanup()
		x.cleanup = nil
	}
	return err
}
