package terminal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"mujaz/corpus"
	"mujaz/corpus/store"
)

// importBatch is how many documents one transaction takes: large enough that
// the disk is not waited for after each, small enough to see progress.
const importBatch = 100

func runImport(ctx context.Context, p *Program, args []string) error {
	rest, err := parse(p.flags("import"), args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return wrongUse("import needs one file (or - for standard input).")
	}
	in, err := p.openInput(rest[0])
	if err != nil {
		return err
	}
	defer in.Close()
	s, _, err := p.OpenStore(ctx, Writing)
	if err != nil {
		return err
	}
	r := &Rooms{Store: s}
	defer r.Close()
	return p.importInto(ctx, r, in)
}

// openInput opens a named file, or standard input for "-".
func (p *Program) openInput(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(p.In), nil
	}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", name)
	}
	return f, err
}

func (p *Program) importInto(ctx context.Context, r *Rooms, in io.Reader) error {
	i := importer{p: p, ctx: ctx, store: r.Store, meter: NewMeter(p.Streams, "importing", time.Now)}
	err := eachLine(in, i.line)
	if err == nil {
		err = i.flush()
	}
	i.meter.Done()
	if err == nil {
		err = p.openIndex(ctx, r)
	}
	if err == nil {
		err = p.CatchUp(ctx, r)
	}
	fmt.Fprintf(p.Out, "%d created, %d replaced, %d unchanged, %d refused\n",
		i.counts[store.Created], i.counts[store.Replaced], i.counts[store.Unchanged], i.refused)
	if err == nil && i.refused > 0 {
		return errReported
	}
	return err
}

// importer turns lines into documents and puts them batch by batch.
type importer struct {
	p       *Program
	ctx     context.Context
	store   *store.Store
	meter   *Meter
	batch   []corpus.Document
	counts  [4]int // by store.PutResult
	done    int64
	refused int
}

func (i *importer) line(number int, line []byte, err error) error {
	if i.ctx.Err() != nil {
		return i.ctx.Err()
	}
	if number == 1 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	if err == nil && len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	var d corpus.Document
	if err == nil {
		d, err = readDocument(line)
	}
	if err != nil {
		i.refused++
		i.p.Say("line %d: %v", number, err)
		return nil
	}
	if i.batch = append(i.batch, d); len(i.batch) < importBatch {
		return nil
	}
	return i.flush()
}

// readDocument reads one line. Its errors are sentences for the operator.
func readDocument(line []byte) (corpus.Document, error) {
	var d corpus.Document
	if err := json.Unmarshal(line, &d); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return d, fmt.Errorf("%q must be a text, not a %s", wrong.Field, wrong.Value)
		}
		return d, errors.New("this is not a JSON object")
	}
	if len(d.Paragraphs()) == 0 {
		return d, errors.New(`"text" is missing or empty`)
	}
	if strings.ContainsRune(d.ID, '\x00') {
		return d, errors.New(`"id" holds a null character`)
	}
	return d, nil
}

func (i *importer) flush() error {
	if len(i.batch) == 0 {
		return nil
	}
	results, err := i.store.PutAll(i.ctx, i.batch, operator)
	if err != nil {
		return err
	}
	for _, result := range results {
		i.counts[result]++
	}
	i.done += int64(len(i.batch))
	i.batch = i.batch[:0]
	i.meter.Show(i.done, 0)
	return nil
}

func runExport(ctx context.Context, p *Program, args []string) error {
	f := p.flags("export")
	file := f.String("o", "", "write to this file instead of standard output")
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return wrongUse("export takes no arguments.")
	}
	s, _, err := p.OpenStore(ctx, Reading)
	if err != nil {
		return err
	}
	defer s.Close()
	out, err := p.openOutput(*file)
	if err != nil {
		return err
	}
	return errors.Join(export(ctx, s, out), out.Close())
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// openOutput creates a file that only its owner reads, or is standard output.
func (p *Program) openOutput(name string) (io.WriteCloser, error) {
	if name == "" {
		return nopCloser{p.Out}, nil
	}
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
}

func export(ctx context.Context, s *store.Store, out io.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return s.Each(ctx, func(d store.Stored) error { return enc.Encode(d.Document) })
}
