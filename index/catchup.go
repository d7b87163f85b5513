package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"

	"mujaz/corpus"
)

// ErrReadOnly is returned by CatchUp when another process owns the index and
// has not followed the store to its end. What is there can be searched.
var ErrReadOnly = errors.New("index: owned by another process")

const (
	changesAtOnce  = 256             // documents asked of the store
	rowsAtOnce     = 4000            // rows of one bleve batch
	refreshEvery   = 2 * time.Second // searches see a long catch-up in steps
	besidePoll     = 50 * time.Millisecond
	besidePatience = 3 * time.Second // how long a reader waits for the writer
)

// shapes remembers the rows of documents written since the last snapshot.
type shapes map[string][]rowID

// CatchUp applies all changes after Seq. report may be nil. An index that
// another process owns waits a little for that process to follow the store.
func (x *Index) CatchUp(ctx context.Context, s Source, report func(Progress)) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.ReadOnly() {
		return x.follow(ctx, s)
	}
	err := x.catchUp(ctx, s, report)
	if errors.Is(err, errDied) { // found out by writing: nothing of it can be used
		x.broken.Store(true)
		x.dead = true
		err = x.catchUp(ctx, s, report)
	}
	if unwritable(err) {
		err = fmt.Errorf("%w: %w", ErrUnwritable, err)
	}
	return err
}

func (x *Index) catchUp(ctx context.Context, s Source, report func(Progress)) error {
	if x.broken.Swap(false) {
		x.log.Warn("index is damaged and made again", "reason", "a search or a write met damage")
		if err := x.wipeOpen(); err != nil {
			return fmt.Errorf("catch up: %w", err)
		}
	}
	if err := x.keepOrigin(ctx, s); err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	last, err := s.LastSeq(ctx)
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	c := &catchUp{index: x, source: s, report: report, first: x.Seq(), last: last, began: x.o.Now()}
	c.refreshed = c.began
	defer c.end()
	if err := c.run(ctx); err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	return nil
}

// catchUp is one run of CatchUp.
type catchUp struct {
	index       *Index
	source      Source
	report      func(Progress)
	first, last int64
	began       time.Time
	refreshed   time.Time
	written     bool
}

func (c *catchUp) run(ctx context.Context) error {
	seq := c.first
	pending := []corpus.Change{}
	for {
		changes, err := c.source.Changes(ctx, seq, changesAtOnce)
		if err != nil {
			return err
		}
		if len(changes) > 0 {
			seq = changes[len(changes)-1].Seq
			pending = append(pending, changes...)
		}
		if len(pending) == 0 {
			return nil
		}
		if done := len(changes) == 0; done || textSize(pending) > rowsAtOnce {
			if err := c.apply(ctx, pending); err != nil {
				return err
			}
			pending = pending[:0]
			if done {
				return nil
			}
		}
	}
}

// textSize estimates the rows that changes will make.
func textSize(changes []corpus.Change) (rows int) {
	for _, c := range changes {
		rows++
		if c.Document != nil {
			rows += 1 + len(c.Document.Text)/600
		}
	}
	return rows
}

// apply writes changes and their sequence number in one batch.
func (c *catchUp) apply(ctx context.Context, changes []corpus.Change) error {
	newest := map[string]corpus.Change{}
	for _, change := range changes {
		newest[change.ID] = change
	}
	x := c.index
	if err := x.learnWords(); err != nil {
		return err
	}
	rows, err := x.analyse(ctx, newest)
	if err != nil {
		return err
	}
	b := x.store.NewBatch()
	if err := x.fill(b, inOrder(changes), rows); err != nil {
		return err
	}
	fresh := x.words.unwritten()
	for list := range slices.Chunk(fresh, pageWords) {
		if err := b.IndexAdvanced(pageRow(list)); err != nil {
			return err
		}
	}
	seq := changes[len(changes)-1].Seq
	b.SetInternal(seqKey, binary.BigEndian.AppendUint64(nil, uint64(seq)))
	if err := x.commit(b); err != nil {
		return err
	}
	x.words.wrote(len(fresh))
	c.written = true
	c.advance(seq)
	return nil
}

func (c *catchUp) advance(seq int64) {
	x, now := c.index, c.index.o.Now()
	x.mu.Lock()
	x.seq = seq
	if now.Sub(c.refreshed) > refreshEvery {
		c.refreshed = now
		x.refresh()
	}
	x.mu.Unlock()
	if c.report != nil {
		c.report(Progress{Done: seq - c.first, Total: max(c.last, seq) - c.first, Elapsed: now.Sub(c.began)})
	}
}

func (c *catchUp) end() {
	if !c.written {
		return
	}
	x := c.index
	x.mu.Lock()
	defer x.mu.Unlock()
	x.refresh()
	x.catch = nil
}

// learnWords takes the numbers of the words that the index has.
func (x *Index) learnWords() error {
	if x.words.learned() {
		return nil
	}
	s, err := x.snapshot()
	if err != nil {
		return err
	}
	defer s.release()
	return x.words.learn(s)
}

// analyse makes the rows of all documents, on all processors.
func (x *Index) analyse(ctx context.Context, newest map[string]corpus.Change) (map[string][]*document.Document, error) {
	type made struct {
		id   string
		rows []*document.Document
	}
	todo, done := make(chan *corpus.Document), make(chan made)
	var workers sync.WaitGroup
	for range analysts {
		workers.Go(func() {
			for d := range todo {
				done <- made{d.ID, x.views.rows(*d)}
			}
		})
	}
	go func() {
		defer close(done)
		defer workers.Wait()
		defer close(todo)
		for _, c := range newest {
			if c.Document != nil && ctx.Err() == nil {
				todo <- c.Document
			}
		}
	}()
	out := map[string][]*document.Document{}
	for m := range done {
		out[m.id] = m.rows
	}
	return out, ctx.Err()
}

// analysts is how many documents are analysed at a time.
const analysts = 4

// inOrder lists what was changed, each document once, by its first change: of
// rows that fit alike the first is shown, and that must not be left to chance.
func inOrder(changes []corpus.Change) (ids []string) {
	seen := map[string]bool{}
	for _, c := range changes {
		if !seen[c.ID] {
			seen[c.ID] = true
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// fill puts the new rows of every document and deletes those it had before.
func (x *Index) fill(b *bleve.Batch, ids []string, rows map[string][]*document.Document) error {
	if x.catch == nil {
		x.mu.Lock()
		x.catch = shapes{}
		x.mu.Unlock()
	}
	for _, id := range ids {
		old, err := x.shape(id)
		if err != nil {
			return err
		}
		for _, r := range old {
			b.Delete(r.String())
		}
		x.catch[id] = nil
		for _, row := range rows[id] {
			if err := b.IndexAdvanced(row); err != nil {
				return err
			}
			r, err := parseRowID(row.ID())
			if err != nil {
				return err
			}
			x.catch[id] = append(x.catch[id], r)
		}
	}
	return nil
}

// shape lists the rows that a document has in the index.
func (x *Index) shape(id string) ([]rowID, error) {
	if rows, ok := x.catch[id]; ok {
		return rows, nil
	}
	s, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.release()
	a, ok := s.byID[id]
	if !ok {
		return nil, nil
	}
	var rows []rowID
	for _, n := range s.articles[a].rows {
		r := s.table[n]
		rows = append(rows, rowID{id, int(r.paragraph), int(r.length)})
	}
	return rows, nil
}

// follow waits until the writing process has followed the store.
func (x *Index) follow(ctx context.Context, s Source) error {
	last, err := s.LastSeq(ctx)
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	for waited := time.Duration(0); x.Seq() < last; waited += besidePoll {
		if waited > besidePatience {
			return ErrReadOnly
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(besidePoll):
		}
		if err := x.reopenView(ctx); err != nil {
			return fmt.Errorf("catch up: %w", err)
		}
	}
	return nil
}

func (x *Index) reopenView(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := errors.Join(x.closeStore(), x.unlock()); err != nil {
		return err
	}
	x.readOnly = false
	return x.open(ctx)
}
