package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// errDied says that bleve's writer met damage and ended. A batch would wait for
// it without end.
var errDied = errors.New("damaged: the writer ended")

// deathNotice is the name under which bleve calls deaths.note.
const deathNotice = "mujaz"

// deaths are the writers of this process, by the path of their files, each with
// what it died of.
var deaths = struct {
	mu  sync.Mutex
	all map[string]chan error
}{all: map[string]chan error{}}

// bleve wants its callbacks registered before anything else happens.
func init() { scorch.RegistryAsyncErrorCallbacks[deathNotice] = noteDeath }

// noteDeath takes errors of bleve's background work. Only a panic ends it.
func noteDeath(err error, path string) {
	if !errors.Is(err, scorch.ErrAsyncPanic) {
		return
	}
	select {
	case death(path) <- err:
	default: // one is known, and enough
	}
}

func death(path string) chan error {
	deaths.mu.Lock()
	defer deaths.mu.Unlock()
	if deaths.all[path] == nil {
		deaths.all[path] = make(chan error, 1)
	}
	return deaths.all[path]
}

// bury lets go of a store whose writer died: closing it would wait for the
// transaction that the writer left open. What it holds ends with the process.
// x.mu is held.
func (x *Index) bury() {
	raw, closed := x.raw, make(chan struct{})
	x.store, x.raw, x.dead = nil, nil, false
	go func() {
		defer close(closed)
		_ = raw.Close() // ends the rest of bleve's work, and then may wait for ever
	}()
	select {
	case <-closed:
	case <-time.After(burial):
	}
}

// end closes a store, unless its writer died: then it is let go. x.mu is held.
func (x *Index) end(store bleve.Index) error {
	if x.o.Path == "" || x.readOnly {
		return store.Close()
	}
	closed := make(chan error, 1)
	go func() { closed <- store.Close() }()
	select {
	case err := <-closed:
		return err
	case <-death(x.files()):
		return nil
	}
}

// burial is how long the rest of bleve's work may take to end.
const burial = 2 * time.Second

// files is where bleve keeps its files.
func (x *Index) files() string { return filepath.Join(x.o.Path, storeDir) }

// commit writes a batch; errDied when bleve's writer ended before.
func (x *Index) commit(b *bleve.Batch) error {
	if x.o.Path == "" {
		return x.store.Batch(b)
	}
	store, done := x.store, make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil { // the store was let go meanwhile
				done <- fmt.Errorf("%w: %v", errDied, p)
			}
		}()
		done <- store.Batch(b)
	}()
	select {
	case err := <-done:
		return err
	case err := <-death(x.files()):
		select { // a batch that is still at work must not lose its store
		case <-done:
		case <-time.After(burial):
		}
		return fmt.Errorf("%w: %w", errDied, err)
	}
}
