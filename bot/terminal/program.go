package terminal

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"mujaz/bot/config"
	"mujaz/corpus"
	"mujaz/corpus/briefings"
	"mujaz/corpus/lexicon"
	"mujaz/corpus/store"
	"mujaz/index"
	"mujaz/index/answer"
)

// Program is what all commands share.
type Program struct {
	Streams
	Config config.Config
	Log    *slog.Logger
	Now    func() time.Time
}

// operator is who acts in the audit log when a command changes something.
var operator = store.Actor{Name: "terminal"}

// Rooms are the open store and index and what answers from them.
type Rooms struct {
	Store    *store.Store
	Index    *index.Index
	Answerer *answer.Answerer
	Lexicon  *lexicon.Lexicon
	Reading  bool // another process writes: nothing can be changed from here
}

// Close closes the index, then the store.
func (r *Rooms) Close() error {
	var errs []error
	if r.Index != nil {
		errs = append(errs, r.Index.Close())
	}
	if r.Store != nil {
		errs = append(errs, r.Store.Close())
	}
	return errors.Join(errs...)
}

// Access says how a command opens the data folder.
type Access int

// Ways to open. Reading works beside a running serve.
const (
	Writing Access = iota
	Reading
)

// OpenStore opens the truth. With Reading it falls back to a read-only view
// when another process writes or the folder cannot be written.
func (p *Program) OpenStore(ctx context.Context, how Access) (*store.Store, bool, error) {
	o := store.Options{Dir: p.Config.DataDir, URL: p.Config.DatabaseURL, Now: p.clock(), Log: p.Log}
	s, err := store.Open(ctx, o)
	if how == Reading && (errors.Is(err, store.ErrLocked) || errors.Is(err, store.ErrReadOnly)) {
		o.ReadOnly = true
		beside, besideErr := store.Open(ctx, o)
		if besideErr == nil {
			return beside, true, nil
		}
	}
	return s, false, err
}

// clock is nil unless a test or the sandbox moves the time: the store of a
// database server then uses the server's clock.
func (p *Program) clock() func() time.Time { return p.Now }

// Open opens store and index, puts the shipped briefings into a new store and
// lets the index follow, with progress on a terminal.
func (p *Program) Open(ctx context.Context, how Access) (*Rooms, error) {
	s, reading, err := p.OpenStore(ctx, how)
	if err != nil {
		return nil, err
	}
	r := &Rooms{Store: s, Reading: reading}
	if !reading {
		if err := Seed(ctx, s); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	err = p.follow(ctx, r)
	if how == Reading && errors.Is(err, index.ErrUnwritable) {
		err = p.followInMemory(ctx, r)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// followInMemory makes the index anew where its folder cannot be written.
func (p *Program) followInMemory(ctx context.Context, r *Rooms) error {
	if r.Index != nil {
		if err := r.Index.Close(); err != nil {
			p.Log.Debug("an index that cannot be written was left", "error", err)
		}
		r.Index = nil
	}
	if err := p.openIndexAt(ctx, r, ""); err != nil {
		return err
	}
	return p.CatchUp(ctx, r)
}

// Begin is Open for a program that goes on: the index follows the store later,
// and questions are answered from what it has meanwhile.
func (p *Program) Begin(ctx context.Context) (*Rooms, error) {
	s, _, err := p.OpenStore(ctx, Writing)
	if err != nil {
		return nil, err
	}
	r := &Rooms{Store: s}
	err = Seed(ctx, s)
	if err == nil {
		err = p.openIndex(ctx, r)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

func (p *Program) openIndex(ctx context.Context, r *Rooms) error {
	return p.openIndexAt(ctx, r, p.indexPath())
}

// openIndexAt opens the index in a folder, or in memory without one.
func (p *Program) openIndexAt(ctx context.Context, r *Rooms, path string) error {
	l, err := p.Lexicon(ctx, r.Store)
	if err != nil {
		return err
	}
	r.Lexicon = l
	r.Index, err = index.Open(ctx, index.Options{Path: path, Lexicon: l, Log: p.Log, Now: p.Now})
	if err != nil {
		return err
	}
	r.Answerer = answer.New(r.Index, answer.Options{Lexicon: l, Log: p.Log, Now: p.Now, Newest: newest(r.Store)})
	return nil
}

// newest reads the documents that were added last, for telling what the
// documents are about.
func newest(s *store.Store) func(context.Context, int) ([]corpus.Document, error) {
	return func(ctx context.Context, n int) ([]corpus.Document, error) {
		list, err := s.List(ctx, store.ListOptions{Limit: n})
		documents := make([]corpus.Document, len(list))
		for i, d := range list {
			documents[i] = d.Document
		}
		return documents, err
	}
}

func (p *Program) indexPath() string { return filepath.Join(p.Config.DataDir, "index") }

// Lexicon loads the shipped concepts, the additions in DATA_DIR/lexicon and
// the lines that admins added from a chat. What is wrong in a file is said and
// the rest is used.
func (p *Program) Lexicon(ctx context.Context, s *store.Store) (*lexicon.Lexicon, error) {
	l, problems, err := lexicon.Load(additions(p.Config.DataDir))
	if err != nil {
		return nil, err
	}
	for _, problem := range problems {
		p.Say("%s", problem)
	}
	synonyms, err := s.Synonyms(ctx)
	if err != nil {
		return nil, err
	}
	var lines []lexicon.Line
	for _, synonym := range synonyms {
		line, err := lexicon.ParseLine(synonym.Line)
		if err != nil {
			p.Say("synonym %q: %v", synonym.Line, err)
			continue
		}
		lines = append(lines, line)
	}
	with, wrong := l.With(lines)
	for _, problem := range wrong {
		p.Say("%s", problem)
	}
	return with, nil
}

func additions(dir string) fs.FS {
	path := filepath.Join(dir, "lexicon")
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return nil
	}
	return os.DirFS(path)
}

// CatchUp lets the index follow the store, drawing progress when it takes long.
func (p *Program) CatchUp(ctx context.Context, r *Rooms) error {
	meter := NewMeter(p.Streams, "indexing", time.Now)
	defer meter.Done()
	err := r.Index.CatchUp(ctx, r.Store, func(done index.Progress) { meter.Show(done.Done, done.Total) })
	if errors.Is(err, index.ErrReadOnly) {
		return nil // the owner of the index follows; what it has is answered from
	}
	return err
}

// seeded marks a store that has had the shipped briefings, so that they do not
// come back after somebody removed them.
const seeded = "briefings"

// Seed puts the shipped briefings into a store that never held anything.
func Seed(ctx context.Context, s *store.Store) error {
	done, err := s.Meta(ctx, seeded)
	if err != nil || done != "" {
		return err
	}
	seq, err := s.LastSeq(ctx)
	if err != nil {
		return err
	}
	if seq == 0 {
		if _, err := s.PutAll(ctx, briefings.Documents(), store.Actor{Name: "briefings"}); err != nil {
			return err
		}
	}
	return s.SetMeta(ctx, seeded, "done")
}
