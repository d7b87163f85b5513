package index

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/util"
	"go.etcd.io/bbolt"
)

// While one process writes, its lock keeps every other one from opening the
// index. Segment files never change once they are written and the small root
// file is copy-on-write, so a reader makes itself a view: a folder with a copy
// of the root file and links to the segments of that moment.

// rootFile is bolt's file with the list of segments, metaPages the size of the
// two pages of which one names the newest state.
const (
	rootFile  = "root.bolt"
	storeDir  = "store"
	metaFile  = "index_meta.json"
	metaPages = 2 * 4096
)

// besideTries bounds how often a view is made again because the writer merged
// segments away in between.
const besideTries = 100

// openBeside opens the index of another process for reading.
func (x *Index) openBeside(ctx context.Context) error {
	var err error
	for range besideTries {
		if err = x.openView(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("read beside the writer: %w", err)
}

func (x *Index) openView() error {
	dir, err := os.MkdirTemp("", "mujaz-view-")
	if err != nil {
		return err
	}
	remove := func() { os.RemoveAll(dir) }
	store, err := x.viewStore(dir)
	if err != nil {
		remove()
		return err
	}
	if err := x.adopt(store); err != nil {
		store.Close()
		remove()
		return err
	}
	x.readOnly, x.cleanup = true, remove
	return nil
}

func (x *Index) viewStore(dir string) (bleve.Index, error) {
	source := filepath.Join(x.o.Path, storeDir)
	if err := os.MkdirAll(filepath.Join(dir, storeDir), 0o755); err != nil {
		return nil, err
	}
	if err := copyRoot(filepath.Join(source, rootFile), filepath.Join(dir, storeDir, rootFile)); err != nil {
		return nil, err
	}
	meta, err := os.ReadFile(filepath.Join(x.o.Path, metaFile))
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, metaFile), meta, 0o644); err != nil {
		return nil, err
	}
	target := filepath.Join(dir, storeDir)
	if err := linkSegments(source, target); err != nil {
		return nil, err
	}
	if err := complete(target); err != nil {
		return nil, err
	}
	store, err := openStore(dir, map[string]any{"read_only": true, "bolt_timeout": boltWait})
	if err != nil {
		return nil, err
	}
	if err := complete(target); err != nil { // what was opened may be an older state
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// complete checks that the segments of the newest state are all there: the
// writer may have merged some away since the root file was copied, and bleve
// would quietly open an older state.
func complete(dir string) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("root file: %v", p)
		}
	}()
	db, err := bbolt.Open(filepath.Join(dir, rootFile), 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.View(func(tx *bbolt.Tx) error {
		states := tx.Bucket(util.BoltSnapshotsBucket)
		if states == nil {
			return errors.New("no state")
		}
		newest, _ := states.Cursor().Last()
		state := states.Bucket(newest)
		if state == nil {
			return errors.New("no state")
		}
		return state.ForEachBucket(func(key []byte) error {
			if name := state.Bucket(key).Get(util.BoltPathKey); name != nil {
				_, err := os.Stat(filepath.Join(dir, string(name)))
				return err
			}
			return nil
		})
	})
}

func linkSegments(source, target string) error {
	source, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	files, err := os.ReadDir(source)
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".zap") {
			if err := os.Symlink(filepath.Join(source, f.Name()), filepath.Join(target, f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyRoot copies bolt's file as one state: no page of the state that the meta
// pages name is overwritten before another state is named, so equal meta pages
// before and after prove that the copy is whole.
func copyRoot(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	before, after := make([]byte, metaPages), make([]byte, metaPages)
	if _, err := io.ReadFull(f, before); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	if _, err := f.ReadAt(after, 0); err != nil {
		return err
	}
	if !bytes.Equal(before, after) {
		return errors.New("changed while it was read")
	}
	return os.WriteFile(to, data, 0o600)
}

// verify compares every segment file with the checksum that ends it. A damaged
// one would be found out only by a wrong answer, or by a crash.
func verify(path string) error {
	files, err := filepath.Glob(filepath.Join(path, storeDir, "*.zap"))
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := verifySegment(name); err != nil {
			return fmt.Errorf("damaged: %s: %w", filepath.Base(name), err)
		}
	}
	return nil
}

func verifySegment(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < crc32.Size {
		return io.ErrUnexpectedEOF
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyBuffer(struct{ io.Writer }{sum}, io.LimitReader(f, info.Size()-crc32.Size), make([]byte, 1<<20)); err != nil {
		return err
	}
	var want [crc32.Size]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(want[:]) != sum.Sum32() {
		return errors.New("checksum differs")
	}
	return nil
}
