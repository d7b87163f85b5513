package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/gofrs/flock"
)

// Keys of what the index remembers of itself, written in one batch with the
// documents.
var (
	fingerprintKey = []byte("fingerprint")
	seqKey         = []byte("seq")
)

// lockWait is how long Open waits for another process before it reads beside
// it, boltWait how long bleve waits for the lock that follows ours.
const (
	lockWait = 150 * time.Millisecond
	lockPoll = 15 * time.Millisecond
	boltWait = "2s"
)

// mergePlan lets bleve merge until few segments are left: a question looks for
// each of its terms in every one. For 88,000 rows it leaves three to five
// instead of eleven, for a fifth more of the time of building. Sizes are in
// rows; the rest is as bleve has it.
var mergePlan = map[string]any{
	"MaxSegmentsPerTier":   5,
	"SegmentsPerMergeTask": 10,
	"FloorSegmentSize":     20_000,
	"MaxSegmentSize":       mergeplan.DefaultMergePlanOptions.MaxSegmentSize,
	"MaxSegmentFileSize":   mergeplan.DefaultMergePlanOptions.MaxSegmentFileSize,
	"TierGrowth":           mergeplan.DefaultMergePlanOptions.TierGrowth,
	"ReclaimDeletesWeight": mergeplan.DefaultMergePlanOptions.ReclaimDeletesWeight,
}

// ErrUnwritable is returned where the folder of the index cannot be written:
// no rights, a read-only file system, a full disk. What is there is not wiped.
var ErrUnwritable = errors.New("index: the folder cannot be written")

// errOtherRules says that the index was made by another analyzer or lexicon.
var errOtherRules = errors.New("made by other rules")

// fingerprint names all rules that the terms of the index follow.
func (x *Index) fingerprint() string {
	rules := "mujaz " + analyzerVersion + " " + listsFingerprint()
	if x.o.Lexicon == nil {
		return rules + " without lexicon"
	}
	return rules + " " + x.o.Lexicon.Fingerprint()
}

// open takes the lock of the folder and opens or makes the index; without the
// lock it reads beside the process that has it.
func (x *Index) open(ctx context.Context) error {
	if x.o.Path == "" {
		return x.create()
	}
	locked, err := x.takeLock(ctx)
	if err == nil && !locked {
		return x.openBeside(ctx)
	}
	if locked {
		if err = x.openLocked(); err == nil {
			return nil
		}
		err = errors.Join(err, x.lock.Unlock())
	}
	if !unwritable(err) {
		return err
	}
	return x.openUnwritable()
}

// openUnwritable reads the index of a folder in which nothing can be written,
// and which therefore has no other writer either.
func (x *Index) openUnwritable() error {
	if err := x.openView(); err != nil {
		return fmt.Errorf("%w: %w", ErrUnwritable, err)
	}
	return nil
}

// unwritable tells a folder that cannot be written from one that is damaged.
// bleve does not wrap the causes of failed writes, so the text of the full disk
// is looked for, too.
func unwritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOSPC) ||
		err != nil && strings.Contains(err.Error(), syscall.ENOSPC.Error())
}

func (x *Index) openLocked() error {
	if _, err := os.Stat(x.o.Path); errors.Is(err, os.ErrNotExist) {
		return x.create()
	}
	err := x.reopen()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errOtherRules):
		x.log.Info("index is made again", "reason", err)
	case unwritable(err):
		return err
	default:
		x.log.Warn("index is damaged and made again", "reason", err)
	}
	return x.wipe()
}

// takeLock makes this process the only writer of the folder. The lock lies
// beside the index, because the index itself may have to be wiped.
func (x *Index) takeLock(ctx context.Context) (bool, error) {
	if err := os.MkdirAll(filepath.Dir(x.o.Path), 0o755); err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	x.lock = flock.New(x.o.Path + ".lock")
	locked, err := x.lock.TryLockContext(ctx, lockPoll)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil
	}
	return locked, err
}

// wipe removes the index and creates an empty one in its place.
func (x *Index) wipe() error {
	if err := os.RemoveAll(x.o.Path); err != nil {
		return err
	}
	return x.create()
}

func (x *Index) create() (err error) {
	if x.o.Path == "" {
		x.store, err = bleve.NewUsing("", newMapping(), "scorch", "scorch", nil)
	} else {
		x.store, err = bleve.NewUsing(x.o.Path, newMapping(), "scorch", "scorch", x.storeConfig())
	}
	if err != nil {
		return err
	}
	b := x.store.NewBatch()
	b.SetInternal(fingerprintKey, []byte(x.fingerprint()))
	b.SetInternal(seqKey, binary.BigEndian.AppendUint64(nil, 0))
	if err := x.store.Batch(b); err != nil {
		return err
	}
	return x.adopt(x.store)
}

// reopen opens the index as its only writer.
func (x *Index) reopen() error {
	if err := verify(x.o.Path); err != nil {
		return err
	}
	store, err := openStore(x.o.Path, x.storeConfig())
	if err != nil {
		return err
	}
	if err := x.adopt(store); err != nil {
		store.Close()
		return err
	}
	return nil
}

func (x *Index) storeConfig() map[string]any {
	select {
	case <-death(x.files()): // of the one before
	default:
	}
	return map[string]any{"bolt_timeout": boltWait, "asyncErrorCallbackName": deathNotice, "scorchMergePlanOptions": mergePlan}
}

// openStore turns the panics that damaged files cause into errors, and reads
// behind the end of a mapped file that was cut, too.
func openStore(path string, config map[string]any) (store bleve.Index, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
	}()
	return bleve.OpenUsing(path, config)
}

// adopt checks the fingerprint and takes the store over.
func (x *Index) adopt(store bleve.Index) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
	}()
	print, err := store.GetInternal(fingerprintKey)
	if err != nil {
		return err
	}
	if string(print) != x.fingerprint() {
		return errOtherRules
	}
	seq, err := store.GetInternal(seqKey)
	if err != nil {
		return err
	}
	if len(seq) != 8 {
		return errors.New("damaged: no sequence number")
	}
	raw, err := store.Advanced()
	if err != nil {
		return err
	}
	x.words.reset()
	x.store, x.raw, x.seq = store, raw, int64(binary.BigEndian.Uint64(seq))
	return nil
}
